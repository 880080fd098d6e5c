/** How far a run has come: lines for the log, and the last one when it is cancelled. */

import { ExitCode } from '@actions/core';
import { discardUnfinished } from './common/files.ts';
import { count } from './common/words.ts';

const EVERY_MS = 5_000;

export interface Progress {
  /** Call after every step of a fetch, such as ('seats', 1200, 5000); `of` is unknown when GitHub has not said. */
  readonly update: (what: string, done: number, of: number | undefined) => void;
  /** How far the run has come: "after reading 1,200 of about 5,000 seats". */
  readonly summary: () => string;
}

/**
 * Logs a line at most every five seconds over all fetches of the run, and none before the first five are over.
 *
 * @param clock milliseconds that only grow
 */
export function createProgress(
  log: (line: string) => void,
  clock: () => number = () => performance.now(),
): Progress {
  const fetches = new Map<string, { start: number; amount: string }>();
  let last = clock();
  return {
    update(what, done, of) {
      const now = clock();
      const start = fetches.get(what)?.start ?? now;
      const amount = `${count(done)}${of === undefined ? '' : ` of about ${count(of)}`} ${what}`;
      fetches.set(what, { start, amount });
      if (now - last < EVERY_MS) return;
      last = now;
      log(`Read ${amount}${timeLeft(done, of, now - start)}`);
    },
    summary() {
      const amounts = [...fetches.values()].map(({ amount }) => amount);
      return amounts.length === 0 ? 'before anything was read' : `after reading ${amounts.join(', ')}`;
    },
  };
}

function timeLeft(done: number, of: number | undefined, elapsed: number): string {
  if (of === undefined || done <= 0 || done >= of || elapsed <= 0) return '';
  const seconds = Math.ceil(((of - done) / done) * (elapsed / 1000));
  return seconds < 90 ? `, about ${seconds} s left` : `, about ${Math.round(seconds / 60)} min left`;
}

/** A cancelled workflow: the runner sends SIGINT, then SIGTERM, and gives seconds. */
export function stopOnSignals(progress: Progress, log: (line: string) => void): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      discardUnfinished();
      log(`Cancelled (${signal}) ${progress.summary()}. No file is left half written.`);
      process.exit(ExitCode.Failure);
    });
  }
}
