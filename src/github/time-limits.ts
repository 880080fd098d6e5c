/** What a request may take. */

/** Milliseconds, counted from the sending of an attempt and not from its queueing. */
export interface TimeLimits {
  /** Until an attempt's headers; connecting, and a tunnel through a proxy, included. */
  readonly headers: number;
  /** Between two pieces of its body. */
  readonly chunk: number;
  readonly attempt: number;
  /** All attempts and the waits between them; what the limiter makes it wait is not counted. */
  readonly request: number;
}

/** Large enterprises were seen to wait for more than 30 seconds before the first byte comes. */
export const TIME_LIMITS: TimeLimits = { headers: 60_000, chunk: 30_000, attempt: 300_000, request: 600_000 };

/** An attempt took longer than it may. */
export class TimeLimitError extends Error {
  readonly limit: keyof TimeLimits;
  readonly milliseconds: number;

  constructor(limit: keyof TimeLimits, milliseconds: number) {
    super(`the limit for ${limit}, ${milliseconds} ms`);
    this.limit = limit;
    this.milliseconds = milliseconds;
  }
}

/**
 * Makes one attempt, and aborts it with a TimeLimitError where it takes too long. It calls `heard` for every sign of
 * life. `left` is what its request may still take, milliseconds.
 */
export async function attemptWithin<T>(
  limits: TimeLimits,
  left: number,
  signal: AbortSignal | undefined,
  attempt: (signal: AbortSignal, heard: () => void) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const expire = (limit: keyof TimeLimits, wait = limits[limit]) =>
    setTimeout(() => controller.abort(new TimeLimitError(limit, limits[limit])), wait);
  const whole = left < limits.attempt ? expire('request', left) : expire('attempt');
  let silence = expire('headers');
  const heard = () => {
    clearTimeout(silence);
    silence = expire('chunk');
  };
  try {
    const ends = signal ? AbortSignal.any([signal, controller.signal]) : controller.signal;
    return await attempt(ends, heard);
  } finally {
    clearTimeout(silence);
    clearTimeout(whole);
  }
}
