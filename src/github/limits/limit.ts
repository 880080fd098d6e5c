/** What GitHub's limits have in common, and how their headers are read. */
import { counted } from '../../common/words.ts';
import type { Reply } from '../transport.ts';

/** Records what is sent and answered, and says when the next request may go, and why not now. */
export interface Limit {
  recordSent(): void;
  /** `number`: which of the run's requests it answers, from 0. */
  recordReply(reply: Reply, number: number, now: number): void;
  /** When the next request may go; a moment in the past when it may already. */
  freeAt(now: number): number;
  /** Why so many requests wait, for the log; `undefined` when that has been said. */
  describeWait(now: number, waiting: number): string | undefined;
}

/** The longest wait for any limit. */
export const PATIENCE = 15 * 60_000;

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
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - serverNow(headers, now) + 1000);
}

/** Which limit a reply says was hit, if any. */
export function refusalOf({ status, headers, body }: Reply): 'primary' | 'secondary' | undefined {
  if (status !== 403 && status !== 429) return undefined;
  if (headers['x-github-sso'] !== undefined) return undefined;
  if (headers['x-ratelimit-remaining'] === '0') return 'primary';
  if (status === 429 || headers['retry-after'] !== undefined) return 'secondary';
  const message = (body as { message?: unknown } | null)?.message ?? body;
  return typeof message === 'string' && /rate limit|abuse detection/i.test(message) ? 'secondary' : undefined;
}

/** What is left of the primary limit. */
export interface Primary {
  remaining: number;
  /** As GitHub says it, in seconds: what tells one hour from the next. */
  readonly reset: number;
  /** By our clock, in milliseconds. */
  readonly resetAt: number;
}

/** What the server says of the limit. A second more, because it says whole ones. */
export function readPrimary(headers: Reply['headers'], now: number): Primary | undefined {
  const remaining = number(headers['x-ratelimit-remaining']);
  const reset = number(headers['x-ratelimit-reset']);
  if (remaining === undefined || reset === undefined) return undefined;
  return { remaining, reset, resetAt: now + Math.max(0, reset * 1000 - serverNow(headers, now)) + 1000 };
}

/** `45 seconds`, `12 minutes`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  return seconds < 100 ? counted(seconds, 'second') : counted(Math.ceil(seconds / 60), 'minute');
}
