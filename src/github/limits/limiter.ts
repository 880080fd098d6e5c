/**
 * The run's one limiter: every attempt of every request of every report goes through it, so that a limit which one
 * of them meets holds all of them. The rules are GitHub's:
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
import PQueue from 'p-queue';
import type { Reply } from '../transport.ts';
import { type Limit, refusalOf } from './limit.ts';
import { MinuteLimit } from './minute.ts';
import { PrimaryLimit } from './primary.ts';
import { SecondaryLimit } from './secondary.ts';

/** Lets requests go when the limits allow, in order of their coming, urgent ones first. */
export class Limiter {
  readonly #queue: PQueue;
  readonly #tell: (line: string) => void;
  readonly #secondary: SecondaryLimit;
  readonly #primary = new PrimaryLimit();
  readonly #minute = new MinuteLimit();
  readonly #limits: readonly Limit[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sent = 0;

  /** `concurrency`: requests in flight at most. `tell` is told why requests wait. */
  constructor(concurrency: number, tell: (line: string) => void) {
    this.#tell = tell;
    this.#queue = new PQueue({ concurrency });
    this.#secondary = new SecondaryLimit(concurrency);
    this.#limits = [this.#secondary, this.#primary, this.#minute];
  }

  /** Attempts that have been sent. */
  get requestsSent(): number {
    return this.#sent;
  }

  /**
   * Sends as soon as the limits allow and resolves with the reply, which is never a limit's refusal: that is waited
   * for and sent again. `urgent` goes before what waits already.
   *
   * @throws GitHubError `rate-limited` when waiting would take too long or has not helped; the reason of `signal`;
   * whatever `send` throws.
   */
  async run(
    send: () => Promise<Reply>,
    { signal, urgent }: { signal: AbortSignal | undefined; urgent: boolean },
  ): Promise<Reply> {
    for (let priority = urgent ? 1 : 0; ; priority = 1) {
      try {
        const task = this.#queue.add(() => this.#attempt(send), { priority, ...(signal && { signal }) });
        this.#steer();
        const reply = await task;
        if (refusalOf(reply) === undefined) return reply;
      } finally {
        this.#steer();
      }
    }
  }

  /**
   * Announces that `count` more requests are to come; a negative count says how many are done or will not be sent.
   * Says so when the primary limit will not suffice for them.
   *
   * @throws GitHubError `rate-limited` when it will not, and resets too late to wait for.
   */
  need(count: number): void {
    const shortage = this.#primary.need(count, this.#queue.pending, Date.now());
    if (shortage !== undefined) this.#tell(shortage);
  }

  async #attempt(send: () => Promise<Reply>): Promise<Reply> {
    const hopeless = this.#hopeless();
    if (hopeless) throw hopeless;
    const number = this.#sent++;
    for (const limit of this.#limits) limit.recordSent();
    this.#steer();
    try {
      const reply = await send();
      for (const limit of this.#limits) limit.recordReply(reply, number, Date.now());
      return reply;
    } finally {
      this.#minute.recordEnd(Date.now());
      this.#steer();
    }
  }

  #hopeless() {
    return this.#secondary.hopeless ?? this.#primary.hopeless(Date.now(), this.#queue.size);
  }

  /** Lets the queue run, or holds it until the latest of all limits is over. */
  #steer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#queue.concurrency !== this.#secondary.concurrency)
      this.#queue.concurrency = this.#secondary.concurrency;
    const now = Date.now();
    const times = this.#limits.map((limit) => limit.freeAt(now));
    const until = Math.max(...times);
    // Where nothing is worth waiting for, each request starts and fails with the reason.
    if (until <= now || this.#hopeless()) {
      this.#queue.start();
      return;
    }
    this.#queue.pause();
    const latest = this.#limits[times.indexOf(until)];
    const why =
      this.#queue.size > 0 || latest === this.#secondary
        ? latest?.describeWait(now, this.#queue.size)
        : undefined;
    if (why !== undefined) this.#tell(why);
    if (this.#queue.size > 0) this.#timer = setTimeout(() => this.#steer(), until - now);
  }
}
