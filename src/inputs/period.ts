import { quote } from '../common/text.ts';
import type { Reader } from './readers.ts';

/** A calendar month, UTC; `month` is 1 to 12. */
export interface Period {
  readonly year: number;
  readonly month: number;
}

const GITHUB_BEGAN = 2008;

/** `current`, `previous`, or a month that has begun. */
export const readPeriod =
  (now: Date): Reader<Period> =>
  (text, problem) => {
    const current = { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1 };
    if (text === 'current') return current;
    if (text === 'previous')
      return current.month === 1
        ? { year: current.year - 1, month: 12 }
        : { ...current, month: current.month - 1 };
    const [, year, month] = (/^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? []).map(Number);
    if (year === undefined || month === undefined) {
      problem(`is ${quote(text)}; allowed are current, previous, or a month such as 2026-03`);
      return current;
    }
    if (year < GITHUB_BEGAN) problem(`is ${quote(text)}, a month before GitHub began, in ${GITHUB_BEGAN}`);
    if (year > current.year || (year === current.year && month > current.month))
      problem(`is ${quote(text)}, a month that has not begun (UTC)`);
    return { year, month };
  };
