/** One endpoint is down: the rest of the run is as it would have been. */
import { beforeAll, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import type { Simulator } from '../simulator/server.ts';
import type { ActionRun } from './action.ts';
import { annotations, filesOf, metricsOf, report, startGitHub } from './support.ts';

const clock = { now: NOW, speed: 20 };
const INPUTS = {
  report: 'all',
  formats: 'csv, json, xlsx, markdown, html, prometheus',
  'fail-on': 'token-days-left: below 1',
};
let github: Simulator;
let sound: ActionRun;

beforeAll(async () => {
  github = await startGitHub({
    seats: 250,
    organizations: 4,
    repositories: 40,
    costCenters: 3,
    now: NOW,
  });
  sound = await report(github, INPUTS, { clock });
  expect([sound.exitCode, sound.outputs.status]).toEqual([0, 'pass']);
}, 30_000);

async function withoutEndpoint(endpoint: string): Promise<ActionRun> {
  github.setFaults([{ kind: '500-json', match: { endpoint } }]);
  const run = await report(github, INPUTS, { clock });
  expect([run.exitCode, run.outputs.status]).toEqual([1, 'error']);
  const error = annotations(run, 'error').join('\n');
  expect(error).toContain(`GitHub answered 500 to GET /enterprises/acme/${endpoint}`);
  expect(run.summary).toContain('The report could not be completed.');
  return run;
}

/** Of the files that tell of one report alone. */
const tables = (run: ActionRun) =>
  Object.fromEntries(
    Object.entries(filesOf(run)).filter(([name]) => /\.(csv|json)$/.test(name) && name !== 'candidates.csv'),
  );

test.each([
  [
    'consumed-licenses',
    ['licenses.csv', 'licenses.json', 'organizations.csv', 'duplicates.csv', 'visual-studio.csv'],
    /^(seats|users|dup|visual)/,
  ],
  ['license-sync-status', ['sync-status.csv', 'sync-status.json'], /^(servers|oldest)/],
])('without %s the other reports are whole, byte for byte', async (endpoint, lostFiles, lostMetrics) => {
  const run = await withoutEndpoint(endpoint);
  const { ...files } = tables(sound);
  for (const name of lostFiles) {
    expect(files[name]).toBeDefined();
    delete files[name];
  }
  expect(tables(run)).toEqual(files);
  const left = Object.entries(metricsOf(sound)).filter(([metric]) => !lostMetrics.test(metric));
  expect(metricsOf(run)).toEqual(Object.fromEntries(left));
  expect(run.files).toEqual(expect.arrayContaining(['summary.md', 'report.html']));
});

test('without a part of billing the rest of billing is told, and what cannot be known for sure is not', async () => {
  const run = await withoutEndpoint('settings/billing/usage');
  const others = ['licenses.csv', 'licenses.json', 'organizations.csv', 'sync-status.csv', 'committers.csv'];
  for (const name of others) expect(run.read(name)).toBe(sound.read(name));
  const { 'budgets-over': _, 'budgets-highest-percent': __, ...left } = metricsOf(sound);
  expect(metricsOf(run)).toEqual(left);
  expect(run.outputs['budgets-over']).toBe('');
});

test('several endpoints down are all named, once each', async () => {
  const endpoints = ['consumed-licenses', 'license-sync-status', 'settings/billing/budgets'];
  github.setFaults(endpoints.map((endpoint) => ({ kind: '503-json', match: { endpoint } })));
  const run = await report(github, INPUTS, { clock });
  const last = annotations(run, 'error').join('\n');
  for (const endpoint of endpoints) {
    expect(last.split(`/enterprises/acme/${endpoint}`)).toHaveLength(2);
    expect(run.summary.split(`/enterprises/acme/${endpoint}`)).toHaveLength(2);
  }
  expect(run.outputs['cost-net']).toBe(sound.outputs['cost-net']);
});

test('sections that are left out say why, and are no error', async () => {
  github.setFaults([
    { kind: '403', match: { endpoint: 'settings/billing/budgets' } },
    { kind: '410', match: { endpoint: 'ai_credit/usage' } },
    { kind: '404', match: { endpoint: 'settings/billing/advanced-security' } },
  ]);
  const run = await report(github, INPUTS, { clock });
  expect([run.exitCode, run.outputs.status]).toEqual([0, 'pass']);
  const text = run.summary.replaceAll(/<[^>]+>|\\/g, '');
  expect(text).toMatch(/budgets[^\n]*no permission/i);
  expect(text).toMatch(/AI credits by model[^\n]*retired/);
  expect(text).toMatch(/Advanced Security[^\n]*not found \(404\)/);
});
