import { describe, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { type EnterpriseOptions, generateEnterprise, type LicensedUser, rowKey } from './enterprise.ts';
import { HOSTILE_TEXTS } from './hostile.ts';

const generate = (options: Partial<EnterpriseOptions> = {}) => generateEnterprise({ now: NOW, ...options });
const count = (people: LicensedUser[], is: (row: LicensedUser) => boolean) => people.filter(is).length;
const emailsOf = (row: LicensedUser) =>
  [
    ...row.github_com_verified_domain_emails,
    ...row.enterprise_server_emails,
    row.visual_studio_subscription_email ?? '',
    ...(row.github_com_saml_name_id?.includes('@') ? [row.github_com_saml_name_id] : []),
  ]
    .filter((email) => email !== '')
    .map((email) => email.toLowerCase());

test('the same seed gives the same enterprise, another seed another', () => {
  const options = { seats: 300, duplicates: { count: 5 }, hostile: true };
  expect(generate(options)).toEqual(generate(options));
  expect(generate({ ...options, seed: 2 }).people).not.toEqual(generate(options).people);
});

test('there are as many rows as seats, each with a key of its own', () => {
  for (const seats of [0, 1, 2, 999]) {
    const { people, consumed } = generate({ seats });
    expect([people.length, consumed, new Set(people.map(rowKey)).size]).toEqual([seats, seats, seats]);
  }
  expect(generate({ seats: 500, duplicates: { count: 40 } }).people).toHaveLength(500);
});

test('more planted rows than seats are refused', () => {
  expect(() => generate({ seats: 10, duplicates: { count: 40 } })).toThrow('do not fit in 10 seats');
});

test('totals may differ from the listing', () => {
  expect(generate({ seats: 10, consumed: 12, purchased: 8 })).toMatchObject({ consumed: 12, purchased: 8 });
});

test('people are of every kind, about as many as asked for', () => {
  const { people } = generate({
    seats: 4000,
    shares: { serverOnly: 0.3, cloudAndServer: 0.2, visualStudioOnly: 0.1, withoutTwoFactor: 0.5 },
  });
  const share = (is: (row: LicensedUser) => boolean) => count(people, is) / people.length;
  const cloud = (row: LicensedUser) => row.github_com_user;
  const onServer = (row: LicensedUser) => row.enterprise_server_user === true;
  expect(share((row) => !cloud(row) && onServer(row))).toBeCloseTo(0.3, 1);
  expect(share((row) => cloud(row) && onServer(row))).toBeCloseTo(0.2, 1);
  expect(share((row) => !cloud(row) && !onServer(row))).toBeCloseTo(0.1, 1);
  expect(share((row) => row.github_com_two_factor_auth === false)).toBeCloseTo(0.3, 1);
  for (const kind of [
    (row: LicensedUser) => row.github_com_orgs_with_pending_invites.length > 0,
    (row: LicensedUser) =>
      row.github_com_member_roles.some((role) => /^[^/]+\/[^/]+:Collaborator$/.test(role)),
    (row: LicensedUser) => row.github_com_member_roles.some((role) => /^[^/]+:Owner$/.test(role)),
    (row: LicensedUser) => row.visual_studio_subscription_user && cloud(row),
    (row: LicensedUser) => row.github_com_verified_domain_emails.length === 0 && cloud(row),
    (row: LicensedUser) => 'github_com_enterprise_role' in row && cloud(row),
    (row: LicensedUser) => row.github_com_name === null,
    (row: LicensedUser) => row.cost_center !== undefined,
    (row: LicensedUser) => row.license_type === 'Enterprise',
  ]) {
    expect(count(people, kind), String(kind)).toBeGreaterThan(0);
  }
});

test('who is on the server only has empty strings for everything of the cloud', () => {
  const row = generate().people.find((person) => !person.github_com_user && person.enterprise_server_user);
  expect(row).toMatchObject({
    github_com_login: '',
    github_com_name: '',
    github_com_profile: '',
    github_com_saml_name_id: '',
    github_com_enterprise_role: '',
    github_com_two_factor_auth: '',
    github_com_member_roles: [],
  });
});

describe('planted rows', () => {
  const { people, planted } = generate({ seats: 2000, duplicates: { count: 100, nearMisses: 40 } });
  const rows = new Map(people.map((row) => [rowKey(row), row]));
  const rowsOf = (group: { rows: string[] }) => group.rows.map((key) => rows.get(key) as LicensedUser);

  test('are as many as asked for, of every kind, and in the listing', () => {
    expect([planted.duplicates.length, planted.nearMisses.length]).toEqual([100, 40]);
    const kinds = (groups: { kind: string }[]) => [...new Set(groups.map(({ kind }) => kind))];
    expect(kinds(planted.duplicates)).toEqual(['server-email', 'saml-name-id', 'visual-studio', 'chain']);
    expect(kinds(planted.nearMisses)).toEqual(['dots', 'plus-tag', 'shared-mailbox', 'other-domain']);
    for (const group of [...planted.duplicates, ...planted.nearMisses]) {
      expect(rowsOf(group)).not.toContain(undefined);
    }
    expect(planted.duplicates.filter(({ kind }) => kind === 'chain')[0]?.rows).toHaveLength(3);
  });

  test('that are duplicates, and they alone, share an email up to case among two or three rows', () => {
    const byEmail = new Map<string, Set<string>>();
    for (const row of people) {
      for (const email of emailsOf(row)) {
        byEmail.set(email, (byEmail.get(email) ?? new Set()).add(rowKey(row)));
      }
    }
    const sharing = new Set(
      [...byEmail.values()].filter(({ size }) => size > 1 && size <= 3).flatMap((keys) => [...keys]),
    );
    expect(sharing).toEqual(new Set(planted.duplicates.flatMap((group) => group.rows)));
  });

  test('that are no duplicates share a mailbox among more than three rows, or no email at all', () => {
    for (const group of planted.nearMisses) {
      const emails = rowsOf(group).flatMap((row) => [...new Set(emailsOf(row))]);
      const shared = emails.length - new Set(emails).size;
      expect(shared, group.kind).toBe(group.kind === 'shared-mailbox' ? 4 : 0);
      if (group.kind === 'shared-mailbox') expect(group.rows).toHaveLength(5);
    }
  });
});

test('hostile people carry every hostile text, under keys that stay as they are', () => {
  const [mild, hostile] = [generate({ seats: 60 }), generate({ seats: 60, hostile: true })];
  expect(hostile.people.slice(0, HOSTILE_TEXTS.length).map((row) => row.github_com_name)).toEqual(
    HOSTILE_TEXTS,
  );
  expect(hostile.people.map(rowKey)).toEqual(mild.people.map(rowKey));
});

test('servers are in the state that was asked for', () => {
  const own = { server_id: 'x', hostname: 'h', last_sync: { date: 'd', status: 's', error: 'e' } };
  const { servers } = generate({ servers: ['ok', 'failing', 'stale', 'never', 'unparsable', 'future', own] });
  const age = (date: string | undefined) => (NOW.getTime() - Date.parse(date ?? '')) / 86_400_000;
  expect(servers.map(({ last_sync }) => [last_sync.status, age(last_sync.date)])).toEqual([
    ['success', 2],
    ['failure', 3],
    ['success', 20],
    ['', Number.NaN],
    ['success', Number.NaN],
    ['success', -3],
    ['s', Number.NaN],
  ]);
  expect(new Set(servers.map(({ hostname }) => hostname)).size).toBe(7);
  expect(generate({ servers: [] }).servers).toEqual([]);
});

test('organizations and repositories are as many as asked for', () => {
  const { organizations, repositories } = generate({ organizations: 40, repositories: 3000 });
  expect([organizations.length, repositories.length, new Set(repositories).size]).toEqual([40, 3000, 3000]);
  expect(new Set(repositories.map((name) => name.split('/')[0]))).toEqual(new Set(organizations));
});
