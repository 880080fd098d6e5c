/** Which failures are worth another attempt, when, and how many a run may spend on them. */
import type { GitHubError } from './errors.ts';

const ATTEMPTS = 5;
/** Upper bounds of the waits between attempts, milliseconds. */
const BACKOFF = [1000, 2000, 4000, 8000];
/** How long a request goes on alone when nothing at all is answered: then the server is dead rather than flaky. */
const SILENCE = 60_000;

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
  readonly #random: () => number;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Something was answered and could be used. */
  answered(): void {
    this.#answeredAt = Date.now();
  }

  /**
   * Milliseconds to wait before the next attempt, or `undefined` when there is to be none.
   *
   * `attempt` is the number of the one that failed, `since` when the first began, `active` how long they and the
   * waits between them have taken in all, `requests` how many the run has sent.
   */
  next(
    error: GitHubError,
    {
      attempt,
      since,
      active,
      requests,
      retryAfter = 0,
    }: { attempt: number; since: number; active: number; requests: number; retryAfter?: number | undefined },
  ): number | undefined {
    if (attempt >= attemptsFor(error)) return undefined;
    if (this.#spent >= 100 + requests / 2) return undefined;
    if (active >= SILENCE && this.#answeredAt < since) return undefined;
    this.#spent += 1;
    // Full jitter: what failed together does not come back together.
    const jitter = this.#random() * (BACKOFF[attempt - 1] ?? 8000);
    return Math.max(jitter, Math.min(retryAfter, SILENCE));
  }
}
