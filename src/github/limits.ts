/**
 * The run's one limiter: every attempt of every request of every report goes through it, so that a limit which one
 * of them meets holds all of them. The rules are GitHub's:
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
import PQueue from 'p-queue';
import { count, counted } from '../common/words.ts';
import { GitHubError } from './errors.ts';
import { Minute } from './minute.ts';
import { announcesLimits, primaryLimit, refusalOf, retryAfter } from './refusal.ts';
import type { Reply } from './transport.ts';

export interface Log {
  readonly debug: (line: string) => void;
  readonly info: (line: string) => void;
  readonly warning: (line: string) => void;
}

export interface LimiterOptions {
  /** Requests in flight at most. */
  readonly concurrency: number;
  readonly log: Log;
  /** An attempt that takes longer, headers and body together, is cut off; milliseconds. */
  readonly timeout: number;
  readonly requestsPerMinute?: number;
}

const MINUTE = 60_000;
/** The longest wait for any limit. */
const PATIENCE = 15 * MINUTE;
/** Refusals in a row before the run gives up. */
const REFUSALS = 5;
/** Answers that make up for one step of concurrency after a refusal. */
const RECOVERY = 20;
/** Timers and clocks that count whole milliseconds must not end a wait too early. */
const MARGIN = 100;

/** Lets requests go when the limits allow, in order of their coming, urgent ones first. */
export class Limiter {
  readonly #queue: PQueue;
  readonly #log: Log;
  readonly #concurrency: number;
  readonly #minute: Minute;
  #timer: ReturnType<typeof setTimeout> | undefined;

  #announced = false;
  #primary: { remaining: number; reset: number; resetAt: number } | undefined;
  /** Requests announced by `need` that have not been answered. */
  #needed = 0;
  #shortageSaid = 0;

  #quietUntil = 0;
  #refusals = 0;
  #answersSinceRefusal = 0;
  /** Requests from this one on were sent after the last refusal; answers to earlier ones belong to the same refusal. */
  #afterRefusal = 0;
  #fatal: GitHubError | undefined;

  #sent = 0;
  #answered = 0;
  #minuteSaidUntil = 0;

  constructor({ concurrency, log, timeout, requestsPerMinute = 900 }: LimiterOptions) {
    this.#concurrency = concurrency;
    this.#log = log;
    this.#queue = new PQueue({ concurrency, timeout });
    this.#minute = new Minute(requestsPerMinute);
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
   * a TimeoutError (DOMException); whatever `send` throws.
   */
  async run(
    send: (signal: AbortSignal) => Promise<Reply>,
    { signal, urgent = false }: { signal: AbortSignal; urgent?: boolean },
  ): Promise<Reply> {
    for (let priority = urgent ? 1 : 0; ; priority = 1) {
      try {
        const task = this.#queue.add((options) => this.#attempt(send, options.signal ?? signal), {
          signal,
          priority,
        });
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
    this.#needed = Math.max(0, this.#needed + count);
    const limit = this.#primary;
    if (count <= 0 || !limit || Date.now() >= limit.resetAt) return;
    // Requests in flight are counted in both.
    if (this.#needed - this.#queue.pending <= limit.remaining) return;
    this.#sayShortage(limit);
    if (limit.resetAt - Date.now() > PATIENCE) {
      const error = this.#tooLong(limit);
      this.need(-count);
      throw error;
    }
  }

  async #attempt(send: (signal: AbortSignal) => Promise<Reply>, signal: AbortSignal): Promise<Reply> {
    this.#throwIfHopeless();
    const number = this.#sent++;
    if (this.#primary) this.#primary.remaining -= 1;
    this.#minute.sent();
    this.#steer();
    try {
      const reply = await send(signal);
      this.#learn(reply, number);
      return reply;
    } finally {
      this.#minute.answered(Date.now());
      this.#steer();
    }
  }

  #throwIfHopeless(): void {
    if (this.#fatal) throw this.#fatal;
    const limit = this.#primary;
    if (limit && limit.remaining <= 0 && limit.resetAt - Date.now() > PATIENCE) throw this.#tooLong(limit);
  }

  /** Lets the queue run, or holds it until the latest of all limits is over. */
  #steer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const now = Date.now();
    if (this.#primary && this.#primary.resetAt <= now) this.#primary = undefined;
    const spent = this.#primary && this.#primary.remaining <= 0 ? this.#primary : undefined;
    const primary = spent?.resetAt ?? 0;
    const minute = this.#announced ? this.#minute.freeAt() : 0;
    const until = Math.max(this.#quietUntil, minute, primary);
    // Where nothing is worth waiting for, each request starts and fails with the reason.
    if (until <= now || this.#fatal || primary - now > PATIENCE) {
      this.#queue.start();
      return;
    }
    this.#queue.pause();
    if (this.#queue.size === 0) return;
    if (spent) this.#sayShortage(spent);
    else if (until === minute) this.#sayMinute(until, now);
    this.#timer = setTimeout(() => this.#steer(), until - now);
  }

  #learn(reply: Reply, number: number): void {
    const now = Date.now();
    if (announcesLimits(reply.headers)) this.#announced = true;
    const limit = primaryLimit(reply.headers, now);
    if (limit) this.#learnPrimary(limit);

    const refusal = refusalOf(reply);
    if (refusal === undefined) {
      this.#answered += 1;
      if (number >= this.#afterRefusal) this.#recover();
      return;
    }
    const asked = retryAfter(reply.headers, now);
    if (refusal === 'primary' && limit) {
      this.#primary = { ...limit, remaining: 0 };
    }
    if (number < this.#afterRefusal) {
      // Sent before the run went quiet: the same refusal, which can only ask for more patience.
      if (asked !== undefined) this.#quietUntil = Math.max(this.#quietUntil, now + asked + MARGIN);
    } else {
      this.#refuse(refusal, asked, refusal === 'primary' && limit !== undefined, now);
    }
  }

  #learnPrimary(limit: { remaining: number; reset: number; resetAt: number }): void {
    // Answers overtake each other, and requests in flight are already counted here: the lower number is the newer.
    if (this.#primary?.reset === limit.reset) {
      this.#primary.remaining = Math.min(this.#primary.remaining, limit.remaining);
    } else if (!this.#primary || limit.reset > this.#primary.reset) {
      this.#primary = { ...limit };
    }
  }

  #refuse(
    refusal: 'primary' | 'secondary',
    asked: number | undefined,
    resetKnown: boolean,
    now: number,
  ): void {
    this.#refusals += 1;
    this.#afterRefusal = this.#sent;
    if (this.#refusals >= REFUSALS) {
      this.#fatal = new GitHubError(
        'rate-limited',
        `GitHub refused requests because of its ${refusal} rate limit ${this.#refusals} times in a row, ` +
          `although the run waited each time (${this.#progress()}). ` +
          'Run again later, with a lower `concurrency`, or when fewer other tools use the token.',
      );
      return;
    }
    if (resetKnown) return;
    const wait = asked ?? MINUTE * 2 ** (this.#refusals - 1);
    if (wait > PATIENCE) {
      this.#fatal = new GitHubError(
        'rate-limited',
        `GitHub's ${refusal} rate limit was hit, and GitHub asks to wait ${duration(wait)}, longer than the ` +
          `${duration(PATIENCE)} that a run waits (${this.#progress()}). Run again after that.`,
      );
      return;
    }
    this.#quietUntil = now + wait + MARGIN;
    this.#answersSinceRefusal = 0;
    this.#queue.concurrency = Math.max(1, Math.floor(this.#queue.concurrency / 2));
    this.#log.warning(
      `GitHub's ${refusal} rate limit was hit. All requests stop for ${duration(wait)}, then go on with at most ` +
        `${this.#queue.concurrency} at a time (${this.#progress()}).`,
    );
  }

  #recover(): void {
    this.#refusals = 0;
    if (this.#queue.concurrency >= this.#concurrency) return;
    this.#answersSinceRefusal += 1;
    if (this.#answersSinceRefusal % RECOVERY === 0) this.#queue.concurrency += 1;
  }

  #progress(): string {
    return `${counted(this.#answered, 'request')} answered so far`;
  }

  #sayShortage(limit: { remaining: number; reset: number; resetAt: number }): void {
    if (this.#shortageSaid === limit.reset) return;
    this.#shortageSaid = limit.reset;
    if (limit.resetAt - Date.now() > PATIENCE) return;
    this.#log.warning(`${this.#shortage(limit)} The run waits for it where it has to.`);
  }

  #shortage(limit: { remaining: number; resetAt: number }): string {
    const needed = Math.max(this.#needed, this.#queue.size, 1);
    return (
      `The token's primary rate limit does not suffice: ${counted(needed, 'more request')} ` +
      `${needed === 1 ? 'is' : 'are'} needed, ${count(Math.max(0, limit.remaining))} left, and it ` +
      `resets in ${duration(limit.resetAt - Date.now())}, at ${new Date(limit.resetAt).toISOString().slice(11, 16)} UTC.`
    );
  }

  #tooLong(limit: { remaining: number; resetAt: number }): GitHubError {
    return new GitHubError(
      'rate-limited',
      `${this.#shortage(limit)} A run waits ${duration(PATIENCE)} at most. ` +
        'Run again after that, or with a token that nothing else uses.',
    );
  }

  #sayMinute(until: number, now: number): void {
    // The minute opens one request at a time: only its first, long wait is worth a line.
    if (until - now < 2000 || now < this.#minuteSaidUntil) return;
    this.#minuteSaidUntil = until;
    this.#log.info(
      `Waiting ${duration(until - now)}, because GitHub allows 900 requests a minute (${this.#progress()}).`,
    );
  }
}

/** `45 seconds`, `12 minutes`. */
function duration(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  return seconds < 100 ? counted(seconds, 'second') : counted(Math.ceil(seconds / 60), 'minute');
}
