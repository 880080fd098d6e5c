/** With `people: false` a run reads totals, and keeps nobody. */
import { beforeAll, describe, expect, test } from 'vitest';
import { METRIC_NAMES, METRICS } from '../../src/metrics.ts';
import { NOW } from '../clock.ts';
import { DIALECTS } from '../simulator/dialects.ts';
import type { Simulator } from '../simulator/server.ts';
import type { ActionRun } from './action.ts';
import { everythingOf, identitiesOf } from './identities.ts';
import { annotations, filesOf, metricsOf, report, startGitHub, workspace } from './support.ts';

const ENTERPRISE = {
  now: NOW,
  seats: 250,
  organizations: 4,
  repositories: 150,
  costCenters: 6,
  budgets: 12,
} as const;
const TOTALS = { people: 'false' };
const EVERYTHING = { report: 'all', formats: 'csv, json, markdown, html, prometheus' };

const OF_PEOPLE = METRIC_NAMES.filter((name) => 'ofPeople' in METRICS[name]);
const withoutPeople = (metrics: Record<string, number>) =>
  Object.fromEntries(Object.entries(metrics).filter(([name]) => !OF_PEOPLE.includes(name as never)));

test('the metrics that are counted person by person', () => {
  expect(OF_PEOPLE).toEqual(
    METRIC_NAMES.filter((name) =>
      /^(users|duplicate-seats|seats-reclaimable|visual-studio-|copilot-(?!seats$)|user-budgets-over)/.test(
        name,
      ),
    ),
  );
});

describe.each(DIALECTS)('in the dialect %s', (dialect) => {
  let github: Simulator;
  let whole: ActionRun;
  let totals: ActionRun;

  beforeAll(async () => {
    github = await startGitHub({ ...ENTERPRISE, dialect, hostile: true });
    whole = await report(github, EVERYTHING);
    github.requests.splice(0);
    totals = await report(github, { ...EVERYTHING, ...TOTALS });
  }, 60_000);

  test('the licenses are one request of one row', async () => {
    const asked = github.requests.map(({ path }) => path);
    expect(asked.filter((path) => path.includes('consumed-licenses'))).toEqual([
      '/enterprises/acme/consumed-licenses?per_page=1',
    ]);
    expect(asked.filter((path) => path.includes('advanced-security'))).toEqual([
      '/enterprises/acme/settings/billing/advanced-security?per_page=1',
    ]);
    expect(asked.filter((path) => /user-states|visual-studio/.test(path))).toEqual([]);
    expect(asked).toHaveLength(new Set(asked).size);
  });

  test('every other metric is that of the run that reads everybody', () => {
    expect([totals.exitCode, totals.outputs.status]).toEqual([0, 'pass']);
    expect(metricsOf(totals)).toEqual(withoutPeople(metricsOf(whole)));
    expect(metricsOf(totals)).toHaveProperty('seats-consumed');
    expect(metricsOf(totals)).toHaveProperty('committers');
    expect(metricsOf(whole)).toHaveProperty('users');
  });

  test('nobody occurs in anything that the run wrote', () => {
    const identities = [...identitiesOf(github)];
    const everything = everythingOf(totals);
    expect(identities.filter((identity) => everything.includes(identity))).toEqual([]);
    const open = everythingOf(whole);
    expect(identities.filter((identity) => open.includes(identity)).length).toBeGreaterThan(500);
  });

  test('files of people are not written, and the others have no people', () => {
    expect(totals.files).toEqual(
      whole.files.filter(
        (name) =>
          !/^(licenses|organizations|duplicates|candidates|committers|visual-studio|co.+)\.csv$/.test(name),
      ),
    );
    expect(Object.keys(JSON.parse(totals.read('licenses.json')))).toEqual([
      'enterprise',
      'generated_at',
      'api_url',
      'metrics',
    ]);
    const [before, after] = [whole, totals].map((run) => JSON.parse(run.read('billing.json')));
    expect(Object.keys(after)).toEqual(Object.keys(before).filter((name) => name !== 'user_states'));
    expect(Object.keys(after.advanced_security)).toEqual(['source', 'active', 'maximum', 'purchased']);
    expect(Object.keys(after.cost_centers.items[0])).not.toContain('users');
    expect(after.budgets.items).toHaveLength(before.budgets.items.length);
    expect(totals.summary).toContain('This run read the totals alone');
    expect(totals.summary).not.toContain('Cost per organization');
  });
});

test('files of an earlier run that lists people are gone', async () => {
  const github = await startGitHub(ENTERPRISE);
  const place = { workspace: workspace() };
  const run = await report(github, { report: 'all' }, place);
  expect(run.files).toContain('committers.csv');
  const later = await report(github, { report: 'licenses', ...TOTALS }, place);
  expect(Object.keys(filesOf(later))).toEqual(['licenses.json']);
  expect(later.files).toEqual(['licenses.json']);
});

test('a gate on what the totals say holds, and is crossed by them', async () => {
  const github = await startGitHub({ ...ENTERPRISE, purchased: 240 });
  const gate = { ...TOTALS, formats: 'none', 'fail-on': 'seats-available: below -10' };
  expect((await report(github, gate)).outputs.status).toBe('pass');
  const crossed = await report(github, { ...gate, 'fail-on': 'seats-available: below -9' });
  expect([crossed.exitCode, crossed.outputs.status]).toEqual([1, 'fail']);
  expect(crossed.outputs['seats-available']).toBe('-10');
});

test('a gate on what is counted person by person is an input error, at either level', async () => {
  const github = await startGitHub(ENTERPRISE);
  const gates = OF_PEOPLE.map((metric) => `${metric}: above 0`).join('\n');
  const run = await report(github, { report: 'all', ...TOTALS, 'fail-on': gates, 'warn-on': gates });
  expect([run.exitCode, run.outputs.status, run.files, github.requests]).toEqual([1, 'error', [], []]);
  for (const level of ['fail-on', 'warn-on'])
    for (const metric of OF_PEOPLE)
      expect(run.log).toContain(`Input \`${level}\` names ${metric}, which is counted person by person`);
});

test('an earlier report cannot be compared with, and a report of nobody cannot be one', async () => {
  const github = await startGitHub(ENTERPRISE);
  const place = { workspace: workspace() };
  const previous = { 'previous-report': 'totals/licenses.json' };
  const refused = await report(github, { ...TOTALS, ...previous }, place);
  expect([refused.exitCode, github.requests]).toEqual([1, []]);
  expect(annotations(refused, 'error').at(-1)).toContain('Input `previous-report` compares people');

  await report(github, { ...TOTALS, 'report-directory': 'totals' }, place);
  const run = await report(github, previous, place);
  expect([run.exitCode, run.outputs.status]).toEqual([1, 'error']);
  expect(annotations(run, 'error').at(-1)).toContain('previous-report: the file lists nobody');
  expect(run.files).toContain('licenses.csv');
  expect(run.files).not.toContain('changes.csv');
});

test.each([
  ['cut off', { kind: 'cut-off' }, 'could not be read after 5 attempts'],
  ['without a list', { kind: 'wrong-shape' }, 'could not be read after 5 attempts'],
  ['refused', { kind: '404' }, 'there is no enterprise `acme`'],
  ['without the scope', { kind: '404-scope' }, 'lacks the scope'],
] as const)('an answer that is %s is an error, and no number', async (_, fault, message) => {
  const github = await startGitHub({ ...ENTERPRISE, faults: [fault] });
  const run = await report(github, TOTALS, { clock: { speed: 50 } });
  expect([run.exitCode, run.outputs.status, run.outputs['seats-consumed']]).toEqual([1, 'error', '']);
  expect(annotations(run, 'error').at(-1)).toContain(message);
});

test('an answer that was broken once is asked for again', async () => {
  const github = await startGitHub({ ...ENTERPRISE, faults: [{ kind: 'cut-off', times: 1 }] });
  const run = await report(github, TOTALS, { clock: { speed: 50 } });
  expect(run.outputs['seats-consumed']).toBe('250');
});

test('totals that GitHub does not send are no numbers', async () => {
  const body = { users: [], total_seats_consumed: 7 };
  const github = await startGitHub({ now: NOW, overrides: { 'consumed-licenses': { body } } });
  expect(metricsOf(await report(github, TOTALS))).toEqual({ 'seats-consumed': 7 });
  const gate = await report(github, { ...TOTALS, 'fail-on': 'seats-available: below 0' });
  expect(gate.outputs.status).toBe('error');
});

test('an Enterprise Server lists nobody anyway, so that its licenses are the same', async () => {
  const github = await startGitHub({ ...ENTERPRISE, kind: 'server' });
  for (const enterprise of ['acme', '']) {
    const [whole, totals] = [
      await report(github, { enterprise }),
      await report(github, { enterprise, ...TOTALS }),
    ];
    expect([totals.exitCode, filesOf(totals), totals.outputs.metrics]).toEqual([
      0,
      filesOf(whole),
      whole.outputs.metrics,
    ]);
  }
});

test('committers whose total GitHub does not send are not counted', async () => {
  const body = { total_count: 1, repositories: [{ name: 'acme/app', advanced_security_committers: 0 }] };
  const github = await startGitHub({
    ...ENTERPRISE,
    overrides: { 'settings/billing/advanced-security': { body } },
  });
  const run = await report(github, { report: 'billing', ...TOTALS, 'fail-on': 'committers: above 5' });
  expect(run.outputs.status).toBe('error');
  expect(run.summary).toContain('GitHub sent no total of committers');
});
