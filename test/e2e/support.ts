/** What most end-to-end tests begin with: a GitHub, and the action run against it. All is gone when the file is done. */
import { rmSync } from 'node:fs';
import { afterAll } from 'vitest';
import type { Clock } from '../clock.ts';
import { type Simulator, type SimulatorOptions, startSimulator, TOKEN } from '../simulator/server.ts';
import { type ActionOptions, type ActionRun, runAction, temporaryDirectory } from './action.ts';

export type Inputs = Readonly<Record<string, string>>;
/** Where it is, and what time it is there. */
export type GitHub = Pick<Simulator, 'url' | 'clock'>;
/** The clock of a run is that of the GitHub that it speaks to, but for what is given. */
export type RunOptions = Omit<ActionOptions, 'clock'> & { readonly clock?: Partial<Clock> };

const leftBehind: (() => unknown)[] = [];
afterAll(async () => {
  for (const remove of leftBehind.splice(0).reverse()) await remove();
});

export async function startGitHub(options: SimulatorOptions): Promise<Simulator> {
  const github = await startSimulator(options);
  leftBehind.push(() => github.close());
  return github;
}

/** A directory for several runs to work in. */
export function workspace(): string {
  const directory = temporaryDirectory('workspace');
  leftBehind.push(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Runs the action against `github` (or a base URL) with a token that may read all of it, unless `inputs` say else. */
export async function report(
  github: GitHub,
  inputs: Inputs = {},
  options: RunOptions = {},
): Promise<ActionRun> {
  const run = await runAction(
    { token: TOKEN, enterprise: 'acme', 'api-url': github.url, ...inputs },
    { ...options, clock: { ...github.clock, ...options.clock } },
  );
  leftBehind.push(() => run[Symbol.dispose]());
  return run;
}

/** The metrics of a run, as its output has them. */
export const metricsOf = (run: Pick<ActionRun, 'outputs'>): Record<string, number> =>
  JSON.parse(run.outputs.metrics ?? '{}');

/** The files that a run wrote, by name. */
export const filesOf = ({ files, read }: Pick<ActionRun, 'files' | 'read'>): Record<string, string> =>
  Object.fromEntries(files.map((name) => [name, read(name)]));

/** The text of the log's annotations, decoded: `::error::…` and the like. */
export const annotations = (
  { log }: Pick<ActionRun, 'log'>,
  level: 'notice' | 'warning' | 'error',
): string[] =>
  log
    .split('\n')
    .filter((line) => line.startsWith(`::${level}::`))
    .map((line) =>
      line
        .slice(`::${level}::`.length)
        .replaceAll('%0D', '\r')
        .replaceAll('%0A', '\n')
        .replaceAll('%25', '%'),
    );
