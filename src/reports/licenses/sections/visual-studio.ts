/** What a person reads of the Visual Studio subscriptions: how many are matched, and what to do about the others. */
import { count } from '../../../common/words.ts';
import { folded, namedPeople, table, text, VISUAL_STUDIO_MATCHING } from '../../blocks.ts';
import type { Cell, Inline, Section } from '../../report.ts';
import type { Person } from '../fields.ts';
import { findUnmatched, isUnmatched, type Subscription } from '../visual-studio.ts';

const BY_HAND = { link: VISUAL_STUDIO_MATCHING, text: 'match them by hand' } as const;

/** Nothing where there are no subscriptions. */
export function visualStudioSections(
  rows: readonly Subscription[],
  people: readonly Person[],
): readonly Section[] {
  const matched = rows.filter((row) => !isUnmatched(row));
  const byHand = matched.filter((row) => row.manual_match === true).length;
  const { cloud, server, nobody } = findUnmatched(rows, people);
  const states: readonly (readonly [string, number, Cell])[] = [
    ['Matched by GitHub', matched.length - byHand, ''],
    ['Matched by hand', byHand, ''],
    [
      'Not matched, with the email of a cloud account',
      cloud.subscriptions.length,
      ['They may hold a second, plain seat: ', BY_HAND, '.'],
    ],
    [
      'Not matched, with the email of an account on Enterprise Server alone',
      server.subscriptions.length,
      'GitHub compares these emails by itself: see that license sync works.',
    ],
    [
      'Not matched, with the email of no account',
      nobody.subscriptions.length,
      [
        'Perhaps unused: invite them, ',
        BY_HAND,
        ' with another account of theirs, or give it to somebody else.',
      ],
    ],
  ];
  const shown = states.filter(([, number]) => number > 0);
  const named: readonly Inline[] =
    cloud.people.length === 0
      ? []
      : ['Cloud accounts to match: ', ...namedPeople(cloud.people, 'licenses.csv'), '.'];
  return shown.length === 0
    ? []
    : folded(
        'Visual Studio subscriptions',
        [
          table({ Subscriptions: 'text', Number: 'number', 'What to do': 'text' }, shown, {
            file: 'visual-studio.csv',
          }),
          ...(named.length > 0 ? [text(...named)] : []),
        ],
        `${count(rows.length - matched.length)} of ${count(rows.length)} matched to nobody`,
      );
}
