/**
 * Telling a limit from other refusals:
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
import type { Reply } from './transport.ts';

export type Refusal = 'primary' | 'secondary';

/** Which limit a reply says was hit, if any. */
export function refusalOf({ status, headers, body }: Reply): Refusal | undefined {
  if (status !== 403 && status !== 429) return undefined;
  if (headers['x-github-sso'] !== undefined) return undefined;
  if (headers['x-ratelimit-remaining'] === '0') return 'primary';
  if (status === 429 || headers['retry-after'] !== undefined) return 'secondary';
  const message = (body as { message?: unknown } | null)?.message ?? body;
  return typeof message === 'string' && /rate limit|abuse detection/i.test(message) ? 'secondary' : undefined;
}

const number = (value: string | undefined): number | undefined =>
  value !== undefined && /^\d{1,12}$/.test(value.trim()) ? Number(value) : undefined;

/** The server's clock, because runners' clocks go wrong; ours where it does not tell. */
const serverNow = (headers: Reply['headers'], now: number): number => {
  const date = Date.parse(String(headers.date));
  return Number.isNaN(date) ? now : date;
};

/** Milliseconds that `retry-after` asks for, given in seconds or as an HTTP date; `undefined` without one. */
export function retryAfter(headers: Reply['headers'], now: number): number | undefined {
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  const seconds = number(value);
  if (seconds !== undefined) return seconds * 1000;
  // HTTP dates have no fractions of a second: the moment may be up to one later than it says.
  const date = Date.parse(String(value));
  return Number.isNaN(date) ? undefined : Math.max(0, date - serverNow(headers, now) + 1000);
}

/** What the server says of the primary limit; `resetAt` by our clock, in milliseconds. */
export function primaryLimit(headers: Reply['headers'], now: number) {
  const remaining = number(headers['x-ratelimit-remaining']);
  const reset = number(headers['x-ratelimit-reset']);
  if (remaining === undefined || reset === undefined) return undefined;
  return { remaining, reset, resetAt: now + Math.max(0, reset * 1000 - serverNow(headers, now)) + 1000 };
}

export const announcesLimits = (headers: Reply['headers']): boolean =>
  headers['x-ratelimit-limit'] !== undefined ||
  headers['x-ratelimit-remaining'] !== undefined ||
  headers['x-ratelimit-reset'] !== undefined;
