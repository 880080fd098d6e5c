/** What a reader learns of the organizations and the cost centers of an enterprise. */
import { counted } from '../../../common/words.ts';
import { section, table, text } from '../../blocks.ts';
import type { Block, Cell, Section } from '../../report.ts';
import type { CostCenterSeats, OrganizationSeats, Organizations } from '../organizations.ts';

/** Who drives seats: nothing where no organization is known. */
export function organizationSections(organizations: Organizations): Section[] {
  const { rows, names, unreadableRoles, unknownRoles } = organizations;
  const gaps: Block[] = [];
  if (unreadableRoles > 0)
    gaps.push(note('Member roles that name no organization', unreadableRoles, 'nowhere'));
  if (unknownRoles > 0) {
    gaps.push(note('Member roles that this version does not know', unknownRoles, 'among the people alone'));
  }
  if (rows.length === 0 && gaps.length === 0) return [];
  const blocks: Block[] = rows.length === 0 ? [] : [...EXPLANATION, seatsTable(rows, new Set(names))];
  return [{ title: 'Who drives seats', blocks: [...blocks, ...gaps] }];
}

const note = (what: string, entries: number, where: string): Block => ({
  kind: 'callout',
  level: 'note',
  text: `${what}: ${entries}. They count ${where}.`,
});

const EXPLANATION: readonly Block[] = [
  {
    kind: 'text',
    text:
      'A person in several organizations holds one seat and counts in each of them, so the people add up to more ' +
      'than the seats. “Only here” are those whom no other organization lists.',
  },
];

/** Owners of repositories may be people, of whom no list names more. */
const MOST_PEOPLE = 10;

function seatsTable(rows: readonly OrganizationSeats[], names: ReadonlySet<string>): Block {
  const people = rows.map((row) => row.organization).filter((name) => !names.has(name));
  const named = new Set(people.slice(0, MOST_PEOPLE));
  const nameOf = (name: string): Cell => (names.has(name) ? name : { person: named.has(name) ? name : '' });
  return {
    kind: 'table',
    columns: [
      { label: 'Organization', format: 'text' },
      { label: 'People', format: 'number' },
      { label: 'Only here', format: 'number' },
      { label: 'Owners', format: 'number' },
      { label: 'Members', format: 'number' },
      { label: 'Outside collaborators', format: 'number' },
      { label: 'Pending invitations', format: 'number' },
    ],
    rows: rows.map((row) => [
      nameOf(row.organization),
      row.people,
      row.exclusive_people,
      row.owners,
      row.members,
      row.outside_collaborators,
      row.pending_invitations,
    ]),
    chart: { type: 'bar', title: 'People by organization', x: 'Organization', y: 'People' },
    limit: 10,
    file: 'organizations.csv',
  };
}

/** Who pays for seats: nothing where no cost center is known. `listed`: how many people there are. */
export function costCenterSections(rows: readonly CostCenterSeats[], listed: number): readonly Section[] {
  if (rows.length === 0) return [];
  const without = listed - rows.reduce((sum, row) => sum + row.people, 0);
  return section(
    'Seats by cost center',
    [
      table(
        { 'Cost center': 'text', People: 'number', Share: 'percent' },
        rows.map((row) => [row.cost_center, row.people, Math.round((row.people / listed) * 1000) / 10]),
        { limit: 10, file: 'cost-centers.csv' },
      ),
      text(
        without === 0
          ? 'Everybody listed has a cost center.'
          : `Without a cost center: ${counted(without, 'person', 'people')}.`,
      ),
    ],
    true,
  );
}
