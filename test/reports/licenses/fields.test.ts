import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLicensePage } from '../../../src/reports/licenses/fetch.ts';
import { PERSON_COLUMNS, type Person } from '../../../src/reports/licenses/fields.ts';

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

test('knows the counted fields that some row has a value of', () => {
  const { fields } = readLicensePage({
    users: [
      { github_com_user: true, enterprise_server_user: '', github_com_member_roles: null },
      { github_com_enterprise_role: 'Owner', github_com_two_factor_auth: null, enterprise_server_emails: [] },
      { github_com_enterprise_roles: '', enterprise_server_user: false },
    ],
  });
  expect([...fields].sort()).toEqual([
    'enterprise_server_emails',
    'enterprise_server_user',
    'github_com_enterprise_roles',
    'github_com_user',
  ]);
  expect(readLicensePage(EXAMPLE).fields.size).toBe(9);
});

describe('rows of GHE.com, whose fields begin with github_', () => {
  const shortened = (name: string) => name.replace(/^github_com_/, 'github_');
  const ofGheCom = (row: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [shortened(name), value]));

  test('are read as the documented ones', () => {
    const page = readLicensePage({ ...EXAMPLE, users: EXAMPLE.users.map(ofGheCom) });
    expect(page).toEqual(readLicensePage(EXAMPLE));
    expect(one({ github_enterprise_role: 'Owner' })?.github_com_enterprise_roles).toEqual(['Owner']);
  });

  const flag = fc.constantFrom(true, false, null, '');
  const list = fc.constantFrom<unknown>([], null, '', ['acme:Member'], ['acme:Owner', 'x']);
  const row = fc.record(
    {
      github_com_login: fc.constantFrom('', null, 'mona'),
      github_com_user: flag,
      github_com_two_factor_auth: flag,
      github_com_member_roles: list,
      github_com_enterprise_roles: list,
      github_com_enterprise_role: fc.constantFrom('', 'acme:member', 'Owner'),
      github_com_cost_center: fc.constantFrom('', null, 'R&D'),
    },
    { requiredKeys: [] },
  );
  const isEmpty = (value: unknown) =>
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

  test('never change a person by their prefix, and one that is documented wins unless it is empty', () => {
    fc.assert(
      fc.property(row, row, fc.boolean(), (documented, other, isFirst) => {
        expect(one(ofGheCom(other))).toEqual(one(other));
        const short = ofGheCom(other);
        const merged: Record<string, unknown> = { ...other };
        for (const [name, value] of Object.entries(documented)) if (!isEmpty(value)) merged[name] = value;
        expect(one(isFirst ? { ...documented, ...short } : { ...short, ...documented })).toEqual(one(merged));
      }),
    );
  });

  test('count as delivered', () => {
    const { fields } = readLicensePage({ users: EXAMPLE.users.map(ofGheCom) });
    expect([...fields].sort()).toEqual([...readLicensePage(EXAMPLE).fields].sort());
  });
});

describe('fields that are sent and not documented', () => {
  const sent = {
    github_com_cost_center: 'R&D',
    github_com_code_security_license_user: true,
    github_com_secret_protection_license_user: false,
    github_com_two_factor_auth_required_by_date: '2027-01-31',
  };

  test('have columns of their own after the documented ones', () => {
    const names = PERSON_COLUMNS.map(({ name }) => name);
    expect(names.slice(-6)).toEqual(['total_user_accounts', ...Object.keys(sent), 'other_fields']);
    const person = one(sent) as Person;
    const columns = PERSON_COLUMNS.filter(({ name }) => name in sent);
    expect(Object.fromEntries(columns.map(({ name, value }) => [name, value(person)]))).toEqual(sent);
    expect(columns.map(({ privacy }) => privacy)).toEqual(columns.map(() => 'public'));
    expect(person.other_fields).toBeNull();
  });

  test('are no number that JSON can write and no computer holds', () => {
    const beyond = JSON.parse('{"github_com_cost_center": 1e999}');
    expect(one(beyond)).toMatchObject({ github_com_cost_center: null });
  });

  test('fail no report whatever they hold: what is no single value stays among the other fields', () => {
    const odd = { github_com_cost_center: { name: 'R&D' }, github_com_code_security_license_user: '' };
    expect(one(odd)).toMatchObject({
      github_com_cost_center: null,
      github_com_code_security_license_user: null,
      other_fields: { github_com_cost_center: { name: 'R&D' } },
    });
  });
});

test('an empty text for a number is unknown', () => {
  expect(one({ total_user_accounts: '' })?.total_user_accounts).toBeNull();
});

test('other fields may be nested without end', () => {
  const depth = 200_000;
  const nested = JSON.parse(`{"x": ${'['.repeat(depth)}${']'.repeat(depth)}}`);
  expect(one(nested)?.other_fields).toHaveProperty('x');
});
