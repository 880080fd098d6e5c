/** The processes of a benchmark: a simulated GitHub, the action, and programs to compare with. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type ActionOptions, type ActionRun, runAction } from '../test/e2e/action.ts';
import { type SimulatorOptions, TOKEN } from '../test/simulator/server.ts';
import { type Row, sample } from './row.ts';

const SIMULATOR = fileURLToPath(new URL('../test/simulator/main.ts', import.meta.url));
const PRELOAD = new URL('preload.mjs', import.meta.url).href;

export interface Cost {
  /** From before the process is started until it is gone, milliseconds. */
  readonly wall: number;
  /** User and system time of all threads, milliseconds. */
  readonly cpu: number;
  /** Peak resident memory, MiB. */
  readonly peak: number;
}

/** Two runs of the same turn: what is measured, and what it is held against. */
export interface Turn {
  readonly measured: Cost;
  readonly reference: Cost;
}

/** Time, CPU time and peak memory of `what`, beside those of `reference`. `goals`: how many times as much at most. */
export function costRows(
  what: string,
  reference: string,
  turns: readonly Turn[],
  goals: Partial<Cost> = {},
): readonly Row[] {
  const of = (who: keyof Turn, name: keyof Cost) => sample(turns.map((turn) => turn[who][name]));
  const row = (name: keyof Cost, unit: Row['unit'], words: string, against: string): Row => ({
    what: words,
    unit,
    measured: of('measured', name),
    reference: { what: against, measured: of('reference', name) },
    as: 'times',
    ...(goals[name] !== undefined && { goal: { bound: 'at most', value: goals[name] } }),
  });
  return [
    { ...row('wall', 'ms', what, reference), peak: of('measured', 'peak').median },
    row('cpu', 'ms', 'the same, CPU time', 'its CPU time'),
    row('peak', 'MiB', 'the same, peak memory', 'its peak memory'),
  ];
}

export interface SimulatedGitHub {
  readonly url: string;
  readonly statistics: () => Promise<{
    requests: number;
    refused: number;
    insideWindow: number;
    elapsed: number;
  }>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Starts the simulator in a process of its own. Every page is made before the first request. */
export async function startGitHub(options: Omit<SimulatorOptions, 'now'>): Promise<SimulatedGitHub> {
  const flags = Object.entries({ prepare: true, ...options }).flatMap(([name, value]) => [
    `--${name}`,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const child = spawn(process.execPath, [SIMULATOR, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('the simulator did not start'))),
  ]);
  const { url } = JSON.parse(line as string);
  return {
    url,
    statistics: async () => (await fetch(new URL('/_simulator', url))).json() as never,
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
}

/** Runs what `start` starts with these environment variables. */
async function measured<T>(start: (env: Record<string, string>) => Promise<T>): Promise<[T, Cost]> {
  const directory = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const COST_FILE = path.join(directory, 'cost.json');
  try {
    const began = performance.now();
    const result = await start({ NODE_OPTIONS: `--import ${PRELOAD}`, COST_FILE });
    const wall = performance.now() - began;
    return [result, { wall, ...JSON.parse(readFileSync(COST_FILE, 'utf8')) }];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

export type MeasuredRun = ActionRun & { readonly cost: Cost };

/** Runs `dist/index.js` against a GitHub. Throws where it does not succeed. */
export async function report(
  { url }: Pick<SimulatedGitHub, 'url'>,
  inputs: Readonly<Record<string, string>> = {},
  options: Partial<ActionOptions> = {},
): Promise<MeasuredRun> {
  const [run, cost] = await measured((env) =>
    runAction(
      { token: TOKEN, enterprise: 'acme', 'api-url': url, ...inputs },
      { clock: 'machine', ...options, env },
    ),
  );
  if (run.exitCode !== 0) throw new Error(`the action failed:\n${run.log}`);
  return { ...run, cost };
}

/** The same, and only what it cost. */
export async function costOfReport(...run: Parameters<typeof report>): Promise<Cost> {
  using done = await report(...run);
  return done.cost;
}

/** Runs a program of this folder and returns what it printed, as JSON. */
export async function program(name: string, args: readonly string[]): Promise<[unknown, Cost]> {
  return measured(async (env) => {
    const file = fileURLToPath(new URL(name, import.meta.url));
    const child = spawn(process.execPath, [file, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const output = await child.stdout.toArray();
    if (child.exitCode === null) await once(child, 'exit');
    if (child.exitCode !== 0) throw new Error(`${name} failed`);
    return JSON.parse(Buffer.concat(output).toString());
  });
}
