/** Every server and every metric of license sync, reckoned anew from what GitHub serves. */
import { describe, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { csvRows } from '../output/reading.ts';
import { DIALECTS, type Dialect } from '../simulator/dialects.ts';
import type { SyncState } from '../simulator/enterprise.ts';
import { runHere } from './in-process.ts';
import { annotations, metricsOf, report, startGitHub } from './support.ts';

/** What each of the simulator's servers is to be called, and its age in days where it has one. */
const STATES: Readonly<Record<SyncState, readonly [state: string, days?: number]>> = {
  ok: ['ok', 2],
  failing: ['failing', 3],
  stale: ['stale', 20],
  never: ['unknown'],
  unparsable: ['unknown'],
  future: ['unknown'],
  undocumented: ['failing', 1],
};
const ALL = Object.keys(STATES) as SyncState[];
const DATED = ALL.filter((name) => STATES[name].length === 2);

const CASES = DIALECTS.flatMap((dialect) =>
  (
    [
      ['servers of every state', ALL],
      ['servers with a date', DATED],
      ['one server', ['ok']],
      ['no server', []],
    ] as [string, SyncState[]][]
  ).map(([what, servers]) => ({ dialect, what, servers })),
);

/** The documented dialect through the shipped action, the others in this process. */
const runOf = (dialect: Dialect) => (dialect === 'documented' ? report : runHere);

describe.each(CASES)('$dialect: $what', ({ dialect, servers }) => {
  test('every metric equals an independent count, and every server has a row', async () => {
    const github = await startGitHub({ now: NOW, dialect, seats: 10, servers });
    const run = await runOf(dialect)(github, { report: 'sync-status' });
    expect([run.outputs.status, run.exitCode]).toEqual(['pass', 0]);

    const states = servers.map((name) => STATES[name]);
    const ages = github.enterprise.servers.map(({ last_sync: { date } }, index) =>
      states[index]?.[1] === undefined ? undefined : (NOW.getTime() - Date.parse(date)) / 86_400_000,
    );
    const oldest = ages.reduce<number | undefined>(
      (most, age) => (most === undefined || age === undefined ? undefined : Math.max(most, age)),
      ages.length === 0 ? undefined : 0,
    );
    expect(metricsOf(run)).toEqual({
      servers: servers.length,
      'servers-failing': states.filter(([state]) => state === 'failing').length,
      'servers-stale': ages.filter((age) => age === undefined || age > 8).length,
      ...(oldest !== undefined && { 'oldest-sync-days': Math.round(oldest * 100) / 100 }),
    });

    const rows = csvRows(run.read('sync-status.csv'));
    expect(
      rows.map((row) => [row.hostname, row.server_id, row.last_sync_date, row.status, row.error, row.state]),
    ).toEqual(
      github.enterprise.servers.map(({ hostname, server_id, last_sync }, index) => [
        ...[hostname, server_id, last_sync.date, last_sync.status, last_sync.error, states[index]?.[0]],
      ]),
    );
    expect(rows.map(({ age_days: days }) => (days === '' ? undefined : Math.floor(Number(days))))).toEqual(
      ages.map((age) => age && Math.floor(age)),
    );
    const json = JSON.parse(run.read('sync-status.json'));
    expect(json.metrics).toEqual(metricsOf(run));
    for (const { hostname } of github.enterprise.servers) expect(run.summary).toContain(hostname);
  });
});

test.each(DIALECTS)('gates say what is wrong, in the dialect %s', async (dialect) => {
  const github = await startGitHub({ now: NOW, dialect, seats: 10, servers: ALL });
  const run = await runOf(dialect)(github, {
    report: 'sync-status',
    'stale-after-days': '19.5',
    'fail-on': 'servers-failing: above 1\nservers-stale: above 4',
    'warn-on': 'servers-stale: above 3\noldest-sync-days: above 8',
  });
  // Three servers without a readable date and the one of 20 days ago are stale.
  expect([run.outputs.status, run.outputs['servers-stale'], run.outputs['oldest-sync-days']]).toEqual([
    'fail',
    '4',
    '',
  ]);
  expect(JSON.parse(run.outputs.breaches ?? '').map(({ metric }: { metric: string }) => metric)).toEqual([
    'servers-failing',
    'servers-stale',
  ]);
  expect(annotations(run, 'warning').join('\n')).toMatch(/oldest-sync-days has no value/);
});
