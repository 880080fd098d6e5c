/** Runs the action's own `run` in this process, without the cost of a new one: for long tables. One run at a time. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, vi } from 'vitest';
import { run } from '../../src/run.ts';
import { TOKEN } from '../simulator/server.ts';
import { type ActionRun, parseOutputs } from './action.ts';

// The same for all runs: the toolkit remembers where the summary goes.
const directory = mkdtempSync(path.join(tmpdir(), 'in-process-'));
const file = (name: string) => path.join(directory, name);
afterAll(() => rmSync(directory, { recursive: true }));

/** Failed requests are tried again at once: the jitter of every wait is nought. */
export async function runHere(
  github: { readonly url: string },
  inputs: Readonly<Record<string, string>>,
  now: Date,
): Promise<Pick<ActionRun, 'exitCode' | 'log' | 'outputs' | 'summary' | 'files'>> {
  for (const name of ['output', 'summary']) writeFileSync(file(name), '');
  vi.stubEnv('GITHUB_OUTPUT', file('output'));
  vi.stubEnv('GITHUB_STEP_SUMMARY', file('summary'));
  const random = vi.spyOn(Math, 'random').mockReturnValue(0);
  let log = '';
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    log += chunk;
    return true;
  });
  const listeners = (['SIGINT', 'SIGTERM'] as const).map((name) => [name, process.listeners(name)] as const);
  const given = { token: TOKEN, enterprise: 'acme', 'api-url': github.url, ...inputs };
  const variables = Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  try {
    await run({ ...Object.fromEntries(variables), GITHUB_WORKSPACE: file('workspace') }, now);
    const outputs = parseOutputs(readFileSync(file('output'), 'utf8'));
    return {
      exitCode: Number(process.exitCode ?? 0),
      log,
      outputs,
      summary: readFileSync(file('summary'), 'utf8'),
      files: outputs.files ? readdirSync(outputs['report-directory'] as string).sort() : [],
    };
  } finally {
    process.exitCode = undefined;
    for (const [name, before] of listeners) {
      for (const listener of process.listeners(name))
        if (!before.includes(listener)) process.off(name, listener);
    }
    stdout.mockRestore();
    random.mockRestore();
    vi.unstubAllEnvs();
    rmSync(file('workspace'), { recursive: true, force: true });
  }
}
