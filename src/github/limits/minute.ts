/** GitHub allows 900 requests a minute where it announces limits; a server without limits announces none. */
import { counted } from '../../common/words.ts';
import type { Reply } from '../transport.ts';
import { duration, type Limit } from './limit.ts';

/** More than a minute, because a clock that counts whole milliseconds may be one ahead of the server's. */
const WINDOW = 60_100;
const REQUESTS = 900;

/**
 * The requests of the last minute. One counts until a minute after its answer: the server counted it somewhere
 * between its sending and its answer, so only then the server's own minute is surely over.
 */
export class MinuteLimit implements Limit {
  #isAnnounced = false;
  #inFlight = 0;
  /** When the last answers came, ascending. Kept from the first request on: limits are announced by an answer. */
  #ended: number[] = [];
  #answers = 0;
  #saidUntil = 0;

  recordSent(): void {
    this.#inFlight += 1;
  }

  recordReply({ headers }: Reply): void {
    this.#answers += 1;
    this.#isAnnounced ||= ['limit', 'remaining', 'reset'].some(
      (name) => headers[`x-ratelimit-${name}`] !== undefined,
    );
  }

  recordEnd(now: number): void {
    this.#inFlight -= 1;
    this.#ended.push(now);
    if (this.#ended.length > 2 * REQUESTS) this.#ended = this.#ended.slice(-REQUESTS);
  }

  freeAt(): number {
    if (!this.#isAnnounced || this.#ended.length + this.#inFlight < REQUESTS) return 0;
    return (this.#ended.at(-Math.max(1, REQUESTS - this.#inFlight)) ?? -WINDOW) + WINDOW;
  }

  /** The minute opens one request at a time: only its first, long wait is worth a line. */
  describeWait(now: number): string | undefined {
    const until = this.freeAt();
    if (until - now < 2000 || now < this.#saidUntil) return undefined;
    this.#saidUntil = until;
    return (
      `Waiting ${duration(until - now)}, because GitHub allows ${REQUESTS} requests a minute ` +
      `(${counted(this.#answers, 'request')} answered so far).`
    );
  }
}
