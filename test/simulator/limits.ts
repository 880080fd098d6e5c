/** GitHub's rate limits, seen from its side. `now` is a steady clock, `epoch` the time of day, both in milliseconds. */
import { type Answer, type Headers, primaryLimit, secondaryLimit } from './answers.ts';
import type { FaultRule } from './faults.ts';

export interface LimitOptions {
  /** Requests until `x-ratelimit-remaining` is 0. */
  budget?: number;
  /** Already used at the start. */
  used?: number;
  /** When the budget is whole again. */
  resetSeconds?: number;
  /** Requests that one sliding window takes; more are refused as a secondary limit. Absent: not enforced. */
  perMinute?: number;
  /** The length of that window, for tests that cannot wait a minute. */
  windowSeconds?: number;
  /** How a refusal of `perMinute` announces its end. */
  retryAfter?: number | `date:${number}`;
}

/** A request that a client had sent before it could read the refusal does not count as one inside the window. */
const TRAVEL_TIME = 50;
/** Timers of the client may fire a little early. */
const TIMER_SLACK = 5;

export interface Refusal {
  readonly answer: Answer;
  /** To be called when the answer leaves: from then on the client can know. */
  readonly left: (now: number, epoch: number) => void;
}

export class Limits {
  readonly #options: LimitOptions | undefined;
  #used: number;
  /** The hour begins with the first request. */
  #resetAt: number | undefined;
  #recent: number[] = [];
  #window: { status: 403 | 429; from: number; until: number; header: boolean } | undefined;
  #exhaustedUntil = 0;

  /** `undefined`: none are announced, as on an Enterprise Server. */
  constructor(options: LimitOptions | undefined) {
    this.#options = options;
    this.#used = options?.used ?? 0;
  }

  /** Whether a request that arrives now breaks the rule that nothing may be sent inside a secondary window. */
  insideWindow(now: number): boolean {
    const window = this.#window;
    return window !== undefined && now > window.from + TRAVEL_TIME && now < window.until - TIMER_SLACK;
  }

  /** Counts a request that arrives now; a refusal when it is one too many. */
  take(now: number, epoch: number, fault: FaultRule | undefined): Refusal | undefined {
    this.#resetAt ??= epoch + this.#length;
    if (this.#window && now < this.#window.until - TIMER_SLACK) {
      const { status, until, header } = this.#window;
      const left = String(Math.max(1, Math.ceil((until - now) / 1000)));
      return { answer: secondaryLimit(status, header ? left : undefined), left: () => {} };
    }
    if (fault?.kind === 'secondary-limit') {
      return this.#refuse(
        fault.status === 429 ? 429 : 403,
        fault.retryAfter,
        fault.windowSeconds ?? 60,
        epoch,
      );
    }
    if (fault?.kind === 'primary-limit') {
      this.#resetAt = epoch + (fault.resetSeconds ?? 3600) * 1000;
      this.#exhaustedUntil = Math.ceil(this.#resetAt / 1000) * 1000;
    }
    const { perMinute, windowSeconds = 60, retryAfter, budget = 5000 } = this.#options ?? {};
    if (perMinute !== undefined) {
      const start = now - windowSeconds * 1000;
      let old = 0;
      while ((this.#recent[old] ?? now) <= start) old += 1;
      if (old > 0) this.#recent.splice(0, old);
      if (this.#recent.length >= perMinute) return this.#refuse(429, retryAfter, windowSeconds, epoch);
      this.#recent.push(now);
    }
    if (epoch >= Math.ceil(this.#resetAt / 1000) * 1000) {
      this.#used = 0;
      this.#resetAt = epoch + this.#length;
    }
    if (epoch < this.#exhaustedUntil) {
      this.#used = budget;
      return { answer: primaryLimit(), left: () => {} };
    }
    if (this.#options && this.#used >= budget) return { answer: primaryLimit(), left: () => {} };
    this.#used += 1;
    return undefined;
  }

  /** The headers that announce the primary limit; none when nothing is announced. */
  headers(): Headers {
    if (!this.#options && this.#exhaustedUntil === 0) return {};
    const budget = this.#options?.budget ?? 5000;
    return {
      'x-ratelimit-limit': String(budget),
      'x-ratelimit-remaining': String(Math.max(0, budget - this.#used)),
      'x-ratelimit-reset': String(Math.ceil((this.#resetAt ?? 0) / 1000)),
      'x-ratelimit-used': String(this.#used),
      'x-ratelimit-resource': 'core',
    };
  }

  get #length(): number {
    return (this.#options?.resetSeconds ?? 3600) * 1000;
  }

  #refuse(
    status: 403 | 429,
    retryAfter: number | `date:${number}` | undefined,
    windowSeconds: number,
    epoch: number,
  ): Refusal {
    const dated = typeof retryAfter === 'string' ? Number(retryAfter.slice('date:'.length)) : undefined;
    // An HTTP date has whole seconds.
    const end = dated === undefined ? undefined : Math.ceil(epoch / 1000 + dated) * 1000;
    const seconds = typeof retryAfter === 'number' ? retryAfter : windowSeconds;
    const header = end === undefined ? retryAfter?.toString() : new Date(end).toUTCString();
    return {
      answer: secondaryLimit(status, header),
      left: (now, leftAt) => {
        const until = end === undefined ? now + seconds * 1000 : now + (end - leftAt);
        this.#window = { status, from: now, until, header: retryAfter !== undefined };
      },
    };
  }
}
