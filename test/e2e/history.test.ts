/** What several runs tell that one cannot: trends from the history file, changes of people from an earlier report. */
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { csvRows } from '../output/reading.ts';
import type { LicensedUser } from '../simulator/enterprise.ts';
import { generateEnterprise } from '../simulator/enterprise.ts';
import { annotations, report, startGitHub, workspace } from './support.ts';

const DAY = 86_400_000;
const first = new Date('2026-10-01T06:00:00Z');
const onDay = (days: number) => ({ now: new Date(first.getTime() + days * DAY) });

/** A host with so many seats consumed of 1,000. */
const consuming = (seats: number) => startGitHub({ seats: 20, consumed: seats, purchased: 1000, now: first });

describe('history-file', () => {
  const inputs = { 'history-file': 'kept/history.ndjson' };

  test('three runs: change, trend, and the days until seats run out', async () => {
    const place = workspace();
    const file = path.join(place, 'kept/history.ndjson');
    const run = async (seats: number, days: number, more = {}) =>
      report(await consuming(seats), { ...inputs, ...more }, { workspace: place, clock: onDay(days) });

    const one = await run(800, 0);
    expect([one.exitCode, one.outputs['seats-change'], one.outputs['days-until-full']]).toEqual([0, '', '']);
    expect(one.summary).not.toContain('Trend');
    const two = await run(810, 7);
    expect([two.outputs['seats-change'], two.outputs['days-until-full']]).toEqual(['10', '']);
    expect(two.summary).toContain('Earlier runs in the history: 1, from 2026-10-01 to 2026-10-01.');
    // 20 seats in 14 days: the 180 that are left last 126 days.
    const three = await run(820, 14, { 'warn-on': 'days-until-full: below 180' });
    expect([three.outputs['seats-change'], three.outputs['days-until-full']]).toEqual(['10', '126']);
    expect([three.exitCode, three.outputs.status]).toEqual([0, 'warn']);
    expect(three.summary).toContain('Earlier runs in the history: 2, from 2026-10-01 to 2026-10-08.');
    expect(three.summary).toMatch(/Seats consumed \| +820 \| +10 \|/);

    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).generated_at)).toEqual(
      [0, 7, 14].map((days) => onDay(days).now.toISOString()),
    );
    expect(JSON.parse(lines[2] as string)).toEqual({
      generated_at: onDay(14).now.toISOString(),
      enterprise: 'acme',
      metrics: JSON.parse(three.outputs.metrics ?? ''),
    });
  });

  test('damaged lines stay with a warning, other enterprises stay untouched, and the oldest runs go', async () => {
    const place = workspace();
    const entry = (enterprise: string, days: number) =>
      JSON.stringify({
        generated_at: onDay(days).now.toISOString(),
        enterprise,
        metrics: { 'seats-consumed': 500 },
      });
    const others = ['{"generated_at": "2026-10-0', entry('globex', 0), '<<<<<<< HEAD', entry('globex', 1)];
    const [damaged, globex, conflict, globexToo] = others as [string, string, string, string];
    const own = [0, 1, 2].map((days) => entry('ACME', days));
    const lines = [own[0], damaged, own[1], globex, conflict, own[2], globexToo];
    writeFileSync(path.join(place, 'history.ndjson'), `${lines.join('\n')}\n`);

    const limited = { 'history-file': 'history.ndjson', 'history-limit': '2' };
    const run = await report(await consuming(500), limited, { workspace: place, clock: onDay(9) });
    expect(run.exitCode).toBe(0);
    expect(annotations(run, 'warning')).toContainEqual(
      expect.stringContaining('no record of a run stands in line 2, 5'),
    );
    expect(run.outputs['seats-change']).toBe('0');
    const kept = readFileSync(path.join(place, 'history.ndjson'), 'utf8').trimEnd().split('\n');
    expect(kept.slice(0, -1)).toEqual([damaged, globex, conflict, own[2], globexToo]);
    expect(JSON.parse(kept.at(-1) as string).enterprise).toBe('acme');
  });

  test('a run that fails records what it could measure, and one that measured nothing records nothing', async () => {
    const place = workspace();
    const github = await startGitHub({
      now: NOW,
      seats: 20,
      faults: [{ kind: '403', match: { endpoint: 'consumed-licenses' } }],
    });
    const options = { workspace: place, clock: onDay(0) };
    await report(github, { ...inputs, report: 'licenses' }, options);
    expect(existsSync(path.join(place, 'kept/history.ndjson'))).toBe(false);
    await report(github, { ...inputs, report: 'licenses, sync-status' }, options);
    const line = JSON.parse(readFileSync(path.join(place, 'kept/history.ndjson'), 'utf8'));
    expect(line.metrics).toMatchObject({ servers: 2 });
    expect(line.metrics).not.toHaveProperty('seats-consumed');
  });

  test('20 runs at the same time lose nothing', async () => {
    const place = workspace();
    const github = await consuming(500);
    const days = Array.from({ length: 20 }, (_, day) => day);
    const options = { 'report-directory': '', 'job-summary': 'false', formats: 'none', ...inputs };
    const runs = await Promise.all(
      days.map((day) => report(github, options, { workspace: place, clock: onDay(day) })),
    );
    expect(runs.map(({ exitCode }) => exitCode)).toEqual(days.map(() => 0));
    const lines = readFileSync(path.join(place, 'kept/history.ndjson'), 'utf8').split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line).generated_at).sort()).toEqual(
      days.map((day) => onDay(day).now.toISOString()),
    );
    expect(readdirSync(path.join(place, 'kept'))).toEqual(['history.ndjson']);
  }, 120_000);

  test('a run for another month adds nothing of its bill, and compares nothing with it', async () => {
    const place = workspace();
    const github = await startGitHub({ seats: 20, now: first, costCenters: 2 });
    const run = (days: number, period: string) =>
      report(
        github,
        { ...inputs, report: 'licenses, billing', period },
        { workspace: place, clock: onDay(days) },
      );
    await run(20, 'current');
    const past = await run(21, 'previous');
    expect(past.exitCode).toBe(0);
    expect(past.outputs['cost-net']).not.toBe('');
    const [present, other] = readFileSync(path.join(place, 'kept/history.ndjson'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => Object.keys(JSON.parse(line).metrics));
    expect(present).toEqual(expect.arrayContaining(['users', 'cost-net', 'cost-net-forecast']));
    expect(other).toContain('users');
    expect(other?.filter((name) => /^(cost|actions|packages|storage|committers|budgets)/.test(name))).toEqual(
      [],
    );
    expect(past.summary).toMatch(/Seats consumed \|/);
    expect(past.summary).not.toMatch(/Net cost of the month, forecast \(US dollars\) \|/);
  });

  test('a file that is no history is an error, and stays as it is', async () => {
    const place = workspace();
    writeFileSync(path.join(place, 'notes.txt'), 'precious\n');
    const run = await report(
      await consuming(5),
      { 'history-file': 'notes.txt' },
      { workspace: place, clock: onDay(0) },
    );
    expect([run.exitCode, run.outputs.status, run.outputs.users]).toEqual([1, 'error', '20']);
    expect(annotations(run, 'error')).toEqual([
      expect.stringMatching(/^history-file: .*notes\.txt is no history/),
    ]);
    expect(readFileSync(path.join(place, 'notes.txt'), 'utf8')).toBe('precious\n');
  });

  test('a file that cannot be read is an error, and is left alone', async () => {
    const place = workspace();
    const run = await report(await consuming(5), { 'history-file': '.' }, { workspace: place });
    expect([run.exitCode, run.outputs.status, run.outputs.users]).toEqual([1, 'error', '20']);
    expect(annotations(run, 'error').join('\n')).toMatch(/^history-file: .* cannot be read/);
  });
});

describe('previous-report', () => {
  const inputs = { 'previous-report': 'last/licenses.json' };
  const { people } = generateEnterprise({ seats: 30, now: first });
  const host = (users: readonly LicensedUser[]) =>
    startGitHub({
      now: NOW,
      overrides: {
        'consumed-licenses': {
          body: { total_seats_consumed: users.length, total_seats_purchased: 100, users },
        },
      },
    });
  const cloud = people.filter((row) => row.github_com_user && !row.enterprise_server_user);
  const [leaver, mover, ...stayers] = cloud as [LicensedUser, LicensedUser, ...LicensedUser[]];
  const newcomer = { ...mover, github_com_login: 'newcomer', github_com_verified_domain_emails: [] };
  const moved = {
    ...mover,
    github_com_member_roles: ['new-org:Member'],
    license_type: 'Visual Studio subscription',
  };

  test('a missing file is a notice', async () => {
    const run = await report(await host(stayers), inputs);
    expect([run.exitCode, run.outputs.status]).toEqual([0, 'pass']);
    expect(annotations(run, 'notice')).toEqual([
      expect.stringContaining('That is expected on the first run.'),
    ]);
    expect(run.files).not.toContain('changes.csv');
  });

  test('who gained, lost and changed a seat', async () => {
    const place = workspace();
    const before = await report(await host([leaver, mover, ...stayers]), inputs, {
      workspace: place,
      clock: onDay(0),
    });
    copyFileSync(
      path.join(place, 'enterprise-report/licenses.json'),
      path.join(place, 'licenses-before.json'),
    );
    expect(before.exitCode).toBe(0);
    const run = await report(
      await host([moved, newcomer, ...stayers]),
      { 'previous-report': 'licenses-before.json' },
      { workspace: place },
    );
    expect(run.exitCode).toBe(0);
    const rows = csvRows(run.read('changes.csv'));
    expect(rows.map((row) => [row.change, row.github_com_login])).toEqual([
      ['gained', 'newcomer'],
      ['lost', leaver.github_com_login],
      ['changed', mover.github_com_login],
    ]);
    expect(rows[2]).toMatchObject({ organizations_joined: 'new-org' });
    expect(run.summary).toContain('People since 2026-10-01');
    expect(run.summary).toContain('newcomer');
  });

  test('the report of the same directory is compared before it is replaced', async () => {
    const place = workspace();
    const same = { 'previous-report': 'enterprise-report/licenses.json' };
    await report(await host([leaver, ...stayers]), same, { workspace: place });
    const run = await report(await host(stayers), same, { workspace: place });
    expect([run.exitCode, run.read('changes.csv').trimEnd().split('\n').length]).toEqual([0, 2]);
  });

  test('Copilot seats are compared with the copilot.json beside it, also of the same directory', async () => {
    const place = workspace();
    const inputs = {
      report: 'licenses, copilot',
      'previous-report': 'enterprise-report/licenses.json',
      formats: 'csv, json',
    };
    const github = await startGitHub({ now: NOW, seats: 60, copilotSeats: 12, copilotGrants: 12 });
    const first = await report(github, inputs, { workspace: place });
    expect(annotations(first, 'notice')).toEqual([
      expect.stringContaining('That is expected on the first run.'),
    ]);
    const { grants } = github.copilot;
    const [gone] = grants.splice(0, 1);
    const [changed] = grants as [(typeof grants)[0]];
    changed.plan_type = changed.plan_type === 'business' ? 'enterprise' : 'business';
    const run = await report(github, inputs, { workspace: place });
    expect(run.outputs.status).toBe('pass');
    const rows = csvRows(run.read('changes.csv'));
    expect(rows.map((row) => [row.kind, row.change, row.github_com_login])).toEqual([
      ['copilot', 'lost', gone?.assignee?.login],
      ['copilot', 'changed', changed.assignee?.login],
    ]);
    expect(run.summary).toMatch(/Copilot seats since \d{4}/);

    // A report of an action that did not know Copilot yet.
    rmSync(path.join(place, 'enterprise-report/copilot.json'));
    const older = await report(github, inputs, { workspace: place });
    expect(older.outputs.status).toBe('pass');
    expect(annotations(older, 'notice')).toEqual([
      expect.stringMatching(/^previous-report: there is no .*copilot\.json yet/),
    ]);
    expect(csvRows(older.read('changes.csv'))).toEqual([]);

    // Last week's seats are not left for this week's when these cannot be read.
    github.setFaults([{ kind: '403', match: { endpoint: 'copilot/billing/seats' } }]);
    const failed = await report(github, inputs, { workspace: place });
    expect(failed.outputs.status).toBe('error');
    expect(failed.files).toEqual(expect.arrayContaining(['changes.csv', 'licenses.json']));
    expect(failed.files).not.toContain('copilot.json');
  });

  test.each([
    ['another file', '{"a": 1}', 'not the licenses.json of an earlier run'],
    ['a file that was cut off', '{"enterprise": "acme", "users": [', 'the file is not JSON'],
    [
      'another enterprise',
      '{"enterprise": "globex", "generated_at": "2026-10-01T00:00:00Z", "users": []}',
      '"globex"',
    ],
  ])('%s is an error that names the input, and the report is written all the same', async (_, text, why) => {
    const place = workspace();
    writeFileSync(path.join(place, 'previous.json'), text);
    const run = await report(
      await host(stayers),
      { 'previous-report': 'previous.json' },
      { workspace: place },
    );
    expect([run.exitCode, run.outputs.status, run.outputs.users]).toEqual([
      1,
      'error',
      String(stayers.length),
    ]);
    expect(annotations(run, 'error')).toEqual([expect.stringMatching(/^previous-report: /)]);
    expect(annotations(run, 'error')[0]).toContain(why);
    expect(run.files).toContain('licenses.csv');
    rmSync(path.join(place, 'previous.json'));
  });
});
