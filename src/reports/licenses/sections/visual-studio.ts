/** What a reader learns of the Visual Studio subscriptions: how many are matched, and what to do about the others. */
import { namedPeople, section, table, text } from '../../blocks.ts';
import { VISUAL_STUDIO_MATCHING } from '../../docs-links.ts';
import type { Block, Inline, Section } from '../../report.ts';
import type { Person } from '../fields.ts';
import {
  findUnmatched,
  isUnmatched,
  type Subscription,
  type UnmatchedSubscriptions,
} from '../visual-studio.ts';

/** Nothing where there are no subscriptions. */
export function visualStudioSections(
  rows: readonly Subscription[],
  people: readonly Person[],
): readonly Section[] {
  if (rows.length === 0) return [];
  const matched = rows.filter((row) => !isUnmatched(row));
  const byHand = matched.filter((row) => row.manual_match === true).length;
  const states: readonly (readonly [string, number])[] = [
    ['Matched by GitHub', matched.length - byHand],
    ['Matched by hand', byHand],
    ['Matched to nobody', rows.length - matched.length],
  ];
  return section('Visual Studio subscriptions', [
    table(
      { Subscriptions: 'text', Number: 'number', Share: 'percent' },
      states.map(([state, number]) => [state, number, Math.round((number / rows.length) * 1000) / 10]),
      { file: 'visual-studio.csv' },
    ),
    ...unmatchedBlocks(rows, people),
  ]);
}

const GROUPS = {
  cloud: {
    whose: 'somebody with an account on the cloud',
    remedy: [
      'The person may hold a second, plain seat: ',
      { link: VISUAL_STUDIO_MATCHING, text: 'match them by hand' },
      '.',
    ],
  },
  server: {
    whose: 'somebody with an account on Enterprise Server alone',
    remedy: ['GitHub compares these emails by itself: see that license sync works.'],
  },
  nobody: {
    whose: 'nobody who is listed',
    remedy: [
      'Nobody may use it: invite the subscriber, or give the subscription to somebody else. Who has an account with another email is ',
      { link: VISUAL_STUDIO_MATCHING, text: 'matched by hand' },
      '.',
    ],
  },
} as const satisfies Record<string, { whose: string; remedy: readonly Inline[] }>;

function unmatchedBlocks(rows: readonly Subscription[], people: readonly Person[]): Block[] {
  if (!rows.some(isUnmatched)) return [];
  const unmatched = findUnmatched(rows, people);
  const found = (['cloud', 'server', 'nobody'] as const).filter(
    (group) => unmatched[group].subscriptions.length > 0,
  );
  return [
    table(
      { 'Matched to nobody, with the email of': 'text', Subscriptions: 'number', 'What to do': 'text' },
      found.map((group) => [
        GROUPS[group].whose,
        unmatched[group].subscriptions.length,
        GROUPS[group].remedy,
      ]),
      { file: 'visual-studio.csv' },
    ),
    ...named(unmatched.cloud),
  ];
}

const named = ({ people }: UnmatchedSubscriptions): Block[] =>
  people.length === 0
    ? []
    : [
        text(
          'On the cloud, with the email of a subscription that is not matched to them: ',
          ...namedPeople(people, 'licenses.csv'),
          '.',
        ),
      ];
