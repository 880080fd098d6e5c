/** More than a minute, because a clock that counts whole milliseconds may be one ahead of the server's. */
const WINDOW = 60_100;

/**
 * The requests of the last minute. One counts until a minute after its answer: the server counted it somewhere
 * between its sending and its answer, so only then the server's own minute is surely over.
 */
export class Minute {
  readonly #cap: number;
  #inFlight = 0;
  /** When the last `#cap` answers came, ascending. Kept from the first request on: limits are announced by an answer. */
  #answered: number[] = [];

  constructor(cap: number) {
    this.#cap = cap;
  }

  sent(): void {
    this.#inFlight += 1;
  }

  answered(now: number): void {
    this.#inFlight -= 1;
    this.#answered.push(now);
    if (this.#answered.length > 2 * this.#cap) this.#answered = this.#answered.slice(-this.#cap);
  }

  /** When the next request fits into the minute; a moment in the past when it does already. */
  freeAt(): number {
    const oldest = this.#answered.at(-Math.max(1, this.#cap - this.#inFlight));
    return this.#answered.length + this.#inFlight < this.#cap || oldest === undefined ? 0 : oldest + WINDOW;
  }
}
