/** What licenses cost by the bill that was served. */
import type { Answers } from './answers.ts';
import type { Situation } from './expected.ts';
import { usageBody } from './github.ts';
import { isNothing, number, row, rows, string } from './reading.ts';
import type { Json } from './schema.ts';

/** By plan of Copilot, or `ghec`; `any` where what was made of the bill cannot be told from here. */
export type Prices = ReadonlyMap<string, number> | 'any' | undefined;

/** By license; `undefined`: there are none. */
export function licensePrices(answers: Answers, { isServer, isPast, reports }: Situation): Prices {
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
  for (const [license, names] of Object.entries(NAMES)) {
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
    if (ofDay.size === 1 && price > 0) prices.set(license, price);
  }
  return prices;
}

const NAMES = {
  business: ['copilotbusiness', 'copilotforbusiness'],
  enterprise: ['copilotenterprise'],
  ghec: ['gheclicenses', 'githubenterprisecloudlicenses'],
};
const squeezed = (value: Json | undefined): string =>
  string(value)
    .toLowerCase()
    .replace(/[\s_-]/g, '');
