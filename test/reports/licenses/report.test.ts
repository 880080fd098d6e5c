import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { metricsOf } from '../../../src/metrics.ts';
import { COUNTED_FIELDS } from '../../../src/reports/licenses/fields.ts';
import { makeLicensesReport } from '../../../src/reports/licenses/index.ts';
import { fakeClient, inputs } from '../fake-client.ts';

const NOW = new Date('2026-03-01T00:00:00Z');
const EXAMPLE = JSON.parse(
  readFileSync(new URL('../../fixtures/examples/consumed-licenses.json', import.meta.url), 'utf8'),
);
const LICENSE = { seats: 10, seats_used: 8, seats_available: 2, kind: 'standard', days_until_expiration: 30 };
const CONSUMED = '/enterprises/acme/consumed-licenses';
const SUBSCRIPTIONS = '/enterprises/acme/visual-studio-subscriptions';

const report = (replies: Record<string, unknown>, given = {}, serverVersion?: string) =>
  makeLicensesReport({
    client: fakeClient({ [SUBSCRIPTIONS]: { visual_studio_subscriptions: [] }, ...replies }, serverVersion),
    inputs: inputs({ enterprise: 'acme', ...given }),
    now: NOW,
    progress: () => {},
  });

test('a person on two pages is one, and the summary says so', async () => {
  const [first] = EXAMPLE.users;
  const totals = { total_seats_consumed: 2, total_seats_purchased: 5 };
  const made = await report({
    [CONSUMED]: [
      { ...totals, users: EXAMPLE.users },
      { ...totals, total_seats_consumed: 3, users: [first, { ...first, github_com_login: 'hubot' }] },
    ],
  });
  expect(made.measures).toMatchObject({ users: 3, 'seats-consumed': 3 });
  const text = JSON.stringify(made.sections);
  expect(text).toContain('1 row repeated a person already listed and was counted once.');
  expect(text).toContain('The totals changed while the pages were read');
  expect(text).toContain('one for each consumed seat');
});

test('rows without login, server id or email are each a person, whatever else they hold', async () => {
  const totals = { total_seats_consumed: 6, total_seats_purchased: 9 };
  const nobody = { github_com_name: 'Invited', license_type: 'enterprise' };
  const deep = JSON.parse(`{"note": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`);
  const made = await report({
    [CONSUMED]: [
      { ...totals, users: [nobody, nobody, deep] },
      { ...totals, users: [nobody, deep, { ...nobody, github_com_login: 'mona' }] },
    ],
  });
  expect(made.measures.users).toBe(6);
  expect(JSON.stringify(made.sections)).not.toContain('counted once');
});

test('warns when far fewer people are listed than seats consumed', async () => {
  const { notices } = await report({ [CONSUMED]: EXAMPLE });
  expect(notices).toMatchObject([{ level: 'warning', text: expect.stringContaining('lists only 2 people') }]);
});

test('warns when seats are consumed and nobody is listed', async () => {
  const made = await report({ [CONSUMED]: { total_seats_consumed: 7, total_seats_purchased: 9, users: [] } });
  expect(made.notices).toMatchObject([
    {
      level: 'warning',
      text: 'GitHub counts 7 consumed seats but lists nobody: there is no metric about people in this run.',
    },
  ]);
});

test("an Enterprise Server's license is its documented fields, because others may be about people", async () => {
  const made = await report(
    { '/enterprise/settings/license': { ...LICENSE, licensee_email: 'mona@acme.test' } },
    {},
    '3.19.1',
  );
  expect(made.measures['seats-available']).toBe(2);
  expect(JSON.stringify(made.files)).toContain('seats_available');
  expect(JSON.stringify(made)).not.toContain('mona');
});

test('without an enterprise, only the license of the server is asked for', async () => {
  const made = await report({ '/enterprise/settings/license': LICENSE }, { enterprise: '' });
  expect(made.measures['license-days-left']).toBe(30);
});

test('a license of another shape is an unreadable answer', async () => {
  await expect(
    report({ '/enterprise/settings/license': { seats: 'many' } }, { enterprise: '' }),
  ).rejects.toMatchObject({ kind: 'unreadable' });
});

const rowsOf = (made: Awaited<ReturnType<typeof report>>, heading: string) =>
  made.sections
    .flatMap(({ blocks }) => blocks)
    .filter((block) => block.kind === 'table')
    .find(({ columns }) => columns[0]?.label === heading)?.rows;

test('says who holds the seats, by account, license, subscription and role', async () => {
  const [mona, hubot] = EXAMPLE.users;
  const invited = {
    ...hubot,
    enterprise_server_user: false,
    enterprise_server_user_ids: ['x:9'],
    license_type: '',
  };
  const subscriber = {
    ...mona,
    github_com_login: 'ms',
    visual_studio_subscription_user: true,
    visual_studio_license_status: 'Matched',
    github_com_enterprise_roles: ['Owner', 'billing manager'],
  };
  const unstated = { ...subscriber, github_com_login: 'vs', visual_studio_license_status: '' };
  const users = [mona, hubot, invited, subscriber, unstated];
  const made = await report({ [CONSUMED]: { total_seats_consumed: 4, total_seats_purchased: 9, users } });
  expect(rowsOf(made, 'Account')).toEqual([
    ['Enterprise Server only', 1, 20],
    ['Cloud and Enterprise Server', 3, 60],
    ['Neither (invited, or Visual Studio only)', 1, 20],
  ]);
  expect(rowsOf(made, 'License type')).toEqual([
    ['enterprise', 4],
    ['not stated', 1],
  ]);
  expect(rowsOf(made, 'Visual Studio subscription')).toEqual([
    ['none', 3],
    ['matched', 1],
    ['status not stated', 1],
  ]);
  expect(rowsOf(made, 'Enterprise role')).toEqual([
    ['owner', 3],
    ['billing manager', 2],
    ['none', 2],
  ]);
  expect(JSON.stringify(made.sections)).toContain('5 people, 1 more than the 4 seats');
});

test('an account that GitHub does not state is unknown in the table, and counts for nobody', async () => {
  const users = EXAMPLE.users.map(({ github_com_user: _, ...row }: Record<string, unknown>) => row);
  const made = await report({ [CONSUMED]: { users } });
  expect(rowsOf(made, 'Account')).toEqual([
    ['Cloud only', undefined, undefined],
    ['Enterprise Server only', undefined, undefined],
    ['Cloud and Enterprise Server', undefined, undefined],
  ]);
  expect(JSON.stringify(made.sections)).toContain('sent no number of consumed seats to compare with');
});

describe('what GitHub did not deliver', () => {
  const totals = { total_seats_consumed: 2, total_seats_purchased: 5 };
  const listing = (users: readonly Record<string, unknown>[]) => report({ [CONSUMED]: { ...totals, users } });
  const changed = (change: (row: Record<string, unknown>) => Record<string, unknown>) =>
    listing(EXAMPLE.users.map(change));
  const aboutPeople = metricsOf('licenses').filter((name) => /^(users|duplicate-seats)/.test(name));
  const absent = { absent: 'not-delivered' };

  test.each([[{ total_seats_consumed: 7, total_seats_purchased: 9 }], [{ total_seats_purchased: 9 }]])(
    'is every metric about people where nobody is listed: %j',
    async (sent) => {
      const made = await report({ [CONSUMED]: { ...sent, users: [] } });
      for (const name of aboutPeople) expect([name, made.measures[name]]).toMatchObject([name, absent]);
      expect(made.sections.map(({ title }) => title)).toEqual(['Who holds the seats']);
      expect(JSON.stringify(made.sections)).toContain('GitHub lists nobody');
      expect(made.sections.flatMap(({ blocks }) => blocks).map(({ kind }) => kind)).toEqual(['text']);
    },
  );

  test('is nothing where nobody is listed and no seat is consumed', async () => {
    const made = await report({
      [CONSUMED]: { total_seats_consumed: 0, total_seats_purchased: 9, users: [] },
    });
    for (const name of aboutPeople) expect([name, made.measures[name]]).toEqual([name, 0]);
  });

  test.each([[null], ['']])('is who lacks two-factor where the flag of everybody is %j', async (flag) => {
    const { measures } = await changed((row) => ({ ...row, github_com_two_factor_auth: flag }));
    expect(measures['users-without-two-factor']).toEqual({
      ...absent,
      why: 'GitHub sent no github_com_two_factor_auth of anybody on the cloud',
    });
    const { measures: known } = await listing([
      { ...EXAMPLE.users[0], github_com_two_factor_auth: flag },
      { ...EXAMPLE.users[0], github_com_login: 'known', github_com_two_factor_auth: false },
    ]);
    expect(known['users-without-two-factor']).toBe(1);
    const { measures: without } = await listing([EXAMPLE.users[1]]);
    expect(without['users-without-two-factor']).toBe(0);
  });

  test('is what is counted from a field that is empty for everybody', async () => {
    for (const field of COUNTED_FIELDS.filter((name) => name !== 'enterprise_server_emails')) {
      const { measures } = await changed(({ github_com_enterprise_role: _, ...row }) => ({
        ...row,
        [field]: null,
      }));
      expect(Object.values(measures)).toContainEqual({
        ...absent,
        why: expect.stringContaining(`GitHub sent no ${field}`),
      });
    }
  });

  test('are duplicate seats where no row has an email field', async () => {
    const emails = [
      'github_com_verified_domain_emails',
      'enterprise_server_emails',
      'visual_studio_subscription_email',
    ];
    const { measures } = await changed((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !emails.includes(name))),
    );
    expect(measures['duplicate-seats']).toEqual({ ...absent, why: 'GitHub sent no email of anybody' });
    for (const field of emails) {
      const { measures: known } = await changed((row) => ({
        ...Object.fromEntries(Object.entries(row).filter(([name]) => !emails.includes(name))),
        [field]: field === 'visual_studio_subscription_email' ? `${row.github_com_name}@x.com` : [],
      }));
      expect(known['duplicate-seats']).toBe(0);
    }
  });

  test('makes nobody a candidate whose seat could be given back', async () => {
    const made = await changed(({ github_com_member_roles: _, ...row }) => ({
      ...row,
      enterprise_server_user: false,
      enterprise_server_user_ids: [],
      github_com_enterprise_roles: ['Member'],
      github_com_orgs_with_pending_invites: [],
      github_com_login: row.github_com_login || 'hubot',
    }));
    expect(made.sections.map(({ title }) => title)).not.toContain('Seats that could be given back');
  });

  test('is unknown where it would be counted', async () => {
    const made = await changed((row) => ({ ...row, visual_studio_subscription_user: null }));
    expect(JSON.stringify(made.sections)).toContain('an unknown number with a Visual Studio subscription');
  });

  test('is told where nobody has an email on a verified domain', async () => {
    const told = 'as where the enterprise has verified no domain';
    expect(JSON.stringify((await listing(EXAMPLE.users)).sections)).not.toContain(told);
    const made = await changed((row) => ({ ...row, github_com_verified_domain_emails: [] }));
    expect(made.measures['users-without-verified-email']).toBe(1);
    expect(JSON.stringify(made.sections)).toContain(told);
  });
});
