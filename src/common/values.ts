/** How names of anything are compared and put in order, and how long a day is. */

/** Logins, hosts, organizations and emails are the same in any case. */
export const fold = (text: string): string => text.trim().toLowerCase();

/** Alphabetical order by code unit, the same on every machine: for `sort`. */
export const byName = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** In milliseconds. */
export const DAY = 86_400_000;
