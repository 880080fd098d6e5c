/**
 * The whole action against answers that nobody would think of: it ends in a clear error or in a right report.
 *
 * `FUZZ_SECONDS=600 npx vitest run test/fuzz` goes on for longer, each time with other answers; `FUZZ_SEED` repeats them.
 */

import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, test } from 'vitest';
import { checkFiles } from './check-files.ts';
import { checkMetrics } from './check-metrics.ts';
import { checkVerdict } from './check-verdict.ts';
import { type FuzzedGitHub, startFuzzedGitHub } from './github.ts';
import { runScenario } from './run.ts';
import { scenarios } from './scenario.ts';

const seconds = Number(process.env.FUZZ_SECONDS ?? 0);
const seed = Number(process.env.FUZZ_SEED ?? (seconds > 0 ? randomInt(2 ** 31) : 20261120));

let github: FuzzedGitHub;
beforeAll(async () => {
  github = await startFuzzedGitHub();
});
afterAll(() => github.close());

test(
  'whatever GitHub answers, the action ends in a clear error or in a right report',
  async () => {
    const property = fc.asyncProperty(scenarios, async (scenario) => {
      const run = await runScenario(github, scenario);
      checkMetrics(run, scenario);
      checkVerdict(run, scenario);
      checkFiles(run, scenario);
    });
    await fc.assert(property, {
      seed: seed | 0,
      ...(seconds > 0
        ? { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000 }
        : { numRuns: 60 }),
    });
  },
  (seconds + 120) * 1000,
);
