/** The requests that a token has left in the hour: `x-ratelimit-remaining` until `x-ratelimit-reset`. */
import { count, counted } from '../../common/words.ts';
import { GitHubError } from '../errors.ts';
import type { Reply } from '../transport.ts';
import { duration, type Limit, PATIENCE, type Primary, readPrimary, refusalOf } from './limit.ts';

export class PrimaryLimit implements Limit {
  #state: Primary | undefined;
  /** Requests that were announced and have not been answered. */
  #needed = 0;
  #saidFor: number | undefined;

  recordSent(): void {
    if (this.#state) this.#state.remaining -= 1;
  }

  recordReply(reply: Reply, _: number, now: number): void {
    const said = readPrimary(reply.headers, now);
    if (!said) return;
    if (refusalOf(reply) === 'primary') this.#state = { ...said, remaining: 0 };
    // Answers overtake each other, and requests in flight are already counted here: the lower number is the newer.
    else if (this.#state?.reset === said.reset)
      this.#state.remaining = Math.min(this.#state.remaining, said.remaining);
    else if (!this.#state || said.reset > this.#state.reset) this.#state = said;
  }

  freeAt(now: number): number {
    if (this.#state && this.#state.resetAt <= now) this.#state = undefined;
    return this.#state && this.#state.remaining <= 0 ? this.#state.resetAt : 0;
  }

  describeWait(now: number, waiting: number): string | undefined {
    const state = this.#state;
    if (!state || this.#saidFor === state.reset || state.resetAt - now > PATIENCE) return undefined;
    this.#saidFor = state.reset;
    return `${this.#describeShortage(state, now, waiting)} The run waits for it where it has to.`;
  }

  /** Why waiting is no use: the limit is spent, and resets too late. */
  hopeless(now: number, waiting: number): GitHubError | undefined {
    return this.freeAt(now) - now > PATIENCE && this.#state
      ? this.#tooLate(this.#state, now, waiting)
      : undefined;
  }

  /**
   * Announces that `more` requests are to come, of which `inFlight` are counted already; a negative number says how
   * many are done or will not be sent.
   *
   * @returns a line for the log when the limit will not suffice for them
   * @throws GitHubError `rate-limited` when it will not, and resets too late to wait for
   */
  need(more: number, inFlight: number, now: number): string | undefined {
    this.#needed = Math.max(0, this.#needed + more);
    const state = this.#state;
    if (more <= 0 || !state || now >= state.resetAt) return undefined;
    if (this.#needed - inFlight <= state.remaining) return undefined;
    if (state.resetAt - now <= PATIENCE) return this.describeWait(now, 0);
    const error = this.#tooLate(state, now, 0);
    this.#needed -= more;
    throw error;
  }

  #describeShortage({ remaining, resetAt }: Primary, now: number, waiting: number): string {
    const needed = Math.max(this.#needed, waiting, 1);
    return (
      `The token's primary rate limit does not suffice: ${counted(needed, 'more request')} ` +
      `${needed === 1 ? 'is' : 'are'} needed, ${count(Math.max(0, remaining))} left, and it ` +
      `resets in ${duration(resetAt - now)}, at ${new Date(resetAt).toISOString().slice(11, 16)} UTC.`
    );
  }

  #tooLate(state: Primary, now: number, waiting: number): GitHubError {
    return new GitHubError(
      'rate-limited',
      `${this.#describeShortage(state, now, waiting)} A run waits ${duration(PATIENCE)} at most. ` +
        'Run again after that, or with a token that nothing else uses.',
    );
  }
}
