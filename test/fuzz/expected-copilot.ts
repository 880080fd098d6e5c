/** What follows for Copilot seats, and what those that are not used cost. */
import { NOW } from '../clock.ts';
import { exact, rounded, sum } from './exact.ts';
import type { Prices } from './expected-prices.ts';
import { blank, count, isNothing, type Metrics, perhaps, row, rows, text } from './reading.ts';
import type { Json, Row } from './schema.ts';
import { SEAT_DATES } from './sound.ts';

const PEOPLE = ['active', 'inactive', 'new', 'ending', 'inactive-percent'].map(
  (name) => `copilot-seats-${name}`,
);
/** The last two are of `candidates.csv`: its rows, and what they cost. */
export const COPILOT = [
  'copilot-seats',
  ...PEOPLE,
  'copilot-inactive-cost',
  'candidates copilot-inactive',
  'candidates copilot cost',
];

/** With `people: false`: what the first page says, and nothing of anybody. */
export function copilotTotal([body]: readonly Json[]): Metrics {
  const page = row(body);
  rows(page.seats);
  return { ...blank(COPILOT), 'copilot-seats': perhaps(page.total_seats, count) };
}

export function copilotSeats(bodies: readonly Json[], limit: number, prices: Prices): Metrics {
  const pages = bodies.map(row);
  const total = pages
    .map((page) => perhaps(page.total_seats, count))
    .findLast((value) => value !== undefined);
  const people = new Map<string, Row[]>();
  for (const seat of pages.flatMap((page) => rows(page.seats))) {
    for (const [name, field] of [
      ['organization', 'login'],
      ['assigning_team', 'name'],
      ['assigning_team', 'slug'],
    ] as const)
      if (!isNothing(seat[name])) text(row(seat[name])[field]);
    for (const name of ['last_activity_editor', 'last_authenticated_at', 'plan_type', ...DATES])
      text(seat[name]);
    const login = isNothing(seat.assignee) ? '' : text(row(seat.assignee).login).trim().toLowerCase();
    if (login !== '') people.set(login, [...(people.get(login) ?? []), seat]);
  }
  const nobody = Object.fromEntries([...PEOPLE, 'copilot-inactive-cost'].map((name) => [name, undefined]));
  if (people.size === 0 && total !== 0) return { ...nobody, 'copilot-seats': total };
  const states = [...people.values()].map((grants) => ({ grants, state: stateOf(grants, limit) }));
  const of = (state: string) => states.filter((one) => one.state === state);
  const inactive = of('inactive');
  return {
    'copilot-seats': total,
    'copilot-seats-active': of('active').length,
    'copilot-seats-inactive': inactive.length,
    'copilot-seats-new': of('new').length,
    'copilot-seats-ending': of('ending').length,
    'copilot-seats-inactive-percent':
      people.size === 0 ? undefined : rounded(exact(inactive.length) * 100n, exact(1), exact(people.size)),
    'copilot-inactive-cost': cost(
      inactive.map(({ grants }) => grants),
      prices,
    ),
    'candidates copilot-inactive': inactive.length || undefined,
    'candidates copilot cost':
      prices === 'any'
        ? 'any'
        : rounded(sum(inactive.map(({ grants }) => priceOf(grants, prices) ?? 0))) || undefined,
  };
}

const DATES = ['created_at', 'last_activity_at', 'pending_cancellation_date'];

/** Days ago, or nothing where the date is none or lies ahead. */
function age(date: Json | undefined): number | undefined {
  const time = SEAT_DATES.get(text(date));
  const days = time === undefined ? undefined : (NOW.getTime() - time) / 86_400_000;
  return days === undefined || days < -5 / 1440 ? undefined : Math.max(0, days);
}

function stateOf(grants: readonly Row[], limit: number): string {
  const has = (value: Json | undefined) => text(value).trim() !== '';
  if (grants.every((grant) => has(grant.pending_cancellation_date))) {
    const isDate = (grant: Row) => SEAT_DATES.get(text(grant.pending_cancellation_date)) !== undefined;
    return grants.every(isDate) ? 'ending' : 'unknown';
  }
  const used = grants
    .filter((grant) => has(grant.last_activity_at))
    .map((grant) => age(grant.last_activity_at));
  if (used.some((days) => days !== undefined && days <= limit)) return 'active';
  if (used.some((days) => days === undefined)) return 'unknown';
  const held = grants.map((grant) => age(grant.created_at));
  if (held.some((days) => days !== undefined && days > limit)) return 'inactive';
  return held.some((days) => days === undefined) ? 'unknown' : 'new';
}

function cost(inactive: readonly (readonly Row[])[], prices: Prices): Metrics[string] {
  if (prices === 'any') return 'any';
  if (prices === undefined) return undefined;
  const amounts = inactive.map((grants) => priceOf(grants, prices));
  if (amounts.some((amount) => amount === undefined)) return undefined;
  return rounded(sum(amounts.map((amount) => amount ?? 0)));
}

function priceOf(grants: readonly Row[], prices: Exclude<Prices, 'any'>): number | undefined {
  const plans = grants.map((grant) => text(grant.plan_type).trim().toLowerCase());
  if (plans.includes('enterprise')) return prices?.get('enterprise');
  return plans.every((plan) => plan === 'business') ? prices?.get('business') : undefined;
}
