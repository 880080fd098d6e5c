/** Licenses that could be given back: counted anew from what GitHub served, in runs of all reports and of single ones. */
import { beforeAll, describe, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { csvRows, html } from '../output/reading.ts';
import { DIALECTS, type Dialect } from '../simulator/dialects.ts';
import { type LicensedUser, rowKey } from '../simulator/enterprise.ts';
import { HOSTILE_TEXTS } from '../simulator/hostile.ts';
import type { Simulator } from '../simulator/server.ts';
import type { ActionRun } from './action.ts';
import { runHere } from './in-process.ts';
import { metricsOf, report, startGitHub } from './support.ts';

const ENTERPRISE = {
  now: NOW,
  seats: 900,
  duplicates: { count: 24 },
  shares: { outsideCollaborator: 0.1, pendingInvitation: 0.08, withoutOrganization: 0.04 },
} as const;

const keyOf = (row: Record<string, string>): string =>
  row.github_com_login ||
  row.enterprise_server_user_ids?.split(', ')[0] ||
  row.visual_studio_subscription_email ||
  '';
const candidatesOf = (run: ActionRun) => csvRows(run.read('candidates.csv'));

/** Reason → who, by the contract; duplicates are those that were planted. Nothing of the action is used. */
function reckon({ enterprise: { people, planted, dialect }, visualStudio }: Simulator) {
  const roles = (row: LicensedUser) =>
    [row.github_com_enterprise_role ?? '', ...row.github_com_enterprise_roles].map((role) =>
      role.toLowerCase(),
    );
  const holds = (row: LicensedUser, role: RegExp) =>
    row.github_com_member_roles.some((one) => role.test(one));
  const isOwner = (row: LicensedUser) => roles(row).includes('owner') || holds(row, /:owner$/i);
  const isInvited = (row: LicensedUser) =>
    row.github_com_orgs_with_pending_invites.length > 0 ||
    roles(row).some((role) => role.startsWith('pending'));
  const isOutside = (row: LicensedUser) =>
    roles(row).some((role) => /^(outside|repository) collaborator$/.test(role)) ||
    holds(row, /:collaborator$/i);
  const onServer = (row: LicensedUser) => row.enterprise_server_user_ids.length > 0;
  const belongsNowhere = (row: LicensedUser) =>
    !isOwner(row) && !holds(row, /:(owner|member)$/i) && !onServer(row);
  const who = (test: (row: LicensedUser) => boolean) => people.filter(test).map(rowKey);
  const owners = new Set(who(isOwner));
  const logins = new Set(people.map((row) => row.github_com_login).filter(Boolean));
  const extra = planted.duplicates.flatMap(({ rows }) => rows.filter((key) => !logins.has(key)));
  return {
    'no-organization': who(
      (row) =>
        row.github_com_user &&
        belongsNowhere(row) &&
        !isOutside(row) &&
        !isInvited(row) &&
        !row.visual_studio_subscription_user,
    ),
    'duplicate-seat': extra.filter((key) => !owners.has(key)),
    'pending-invitation':
      dialect === 'usage-based' ? [] : who((row) => isInvited(row) && belongsNowhere(row) && !isOutside(row)),
    'outside-collaborator': who(
      (row) => isOutside(row) && belongsNowhere(row) && !holds(row, /\/.*:collaborator$/i),
    ),
    'visual-studio-only': who(
      (row) => row.visual_studio_subscription_user && row.github_com_login === '' && !onServer(row),
    ),
    // Once a person, who can hold several.
    'visual-studio-unmatched': [
      ...new Set(
        visualStudio.subscriptions
          .filter(({ username }) => !username)
          .map((row) => row.visual_studio_subscription_email),
      ),
    ],
  };
}

describe.each<Dialect>([...DIALECTS])('in the dialect %s', (dialect) => {
  let github: Simulator;
  let run: ActionRun;
  beforeAll(async () => {
    github = await startGitHub({ ...ENTERPRISE, dialect });
    run = await report(github, { report: 'all', formats: 'csv, markdown' });
  }, 60_000);

  test('everybody is there by the rules, and nobody else', () => {
    const expected = reckon(github);
    const rows = candidatesOf(run);
    for (const [reason, keys] of Object.entries(expected)) {
      const found = rows.filter((row) => row.reason === reason).map(keyOf);
      expect([reason, found.toSorted()]).toEqual([reason, keys.toSorted()]);
    }
    for (const reason of [
      'no-organization',
      'duplicate-seat',
      'outside-collaborator',
      'visual-studio-only',
      'visual-studio-unmatched',
    ] as const)
      expect([reason, expected[reason].length > 0]).toEqual([reason, true]);
    const likely = new Set([...expected['no-organization'], ...expected['duplicate-seat']]);
    expect(run.outputs['seats-reclaimable']).toBe(String(likely.size));
  });

  test('so are the people whose Copilot seat is inactive, at what it costs by the bill', () => {
    const rows = candidatesOf(run).filter(({ license }) => license === 'copilot');
    const metrics = metricsOf(run);
    expect(rows).toHaveLength(metrics['copilot-seats-inactive'] ?? -1);
    const cost = rows.reduce((sum, { cost_per_month: each }) => sum + Number(each), 0);
    expect(cost).toBe(metrics['copilot-inactive-cost']);
    const inactive = csvRows(run.read('copilot.csv')).filter(({ state }) => state === 'inactive');
    const latest = new Map<string, string>();
    for (const { login = '', last_activity_at: date = '' } of inactive) {
      const known = latest.get(login.toLowerCase()) ?? '';
      if (known === '' || Date.parse(date) > Date.parse(known)) latest.set(login.toLowerCase(), date);
    }
    expect(
      rows.map((row) => [row.github_com_login?.toLowerCase(), row.last_activity_at, row.certainty]).sort(),
    ).toEqual([...latest].map(([login, date]) => [login, date, 'likely']).sort());
  });

  test('the line under the verdict has each once, and what they cost', () => {
    const rows = candidatesOf(run);
    const [, line = ''] =
      run.summary
        .replaceAll(/<\/?span>|\n/g, ' ')
        .match(/(Licenses that could come free:.*?`candidates.csv`)/) ?? [];
    const seats = rows.filter(({ license }) => license === 'seat');
    const likely = new Set(seats.filter(({ certainty }) => certainty === 'likely').map(keyOf));
    const check = new Set(seats.map(keyOf).filter((key) => !likely.has(key)));
    expect(line).toContain(`${likely.size} seats likely`);
    expect(line).toContain(`${check.size} seats to check`);
    expect(line).toContain(
      `${rows.filter(({ license }) => license === 'copilot').length} Copilot seats likely`,
    );
    const subscriptions = new Set(rows.filter(({ license }) => license === 'visual-studio').map(keyOf));
    expect(line).toContain(`${subscriptions.difference(likely).size} Visual Studio subscriptions to check`);
    const priced = new Set(seats.filter((row) => row.cost_per_month === '21').map(keyOf));
    const dollars = `${(21 * priced.intersection(likely).size).toLocaleString('en-US')}.00 a month`;
    expect(line.replaceAll(' ', '')).toContain(dollars.replaceAll(' ', ''));
    expect(run.summary).toContain('Everybody is in `candidates.csv`, by `reason`');
  });
});

test('duplicates.csv says why, and what to do', async () => {
  const github = await startGitHub(ENTERPRISE);
  const run = await report(github, { formats: 'csv' });
  const rows = csvRows(run.read('duplicates.csv'));
  const whys = new Map(rows.map(({ why = '', what_to_do: remedy = '' }) => [why, remedy]));
  expect(whys.get('The Visual Studio subscription is not matched to the account.')).toBe(
    'Match the subscription to the account by hand.',
  );
  expect(whys.size).toBeGreaterThan(1);
  expect(whys.has('')).toBe(false);
  const extra = candidatesOf(run).filter(({ reason }) => reason === 'duplicate-seat');
  for (const { what_to_check: check } of extra) {
    const [, group, remedy] = /^Group (\d+) of duplicates\.csv\. (.+)$/.exec(check ?? '') ?? [];
    expect(rows.find((row) => row.group === group)?.what_to_do).toBe(remedy);
  }
  expect(extra.length).toBeGreaterThanOrEqual(24);
});

describe('a run of one report', () => {
  let github: Simulator;
  beforeAll(async () => {
    github = await startGitHub(ENTERPRISE);
  });
  const licensesIn = (run: ActionRun) => [...new Set(candidatesOf(run).map(({ license }) => license))];

  test('of licenses has seats, without prices', async () => {
    const run = await runHere(github, { report: 'licenses', formats: 'csv, markdown' });
    expect(licensesIn(run)).toEqual(['seat', 'visual-studio']);
    expect(candidatesOf(run).every((row) => row.cost_per_month === '')).toBe(true);
    expect(run.summary).toMatch(/Licenses that could come free: \d+ seats likely, /);
    expect(run.summary).not.toContain('Prices are those of the bill');
  });

  test('of copilot has Copilot seats, and no metric of seats', async () => {
    const run = await runHere(github, { report: 'copilot', formats: 'csv, markdown' });
    expect(licensesIn(run)).toEqual(['copilot']);
    expect(run.outputs['seats-reclaimable']).toBe('');
    expect(run.summary).toMatch(/come free: \d+ Copilot seats likely\. Each of them is in `candidates\.csv`/);
  });

  test.each(['billing', 'sync-status'])('of %s has none', async (name) => {
    const run = await runHere(github, { report: name, formats: 'csv, markdown' });
    expect(run.files).not.toContain('candidates.csv');
    expect(run.summary).not.toContain('come free');
  });

  test('of totals has none, and a gate on the metric is an input error', async () => {
    const run = await runHere(github, { report: 'all', people: 'false', formats: 'csv, markdown' });
    expect(run.files).not.toContain('candidates.csv');
    expect([run.outputs['seats-reclaimable'], run.outputs.status]).toEqual(['', 'pass']);
    expect(run.summary).not.toContain('come free');
    github.requests.splice(0);
    const gate = { people: 'false', 'warn-on': 'seats-reclaimable: above 5' };
    expect((await runHere(github, gate)).outputs.status).toBe('error');
    expect(github.requests).toEqual([]);
  });

  test('points to the page where no CSV file is written, and to nothing where neither is', async () => {
    const page = await runHere(github, { formats: 'html' });
    expect(page.summary).toContain('Each of them is in `report.html`');
    expect(page.read('report.html')).toContain('<p class="remark">Licenses that could come free');
    expect((await runHere(github, { formats: 'json' })).summary).not.toContain('Each of them is in');
  });
});

test('a past month has people of the present and no prices', async () => {
  const github = await startGitHub({ ...ENTERPRISE, seats: 300 });
  const run = await runHere(github, { report: 'all', period: 'previous', formats: 'csv' });
  expect(candidatesOf(run).length).toBeGreaterThan(30);
  expect(candidatesOf(run).filter((row) => row.cost_per_month !== '')).toEqual([]);
});

test('hostile logins, ids, emails and organizations stay text wherever they stand', async () => {
  const person = (known: Partial<LicensedUser>) => ({
    github_com_user: true,
    enterprise_server_user: false,
    visual_studio_subscription_user: false,
    github_com_member_roles: [],
    github_com_enterprise_roles: ['Member'],
    github_com_orgs_with_pending_invites: [],
    github_com_verified_domain_emails: [],
    license_type: 'Enterprise',
    ...known,
  });
  const users = HOSTILE_TEXTS.flatMap((text, index) => [
    person({ github_com_login: `${text}${index}` }),
    person({ github_com_login: `outside-${index}`, github_com_member_roles: [`${text}:Collaborator`] }),
    person({
      github_com_user: false,
      visual_studio_subscription_email: text,
      visual_studio_subscription_user: true,
    }),
    person({ github_com_login: `invited-${index}`, github_com_orgs_with_pending_invites: [text, 'acme'] }),
  ]);
  const seats = HOSTILE_TEXTS.map((text, index) => ({
    assignee: { login: `${index}${text}` },
    organization: { login: text },
    created_at: '2020-01-01T00:00:00Z',
    last_activity_at: '2026-09-01T00:00:00Z',
    plan_type: text,
  }));
  const totals = { total_seats_consumed: users.length, total_seats_purchased: users.length };
  const github = await startGitHub({
    now: NOW,
    overrides: {
      'consumed-licenses': { body: { ...totals, users } },
      'copilot/billing/seats': { body: { total_seats: seats.length, seats } },
    },
  });
  const run = await report(github, { report: 'licenses, copilot', formats: 'csv, xlsx, html, markdown' });
  expect(run.outputs.status).toBe('pass');
  const rows = candidatesOf(run);
  const of = (reason: string) => rows.filter((row) => row.reason === reason);
  for (const reason of ['no-organization', 'pending-invitation', 'copilot-inactive', 'visual-studio-only'])
    expect([reason, of(reason).length]).toEqual([reason, HOSTILE_TEXTS.length]);
  expect(of('no-organization').map((row) => row.github_com_login?.replace(/^'/, ''))).toEqual(
    HOSTILE_TEXTS.map((text, index) => `${text}${index}`.replace(/^'/, '')),
  );
  for (const row of rows)
    for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=+@＝＋＠]|^-[^\d]/);
  for (const text of [run.summary, run.read('report.html').replace(/<(script|style)\b.*?<\/\1>/gs, '')]) {
    const page = text === run.summary ? html(text) : text;
    expect(page.match(/<(img|h1>gone|script>alert|a href="[^"]*(evil|javascript))/gi)).toBeNull();
  }
});
