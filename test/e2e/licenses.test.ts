import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { csvRows } from '../output/reading.ts';
import type { Dialect } from '../simulator/dialects.ts';
import { DIALECTS } from '../simulator/dialects.ts';
import type { LicensedUser } from '../simulator/enterprise.ts';
import { TOKEN } from '../simulator/server.ts';
import { runHere } from './in-process.ts';
import { annotations, metricsOf, report, startGitHub } from './support.ts';

const documentedExample = () =>
  JSON.parse(readFileSync(new URL('../fixtures/examples/consumed-licenses.json', import.meta.url), 'utf8'));

/** Counted once more, from the rows as GitHub sends them. */
function independentCount(
  rows: readonly LicensedUser[],
  purchased: number,
  consumed: number,
): Record<string, number | undefined> {
  const count = (matches: (row: LicensedUser) => boolean) => rows.filter(matches).length;
  const collaborator = (row: LicensedUser) =>
    [...row.github_com_enterprise_roles, row.github_com_enterprise_role ?? ''].some((role) =>
      ['outside collaborator', 'repository collaborator'].includes(role.toLowerCase()),
    ) || row.github_com_member_roles.some((role) => role.toLowerCase().endsWith(':collaborator'));
  return {
    'seats-purchased': purchased,
    'seats-consumed': consumed,
    // Where nothing is purchased in advance, nothing says how many there may be.
    'seats-available': purchased > 0 ? purchased - consumed : undefined,
    'seats-over': purchased > 0 ? Math.max(0, consumed - purchased) : undefined,
    'seats-used-percent': purchased > 0 ? Number(((100 * consumed) / purchased).toFixed(2)) : undefined,
    users: rows.length,
    'users-cloud-only': count((row) => row.github_com_user && row.enterprise_server_user !== true),
    'users-server-only': count((row) => !row.github_com_user && row.enterprise_server_user === true),
    'users-cloud-and-server': count((row) => row.github_com_user && row.enterprise_server_user === true),
    'users-visual-studio': count((row) => row.visual_studio_subscription_user),
    'users-without-two-factor': count(
      (row) => row.github_com_user && row.github_com_two_factor_auth === false,
    ),
    'users-with-pending-invitation': count(
      (row) =>
        row.github_com_orgs_with_pending_invites.length !== 0 ||
        [...row.github_com_enterprise_roles, row.github_com_enterprise_role ?? ''].some((role) =>
          role.toLowerCase().startsWith('pending'),
        ),
    ),
    'users-outside-collaborator': count(collaborator),
    'users-without-verified-email': count(
      (row) => row.github_com_user && row.github_com_verified_domain_emails.length === 0,
    ),
  };
}

test("reports GitHub's documented example", async () => {
  const body = documentedExample();
  const github = await startGitHub({ now: NOW, overrides: { 'consumed-licenses': { body } } });
  const result = await report(github);

  expect(result.exitCode).toBe(0);
  expect(metricsOf(result)).toMatchObject(independentCount(body.users, 4500, 5000));
  expect(result.outputs['seats-over']).toBe('500');
  expect(result.files).toEqual(
    expect.arrayContaining(['licenses.csv', 'licenses.json', 'organizations.csv']),
  );
  const rows = csvRows(result.read('licenses.csv'));
  expect(rows.map((row) => row.github_com_login)).toEqual(['monalisa', '']);
  expect(rows[0]).toMatchObject({
    enterprise_server_user_ids: 'example_host_name.com:123, example_host_name_2:222',
    github_com_member_roles: 'org1:Owner, org2:Owner',
    github_com_two_factor_auth: 'true',
  });
  expect(rows[1]?.github_com_two_factor_auth).toBe('');
  expect(result.summary).toContain('4,998 fewer than the 5,000 seats');
  expect(result.summary).not.toContain('@github.com');
});

describe.each<[Dialect, number]>([
  ['documented', 5_000],
  ['documented', 100_000],
  ['field', 1_000],
  ['ghe.com', 1_000],
  ['usage-based', 1_000],
])('%s, %i seats', (dialect, seats) => {
  test('every metric equals an independent count, and every person has a row', {
    timeout: 120_000,
  }, async () => {
    const github = await startGitHub({
      now: NOW,
      dialect,
      seats,
      duplicates: { count: 20 },
      ...(dialect !== 'usage-based' && { purchased: Math.round(seats * 0.9) }),
      limits: false,
    });
    const { people, purchased, consumed, planted } = github.enterprise;
    const result = await report(github);

    expect(result.log).not.toContain('::error');
    expect(result.exitCode).toBe(0);
    const freed = planted.duplicates.reduce((sum, { rows }) => sum + rows.length - 1, 0);
    const metrics = metricsOf(result);
    for (const [name, value] of Object.entries(independentCount(people, purchased, consumed)))
      expect([name, metrics[name]]).toEqual([name, value]);
    expect(metrics['duplicate-seats']).toBe(freed);
    const rows = csvRows(result.read('licenses.csv'));
    const logins = rows.map((row) => row.github_com_login ?? '');
    expect(logins.map((login) => login.replace(/^'/, ''))).toEqual(people.map((row) => row.github_com_login));
    expect(Object.keys(rows[0] ?? {}).slice(0, 3)).toEqual([
      'github_com_login',
      'github_com_name',
      'enterprise_server_user_ids',
    ]);
    expect(Object.keys(rows[0] ?? {}).slice(-6)).toEqual([
      'total_user_accounts',
      'github_com_cost_center',
      'github_com_code_security_license_user',
      'github_com_secret_protection_license_user',
      'github_com_two_factor_auth_required_by_date',
      'other_fields',
    ]);
    expect(rows.some((row) => row.github_com_cost_center !== '')).toBe(dialect !== 'documented');
    const json = JSON.parse(result.read('licenses.json'));
    expect(json.users).toHaveLength(seats);
    expect(Object.keys(json)).toEqual([
      'enterprise',
      'generated_at',
      'api_url',
      'metrics',
      'organizations',
      'duplicates',
      'users',
    ]);
  });
});

test.each<[string, 0 | null | 'absent', number | undefined]>([
  ['0', 0, 0],
  ['null', null, undefined],
  ['absent', 'absent', undefined],
])(
  'paid by usage, with %s purchased, what can be held against a bound is consumed',
  async (_, unpurchased, published) => {
    const github = await startGitHub({ now: NOW, dialect: 'usage-based', seats: 90, unpurchased });
    const consumed = { 'fail-on': 'seats-consumed: above 1000' };
    const passed = await report(github, consumed);
    expect([passed.exitCode, passed.outputs.status]).toEqual([0, 'pass']);
    expect(metricsOf(passed)['seats-purchased']).toBe(published);
    for (const metric of ['seats-available', 'seats-over', 'seats-used-percent']) {
      expect(passed.outputs[metric]).toBe('');
      const run = await runHere(github, { 'fail-on': `${metric}: above 5` });
      expect([run.exitCode, run.outputs.status]).toEqual([1, 'error']);
      expect(annotations(run, 'error').join()).toMatch(/`?seats-consumed: above/);
    }
  },
);

test('a crossed bound fails the step, and files, summary and every output are there all the same', async () => {
  const github = await startGitHub({ now: NOW, seats: 120, purchased: 100 });
  const result = await report(github, {
    'fail-on': 'seats-available: below 0',
    'warn-on': 'seats-used-percent: above 95',
  });

  expect(result.exitCode).toBe(1);
  expect(result.outputs).toMatchObject({
    status: 'fail',
    'seats-available': '-20',
    'seats-consumed': '120',
    users: '120',
  });
  expect(JSON.parse(result.outputs.breaches ?? '')).toEqual([
    { level: 'fail', metric: 'seats-available', value: -20, bound: 'below 0' },
    { level: 'warn', metric: 'seats-used-percent', value: 120, bound: 'above 95' },
  ]);
  expect(result.outputs.files?.split('\n').map((file) => file.split(/[\\/]/).at(-1))).toEqual(
    expect.arrayContaining(['licenses.csv', 'licenses.json']),
  );
  expect(result.log).toContain('::error::seats-available is -20 (fail-on: below 0)');
  expect(result.log).toContain('::warning::seats-used-percent is 120 (warn-on: above 95)');
  expect(result.summary).toContain('seats-available');
});

test('a healthy enterprise passes', async () => {
  const github = await startGitHub({ now: NOW, seats: 80, purchased: 100 });
  const result = await report(github, { 'fail-on': 'seats-available: below 0' });
  expect(result.exitCode).toBe(0);
  expect(result.outputs).toMatchObject({ status: 'pass', breaches: '[]', 'seats-available': '20' });
  expect(result.outputs['cost-net']).toBe('');
});

test('a warning does not fail the step', async () => {
  const github = await startGitHub({ now: NOW, seats: 99, purchased: 100 });
  const result = await report(github, { 'warn-on': 'seats-used-percent: above 95' });
  expect(result.exitCode).toBe(0);
  expect(result.outputs.status).toBe('warn');
});

test('a person who moves between pages is counted once, and the difference to the total is stated', async () => {
  const github = await startGitHub({ now: NOW, seats: 350, shift: { afterPage: 1 } as never });
  const result = await report(github, { concurrency: '1' });
  expect(result.exitCode).toBe(0);
  const logins = csvRows(result.read('licenses.csv')).length;
  expect(Number(result.outputs.users)).toBe(logins);
  expect(result.summary).toMatch(/counted once|fewer than|more than/);
});

test('removes the files of an earlier run from the directory, and nothing else', async () => {
  const github = await startGitHub({ now: NOW, seats: 5 });
  const first = await report(github);
  const second = await report(github, { formats: 'json' }, { workspace: first.workspace });
  expect(second.files).toEqual(['licenses.json']);
});

test('writes no file with formats none, and no summary with job-summary false', async () => {
  const github = await startGitHub({ now: NOW, seats: 5 });
  const result = await report(github, { formats: 'none', 'job-summary': 'false' });
  expect(result.exitCode).toBe(0);
  expect(result.files).toEqual([]);
  expect(result.summary).toBe('');
  expect(result.outputs).toMatchObject({ status: 'pass', files: '', users: '5' });
});

test('warns when the token expires within two weeks', async () => {
  const soon = new Date(NOW.getTime() + 5.5 * 86_400_000).toISOString();
  const expires = `${soon.slice(0, 10)} ${soon.slice(11, 19)} UTC`;
  const github = await startGitHub({
    now: NOW,
    seats: 5,
    tokens: { [TOKEN]: { scopes: ['read:enterprise'], expires } },
  });
  const result = await report(github, { 'fail-on': 'token-days-left: below 2' });
  expect(result.exitCode).toBe(0);
  expect(Number(result.outputs['token-days-left'])).toBeGreaterThan(5);
  expect(result.log).toContain('::warning::The token expires in 5 days');
});

test('an Enterprise Server is recognised by its answers and reports its license', async () => {
  const github = await startGitHub({ now: NOW, kind: 'server' });
  const result = await report(github, { 'fail-on': 'license-days-left: below 1' });
  expect(result.log).not.toContain('::error');
  expect(result.exitCode).toBe(0);
  expect(result.outputs['seats-purchased']).toMatch(/^\d+$/);
  expect(result.outputs.users).toBe('');
  expect(result.summary).toContain('does not list its people');

  const people = await report(github, { enterprise: '', 'fail-on': 'users: above 1' });
  expect(people.exitCode).toBe(1);
  expect(people.outputs.status).toBe('error');
});

test.each([{ total_seats_purchased: 0 }, { total_seats_purchased: null }, {}])(
  'an enterprise that pays by usage has no limit to be held against: %j',
  async (purchased) => {
    const { total_seats_purchased: _, ...documented } = documentedExample();
    const body = { ...documented, ...purchased };
    const github = await startGitHub({ now: NOW, overrides: { 'consumed-licenses': { body } } });
    const result = await report(github, {
      'fail-on': 'seats-available: below 0',
      'warn-on': 'seats-consumed: above 4999',
      'history-file': 'history.ndjson',
    });
    expect([result.exitCode, result.outputs.status]).toEqual([1, 'error']);
    for (const metric of ['seats-available', 'seats-over', 'seats-used-percent', 'days-until-full'])
      expect(result.outputs[metric]).toBe('');
    expect(result.outputs['seats-consumed']).toBe('5000');
    expect(result.outputs['seats-purchased']).toBe(purchased.total_seats_purchased === 0 ? '0' : '');
    expect(result.log).toMatch(
      /::error::seats-available has no value .* use the gate `seats-consumed: above N`/,
    );
    expect(result.log).toContain('::warning::seats-consumed is 5,000');
    expect(result.summary).toContain('may pay by usage');
  },
);

test('a gate on days until full says why nobody knows them where seats are paid by usage', async () => {
  const github = await startGitHub({ now: NOW, seats: 20, purchased: 0 });
  const result = await report(github, { 'fail-on': 'days-until-full: below 30', 'history-file': 'h.ndjson' });
  expect(result.outputs.status).toBe('error');
  expect(result.log).toContain('days-until-full has no value (fail-on: below 30): no seat is purchased');
});

test.each(DIALECTS)('people of each cost center, in the dialect %s', async (dialect) => {
  const github = await startGitHub({ now: NOW, seats: 300, dialect });
  const run = await report(github);
  const names = github.enterprise.people
    .map((row) => String(row.github_com_cost_center ?? ''))
    .filter(Boolean);
  const counts = Map.groupBy(names, (name) => name);
  expect(counts.size).toBe(dialect === 'documented' ? 0 : 2);
  expect(run.files.includes('cost-centers.csv')).toBe(counts.size > 0);
  expect(run.summary.includes('Seats by cost center')).toBe(counts.size > 0);
  if (counts.size === 0) return;
  expect(csvRows(run.read('cost-centers.csv'))).toEqual(
    [...counts]
      .map(([name, all]) => [name, all.length] as const)
      .sort((a, b) => b[1] - a[1])
      .map(([cost_center, people]) => ({
        cost_center,
        people: String(people),
        exclusive_people: String(people),
      })),
  );
});

test('seats over are told to be no breach where they are metered', async () => {
  const github = await startGitHub({ now: NOW, seats: 20, purchased: 15 });
  const result = await report(github);
  expect(result.outputs['seats-over']).toBe('5');
  expect(result.summary).toContain('metered, and no breach');
});

test('a field that nobody knows stands in the files as it came, however deep it is nested', async () => {
  const depth = 20_000;
  const nested = `${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`;
  const people = ['{"github_com_login": "ana",', '{'].map((start) => `${start} "new_field": ${nested}}`);
  const body = `{"total_seats_consumed": 2, "total_seats_purchased": 9, "users": [${people}]}`;
  const github = await startGitHub({ now: NOW, overrides: { 'consumed-licenses': { body } } });
  const run = await report(github, { formats: 'csv, json, html' });
  expect([run.exitCode, run.outputs.users]).toEqual([0, '2']);
  const rows = csvRows(run.read('licenses.csv'));
  expect(rows.map((row) => row.other_fields)).toEqual([1, 2].map(() => `{"new_field":${nested}}`));
  expect(run.read('licenses.json').split(nested)).toHaveLength(3);
});
