import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeLicensesReport } from '../../../src/reports/licenses/report.ts';
import { fakeClient, inputs } from '../fake-client.ts';

const NOW = new Date('2026-03-01T00:00:00Z');
const EXAMPLE = JSON.parse(
  readFileSync(new URL('../../fixtures/examples/consumed-licenses.json', import.meta.url), 'utf8'),
);
const LICENSE = { seats: 10, seats_used: 8, seats_available: 2, kind: 'standard', days_until_expiration: 30 };
const CONSUMED = '/enterprises/acme/consumed-licenses';

const report = (replies: Record<string, unknown>, given = {}, serverVersion?: string) =>
  makeLicensesReport({
    client: fakeClient(replies, serverVersion),
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
    { level: 'warning', text: expect.stringContaining('7 consumed seats') },
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
    ['Cloud only', 0, 0],
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
