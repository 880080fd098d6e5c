/** Which failures are worth another attempt, when, and how many a run may spend on them. */
import type { GitHubError } from './errors.ts';

const ATTEMPTS = 5;
/** Upper bounds of the waits between attempts, milliseconds. */
const BACKOFF = [1000, 2000, 4000, 8000];
/** Attempts in which nothing at all came, while nothing else was answered either: the server is dead. */
const SILENCES = 2;
/** The longest wait that a server is granted, milliseconds. */
const MINUTE = 60_000;

/** How many times a request may be tried that fails like this. */
function attemptsFor({ kind, status = 0 }: GitHubError): number {
  switch (kind) {
    case 'server':
    case 'unreadable':
    case 'dns':
    case 'network':
      return ATTEMPTS;
    case 'not-github':
      // A page that a proxy shows once; a redirect or a 404 stays.
      return status < 300 ? 2 : 1;
    default:
      return 1;
  }
}

/** The run's allowance: a fifth of all answers may be broken, but not all of them. */
export class Retries {
  #spent = 0;
  #answeredAt = Number.NEGATIVE_INFINITY;

  /** Something was answered and could be used. */
  recordAnswer(): void {
    this.#answeredAt = Date.now();
  }

  /**
   * Milliseconds to wait before attempt `number`, or `undefined` when there is to be none.
   *
   * `since` is when the first attempt began, `silences` how many of them heard nothing at all, `requests` how many the
   * run has sent.
   */
  waitBefore(
    number: number,
    error: GitHubError,
    {
      since,
      silences,
      requests,
      retryAfter = 0,
    }: { since: number; silences: number; requests: number; retryAfter?: number | undefined },
  ): number | undefined {
    if (number > attemptsFor(error)) return undefined;
    if (this.#spent >= 100 + requests / 2) return undefined;
    if (silences >= SILENCES && this.#answeredAt < since) return undefined;
    this.#spent += 1;
    // Full jitter: what failed together does not come back together.
    const jitter = Math.random() * (BACKOFF[number - 2] ?? 8000);
    return Math.max(jitter, Math.min(retryAfter, MINUTE));
  }
}
