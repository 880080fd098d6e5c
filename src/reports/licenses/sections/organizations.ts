/** What a person reads of the organizations and the cost centers of an enterprise. */
import { fold } from '../../../common/text.ts';
import { counted } from '../../../common/words.ts';
import { folded, table, text } from '../../blocks.ts';
import type { Block, Cell, Section } from '../../report.ts';
import type { CostCenterSeats, OrganizationSeats, Organizations } from '../organizations.ts';

/**
 * Who drives seats, and what each organization costs: nothing where no organization is known.
 *
 * `netCosts`: organization, in any case, → US dollars after discounts; empty when nobody knows.
 */
export function organizationSections(
  organizations: Organizations,
  netCosts: ReadonlyMap<string, number> = new Map(),
): Section[] {
  const { rows, names, unreadableRoles, unknownRoles } = organizations;
  const gaps: Block[] = [];
  if (unreadableRoles > 0)
    gaps.push(note('Member roles that name no organization', unreadableRoles, 'nowhere'));
  if (unknownRoles > 0) {
    gaps.push(note('Member roles that this version does not know', unknownRoles, 'among the people alone'));
  }
  if (rows.length === 0 && gaps.length === 0) return [];
  const blocks: Block[] =
    rows.length === 0
      ? []
      : [text(EXPLANATION + (netCosts.size > 0 ? COSTS : '')), seatsTable(rows, new Set(names), netCosts)];
  return [{ title: 'Who drives seats', blocks: [...blocks, ...gaps] }];
}

const note = (what: string, entries: number, where: string): Block => ({
  kind: 'callout',
  level: 'note',
  text: `${what}: ${entries}. They count ${where}.`,
});

const EXPLANATION = 'A person in several organizations counts in each of them, “only here” in no other.';
const COSTS = ' Costs are after discounts.';

/** Owners of repositories may be people, of whom no list names more. */
const MOST_PEOPLE = 10;

function seatsTable(
  rows: readonly OrganizationSeats[],
  names: ReadonlySet<string>,
  netCosts: ReadonlyMap<string, number>,
): Block {
  const people = rows.map((row) => row.organization).filter((name) => !names.has(name));
  const named = new Set(people.slice(0, MOST_PEOPLE));
  const nameOf = (name: string): Cell => (names.has(name) ? name : { person: named.has(name) ? name : '' });
  const costs = costsByKey(netCosts);
  const costCells = ({ organization, people }: OrganizationSeats): Cell[] => {
    if (costs.size === 0) return [];
    const net = costs.get(fold(organization));
    return [net, net !== undefined && people > 0 ? net / people : undefined];
  };
  return table(
    {
      Organization: 'text',
      People: 'number',
      'Only here': 'number',
      Owners: 'number',
      Members: 'number',
      Outside: 'number',
      Invited: 'number',
      ...(costs.size > 0 && { 'Net cost': 'usd', 'Per person': 'usd' }),
    },
    rows.map((row) => [
      nameOf(row.organization),
      row.people,
      row.exclusive_people,
      row.owners,
      row.members,
      row.outside_collaborators,
      row.pending_invitations,
      ...costCells(row),
    ]),
    {
      chart: { type: 'bar', title: 'People by organization', x: 'Organization', y: 'People' },
      limit: 8,
      file: 'organizations.csv',
      isFile: true,
    },
  );
}

/** However the names are spelt in the bill. */
function costsByKey(netCosts: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const costs = new Map<string, number>();
  for (const [name, net] of netCosts) costs.set(fold(name), (costs.get(fold(name)) ?? 0) + net);
  return costs;
}

/** Who pays for seats: nothing where no cost center is known. `listed`: how many people there are. */
export function costCenterSections(rows: readonly CostCenterSeats[], listed: number): readonly Section[] {
  if (rows.length === 0) return [];
  const without = listed - rows.reduce((sum, row) => sum + row.people, 0);
  const conclusion = `people in ${counted(rows.length, 'cost center')}, ${
    without === 0 ? 'nobody in none' : `${counted(without, 'person', 'people')} in none`
  }`;
  return folded(
    'Seats by cost center',
    [
      table(
        { 'Cost center': 'text', People: 'number', Share: 'percent' },
        rows.map((row) => [row.cost_center, row.people, Math.round((row.people / listed) * 1000) / 10]),
        { limit: 10, file: 'cost-centers.csv', isFile: true },
      ),
    ],
    conclusion,
  );
}
