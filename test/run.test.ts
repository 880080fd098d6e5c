/** The whole run in this process, where coverage can see it; test/e2e has the same through dist/index.js. */
import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { REPORT_NAMES } from '../src/metrics.ts';
import { FORMAT_NAMES, isOurs, namesOfRun } from '../src/report-files.ts';
import { NOW } from './clock.ts';
import { runHere } from './e2e/in-process.ts';
import { workspace as newWorkspace, startGitHub } from './e2e/support.ts';
import type { SimulatorOptions } from './simulator/server.ts';

let workspace = '';
beforeEach(() => {
  workspace = newWorkspace();
});
const place = (name: string) => path.join(workspace, name);

/** Runs in the workspace of the test, which is kept for its next run. */
async function against(options: Partial<SimulatorOptions>, inputs: Record<string, string> = {}, env = {}) {
  const github = await startGitHub({ seats: 30, now: NOW, dialect: 'field', ...options });
  return runHere(github, inputs, { workspace, env });
}

const EVERYTHING = { reports: REPORT_NAMES, people: true, formats: FORMAT_NAMES };

test('without people the files are those that list nobody', async () => {
  const { outputs } = await against({}, { report: 'all', people: 'false', formats: FORMAT_NAMES.join() });
  const names = outputs.files?.split('\n').map((file) => path.basename(file)) ?? [];
  const selection = { ...EVERYTHING, people: false, previousReport: undefined };
  expect(names.toSorted()).toEqual(namesOfRun(selection).toSorted());
  expect(names).toContain('budgets.csv');
});

test('all reports in all formats, with history', async () => {
  const inputs = {
    report: 'all',
    formats: FORMAT_NAMES.join(),
    'history-file': 'history.ndjson',
    'fail-on': 'seats-over: above 0',
  };
  // Of cost centers, too.
  const first = await against({ dialect: 'field' }, inputs);
  expect(first).toMatchObject({ exitCode: 0, outputs: { status: 'pass', 'seats-change': '' } });
  expect(first.outputs.files?.split('\n').map((file) => path.basename(file))).toEqual(
    expect.arrayContaining(['licenses.csv', 'sync-status.json', 'billing.json', 'summary.md', 'report.html']),
  );
  const names = first.outputs.files?.split('\n').map((file) => path.basename(file)) ?? [];
  const read = (name: string) => readFileSync(place(`enterprise-report/${name}`)).toString('utf8', 0, 4096);
  expect(names.filter((name) => !isOurs(name, read(name)))).toEqual([]);
  expect(names.toSorted()).toEqual(namesOfRun({ ...EVERYTHING, previousReport: undefined }).toSorted());
  const second = await against({ seats: 33 }, inputs);
  expect(second.outputs['seats-change']).toBe('3');
  expect(second.summary).toContain('## Changes and trends');
  expect(second.summary).toMatch(/^\| Organization \|.*\| Net cost \| Per person \|$/m);
  expect(readFileSync(place('history.ndjson'), 'utf8').trim().split('\n')).toHaveLength(2);
});

test('people become pseudonyms with a key, and are compared with an earlier report of the same key', async () => {
  const key = { 'redact-key': 'k'.repeat(32), 'report-directory': 'first' };
  await against({ seats: 30 }, key);
  const { summary, outputs } = await against(
    { seats: 31 },
    { ...key, 'report-directory': 'second', 'previous-report': 'first/licenses.json' },
  );
  expect(outputs.status).toBe('pass');
  expect(readFileSync(place('second/changes.csv'), 'utf8')).toMatch(/^seat,gained,user-[0-9a-f]+/m);
  expect(isOurs('changes.csv', readFileSync(place('second/changes.csv'), 'utf8'))).toBe(true);
  expect(summary).toContain('## Changes and trends');

  const other = await against({}, { 'previous-report': 'first/licenses.json' });
  expect(other).toMatchObject({ exitCode: 1, outputs: { status: 'error', users: '30' } });
});

test('one report that fails leaves the others', async () => {
  const { log, exitCode, outputs } = await against(
    { faults: [{ kind: '403', match: { path: 'license-sync-status' } }] },
    { report: 'licenses, sync-status', 'fail-on': 'servers-failing: above 0' },
  );
  expect(exitCode).toBe(1);
  expect(outputs).toMatchObject({ status: 'error', users: '30', servers: '' });
  expect(log).toContain('license-sync-status');
  expect(log).toContain('servers-failing has no value (fail-on: above 0): the sync-status report failed');
});

describe('files that cannot be written', () => {
  test('are an error, and everything else is told all the same', async () => {
    writeFileSync(place('file'), '');
    const { exitCode, outputs, summary } = await against(
      {},
      { 'report-directory': 'file', 'history-file': 'file/history' },
    );
    expect(exitCode).toBe(1);
    expect(outputs).toMatchObject({ status: 'error', users: '30', files: '' });
    expect(summary).toContain('report-directory');
    expect(summary).toContain('history-file');
  });

  test('a history file that cannot be read is an error, and is left alone', async () => {
    const { outputs } = await against({}, { 'history-file': '.', 'fail-on': 'seats-change: above 1' });
    expect(outputs).toMatchObject({ status: 'error', users: '30', 'seats-change': '' });
  });
});

test('a missing previous report is a notice', async () => {
  const { log, outputs } = await against({}, { 'previous-report': 'last/licenses.json' });
  expect(outputs.status).toBe('pass');
  expect(log).toContain('::notice::previous-report: there is no');
});

test('says so when the runner has no job summary', async () => {
  const { log } = await against({ seats: 3 }, {}, { GITHUB_STEP_SUMMARY: '' });
  expect(log).toContain('::warning::This runner has no job summary');
});

describe('the history file', () => {
  test('is left alone when it is not UTF-8, because what it holds would be lost', async () => {
    const text = Buffer.from('\ufeff{"generated_at":"2026-01-01T00:00:00Z"}', 'utf16le');
    writeFileSync(place('h.ndjson'), text);
    const { log, outputs } = await against({}, { 'history-file': 'h.ndjson' });
    expect(outputs.status).toBe('error');
    expect(log).toContain('because it is not UTF-8');
    expect(readFileSync(place('h.ndjson')).equals(text)).toBe(true);
  });

  test('stays a link, and its target gets the run', async () => {
    mkdirSync(place('branch'));
    writeFileSync(place('branch/h.ndjson'), '');
    symlinkSync(place('branch/h.ndjson'), place('h.ndjson'));
    await against({}, { 'history-file': 'h.ndjson' });
    expect(readFileSync(place('branch/h.ndjson'), 'utf8')).toContain('"seats-consumed"');
    expect(lstatSync(place('h.ndjson')).isSymbolicLink()).toBe(true);
  });

  test('tells servers without a slug apart by their host', async () => {
    const inputs = { enterprise: '', 'history-file': 'h.ndjson' };
    await against({ kind: 'server', seats: 10 }, inputs);
    const { outputs } = await against({ kind: 'server', seats: 90 }, inputs);
    expect(outputs['seats-change']).toBe('');
  });
});

test('wrong inputs leave no files of an earlier run to upload, but the history', async () => {
  mkdirSync(place('enterprise-report'));
  for (const name of ['licenses.csv', 'history.ndjson'])
    writeFileSync(place(`enterprise-report/${name}`), 'github_com_login,github_com_name\r\n');
  await against({}, { 'history-file': 'enterprise-report/history.ndjson', 'fail-on': 'seats-oevr: above 1' });
  expect(readdirSync(place('enterprise-report'))).toEqual(['history.ndjson']);
});

test('says that previous-report is of no use on an Enterprise Server', async () => {
  const { log, outputs } = await against({ kind: 'server' }, { 'previous-report': 'last/licenses.json' });
  expect(outputs.status).toBe('pass');
  expect(log).toContain('::warning::previous-report is not used');
});

test('wrong inputs are told one by one, and nothing is asked of GitHub', async () => {
  const { log, exitCode, outputs, summary } = await against(
    {},
    { token: '', concurrency: '0', 'job-summary': 'true' },
  );
  expect(exitCode).toBe(1);
  expect(outputs).toMatchObject({ status: 'error', 'report-directory': place('enterprise-report') });
  expect(summary).toContain('`concurrency`');
  expect(log).toContain('::error::Input `token` is missing');
});

test('masks the secrets before anything else is printed', async () => {
  const { log } = await against({}, { token: ' ghp_x ', 'redact-key': 'short' });
  expect(log.split('\n').slice(0, 3)).toEqual([
    '::add-mask:: ghp_x ',
    '::add-mask::ghp_x',
    '::add-mask::short',
  ]);
});
