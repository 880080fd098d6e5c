/**
 * Refusals because requests come too fast or too many at once:
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
import { counted } from '../../common/words.ts';
import { GitHubError } from '../errors.ts';
import type { Reply } from '../transport.ts';
import { duration, type Limit, PATIENCE, readPrimary, refusalOf, retryAfter } from './limit.ts';

const MINUTE = 60_000;
/** Refusals in a row before the run gives up. */
const REFUSALS = 5;
/** Answers that make up for one step of concurrency after a refusal. */
const RECOVERY = 20;
/** Timers and clocks that count whole milliseconds must not end a wait too early. */
const MARGIN = 100;

/** After a refusal the whole run is quiet, then goes on with half as many requests at once, and slowly recovers. */
export class SecondaryLimit implements Limit {
  /** Requests in flight at most, for now. */
  concurrency: number;
  /** Why waiting is no use, if so. */
  hopeless: GitHubError | undefined;
  readonly #most: number;
  #quietUntil = 0;
  #refusals = 0;
  #answers = 0;
  #answersSinceRefusal = 0;
  #sent = 0;
  /** Requests from this one on were sent after the last refusal; answers to earlier ones belong to the same refusal. */
  #afterRefusal = 0;
  #unsaid: string | undefined;

  constructor(concurrency: number) {
    this.concurrency = concurrency;
    this.#most = concurrency;
  }

  recordSent(): void {
    this.#sent += 1;
  }

  recordReply(reply: Reply, number: number, now: number): void {
    const refusal = refusalOf(reply);
    if (refusal === undefined) {
      this.#answers += 1;
      if (number >= this.#afterRefusal) this.#recover();
      return;
    }
    const asked = retryAfter(reply.headers, now);
    if (number < this.#afterRefusal) {
      // Sent before the run went quiet: the same refusal, which can only ask for more patience.
      if (asked !== undefined) this.#quietUntil = Math.max(this.#quietUntil, now + asked + MARGIN);
      return;
    }
    this.#refusals += 1;
    this.#afterRefusal = this.#sent;
    // The primary limit knows itself when it resets.
    const isPrimary = refusal === 'primary' && readPrimary(reply.headers, now) !== undefined;
    const wait = isPrimary ? 0 : (asked ?? MINUTE * 2 ** (this.#refusals - 1));
    this.hopeless = this.#giveUp(refusal, wait);
    if (!this.hopeless && !isPrimary) this.#quieten(refusal, wait, now);
  }

  freeAt(): number {
    return this.#quietUntil;
  }

  describeWait(): string | undefined {
    const unsaid = this.#unsaid;
    this.#unsaid = undefined;
    return unsaid;
  }

  #giveUp(refusal: string, wait: number): GitHubError | undefined {
    if (this.#refusals >= REFUSALS) {
      return new GitHubError(
        'rate-limited',
        `GitHub refused requests because of its ${refusal} rate limit ${this.#refusals} times in a row, ` +
          `although the run waited each time (${this.#progress()}). ` +
          'Run again later, with a lower `concurrency`, or when fewer other tools use the token.',
      );
    }
    if (wait <= PATIENCE) return undefined;
    return new GitHubError(
      'rate-limited',
      `GitHub's ${refusal} rate limit was hit, and GitHub asks to wait ${duration(wait)}, longer than the ` +
        `${duration(PATIENCE)} that a run waits (${this.#progress()}). Run again after that.`,
    );
  }

  #quieten(refusal: string, wait: number, now: number): void {
    this.#quietUntil = now + wait + MARGIN;
    this.#answersSinceRefusal = 0;
    this.concurrency = Math.max(1, Math.floor(this.concurrency / 2));
    this.#unsaid =
      `GitHub's ${refusal} rate limit was hit. All requests stop for ${duration(wait)}, then go on with at most ` +
      `${this.concurrency} at a time (${this.#progress()}).`;
  }

  #recover(): void {
    this.#refusals = 0;
    if (this.concurrency >= this.#most) return;
    this.#answersSinceRefusal += 1;
    if (this.#answersSinceRefusal % RECOVERY === 0) this.concurrency += 1;
  }

  #progress(): string {
    return `${counted(this.#answers, 'request')} answered so far`;
  }
}
