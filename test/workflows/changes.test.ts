/** examples/changes-since-last-week.yml, week after week. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Artifact, canRunWorkflows, createGitHub, type GitHub, type Outcome } from './github.ts';
import type { RunOptions } from './runner.ts';

const EXAMPLE = 'examples/changes-since-last-week.yml';

describe.skipIf(!canRunWorkflows)('changes since last week', () => {
  let github: GitHub;
  beforeEach(() => {
    github = createGitHub();
  });
  afterEach(() => github.remove());

  /** A week's run: what it compared with (undefined: nothing), and how it ended. */
  function week(name: string, outcome: Partial<Outcome> = {}, options: Partial<RunOptions> = {}) {
    let compared: string | undefined;
    const run = github.run(
      EXAMPLE,
      {
        status: 'pass',
        licenses: `week ${name}`,
        ...outcome,
        meanwhile: (inputs, { workspace }) => {
          const file = path.join(workspace, inputs['previous-report'] ?? '');
          if (existsSync(file)) compared = readFileSync(file, 'utf8');
        },
      },
      options,
    );
    return { result: run.result, log: run.log, compared };
  }

  /** An artifact of somebody's run, with these files. */
  function leave(files: Readonly<Record<string, string>>, of: Partial<Artifact['workflow_run']> = {}) {
    const folder = mkdtempSync(path.join(tmpdir(), 'left-'));
    mkdirSync(folder, { recursive: true });
    for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
    const run = { id: 5, head_branch: 'main', repository_id: 1, head_repository_id: 1, ...of };
    github.saveArtifact('seat-changes', folder, run);
    rmSync(folder, { recursive: true });
  }

  test.each([
    ['fresh', false],
    ['persistent', true],
  ])('are those since the run before, on a %s runner', (_, persistent) => {
    const machine = persistent ? { machine: github.machine() } : {};
    const runs = ['1', '2', '3', '4'].map((name) => week(name, {}, machine));
    expect(
      runs.map(({ result }) => result),
      runs.map(({ log }) => log).join(''),
    ).toEqual(Array(4).fill('success'));
    expect(runs.map(({ compared }) => compared)).toEqual([undefined, 'week 1', 'week 2', 'week 3']);
  });

  test('are not those since what a persistent runner kept, when the artifact is gone', () => {
    const machine = github.machine();
    week('1', {}, { machine });
    week('2', {}, { machine });
    github.changeArtifacts((artifact) => {
      artifact.expired = true;
    });
    expect(week('3', {}, { machine })).toMatchObject({ result: 'success', compared: undefined });
  });

  test.each(['warn', 'fail', 'error'] as const)('are those since a run that ended in %s, too', (status) => {
    expect(week('1', { status }).result).toBe(status === 'warn' ? 'success' : 'failure');
    expect(week('2')).toMatchObject({ result: 'success', compared: 'week 1' });
  });

  test('are those since the last week that had a list of people', () => {
    week('1');
    for (const bad of [{ licenses: null }, { nothing: true }])
      expect(week('bad', { status: 'error', ...bad })).toMatchObject({
        result: 'failure',
        compared: 'week 1',
      });
    expect(week('3')).toMatchObject({ result: 'success', compared: 'week 1' });
    expect(week('4')).toMatchObject({ result: 'success', compared: 'week 3' });
  });

  test('are left out with a warning when the last artifact holds no list of people', () => {
    leave({ 'organizations.csv': 'organization\n' });
    const next = week('2');
    expect(next).toMatchObject({ result: 'success', compared: undefined });
    expect(next.log).toContain('::warning');
    expect(week('3')).toMatchObject({ result: 'success', compared: 'week 2' });
  });

  test.each<[string, Partial<Artifact['workflow_run']>]>([
    ["of a fork's run", { head_repository_id: 99 }],
    ['of a run of a fork that is gone', { head_repository_id: null }],
    ['of another branch', { head_branch: 'try-it' }],
  ])('take no artifact %s', (_, of) => {
    week('1');
    leave({ 'licenses.json': 'planted' }, of);
    expect(week('2')).toMatchObject({ result: 'success', compared: 'week 1' });
  });

  test("take no artifact of the run's own first attempt", () => {
    week('1');
    week('2, at first', { status: 'fail' }, { github: { run_id: '77', run_attempt: '1' } });
    const again = week('2', {}, { github: { run_id: '77', run_attempt: '2' } });
    expect(again).toMatchObject({ result: 'success', compared: 'week 1' });
  });

  test('find last week behind any number of other artifacts', () => {
    week('1');
    for (let index = 0; index < 101; index += 1)
      leave({ 'licenses.json': 'planted' }, { head_repository_id: 99 });
    expect(week('2')).toMatchObject({ result: 'success', compared: 'week 1' });
  });

  test('fail loudly when GitHub does not list artifacts', () => {
    week('1');
    github.breakApi('HTTP 502: Bad Gateway');
    expect(week('2').result).toBe('failure');
  });

  test.each(['octocorp.ghe.com', 'github.example.com'])('ask the host that runs the workflow: %s', (host) => {
    github.remove();
    github = createGitHub(host);
    week('1');
    expect(week('2')).toMatchObject({ result: 'success', compared: 'week 1' });
  });
});
