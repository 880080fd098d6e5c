/** What a person reads of duplicate seats: why GitHub counts these people twice. */
import { fold } from '../../../common/text.ts';
import { count, counted } from '../../../common/words.ts';
import { folded, table, text } from '../../blocks.ts';
import type { Block, Inline, Section } from '../../report.ts';
import { type Duplicates, LINKS } from '../duplicates.ts';
import { type Group, MISMATCHES, mismatchOf } from '../mismatches.ts';
import { accountKind } from '../person.ts';

/** Nothing where there are no candidates. */
export function duplicatesSections(duplicates: Duplicates): Section[] {
  const { groups, seats, sharedMailboxes } = duplicates;
  if (groups.length === 0) return [];
  const blocks: Block[] = [
    text(
      'Candidates to check, found by the emails that their rows share; ',
      { code: 'duplicates.csv' },
      ' has the rows.',
    ),
    mismatchesTable(groups),
    { kind: 'list', items: examples(groups) },
  ];
  if (sharedMailboxes > 0) {
    blocks.push(
      text(
        `Shared addresses that look like a mailbox of several people, and so linked no one: ${count(sharedMailboxes)}.`,
      ),
    );
  }
  const free = `${counted(seats, 'seat')} would come free if each held one`;
  const found = `${counted(groups.length, 'person seems', 'people seem')} to hold several seats; ${free}`;
  return folded('Duplicate seats', blocks, found);
}

function mismatchesTable(groups: readonly Group[]): Block {
  const byMismatch = Map.groupBy(groups, mismatchOf);
  return table(
    { 'Why GitHub did not match them': 'text', People: 'number', Seats: 'number', 'What to do': 'text' },
    [...byMismatch]
      .map(([mismatch, found]) => ({ ...MISMATCHES[mismatch], people: found.length, seats: seatsOf(found) }))
      .sort((a, b) => b.seats - a.seats)
      .map(({ why, people, seats, remedy }) => [why, people, seats, remedy]),
  );
}

const seatsOf = (groups: readonly Group[]): number => groups.reduce((sum, rows) => sum + rows.length - 1, 0);

/** A person can be named by a login alone, so those without one are only in the file. */
function examples(groups: readonly Group[]): readonly (readonly Inline[])[] {
  const shown = groups.filter((rows) => loginOf(rows) !== '').slice(0, 10);
  const items = shown.map((rows): Inline[] => [
    { person: loginOf(rows) },
    `: ${rows.length} rows (${rows.map(({ person }) => accountKind(person) ?? 'no account').join(', ')}), linked by ${linksOf(rows)}`,
  ]);
  const others = groups.length - shown.length;
  if (others === 0) return items;
  return [...items, [`${count(others)} more people in `, { code: 'duplicates.csv' }]];
}

const loginOf = (rows: Group): string =>
  rows.find(({ person }) => person.github_com_login !== '')?.person.github_com_login ?? '';

/** "SAML NameID and server email": the fields in which the shared addresses stand. */
function linksOf(rows: Group): string {
  const names = Object.entries(LINKS).filter(([, field]) =>
    rows.some(({ person, linkedBy }) => field(person).some((text) => linkedBy.includes(fold(text)))),
  );
  return names.map(([name]) => name).join(' and ');
}
