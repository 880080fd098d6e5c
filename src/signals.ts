import { ExitCode } from '@actions/core';
import { discardUnfinished } from './common/files.ts';
import type { Progress } from './progress.ts';

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
