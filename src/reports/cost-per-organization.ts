import { fold } from '../common/text.ts';
import { table, text } from './blocks.ts';
import type { OrganizationSeats } from './licenses/organizations.ts';
import type { Section } from './report.ts';

interface OrganizationCost {
  readonly organization: string;
  readonly seats: OrganizationSeats | undefined;
  readonly net: number;
}

/**
 * What each organization costs and how many people it has, for a run with both reports; nothing when no cost is known.
 *
 * `netCosts`: organization, in any case, → US dollars after discounts; `''` for what GitHub attributes to none. An
 * organization without usage is left out, and one in which no seat holder is listed has an unknown number of people.
 */
export function costPerOrganization(
  organizations: readonly OrganizationSeats[],
  netCosts: ReadonlyMap<string, number>,
): Section | undefined {
  const costs = merge(organizations, netCosts);
  if (costs.length === 0) return undefined;
  return {
    title: 'Cost per organization',
    blocks: [
      text(
        'Usage that GitHub attributes to an organization, after discounts. Seats are bought for the enterprise as a ' +
          'whole: a person in several organizations counts in each.',
      ),
      table(
        {
          Organization: 'text',
          People: 'number',
          'Only here': 'number',
          'Net cost': 'usd',
          'Per person': 'usd',
        },
        costs.map(({ organization, seats, net }) => [
          organization || 'no organization',
          seats?.people,
          seats?.exclusive_people,
          net,
          seats && seats.people > 0 ? net / seats.people : undefined,
        ]),
        {
          chart: { type: 'bar', title: 'Net cost by organization', x: 'Organization', y: 'Net cost' },
          limit: 10,
        },
      ),
    ],
  };
}

/** One row an organization, however its name is spelt in the two reports; the most expensive first. */
function merge(
  organizations: readonly OrganizationSeats[],
  netCosts: ReadonlyMap<string, number>,
): readonly OrganizationCost[] {
  const seatsOf = new Map(organizations.map((seats) => [fold(seats.organization), seats]));
  const costs = new Map<string, OrganizationCost>();
  for (const [name, cost] of netCosts) {
    const key = fold(name);
    const seats = seatsOf.get(key);
    const net = (costs.get(key)?.net ?? 0) + cost;
    costs.set(key, {
      organization: seats?.organization ?? costs.get(key)?.organization ?? name.trim(),
      seats,
      net,
    });
  }
  return [...costs.values()].sort((a, b) => b.net - a.net);
}
