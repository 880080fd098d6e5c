/** Runs the action's own `run` in this process, without the cost of a new one: for long tables. One run at a time. */
import { rmSync } from 'node:fs';
import { afterAll, vi } from 'vitest';
import { run } from '../../src/run.ts';
import { setClock } from '../clock.ts';
import { TOKEN } from '../simulator/server.ts';
import { type ActionRun, prepareStep, temporaryDirectory } from './action.ts';
import { type GitHub, type Inputs, type RunOptions, workspace } from './support.ts';

// The same for all runs: the toolkit remembers where the summary goes.
const runner = temporaryDirectory('runner');
afterAll(() => rmSync(runner, { recursive: true }));

/** Failed requests are tried again at once: the jitter of every wait is nought. */
export async function runHere(
  github: GitHub,
  inputs: Inputs = {},
  { clock, workspace: place = workspace(), env }: Omit<RunOptions, 'signal'> = {},
): Promise<ActionRun> {
  const given = { token: TOKEN, enterprise: 'acme', 'api-url': github.url, ...inputs };
  const step = prepareStep(given, { workspace: place, ...(env && { env }) }, runner);
  for (const [name, value] of Object.entries(step.env)) vi.stubEnv(name, value);
  const random = vi.spyOn(Math, 'random').mockReturnValue(0);
  let log = '';
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    log += chunk;
    return true;
  });
  const listeners = (['SIGINT', 'SIGTERM'] as const).map((name) => [name, process.listeners(name)] as const);
  const resetClock = setClock({ ...github.clock, ...clock });
  try {
    await run(step.env, new Date());
    return step.result(Number(process.exitCode ?? 0), log);
  } finally {
    process.exitCode = undefined;
    for (const [name, before] of listeners) {
      for (const listener of process.listeners(name))
        if (!before.includes(listener)) process.off(name, listener);
    }
    resetClock();
    stdout.mockRestore();
    random.mockRestore();
    vi.unstubAllEnvs();
  }
}
