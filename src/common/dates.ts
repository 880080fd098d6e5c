/** Dates as GitHub writes them, and how long ago they were. */

/** In milliseconds. */
export const DAY = 86_400_000;

/** Clocks differ a little: what is this far ahead has just happened. */
const CLOCK_SKEW = 5 * 60_000;

/** ISO 8601 with a zone, as GitHub sends it; a date alone is midnight UTC. Epoch milliseconds. */
export function readDate(text: string): number | undefined {
  const parts =
    /^(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|UTC|[+-]\d\d:?\d\d))?$/.exec(text);
  if (parts === null) return undefined;
  const [year, month, day] = parts.slice(1, 4).map(Number) as [number, number, number];
  // A day that the month does not have would silently become one of the next.
  if (new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return undefined;
  const time = Date.parse(text.replace(' UTC', 'Z').replace(' ', 'T'));
  return Number.isNaN(time) ? undefined : time;
}

/** Days from `time` to `now`, 0 for what has just happened by another clock; `undefined` for what lies ahead. */
export function daysSince(time: number, now: Date): number | undefined {
  const age = now.getTime() - time;
  return age < -CLOCK_SKEW ? undefined : Math.max(0, age) / DAY;
}
