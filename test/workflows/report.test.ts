/** The reusable workflow, called as several-enterprises.yml does. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { read } from '../contracts/repository.ts';
import { canRunWorkflows, createGitHub, type GitHub, type Outcome, type Status } from './github.ts';
import { type Outputs, StepFailure, type WorkflowRun } from './runner.ts';

const FILE = '.github/workflows/report.yml';
const BREACH = { level: 'fail', metric: 'seats-available', value: -5, bound: 'below 0' };

interface Row {
  enterprise: string;
  status: Status;
  metrics: object;
  breaches: object[];
}

describe.skipIf(!canRunWorkflows)('the reusable workflow', () => {
  let github: GitHub;
  beforeEach(() => {
    github = createGitHub();
  });
  afterEach(() => github.remove());

  /** Calls it, each enterprise coming to what `outcomes` say. */
  function call(
    enterprises: string,
    outcomes: Readonly<Record<string, Outcome | Status>> = {},
    inputs: Readonly<Record<string, unknown>> = {},
    machine?: string,
  ): WorkflowRun {
    return github.run(FILE, ({ enterprise = '' }) => outcomes[enterprise] ?? 'pass', {
      inputs: { enterprises, ...inputs },
      secrets: { token: 'ghp_enterprise' },
      ...(machine && { machine }),
    });
  }
  const rowsOf = ({ outputs }: WorkflowRun): Row[] => JSON.parse(outputs.overview ?? '');
  const statusesOf = (run: WorkflowRun) => rowsOf(run).map(({ enterprise, status }) => [enterprise, status]);

  test('has a row for each enterprise, in order, and the worst status', () => {
    const run = call('umbrella, acme\n  initech\n\n', {
      umbrella: {
        status: 'pass',
        metrics: { 'seats-purchased': 10, 'seats-consumed': 8, 'seats-available': 2 },
      },
      acme: { status: 'fail', metrics: { 'seats-available': -5, 'cost-net': 12.5 }, breaches: [BREACH] },
      initech: 'warn',
    });
    expect(run.result).toBe('failure');
    expect(run.outputs.status).toBe('fail');
    expect(rowsOf(run).slice(0, 2)).toEqual([
      {
        enterprise: 'umbrella',
        status: 'pass',
        metrics: { 'seats-purchased': 10, 'seats-consumed': 8, 'seats-available': 2 },
        breaches: [],
      },
      {
        enterprise: 'acme',
        status: 'fail',
        metrics: { 'seats-available': -5, 'cost-net': 12.5 },
        breaches: [BREACH],
      },
    ]);
    expect(run.summary.split('\n').slice(4, 7)).toEqual([
      '| `umbrella` | ✅ pass | 10 | 8 | 2 | – |  |',
      '| `acme` | ❌ fail | – | – | -5 | 12.5 | `seats-available` is -5 (fail-on: below 0) |',
      '| `initech` | ⚠️ warn | – | – | 0 | – | `seats-used-percent` is 97.5 (warn-on: above 95) |',
    ]);
  });

  test.each([
    ['fresh', false],
    ['persistent', true],
  ])('says the same run after run on a %s runner', (_, persistent) => {
    const machine = persistent ? github.machine() : undefined;
    for (const status of ['pass', 'warn', 'fail', 'error', 'pass'] as const) {
      const run = call('acme, umbrella', { acme: status }, {}, machine);
      expect(run.result, run.log).toBe(status === 'pass' || status === 'warn' ? 'success' : 'failure');
      expect(run.outputs.status).toBe(status);
      expect(statusesOf(run)).toEqual([
        ['acme', status],
        ['umbrella', 'pass'],
      ]);
    }
  });

  test('has an error for an enterprise whose action could not end, or whose job left nothing', () => {
    const lost = github.actions['actions/upload-artifact'];
    const run = github.run(FILE, ({ enterprise }) => (enterprise === 'early' ? ('' as Status) : 'pass'), {
      inputs: { enterprises: 'acme, early, lost' },
      secrets: { token: 'ghp_enterprise' },
      actions: {
        'actions/upload-artifact': (inputs, place) =>
          inputs.name?.endsWith('lost') ? {} : lost?.(inputs, place),
      },
    });
    expect(run.outputs.status).toBe('error');
    expect(statusesOf(run)).toEqual([
      ['acme', 'pass'],
      ['early', 'error'],
      ['lost', 'error'],
    ]);
  });

  describe('a list', () => {
    test.each([
      ['', 'has no slug'],
      [' ,\n, ', 'has no slug'],
      ['acme, ACME', 'has a slug twice'],
      ['acme, $(id)', 'no slug of an enterprise: ["$(id)"]'],
      ['../../etc', 'no slug of an enterprise'],
      ['100%0A::warning::x', 'no slug of an enterprise: ["100%250A::warning::x"]'],
      [`acme, ${'a'.repeat(101)}`, 'no slug of an enterprise'],
      [Array.from({ length: 257 }, (_, index) => `e${index}`).join(), 'more than 256'],
    ])('of %j is refused in words, and the outputs say error', (text, said) => {
      const run = call(text);
      expect(run.result).toBe('failure');
      expect(run.log).toMatch(/^::error.*::/m);
      expect(run.log).toContain(said);
      expect(run.outputs).toEqual({ status: 'error', overview: '[]' });
    });

    test('of 256 slugs of 100 characters is accepted', () => {
      const slugs = Array.from(
        { length: 256 },
        (_, index) => `${'a'.repeat(97)}${String(index).padStart(3, '0')}`,
      );
      const { jobs } = parse(read(FILE));
      const list = `on: {workflow_call: {}}\njobs:\n  list: ${JSON.stringify({ ...jobs.list, steps: jobs.list.steps })}`;
      const run = github.run(`${list}\n`, 'pass', {
        inputs: { enterprises: slugs.join('\n'), 'artifact-prefix': 'a', 'runs-on': 'x' },
      });
      expect(run.jobs.list?.outputs).toEqual({ enterprises: JSON.stringify(slugs) });
    });
  });

  test.each(['', 'a~b', 'a/b', '*', '-a', 'a\nb', 'a'.repeat(101)])(
    'refuses the artifact-prefix %j',
    (prefix) => {
      const run = call('acme', {}, { 'artifact-prefix': prefix });
      expect(run.log).toMatch(/^::error.*artifact-prefix/m);
      expect(run.outputs).toEqual({ status: 'error', overview: '[]' });
    },
  );

  /** Two calls in one run, with other prefixes, each on `report` of its own. */
  function callTwice(
    prefixes: readonly string[],
    slugs: readonly string[],
    outcomes: Record<string, Status>,
  ) {
    const job = (index: number, report: string) => `
  ${report}:
    uses: ./.github/workflows/report.yml
    with: { enterprises: ${slugs[index]}, report: ${report}, artifact-prefix: ${prefixes[index]} }
    secrets: { token: x }`;
    const text = `on: workflow_dispatch\njobs:${job(0, 'billing')}${job(1, 'licenses')}\n`;
    const { jobs } = github.run(text, ({ report = '' }: Outputs) => outcomes[report] ?? 'pass');
    return { billing: jobs.billing?.outputs.status, licenses: jobs.licenses?.outputs.status };
  }

  test('never takes the overview of a call whose artifact-prefix begins with its own', () => {
    const prefixes = ['enterprise-report-billing', 'enterprise-report'];
    expect(callTwice(prefixes, ['acme', 'acme'], { licenses: 'fail' })).toEqual({
      billing: 'pass',
      licenses: 'fail',
    });
  });

  test('never says pass for the one of two calls with the same prefix and slug that lost its outputs', () => {
    for (const status of ['fail', 'error'] as const)
      expect(callTwice(['same', 'same'], ['acme', 'acme'], { licenses: status }).licenses).toBe('error');
  });

  test('says error when a job failed although its row is pass', () => {
    const upload = github.actions['actions/upload-artifact'];
    const run = github.run(FILE, 'pass', {
      inputs: { enterprises: 'acme' },
      secrets: { token: 'x' },
      actions: {
        'actions/upload-artifact': (inputs, place) => {
          if (inputs.name === 'enterprise-report-acme') throw new StepFailure('the storage is full');
          return upload?.(inputs, place);
        },
      },
    });
    expect(statusesOf(run)).toEqual([['acme', 'pass']]);
    expect(run.outputs.status).toBe('error');
    expect(run.log).toContain('::error');
  });

  test.each([
    ['ubuntu-latest', 'ubuntu-latest'],
    ['["self-hosted", "linux"]', ['self-hosted', 'linux']],
    ['{"group": "reports", "labels": ["linux"]}', { group: 'reports', labels: ['linux'] }],
  ])('runs on %s', (text, labels) => {
    const run = call('acme', {}, { 'runs-on': text });
    for (const job of ['list', 'report', 'overview']) expect(run.jobs[job]?.labels).toEqual(labels);
  });

  test('gives the action what it is given, and its own defaults', () => {
    const action = parse(read('action.yml')).inputs as Record<string, { default?: string }>;
    // What lasts beyond a job: these need steps of one's own.
    const without = ['report-directory', 'history-file', 'history-limit', 'previous-report'];
    const given: Outputs[] = [];
    const inputs = {
      report: 'billing',
      people: false,
      formats: 'json',
      'job-summary': false,
      concurrency: 3,
      'stale-after-days': 2,
    };
    for (const more of [{}, inputs])
      github.run(
        FILE,
        (inputs) => {
          given.push(inputs);
          return 'pass';
        },
        { inputs: { enterprises: 'acme', ...more }, secrets: { token: 'x', 'redact-key': 'k' } },
      );
    const expected = Object.fromEntries(
      Object.entries(action)
        .filter(([name]) => !without.includes(name))
        .map(([name, input]) => [name, input.default ?? '']),
    );
    const always = { enterprise: 'acme', token: 'x', 'redact-key': 'k', 'api-url': '' };
    expect(given).toEqual([
      { ...expected, ...always },
      {
        ...expected,
        ...always,
        ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, `${value}`])),
      },
    ]);
  });

  describe('examples/several-enterprises.yml', () => {
    const example = (outcome: Parameters<GitHub['run']>[1], slugs?: readonly string[]) => {
      const text = read('examples/several-enterprises.yml');
      return github.run(
        slugs ? text.replace(/my-enterprise\n\s+my-other-enterprise/, slugs.join(', ')) : text,
        outcome,
      );
    };

    test.each(['pass', 'warn', 'fail', 'error'] as const)('goes on after %s', (status) => {
      for (const _ of ['first', 'second']) {
        const run = example(({ enterprise }) => (enterprise === 'my-enterprise' ? status : 'pass'));
        expect(run.jobs.afterwards?.result, run.log).toBe(status === 'pass' ? 'skipped' : 'success');
        if (status !== 'pass') expect(run.jobs.afterwards?.log.trim()).toBe(`my-enterprise: ${status}`);
      }
    });

    test('goes on after a list that was refused', () => {
      const run = example('pass', ['acme', 'acme']);
      expect(run.jobs.afterwards).toMatchObject({ result: 'success' });
      expect(run.result).toBe('failure');
    });

    test('goes on with an overview that no environment variable could hold', () => {
      const breaches = Array.from({ length: 120 }, () => BREACH);
      const slugs = Array.from({ length: 16 }, (_, index) => `enterprise-${index}`);
      const run = example(() => ({ status: 'warn', breaches }), slugs);
      expect(JSON.stringify(run.jobs.reports?.outputs.overview).length).toBeGreaterThan(128 * 1024);
      expect(run.jobs.afterwards?.log.trim().split('\n')).toEqual(slugs.map((slug) => `${slug}: warn`));
    });
  });
});
