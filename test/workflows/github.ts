/** A repository on GitHub as workflows meet it: its git remote, artifacts, caches and issues, kept in a directory. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { REPORT_FILES } from '../../src/report-files.ts';
import { read } from '../contracts/repository.ts';
import { haveTools } from '../tools.ts';
import {
  type ActionStandIn,
  type Outputs,
  type RunOptions,
  runFile,
  runWorkflow,
  StepFailure,
  type StepPlace,
  type WorkflowRun,
} from './runner.ts';

/** Workflows are tried on Linux, the system of the runners that they name. */
export const canRunWorkflows = haveTools('bash', 'git', 'jq', 'unzip', 'zip');

export interface Artifact {
  id: number;
  name: string;
  expired: boolean;
  created_at: string;
  workflow_run: { id: number; head_branch: string; repository_id: number; head_repository_id: number | null };
}
export interface Call {
  readonly args: readonly string[];
  readonly stdin: string;
  readonly files: readonly (string | readonly string[])[];
}
export interface Issue {
  number: number;
  state: string;
  title: string;
  body: string;
  user: { login: string };
  comments: string[];
}

export type Status = 'pass' | 'warn' | 'fail' | 'error';
/** What the action comes to in a run. */
export interface Outcome {
  readonly status: Status;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly breaches?: readonly object[];
  /** Lines of summary.md. */
  readonly summary?: readonly string[];
  /** The content of licenses.json; null when the report could not be made, undefined for some content. */
  readonly licenses?: string | null;
  /** More files, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** No file at all, as when an input is wrong. */
  readonly nothing?: boolean;
  /** What happens elsewhere while the action runs, or what a test wants to see of it. */
  readonly meanwhile?: (inputs: Outputs, place: StepPlace) => void;
}

/** An outcome, or what the inputs make of it. */
type Coming = Outcome | Status | ((inputs: Outputs) => Outcome | Status);

const BREACHES: Readonly<Record<Status, readonly object[]>> = {
  pass: [],
  warn: [{ level: 'warn', metric: 'seats-used-percent', value: 97.5, bound: 'above 95' }],
  fail: [{ level: 'fail', metric: 'seats-available', value: 0, bound: 'below 1' }],
  error: [],
};

const git = (cwd: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd, encoding: 'utf8', env: gitEnv });
  return { ok: status === 0, stdout: stdout.trim(), stderr };
};
/** Nothing of the developer's own settings. */
const gitEnv = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

export type GitHub = ReturnType<typeof createGitHub>;

/** Dispose of it with `remove()`. */
export function createGitHub(host = 'github.com') {
  const directory = mkdtempSync(path.join(tmpdir(), 'github-'));
  const bin = path.join(directory, 'bin');
  const remote = path.join(directory, 'repository.git');
  const file = (name: string) => path.join(directory, name);
  const load = <T>(name: string): T[] =>
    existsSync(file(name)) ? JSON.parse(readFileSync(file(name), 'utf8')) : [];
  const save = (name: string, value: unknown) => writeFileSync(file(name), JSON.stringify(value));

  mkdirSync(bin);
  command('gh', 'gh.ts');
  command('curl', 'command.ts', 'curl');
  command('aws', 'command.ts', 'aws');
  git(directory, 'init', '--quiet', '--bare', '--initial-branch=main', remote);
  pushFiles('main', { 'README.md': 'A repository\n' });

  function command(name: string, script: string, ...args: string[]): void {
    const target = fileURLToPath(new URL(script, import.meta.url));
    const words = [process.execPath, target, ...args].map((word) => `'${word}'`).join(' ');
    writeFileSync(path.join(bin, name), `#!/bin/sh\nexec ${words} "$@"\n`);
    chmodSync(path.join(bin, name), 0o755);
  }

  /** A commit of these files alone on a branch of the remote. */
  function pushFiles(branch: string, files: Readonly<Record<string, string>>): void {
    const clone = mkdtempSync(path.join(tmpdir(), 'clone-'));
    git(clone, 'init', '--quiet', '--initial-branch=work');
    if (git(clone, 'fetch', '--quiet', remote, `refs/heads/${branch}`).ok)
      git(clone, 'reset', '--hard', 'FETCH_HEAD');
    for (const [name, content] of Object.entries(files)) writeFileSync(path.join(clone, name), content);
    git(clone, 'add', '.');
    git(clone, 'commit', '--quiet', '--message', 'files');
    const pushed = git(clone, 'push', '--quiet', remote, `HEAD:refs/heads/${branch}`);
    if (!pushed.ok) throw new Error(pushed.stderr);
    rmSync(clone, { recursive: true });
  }

  const saveArtifact = (name: string, folder: string, workflow_run: Artifact['workflow_run']) => {
    const artifacts = load<Artifact>('artifacts.json');
    const id = artifacts.length + 1;
    const made = {
      id,
      name,
      expired: false,
      created_at: new Date(Date.UTC(2026, 0, id)).toISOString(),
      workflow_run,
    };
    spawnSync('zip', ['-qr', file(`${id}.zip`), '.'], { cwd: folder });
    save('artifacts.json', [...artifacts, made]);
  };

  const uploaded = new Set<string>();
  const caches: { key: string; content: Buffer }[] = [];

  const actions: Record<string, ActionStandIn> = {
    /** What it does in a workspace that an earlier run left: keeps the repository if it can clean it, else begins anew. */
    'actions/checkout': (_, { workspace }) => {
      const kept = existsSync(path.join(workspace, '.git'));
      const steps = [
        ['checkout', '--quiet', '--detach'],
        ...git(workspace, 'for-each-ref', '--format=%(refname:short)', 'refs/heads')
          .stdout.split('\n')
          .filter((branch) => branch)
          .map((branch) => ['branch', '--quiet', '--delete', '--force', branch]),
        ['clean', '-ffdxq'],
        ['reset', '--quiet', '--hard', 'HEAD'],
      ];
      if (!kept || !steps.every((step) => git(workspace, ...step).ok)) {
        rmSync(workspace, { recursive: true, force: true });
        mkdirSync(workspace);
        git(workspace, 'init', '--quiet', '--initial-branch=main');
        git(workspace, 'remote', 'add', 'origin', `file://${remote}`);
      }
      const fetched = git(
        workspace,
        'fetch',
        '--quiet',
        '--no-tags',
        '--prune',
        '--depth=1',
        'origin',
        '+refs/heads/main:refs/remotes/origin/main',
      );
      const out = git(workspace, 'checkout', '--quiet', '--force', '-B', 'main', 'refs/remotes/origin/main');
      if (!fetched.ok || !out.ok) throw new StepFailure(fetched.stderr + out.stderr);
      return {};
    },
    'actions/upload-artifact': (inputs, { workspace, github }) => {
      const { name = 'artifact', path: from = '' } = inputs;
      const source = path.resolve(workspace, from);
      if (!existsSync(source)) {
        if (inputs['if-no-files-found'] === 'error') throw new StepFailure(`No files were found: ${from}`);
        return {};
      }
      const key = `${github.run_id}.${github.run_attempt} ${name}`;
      if (/[":<>|*?\r\n\\/]/.test(name)) throw new StepFailure(`The artifact name is not valid: ${name}`);
      if (uploaded.has(key))
        throw new StepFailure(`(409) Conflict: an artifact with this name already exists: ${name}`);
      uploaded.add(key);
      const folder = mkdtempSync(path.join(tmpdir(), 'artifact-'));
      if (statSync(source).isDirectory()) cpSync(source, folder, { recursive: true });
      else cpSync(source, path.join(folder, path.basename(source)));
      saveArtifact(name, folder, {
        id: Number(github.run_id),
        head_branch: github.ref_name ?? '',
        repository_id: 1,
        head_repository_id: 1,
      });
      rmSync(folder, { recursive: true });
      return {};
    },
    /** Those of this run, by name, the newest of each; a `name` must be there, a `pattern` need not match. */
    'actions/download-artifact': ({ name, pattern, path: to = '', ...more }, { workspace, github }) => {
      const own = load<Artifact>('artifacts.json')
        .filter(({ workflow_run }) => String(workflow_run.id) === github.run_id)
        .toSorted((a, b) => (a.name < b.name ? -1 : 1));
      const matching = [...new Map(own.map((artifact) => [artifact.name, artifact])).values()].filter(
        (artifact) => (name ? artifact.name === name : path.matchesGlob(artifact.name, pattern || '*')),
      );
      if (name && matching.length === 0) throw new StepFailure(`Artifact not found for name: ${name}`);
      for (const artifact of matching) {
        const merged = name || more['merge-multiple'] === 'true';
        const target = path.resolve(workspace, to, merged ? '' : artifact.name);
        spawnSync('unzip', ['-qo', file(`${artifact.id}.zip`), '-d', target]);
      }
      return {};
    },
    /** The cache of that key, else the newest one that begins with a restore key. */
    'actions/cache/restore': (inputs, { workspace }) => {
      const prefixes = (inputs['restore-keys'] ?? '').split('\n').filter((line) => line.trim());
      const found =
        caches.find(({ key }) => key === inputs.key) ??
        prefixes.map((prefix) => caches.findLast(({ key }) => key.startsWith(prefix.trim()))).find(Boolean);
      if (found) writeFileSync(path.join(workspace, inputs.path ?? ''), found.content);
      return { 'cache-hit': String(found?.key === inputs.key) };
    },
    /** A key that exists stays as it is, which is only a warning. */
    'actions/cache/save': ({ key = '', path: from = '' }, { workspace }) => {
      if (!caches.some((cache) => cache.key === key))
        caches.push({ key, content: readFileSync(path.join(workspace, from)) });
      return {};
    },
    'aws-actions/configure-aws-credentials': () => ({}),
  };

  let runs = 0;
  return {
    directory,
    bin,
    remote,
    actions,
    pushFiles,
    saveArtifact,
    git: (...args: string[]) => git(remote, ...args),
    artifacts: () => load<Artifact>('artifacts.json'),
    changeArtifacts: (change: (artifact: Artifact) => void) => {
      const artifacts = load<Artifact>('artifacts.json');
      artifacts.forEach(change);
      save('artifacts.json', artifacts);
    },
    issues: () => load<Issue>('issues.json'),
    saveIssues: (issues: readonly object[]) => save('issues.json', issues),
    /** What `curl` or `aws` was called with. */
    calls: (name: string): Call[] =>
      existsSync(file(`${name}.ndjson`))
        ? readFileSync(file(`${name}.ndjson`), 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [],
    breakCommand: (name: string) => writeFileSync(file(`${name}-fails`), ''),
    breakApi: (text: string) =>
      text ? writeFileSync(file('broken'), text) : rmSync(file('broken'), { force: true }),
    /** A directory that outlives runs, as a self-hosted runner's does. */
    machine: () => mkdtempSync(path.join(directory, 'machine-')),
    /** Runs a workflow, by its file or as text, in which the action comes to `outcome`. */
    run(workflow: string, outcome: Coming, options: Partial<RunOptions> = {}): WorkflowRun {
      if (options.github?.run_attempt === undefined) runs += 1;
      const start = workflow.endsWith('.yml') ? runFile : runWorkflow;
      return start(workflow, {
        ...options,
        bin,
        github: { run_id: String(1000 + runs), server_url: `https://${host}`, ...options.github },
        secrets: { ENTERPRISE_TOKEN: 'ghp_enterprise', ...options.secrets },
        env: {
          GITHUB_STAND_IN: directory,
          GITHUB_STAND_IN_HOST: host,
          GIT_CONFIG_NOSYSTEM: '1',
          ...options.env,
        },
        actions: { ...actions, 'OWNER/enterprise-license-report': report(outcome), ...options.actions },
      });
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

const { inputs: known } = parse(read('action.yml')) as { inputs: Record<string, { default?: string }> };

/** The action: refuses inputs that it does not have, writes files and history, sets outputs, fails the step. */
function report(given: Coming): ActionStandIn {
  return (inputs, place) => {
    const come = typeof given === 'function' ? given(inputs) : given;
    const outcome: Outcome = typeof come === 'string' ? { status: come } : come;
    const { workspace, github } = place;
    outcome.meanwhile?.(inputs, place);
    const unknown = Object.keys(inputs).filter((name) => !(name in known));
    if (unknown.length > 0 || !inputs.token)
      throw new Error(`wrong inputs: ${unknown} ${JSON.stringify(inputs)}`);
    const value = (name: string) => inputs[name] || (known[name]?.default ?? '');
    const directory = path.join(workspace, value('report-directory'));
    const {
      status,
      metrics = { 'seats-available': 0 },
      breaches = BREACHES[status],
      summary = [],
      licenses,
    } = outcome;
    // Only what the action wrote itself is gone from a directory that outlived the run.
    for (const name of REPORT_FILES.keys()) rmSync(path.join(directory, name), { force: true });
    const files: string[] = [];
    const write = (name: string, text: string) => {
      mkdirSync(directory, { recursive: true });
      files.push(path.join(directory, name));
      writeFileSync(path.join(directory, name), text);
    };
    if (!outcome.nothing) {
      const formats = value('formats').split(/[\s,]+/);
      if (formats.includes('json') && licenses !== null) write('licenses.json', licenses ?? '{}');
      if (formats.includes('csv')) write('organizations.csv', 'organization\n');
      if (formats.includes('html')) write('report.html', '<!doctype html>');
      if (formats.includes('prometheus')) write('metrics.prom', '# HELP enterprise_license_report_status\n');
      for (const [name, text] of Object.entries(outcome.files ?? {})) write(name, text);
      if (formats.includes('markdown')) write('summary.md', `${['# Report', '', ...summary].join('\n')}\n`);
      const line = { run: `${github.run_id}.${github.run_attempt}`, enterprise: inputs.enterprise, metrics };
      if (inputs['history-file'])
        appendFileSync(path.join(workspace, inputs['history-file']), `${JSON.stringify(line)}\n`);
    }
    const outputs: Outputs = {
      status,
      breaches: JSON.stringify(breaches),
      metrics: JSON.stringify(metrics),
      'report-directory': directory,
      files: files.join('\n'),
    };
    if (status === 'fail' || status === 'error') throw new StepFailure(status, outputs);
    return outputs;
  };
}
