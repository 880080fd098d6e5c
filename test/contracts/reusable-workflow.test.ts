/** The scripts of the reusable workflow, run as the runner runs them: Bash with `-eo pipefail`, and jq. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { read } from './repository.ts';

interface Step {
  id?: string;
  name?: string;
  run?: string;
}
const { jobs } = parse(read('.github/workflows/report.yml')) as { jobs: Record<string, { steps: Step[] }> };

const scriptOf = (job: string, step: string): string =>
  jobs[job]?.steps.find(({ id, name }) => id === step || name === step)?.run ?? '';

// On Windows jq ends its lines in another way, and runners of the workflow are Linux's.
const hasTools = process.platform !== 'win32' && spawnSync('bash', ['-c', 'jq --version']).status === 0;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'overview-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function run(script: string, env: Record<string, string>) {
  const { status, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      RUNNER_TEMP: directory,
      GITHUB_OUTPUT: path.join(directory, 'output'),
      GITHUB_STEP_SUMMARY: path.join(directory, 'summary'),
      ...env,
    },
    encoding: 'utf8',
  });
  return { status, stderr };
}

const outputs = (): Record<string, string> =>
  Object.fromEntries(
    readFileSync(path.join(directory, 'output'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

describe.skipIf(!hasTools)('the list of enterprises', () => {
  const list = (ENTERPRISES: string) => run(scriptOf('list', 'list'), { ENTERPRISES });

  test('is separated by commas and lines', () => {
    expect(list('acme, umbrella\n  initech\n\n').status).toBe(0);
    expect(outputs()).toEqual({ enterprises: '["acme","umbrella","initech"]' });
  });

  test.each([
    ['', 'no slug'],
    ['acme, ACME', 'twice'],
    ['acme, $(id)', 'no slug of an enterprise: ["$(id)"]'],
    ['../../etc', 'no slug of an enterprise'],
  ])('is refused when it is %j', (text, said) => {
    const { status, stderr } = list(text);
    expect(status).not.toBe(0);
    expect(stderr).toContain(said);
  });
});

describe.skipIf(!hasTools)('the overview', () => {
  const gather = (enterprises: string[]) =>
    run(scriptOf('overview', 'overview'), { ENTERPRISES: JSON.stringify(enterprises) });

  /** What the job of an enterprise leaves, as the download of all artifacts puts it together. */
  function leave(ENTERPRISE: string, STATUS: string, metrics?: object, breaches?: object[]) {
    const env = {
      ENTERPRISE,
      STATUS,
      METRICS: metrics ? JSON.stringify(metrics) : '',
      BREACHES: breaches ? JSON.stringify(breaches) : '',
    };
    expect(run(scriptOf('report', 'Keep the outputs for the overview'), env).status).toBe(0);
    mkdirSync(path.join(directory, 'all'), { recursive: true });
    const name = `${ENTERPRISE}.json`;
    renameSync(path.join(directory, 'overview', name), path.join(directory, 'all', name));
    rmSync(path.join(directory, 'overview'), { recursive: true });
  }
  const download = () => renameSync(path.join(directory, 'all'), path.join(directory, 'overview'));

  test('has a row for each enterprise, in order, and the worst status', () => {
    const breach = { level: 'fail', metric: 'seats-available', value: -5, bound: 'below 0' };
    leave('umbrella', 'pass', { 'seats-purchased': 10, 'seats-consumed': 8, 'seats-available': 2 }, []);
    leave('acme', 'fail', { 'seats-available': -5, 'cost-net': 12.5 }, [breach]);
    download();
    expect(gather(['acme', 'umbrella'])).toEqual({ status: 0, stderr: '' });
    expect(outputs().status).toBe('fail');
    expect(JSON.parse(outputs().overview ?? '')).toEqual([
      {
        enterprise: 'acme',
        status: 'fail',
        metrics: { 'seats-available': -5, 'cost-net': 12.5 },
        breaches: [breach],
      },
      {
        enterprise: 'umbrella',
        status: 'pass',
        metrics: { 'seats-purchased': 10, 'seats-consumed': 8, 'seats-available': 2 },
        breaches: [],
      },
    ]);
    const rows = readFileSync(path.join(directory, 'summary'), 'utf8').split('\n').slice(4);
    expect(rows.slice(0, 2)).toEqual([
      '| `acme` | ❌ fail | – | – | -5 | 12.5 | `seats-available` is -5 (fail-on: below 0) |',
      '| `umbrella` | ✅ pass | 10 | 8 | 2 | – |  |',
    ]);
  });

  test('has an error for an enterprise whose job left nothing or ended early', () => {
    leave('acme', 'fail', {}, []);
    leave('early', '');
    download();
    expect(gather(['acme', 'early', 'lost']).status).toBe(0);
    expect(outputs().status).toBe('error');
    const statuses = JSON.parse(outputs().overview ?? '').map((row: { status: string }) => row.status);
    expect(statuses).toEqual(['fail', 'error', 'error']);
  });
});
