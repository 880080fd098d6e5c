/**
 * A runner for the workflows that people copy: jobs in order of their needs, a matrix, reusable workflows, conditions,
 * outputs, and every `run:` in the shell that GitHub's runner starts for it. What is an action (`uses:`) is stood in
 * for by a function.
 */
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { read } from '../contracts/repository.ts';
import { type Contexts, holds, resolve, type State, textOf } from './expressions.ts';

export type Outputs = Record<string, string>;
type Values = Readonly<Record<string, unknown>>;

/** What stands in for an action: gets its inputs as text, returns its outputs, and throws a StepFailure to fail. */
export type ActionStandIn = (inputs: Outputs, step: StepPlace) => Outputs | undefined;

export class StepFailure extends Error {
  readonly outputs: Outputs;
  constructor(message: string, outputs: Outputs = {}) {
    super(message);
    this.outputs = outputs;
  }
}

export interface StepPlace {
  readonly workspace: string;
  readonly temp: string;
  readonly env: Outputs;
  readonly github: Outputs;
  readonly job: string;
}

export interface RunOptions {
  readonly actions: Readonly<Record<string, ActionStandIn>>;
  readonly inputs?: Values;
  readonly secrets?: Values;
  readonly github?: Outputs;
  /** More environment variables of the machine. PATH begins with `bin`. */
  readonly env?: Outputs;
  readonly bin?: string;
  /** The machine: its workspace outlives the run when it is given. */
  readonly machine?: string;
}

interface Step {
  id?: string;
  name?: string;
  if?: string;
  run?: string;
  uses?: string;
  with?: Values;
  env?: Values;
  shell?: string;
}
interface Job {
  needs?: string | string[];
  if?: string;
  env?: Values;
  outputs?: Values;
  steps?: Step[];
  strategy?: { matrix: Values };
  uses?: string;
  with?: Values;
  secrets?: Values;
  environment?: unknown;
  'runs-on'?: unknown;
}
interface Workflow {
  on: {
    workflow_call?: { inputs?: Record<string, { default?: unknown }>; outputs?: Record<string, Values> };
  };
  env?: Values;
  defaults?: { run?: { shell?: string } };
  jobs: Record<string, Job>;
}

export interface JobRun {
  readonly result: 'success' | 'failure' | 'skipped';
  readonly outputs: Values;
  /** All that was printed, of all jobs of the matrix. */
  readonly log: string;
  readonly summary: string;
  /** What `runs-on` came to. */
  readonly labels?: unknown;
}
export interface WorkflowRun {
  readonly result: 'success' | 'failure';
  readonly outputs: Outputs;
  readonly jobs: Readonly<Record<string, JobRun>>;
  readonly log: string;
  readonly summary: string;
}

const GITHUB: Outputs = {
  server_url: 'https://github.com',
  api_url: 'https://api.github.com',
  repository: 'octo/reports',
  repository_id: '1',
  run_id: '1',
  run_attempt: '1',
  ref_name: 'main',
  ref: 'refs/heads/main',
  token: 'ghs_workflow',
};

const asList = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : [value].flat();

const textsOf = (values: Values): Outputs =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(value)]));

/** Runs a workflow's file, by its path from the root. */
export const runFile = (file: string, options: RunOptions): WorkflowRun => runWorkflow(read(file), options);

/** Runs the text of a workflow. */
export function runWorkflow(text: string, options: RunOptions): WorkflowRun {
  const workflow = parse(text) as Workflow;
  const github = { ...GITHUB, ...options.github };
  const defaults = Object.fromEntries(
    Object.entries(workflow.on.workflow_call?.inputs ?? {}).map(([name, input]) => [name, input.default]),
  );
  const contexts = { github, inputs: { ...defaults, ...options.inputs }, secrets: options.secrets ?? {} };

  const jobs: Record<string, JobRun> = {};
  const waiting = new Map(Object.entries(workflow.jobs));
  while (waiting.size > 0) {
    const ready = [...waiting].find(([, job]) => asList(job.needs).every((need) => jobs[need]));
    if (!ready) throw new Error(`no job can start: ${[...waiting.keys()]}`);
    const [name, job] = ready;
    waiting.delete(name);
    const needs = Object.fromEntries(asList(job.needs).map((need) => [need, jobs[need] as JobRun]));
    const failed = Object.values(needs).some(({ result }) => result !== 'success');
    const known = { ...contexts, needs, matrix: {}, env: {}, vars: {} };
    jobs[name] = holds(job.if, known, { failed })
      ? runJob(name, job, workflow, known, options)
      : { result: 'skipped', outputs: {}, log: '', summary: '' };
  }
  const failed = Object.values(jobs).some(({ result }) => result === 'failure');
  const outputs = Object.entries(workflow.on.workflow_call?.outputs ?? {}).map(
    ([name, { value }]) => [name, textOf(resolve(value, { ...contexts, jobs }, { failed: false }))] as const,
  );
  return {
    result: failed ? 'failure' : 'success',
    outputs: Object.fromEntries(outputs),
    jobs,
    log: Object.values(jobs)
      .map(({ log }) => log)
      .join(''),
    summary: Object.values(jobs)
      .map(({ summary }) => summary)
      .join(''),
  };
}

function runJob(name: string, job: Job, workflow: Workflow, contexts: Contexts, options: RunOptions): JobRun {
  if (job.uses !== undefined) return callWorkflow(job, contexts, options);
  const state = { failed: false };
  const matrix = job.strategy
    ? (resolve(job.strategy.matrix, contexts, state) as Record<string, unknown[]>)
    : {};
  const [axis] = Object.entries(matrix).filter(([key]) => key !== 'include');
  const combinations = axis
    ? axis[1].map((value) => ({ [axis[0]]: value }))
    : ((matrix.include as Values[] | undefined) ?? [{}]);
  const runs = combinations.map((combination) =>
    runSteps(name, job, workflow, { ...contexts, matrix: combination }, options),
  );
  return {
    result: runs.every(({ result }) => result === 'success') ? 'success' : 'failure',
    outputs: Object.assign({}, ...runs.map(({ outputs }) => outputs)),
    log: runs.map(({ log }) => log).join(''),
    summary: runs.map(({ summary }) => summary).join(''),
    labels: runs[0]?.labels,
  };
}

/** A job that is a reusable workflow of this repository. */
function callWorkflow(job: Job, contexts: Contexts, options: RunOptions): JobRun {
  const state = { failed: false };
  const file = (job.uses ?? '').replace(/^OWNER\/enterprise-license-report\//, '').replace(/@.*$/, '');
  const run = runFile(file, {
    ...options,
    inputs: resolve(job.with ?? {}, contexts, state) as Values,
    secrets: resolve(job.secrets ?? {}, contexts, state) as Values,
  });
  return { result: run.result, outputs: run.outputs, log: run.log, summary: run.summary };
}

function runSteps(name: string, job: Job, workflow: Workflow, given: Contexts, options: RunOptions): JobRun {
  const machine = options.machine ?? mkdtempSync(path.join(tmpdir(), 'machine-'));
  const workspace = path.join(machine, 'work');
  const temp = path.join(machine, 'temp');
  const files = path.join(machine, 'commands');
  // The runner empties its directory for temporary files before a job.
  for (const directory of [temp, files]) rmSync(directory, { recursive: true, force: true });
  for (const directory of [workspace, temp, files]) mkdirSync(directory, { recursive: true });

  const steps: Record<string, { outputs: Outputs; outcome: string; conclusion: string }> = {};
  let log = '';
  let failed = false;
  const state = (): State => ({ failed, hashFiles: (patterns) => hashFiles(workspace, patterns) });
  let contexts: Contexts = { ...given, steps, runner: { temp, os: 'Linux' }, job: {} };
  const jobEnv = { ...workflow.env, ...job.env };
  const env = textsOf(resolve(jobEnv, contexts, state()) as Values);
  contexts = { ...contexts, env };
  const labels = resolve(job['runs-on'], contexts, state());

  for (const [index, step] of (job.steps ?? []).entries()) {
    const id = step.id ?? `__${index}`;
    if (!holds(step.if, contexts, state())) {
      steps[id] = { outputs: {}, outcome: 'skipped', conclusion: 'skipped' };
      continue;
    }
    const stepEnv = { ...env, ...textsOf(resolve(step.env ?? {}, contexts, state()) as Values) };
    const place = {
      workspace,
      temp,
      env: stepEnv,
      github: contexts.github as Outputs,
      job: [name, ...Object.values(contexts.matrix as Values).map(textOf)].join(' '),
    };
    const ended =
      step.run === undefined
        ? runAction(step, textsOf(resolve(step.with ?? {}, contexts, state()) as Values), place, options)
        : runScript(step, step.shell ?? workflow.defaults?.run?.shell, place, files, options);
    log += `${ended.log}\n`;
    steps[id] = { outputs: ended.outputs, outcome: ended.result, conclusion: ended.result };
    failed ||= ended.result === 'failure';
  }
  const outputs = resolve(job.outputs ?? {}, contexts, state()) as Values;
  const summary = readOr(path.join(files, 'summary'));
  if (options.machine === undefined) rmSync(machine, { recursive: true, force: true });
  return { result: failed ? 'failure' : 'success', outputs: textsOf(outputs), log, summary, labels };
}

interface StepRun {
  readonly result: 'success' | 'failure';
  readonly outputs: Outputs;
  readonly log: string;
}

function runAction({ uses = '' }: Step, inputs: Outputs, place: StepPlace, { actions }: RunOptions): StepRun {
  const action = actions[uses.replace(/@.*$/, '')];
  if (!action) throw new Error(`nothing stands in for ${uses}`);
  try {
    return { result: 'success', outputs: action(inputs, place) ?? {}, log: '' };
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    return { result: 'failure', outputs: error.outputs, log: `${uses}: ${error.message}` };
  }
}

/** Without `shell: bash` the runner starts Bash without `pipefail`. */
const SHELLS: Readonly<Record<string, readonly string[]>> = {
  bash: ['--noprofile', '--norc', '-eo', 'pipefail'],
  default: ['-e'],
};

function runScript(
  { run = '' }: Step,
  shell = 'default',
  { workspace, temp, env, github }: StepPlace,
  files: string,
  options: RunOptions,
): StepRun {
  const script = path.join(files, 'script.sh');
  const output = path.join(files, 'output');
  writeFileSync(script, run);
  writeFileSync(output, '');
  const variables = Object.entries(github)
    .filter(([name]) => name !== 'token')
    .map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, value]);
  const { status, stdout, stderr, error } = spawnSync('bash', [...(SHELLS[shell] ?? []), script], {
    cwd: workspace,
    env: {
      PATH: [options.bin, process.env.PATH].filter((part) => part).join(path.delimiter),
      HOME: temp,
      LANG: 'C.UTF-8',
      ...Object.fromEntries(variables),
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: path.join(files, 'summary'),
      RUNNER_TEMP: temp,
      ...options.env,
      ...env,
    },
    encoding: 'utf8',
  });
  // A variable that is too long (E2BIG) fails the step, as it does on a runner.
  const result = status === 0 && !error ? 'success' : 'failure';
  return {
    result,
    outputs: parseOutputs(readOr(output)),
    log: `${stdout ?? ''}${stderr ?? ''}${error ?? ''}`,
  };
}

/** `name=value`, or `name<<DELIMITER` with the value's lines after it. */
function parseOutputs(text: string): Outputs {
  const outputs: Outputs = {};
  const lines = text.split('\n');
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [, name = '', kind, rest = ''] = /^([^=<]+)(=|<<)(.*)$/.exec(line) ?? [];
    if (kind === '=') outputs[name] = rest;
    if (kind === '<<') {
      outputs[name] = lines.splice(0, lines.indexOf(rest)).join('\n');
      lines.shift();
    }
  }
  return outputs;
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

const hashFiles = (workspace: string, patterns: readonly string[]): string =>
  patterns.flatMap((pattern) => globSync(pattern, { cwd: workspace })).length > 0 ? 'a-hash' : '';
