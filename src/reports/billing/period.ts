import type { Period } from '../../inputs/period.ts';
import type { TimePeriod } from './schemas.ts';

const HOUR = 3_600_000;

/** A billing month (UTC) as seen from the moment of the run. */
export interface Span {
  readonly year: number;
  readonly month: number;
  /** The month that the run falls into; any other has ended and is complete. */
  readonly current: boolean;
  readonly daysInMonth: number;
  /** Of the current month, up to the run; of a past month, all. */
  readonly hoursPassed: number;
  /** The day of the month of the run, 1 to 31; of a past month, the last. */
  readonly day: number;
  /** "November 2026". */
  readonly label: string;
}

/** The month of `period` in UTC, and how much of it has passed at `now`. */
export function spanOf({ year, month }: Period, now: Date): Span {
  const start = Date.UTC(year, month - 1, 1);
  const end = Date.UTC(year, month, 1);
  const current = now.getUTCFullYear() === year && now.getUTCMonth() === month - 1;
  const daysInMonth = (end - start) / HOUR / 24;
  return {
    year,
    month,
    current,
    daysInMonth,
    hoursPassed: Math.max(0, Math.min(now.getTime(), end) - start) / HOUR,
    day: current ? now.getUTCDate() : daysInMonth,
    label: new Intl.DateTimeFormat('en-US', { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
      start,
    ),
  };
}

/** Days left in the current month, as GitHub's migration page infers them: days in the month − day of the month. */
export const daysLeft = (span: Span): number => span.daysInMonth - span.day;

/** Whether an answer is of the month that was asked for. One of its year that names no month may be of another. */
export function isOfMonth({ year, month, day }: TimePeriod, span: Span): boolean {
  return year === span.year && (month === undefined || month === span.month) && day === undefined;
}

/** "2026", "2026-10", "2026-10-05". */
export const periodName = ({ year, month, day }: TimePeriod): string =>
  [year, month, day].flatMap((part) => (part === undefined ? [] : String(part).padStart(2, '0'))).join('-');
