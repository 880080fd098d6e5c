/** What follows for Copilot seats, and what those that are not used cost. */
import { NOW } from '../clock.ts';
import type { Answers } from './answers.ts';
import { exact, rounded, sum } from './exact.ts';
import type { Situation } from './expected.ts';
import { usageBody } from './github.ts';
import {
  blank,
  count,
  isNothing,
  type Metrics,
  number,
  perhaps,
  row,
  rows,
  string,
  text,
} from './reading.ts';
import type { Json, Row } from './schema.ts';
import { SEAT_DATES } from './sound.ts';

const PEOPLE = ['active', 'inactive', 'new', 'ending', 'inactive-percent'].map(
  (name) => `copilot-seats-${name}`,
);
export const COPILOT = ['copilot-seats', ...PEOPLE, 'copilot-inactive-cost'];

/** By plan; `any` where what was made of the bill cannot be told from here. */
type Prices = ReadonlyMap<string, number> | 'any' | undefined;

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
  const amounts = inactive.map((grants) => {
    const plans = grants.map((grant) => text(grant.plan_type).trim().toLowerCase());
    if (plans.includes('enterprise')) return prices.get('enterprise');
    return plans.every((plan) => plan === 'business') ? prices.get('business') : undefined;
  });
  if (amounts.some((amount) => amount === undefined)) return undefined;
  return rounded(sum(amounts.map((amount) => amount ?? 0)));
}

/** `undefined`: there are none. */
export function copilotPrices(answers: Answers, { isServer, isPast, reports }: Situation): Prices {
  if (isServer || isPast || !reports.includes('billing')) return undefined;
  const [usage, centers, summary] = [
    answers['settings/billing/usage'],
    answers['settings/billing/cost-centers'],
    answers['settings/billing/usage/summary'],
  ];
  if (usage.kind !== 'sound' || centers.kind !== 'sound' || summary.kind !== 'sound') return 'any';
  const ids = rows(row(centers.bodies[0]).costCenters).map(({ id }) => string(id));
  const bodies = [usage.bodies[0], ...[...new Set(ids)].map((id) => usage.bodies[usageBody(id, usage) - 1])];
  const items = bodies.flatMap((body) => rows(row(body).usageItems));
  if (items.some(({ date }) => !string(date).startsWith('2026-11-'))) return undefined;
  const { timePeriod, usageItems } = row(summary.bodies[0]);
  const { year, month, day } = row(timePeriod);
  const isOfMonth = year === 2026 && (isNothing(month) || month === 11) && isNothing(day);
  if (items.length === 0 && isOfMonth && rows(usageItems).length > 0) return undefined;
  const prices = new Map<string, number>();
  for (const [plan, names] of Object.entries(NAMES)) {
    const seats = items.filter(
      (item) =>
        names.includes(squeezed(item.sku)) && squeezed(item.unitType).replace(/s$/, '') === 'usermonth',
    );
    const days = seats.map(({ date }) => string(date).slice(0, 10));
    const [latest] = days.toSorted().toReversed();
    const ofDay = new Set(
      seats.filter((_, at) => days[at] === latest).map((seat) => number(seat.pricePerUnit)),
    );
    const [price = 0] = ofDay;
    if (ofDay.size === 1 && price > 0) prices.set(plan, price);
  }
  return prices;
}

const NAMES = { business: ['copilotbusiness', 'copilotforbusiness'], enterprise: ['copilotenterprise'] };
const squeezed = (value: Json | undefined): string =>
  string(value)
    .toLowerCase()
    .replace(/[\s_-]/g, '');
