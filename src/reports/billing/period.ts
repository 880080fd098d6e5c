import Big from 'big.js';
import type { Period } from '../../inputs/readers.ts';
import type { TimePeriod } from './schemas.ts';

const HOUR = 3_600_000;

/** A billing month (UTC) as seen from the moment of the run. */
export interface BillingPeriod extends Period {
  /** The month that the run falls into; any other has ended and is complete. */
  readonly isCurrent: boolean;
  readonly daysInMonth: number;
  /** Of the current month, up to the run; of a past month, all. */
  readonly hoursPassed: number;
  /** The day of the month of the run, 1 to 31; of a past month, the last. */
  readonly day: number;
  /** "November 2026". */
  readonly label: string;
}

/** The month of `period` in UTC, and how much of it has passed at `now`. */
export function periodAt({ year, month }: Period, now: Date): BillingPeriod {
  const start = Date.UTC(year, month - 1, 1);
  const end = Date.UTC(year, month, 1);
  const isCurrent = now.getUTCFullYear() === year && now.getUTCMonth() === month - 1;
  const daysInMonth = (end - start) / HOUR / 24;
  return {
    year,
    month,
    isCurrent,
    daysInMonth,
    hoursPassed: Math.max(0, Math.min(now.getTime(), end) - start) / HOUR,
    day: isCurrent ? now.getUTCDate() : daysInMonth,
    label: new Intl.DateTimeFormat('en-US', { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
      start,
    ),
  };
}

/** Days left in the current month, as GitHub's migration page infers them: days in the month − day of the month. */
export const daysLeft = (period: BillingPeriod): number => period.daysInMonth - period.day;

/** Whether an answer is of the month that was asked for. One of its year that names no month may be of another. */
export function isOfMonth({ year, month, day }: TimePeriod, period: BillingPeriod): boolean {
  return year === period.year && (month === undefined || month === period.month) && day === undefined;
}

/** "2026", "2026-10", "2026-10-05". */
export const periodName = ({ year, month, day }: TimePeriod): string =>
  [year, month, day].flatMap((part) => (part === undefined ? [] : String(part).padStart(2, '0'))).join('-');

/**
 * What the month will have cost at the pace so far: cost ÷ days covered × days in the month. A past month is what it
 * cost. `undefined` before the third day, when a day more or less would change everything.
 */
export function forecast(cost: Big, period: BillingPeriod): Big | undefined {
  if (!period.isCurrent) return cost;
  if (period.day < 3) return undefined;
  return cost.times(period.daysInMonth * 24).div(new Big(period.hoursPassed));
}
