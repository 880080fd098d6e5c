/** examples/history-on-a-branch.yml, run after run. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { read } from '../contracts/repository.ts';
import { canRunWorkflows, createGitHub, type GitHub, type Outcome } from './github.ts';

const EXAMPLE = 'examples/history-on-a-branch.yml';
const FILE = 'history.ndjson';
const ran = (outcome: Partial<Outcome> = {}): Outcome => ({ status: 'pass', ...outcome });

describe.skipIf(!canRunWorkflows)('a history on a branch', () => {
  let github: GitHub;
  beforeEach(() => {
    github = createGitHub();
  });
  afterEach(() => github.remove());

  const lines = (): string[] =>
    github.git('show', `refs/heads/license-history:${FILE}`).stdout.split('\n').filter(Boolean);
  const runsOf = (): (string | undefined)[] => lines().map((line) => JSON.parse(line).run);

  test.each([
    ['fresh', false],
    ['persistent', true],
  ])('has a line of each run on a %s runner', (_, persistent) => {
    const machine = persistent ? { machine: github.machine() } : {};
    for (const number of [1, 2, 3, 4]) {
      const run = github.run(EXAMPLE, ran(), machine);
      expect(run, run.log).toMatchObject({ result: 'success' });
      expect(lines()).toHaveLength(number);
    }
    expect(github.git('show', '--stat', '--format=', 'refs/heads/license-history').stdout).not.toContain(
      'README',
    );
  });

  test.each(['warn', 'fail', 'error'] as const)('has the line of a run that ends in %s', (status) => {
    const run = github.run(EXAMPLE, ran({ status }));
    expect(run.result).toBe(status === 'warn' ? 'success' : 'failure');
    expect(lines()).toHaveLength(1);
  });

  test('is left as it is by a run that adds no line, on every runner', () => {
    const machine = github.machine();
    github.run(EXAMPLE, ran(), { machine });
    const before = github.git('rev-parse', 'refs/heads/license-history').stdout;
    expect(github.run(EXAMPLE, ran({ status: 'error', nothing: true }), { machine }).result).toBe('failure');
    expect(github.git('rev-parse', 'refs/heads/license-history').stdout).toBe(before);
    expect(github.run(EXAMPLE, ran(), { machine }).result).toBe('success');
    expect(lines()).toHaveLength(2);
  });

  test('does not begin with a run that adds no line', () => {
    expect(github.run(EXAMPLE, ran({ status: 'error', nothing: true })).result).toBe('failure');
    expect(github.git('rev-parse', '--verify', 'refs/heads/license-history').ok).toBe(false);
    expect(github.run(EXAMPLE, ran()).result).toBe('success');
    expect(lines()).toHaveLength(1);
  });

  test.each([
    ['has begun', true],
    ['begins', false],
  ])('loses no line of two runs at once when it %s', (_, begun) => {
    if (begun) github.run(EXAMPLE, ran(), { github: { run_id: '1', run_attempt: '1' } });
    const inner = ran({
      meanwhile: () => {
        const other = github.run(EXAMPLE, ran(), { github: { run_id: '2', run_attempt: '1' } });
        expect(other, other.log).toMatchObject({ result: 'success' });
      },
    });
    const run = github.run(EXAMPLE, inner, { github: { run_id: '3', run_attempt: '1' } });
    expect(run, run.log).toMatchObject({ result: 'success' });
    expect(runsOf()).toEqual([...(begun ? ['1.1'] : []), '2.1', '3.1']);
  });

  test.each([
    [4, 'success'],
    [5, 'failure'],
  ])('refused %i times by the remote, the run ends in %s', (times, result) => {
    github.run(EXAMPLE, ran());
    const hook = path.join(github.remote, 'hooks', 'pre-receive');
    writeFileSync(
      hook,
      `#!/bin/sh\necho x >> ../refused\nif [ "$(grep -c x ../refused)" -le ${times} ]; then exit 1; fi\n`,
    );
    chmodSync(hook, 0o755);
    const run = github.run(EXAMPLE, ran());
    expect(run, run.log).toMatchObject({ result });
    expect(lines()).toHaveLength(result === 'success' ? 2 : 1);
    if (result === 'failure') expect(run.log).toContain('::error');
  });

  test.each(['branch', 'tag'])('is not taken for a %s with a like name', (kind) => {
    if (kind === 'branch') github.pushFiles('feature/license-history', { [FILE]: '{"run":"another"}\n' });
    const tag = () => github.git('tag', '--force', 'license-history', 'refs/heads/main');
    for (const number of [1, 2, 3]) {
      if (kind === 'tag') tag();
      const run = github.run(EXAMPLE, ran());
      expect(run, run.log).toMatchObject({ result: 'success' });
      expect(lines()).toHaveLength(number);
    }
    expect(lines().join()).not.toContain('another');
  });
});

describe.skipIf(!canRunWorkflows)('a history in a cache', () => {
  const CACHED = 'examples/history-in-a-cache.yml';
  const STATUSES = ['pass', 'warn', 'fail', 'error', 'pass', 'fail'] as const;

  test.each([
    ['fresh', false],
    ['persistent', true],
  ])('has a line of each run and of each attempt on a %s runner, however it ends', (_, persistent) => {
    const github = createGitHub();
    const machine = persistent ? { machine: github.machine() } : {};
    const attempts = ['1.1', '2.1', '2.2', '3.1', '3.2', '3.3'];
    let before: string[] = [];
    const meanwhile: Outcome['meanwhile'] = (_, { workspace }) => {
      const file = path.join(workspace, FILE);
      before = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
    };
    const run = (attempt: string, outcome: Outcome) => {
      const [run_id = '', run_attempt = ''] = attempt.split('.');
      return github.run(CACHED, { ...outcome, meanwhile }, { ...machine, github: { run_id, run_attempt } });
    };
    for (const [index, attempt] of attempts.entries()) {
      const status = STATUSES[index] ?? 'pass';
      const { result, log } = run(attempt, { status });
      expect(result, log).toBe(status === 'pass' || status === 'warn' ? 'success' : 'failure');
      expect(before.map((line) => JSON.parse(line).run)).toEqual(attempts.slice(0, index));
      // A run whose input is wrong adds no line, and loses none.
      if (index === 1) expect(run('9.1', { status: 'error', nothing: true }).result).toBe('failure');
    }
    github.remove();
  });

  test('is saved by one run at a time', () => {
    expect(parse(read(CACHED)).concurrency).toBe('seat-trend-daily');
  });
});
