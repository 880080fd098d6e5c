import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readLicensePage } from '../../../src/reports/licenses/fetch.ts';

const EXAMPLE = JSON.parse(
  readFileSync(new URL('../../fixtures/examples/consumed-licenses.json', import.meta.url), 'utf8'),
);
const one = (row: Record<string, unknown>) => readLicensePage({ users: [row] }).people[0];

test("reads GitHub's documented example: totals, and empty texts as unknown", () => {
  const page = readLicensePage(EXAMPLE);
  expect(page.totals).toEqual({ purchased: 4500, consumed: 5000 });
  expect(page.people).toHaveLength(2);
  expect(page.people[0]).toMatchObject({ github_com_login: 'monalisa', github_com_two_factor_auth: true });
  expect(page.people[1]).toMatchObject({
    github_com_login: '',
    github_com_two_factor_auth: null,
    github_com_enterprise_roles: [],
    enterprise_server_emails: ['hubot@example.com'],
    other_fields: null,
  });
});

test('every record has every documented field, also when GitHub sends none', () => {
  expect(Object.keys(one({}) ?? {})).toEqual(Object.keys(readLicensePage(EXAMPLE).people[0] ?? {}));
  expect(one({})).toMatchObject({ github_com_user: null, total_user_accounts: null, github_com_name: '' });
});

test('totals that GitHub did not send stay unknown', () => {
  expect(readLicensePage({ users: [], total_seats_consumed: null }).totals).toEqual({
    purchased: undefined,
    consumed: undefined,
  });
});

test('earlier names are folded into the present ones', () => {
  expect(
    one({ github_com_enterprise_role: 'Owner', github_com_enterprise_roles: ['owner'] })
      ?.github_com_enterprise_roles,
  ).toEqual(['owner']);
  expect(one({ github_com_enterprise_role: 'Owner' })?.github_com_enterprise_roles).toEqual(['Owner']);
  expect(one({ enterprise_server_primary_emails: ['a@x'] })?.enterprise_server_emails).toEqual(['a@x']);
  expect(
    one({ enterprise_server_primary_emails: ['a@x'], enterprise_server_emails: ['b@x'] })
      ?.enterprise_server_emails,
  ).toEqual(['b@x']);
});

test('unknown fields are carried along as they came, whatever their name', () => {
  const row = JSON.parse(
    '{"github_com_login":"a","ghe_license_active":true,"__proto__":{"x":1},"constructor":"c"}',
  );
  const person = one(row);
  expect(JSON.stringify(person?.other_fields)).toBe(
    '{"ghe_license_active":true,"__proto__":{"x":1},"constructor":"c"}',
  );
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

describe('refuses what is no page of people, naming the field', () => {
  test.each([
    [null, 'no object'],
    [[], 'no object'],
    ['', 'no object'],
    [{}, 'users is no list'],
    [{ users: {} }, 'users is no list'],
    [{ users: [null] }, 'a user is no object'],
    [{ users: [[]] }, 'a user is no object'],
    [{ users: [], total_seats_consumed: '5' }, 'total_seats_consumed is no whole number'],
    [{ users: [], total_seats_purchased: -1 }, 'total_seats_purchased is no whole number'],
    [{ users: [], total_seats_purchased: 1.5 }, 'total_seats_purchased is no whole number'],
    [{ users: [{ github_com_login: 5 }] }, 'github_com_login is no text'],
    [{ users: [{ github_com_user: 'yes' }] }, 'github_com_user is no true or false'],
    [{ users: [{ github_com_user: 1 }] }, 'github_com_user is no true or false'],
    [{ users: [{ github_com_member_roles: 'a' }] }, 'github_com_member_roles is no list of texts'],
    [{ users: [{ github_com_member_roles: [1] }] }, 'github_com_member_roles is no list of texts'],
    [{ users: [{ total_user_accounts: '3' }] }, 'total_user_accounts is no whole number'],
  ])('%j', (body, message) => {
    expect(() => readLicensePage(body)).toThrow(message);
  });
});

test('knows the counted fields that stand in some row', () => {
  const { fields } = readLicensePage({
    users: [{ github_com_user: true }, { github_com_enterprise_role: '', github_com_two_factor_auth: null }],
  });
  expect([...fields].sort()).toEqual([
    'github_com_enterprise_roles',
    'github_com_two_factor_auth',
    'github_com_user',
  ]);
  expect(readLicensePage(EXAMPLE).fields.size).toBe(8);
});
