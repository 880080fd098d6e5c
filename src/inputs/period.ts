import { quote } from '../text.ts';

/** A calendar month, UTC; `month` is 1 to 12. */
export interface Period {
  readonly year: number;
  readonly month: number;
}

const GITHUB_BEGAN = 2008;

/** @returns the month, or what is wrong with the text */
export function readPeriod(text: string, now: Date): Period | string {
  const current = { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1 };
  if (text === 'current') return current;
  if (text === 'previous')
    return current.month === 1
      ? { year: current.year - 1, month: 12 }
      : { ...current, month: current.month - 1 };
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  if (!match) return `is ${quote(text)}; allowed are current, previous, or a month such as 2026-03`;
  const period = { year: Number(match[1]), month: Number(match[2]) };
  if (period.year < GITHUB_BEGAN) return `is ${quote(text)}, a month before GitHub began, in ${GITHUB_BEGAN}`;
  const future = period.year > current.year || (period.year === current.year && period.month > current.month);
  return future ? `is ${quote(text)}, a month that has not begun (UTC)` : period;
}
