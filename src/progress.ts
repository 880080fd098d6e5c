/** Progress lines for the log of a long run. */

const EVERY_MS = 5_000;

/**
 * Returns a function to call after every step of a fetch; it logs a line at most every five seconds over all fetches
 * of the run, and none for a fetch that is done before the first is due.
 *
 * @param clock milliseconds that only grow
 */
export function createProgress(log: (line: string) => void, clock: () => number = () => performance.now()) {
  const began = new Map<string, number>();
  let last = clock();
  return (what: string, done: number, of: number | undefined): void => {
    const now = clock();
    const start = began.get(what) ?? now;
    began.set(what, start);
    if (now - last < EVERY_MS) return;
    last = now;
    log(
      `${what}: ${done.toLocaleString('en-US')}${of === undefined ? '' : ` of about ${of.toLocaleString('en-US')}`} read${timeLeft(done, of, now - start)}`,
    );
  };
}

function timeLeft(done: number, of: number | undefined, elapsed: number): string {
  if (of === undefined || done <= 0 || done >= of || elapsed <= 0) return '';
  const seconds = Math.ceil(((of - done) / done) * (elapsed / 1000));
  return seconds < 90 ? `, about ${seconds} s left` : `, about ${Math.round(seconds / 60)} min left`;
}
