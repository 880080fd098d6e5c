/** Starts `dist/index.js` as the runner starts it, and reads what it left behind. */
import { spawn } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Clock, clockArguments } from '../clock.ts';
import { partsOf } from '../output/workbook.ts';

const ENTRY = fileURLToPath(new URL('../../dist/index.js', import.meta.url));
/** Runs compile the same two files hundreds of times: a third of what each takes. A runner has no such cache. */
const COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url));

export interface ActionRun {
  readonly exitCode: number | null;
  /** Everything printed, workflow commands included. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly workspace: string;
  /** Names of the files in the report directory. */
  readonly files: readonly string[];
  readonly read: (name: string) => string;
  readonly [Symbol.dispose]: () => void;
}

export interface ActionOptions {
  /** `machine`: today's date, for benchmarks and the demo. */
  readonly clock: Clock | 'machine';
  /** A directory to run in, kept; a new one otherwise. */
  readonly workspace?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The Node.js to run on; by default the one of the tests. */
  readonly node?: string;
  /** The `dist/index.js` to run; by default the one of this checkout. */
  readonly entry?: string;
  readonly signal?: { readonly name: NodeJS.Signals; readonly when: Promise<unknown> };
}

/** What a runner hands to a step, and what the step left there. */
export interface Step {
  readonly workspace: string;
  readonly env: Readonly<Record<string, string>>;
  readonly result: (exitCode: number | null, log: string) => ActionRun;
}

/** `runner`: where the runner keeps its own files. */
export function prepareStep(
  inputs: Readonly<Record<string, string>>,
  { workspace = temporaryDirectory('workspace'), env }: Pick<ActionOptions, 'workspace' | 'env'>,
  runner: string,
): Step {
  const commandFile = (name: string) => {
    const file = path.join(runner, name);
    writeFileSync(file, '');
    return file;
  };
  const [outputFile, summaryFile] = [commandFile('output'), commandFile('summary')];
  return {
    workspace,
    env: {
      ...Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
      ),
      GITHUB_OUTPUT: outputFile,
      GITHUB_STEP_SUMMARY: summaryFile,
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: runner,
      ...env,
    },
    result(exitCode, log) {
      const outputs = parseOutputs(readFileSync(outputFile, 'utf8'));
      const directory = outputs['report-directory'] ?? path.join(workspace, 'enterprise-report');
      return {
        exitCode,
        log,
        outputs,
        summary: readFileSync(summaryFile, 'utf8'),
        workspace,
        files: lstatSync(directory, { throwIfNoEntry: false })?.isDirectory()
          ? readdirSync(directory).sort()
          : [],
        read: (name) => textOf(readFileSync(path.join(directory, name)), name),
        [Symbol.dispose]: () => rmSync(workspace, { recursive: true, force: true }),
      };
    },
  };
}

/** Runs the action with the inputs as given. Dispose of the result to remove its workspace. */
export async function runAction(
  inputs: Readonly<Record<string, string>>,
  options: ActionOptions,
): Promise<ActionRun> {
  const runner = temporaryDirectory('runner');
  const step = prepareStep(inputs, options, runner);
  const clock = options.clock === 'machine' ? [] : clockArguments(options.clock);
  const child = spawn(options.node ?? process.execPath, [...clock, options.entry ?? ENTRY], {
    cwd: step.workspace,
    env: {
      PATH: process.env.PATH,
      // Not where time is measured.
      ...(options.clock !== 'machine' && { NODE_COMPILE_CACHE: COMPILE_CACHE }),
      ...(process.platform === 'win32' && { SystemRoot: process.env.SystemRoot }),
      ...step.env,
    },
  });
  let log = '';
  const collect = (chunk: Buffer) => {
    log += chunk.toString();
  };
  options.signal?.when.then(() => child.kill(options.signal?.name));
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const result = step.result(exitCode, log);
  rmSync(runner, { recursive: true });
  return result;
}

/** The text of a file; of a workbook, that of all its parts. */
export const textOf = (bytes: Buffer, name: string): string =>
  name.endsWith('.xlsx') ? Object.values(partsOf(bytes)).join('\n') : bytes.toString();

export const temporaryDirectory = (name: string): string => mkdtempSync(path.join(tmpdir(), `${name}-`));

/** `NAME<<DELIMITER`, the value, `DELIMITER`: as the runner reads the file. */
export function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  while (lines.length > 0) {
    const header = /^([^=<]+)<<(.+)$/.exec(lines.shift() ?? '');
    if (!header) continue;
    const end = lines.indexOf(header[2] as string);
    outputs[header[1] as string] = lines.splice(0, end).join('\n');
    lines.shift();
  }
  return outputs;
}
