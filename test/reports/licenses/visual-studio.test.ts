import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FailureKind } from '../../../src/github/errors.ts';
import { GitHubError } from '../../../src/github/errors.ts';
import { visualStudioSections } from '../../../src/reports/licenses/sections/visual-studio.ts';
import { visualStudioTable } from '../../../src/reports/licenses/tables.ts';
import {
  fetchSubscriptions,
  findUnmatched,
  isUnmatched,
  measureSubscriptions,
  type Subscription,
  type Subscriptions,
  tellSubscriptions,
} from '../../../src/reports/licenses/visual-studio.ts';
import { fakeClient, inputs, refusal } from '../fake-client.ts';
import { cloud, server, visualStudio } from './people.ts';

const PATH = '/enterprises/acme/visual-studio-subscriptions';
const fetched = (reply: unknown) =>
  fetchSubscriptions({
    client: fakeClient({ [PATH]: reply }),
    inputs: inputs(),
    now: new Date('2026-11-20T12:00:00Z'),
    progress: () => {},
  });
async function delivered(reply: unknown): Promise<Subscriptions> {
  const subscriptions = await fetched(reply);
  if (subscriptions instanceof GitHubError) throw subscriptions;
  return subscriptions;
}

const subscription = (email: string, username = '', known: Partial<Subscription> = {}): Subscription => ({
  visual_studio_subscription_email: email,
  subscription_id: `id of ${email}`,
  username,
  manual_match: false,
  ...known,
});

describe('the list', () => {
  const asInSchema = { ...subscription('a@x.com', 'ana'), subscription_id: '1', manual_match: true };
  const asInExample = { email: 'a@x.com', subscriptionId: '1', username: 'ana', manual_match: true };

  test.each([
    ['of the schema', { visual_studio_subscriptions: [asInSchema] }],
    ['of the example', { visual_studio_subscription_assignments: [asInExample] }],
    ['of the one with rows of the other', { visual_studio_subscriptions: [asInExample] }],
    [
      'of both, and then each row once',
      { visual_studio_subscriptions: [asInSchema], visual_studio_subscription_assignments: [asInExample] },
    ],
    [
      'of both, one of them empty',
      { visual_studio_subscriptions: [], visual_studio_subscription_assignments: [asInExample] },
    ],
    [
      'of both within a row, one of them empty',
      { visual_studio_subscriptions: [{ ...asInExample, visual_studio_subscription_email: '' }] },
    ],
  ])('is read under the names %s', async (_, body) => {
    expect(await delivered({ total_count: 1, ...body })).toEqual({ total: 1, rows: [asInSchema] });
  });

  test('has a row that is on two pages once, and one without an id as often as it comes', async () => {
    const row = subscription('a@x.com', 'ana');
    const other = subscription('a@x.com', 'ana', { subscription_id: 'another' });
    const nameless = { email: 'b@x.com' };
    const { rows, total } = await delivered([
      { total_count: 4, visual_studio_subscriptions: [row, nameless] },
      { total_count: 5, visual_studio_subscriptions: [row, other, nameless] },
    ]);
    expect(rows).toEqual([
      row,
      subscription('b@x.com', '', { subscription_id: '', manual_match: null }),
      other,
      subscription('b@x.com', '', { subscription_id: '', manual_match: null }),
    ]);
    expect(total).toBe(5);
  });

  test.each([
    [{}],
    [{ total_count: 3 }],
    [{ visual_studio_subscriptions: null }],
    [{ visual_studio_subscriptions: {} }],
    [{ visual_studio_subscriptions: [null] }],
    [{ visual_studio_subscriptions: [[]] }],
    [{ visual_studio_subscriptions: [{ username: 5 }] }],
    [{ visual_studio_subscriptions: [{ manual_match: 'yes' }] }],
    [{ visual_studio_subscriptions: [], total_count: -1 }],
    ['text'],
  ])('cannot be read from %j', async (body) => {
    expect(await fetched(body)).toMatchObject({ kind: 'unreadable' });
  });

  test('with nothing in it is none, and no subscriptions', async () => {
    const none = await delivered({ total_count: 0, visual_studio_subscriptions: [] });
    expect(measureSubscriptions(none)).toEqual({
      'visual-studio-subscriptions': 0,
      'visual-studio-unmatched': 0,
    });
    expect([tellSubscriptions(none), visualStudioSections(none.rows, [])]).toEqual([
      { notices: [], errors: [] },
      [],
    ]);
  });

  test('tells rows without an id from each other, also where it is blank', async () => {
    const rows = ['', ' ', ' '].map((id) => ({ ...asInSchema, subscription_id: id }));
    expect((await delivered({ visual_studio_subscriptions: rows })).rows).toHaveLength(3);
  });
});

describe('metrics', () => {
  test.each([
    ['ana', true, 0],
    ['ana', false, 0],
    ['', false, 1],
    [' ', false, 1],
    // Whatever else is said of it.
    ['', true, 1],
  ])('a subscription with the username %j (matched by hand: %j)', (username, manual_match, unmatched) => {
    const rows = [subscription('a@x.com', username, { manual_match })];
    expect(measureSubscriptions({ total: 1, rows })).toEqual({
      'visual-studio-subscriptions': 1,
      'visual-studio-unmatched': unmatched,
    });
  });

  test('were not delivered where GitHub counts subscriptions and lists none', () => {
    const measures = measureSubscriptions({ total: 3, rows: [] });
    for (const measure of Object.values(measures)) expect(measure).toMatchObject({ absent: 'not-delivered' });
    expect(tellSubscriptions({ total: 3, rows: [] }).notices).toHaveLength(1);
  });

  test('are those of the list, and a notice says where GitHub counts others', () => {
    const subscriptions = { total: 3, rows: [subscription('a@x.com')] };
    expect(measureSubscriptions(subscriptions)['visual-studio-subscriptions']).toBe(1);
    expect(tellSubscriptions(subscriptions).notices).toEqual([
      { level: 'notice', text: "GitHub's count of Visual Studio subscriptions is 3, and its list has 1." },
    ]);
    expect(tellSubscriptions({ ...subscriptions, total: undefined }).notices).toEqual([]);
  });

  const REFUSED: readonly FailureKind[] = ['not-found', 'forbidden', 'scope', 'sso', 'token-kind', 'gone'];
  const FAILED: readonly FailureKind[] = ['unauthorized', 'server', 'unreadable', 'invalid', 'rate-limited'];
  test.each([
    ...REFUSED.map((kind) => [kind, 1, 0] as const),
    ...[...FAILED, 'network' as const, 'not-github' as const].map((kind) => [kind, 0, 1] as const),
  ])('were not delivered where the list is kept by %s', (kind, notices, errors) => {
    const error = refusal(kind, 404);
    const told = tellSubscriptions(error);
    expect([told.notices.length, told.errors.length]).toEqual([notices, errors]);
    for (const measure of Object.values(measureSubscriptions(error)))
      expect(measure).toMatchObject({ absent: 'not-delivered' });
    expect(told.errors.map(({ kind: of }) => of)).toEqual(errors ? [kind] : []);
  });
});

describe('those that match nobody', () => {
  const ana = cloud('ana', { github_com_verified_domain_emails: ['Ana@x.com', 'ana@y.com'] });
  const bo = server('ghes:1', ['bo@x.com']);
  const both = cloud('both', { enterprise_server_emails: ['Both@x.com'] });
  const alone = visualStudio('alone@x.com');
  const people = [bo, ana, both, alone, server('ghes:2', ['both@x.com'])];

  test('are told by who has the email', () => {
    const rows = [
      subscription('ana@X.com'),
      subscription('ana@y.com '),
      subscription('bo@x.com'),
      subscription('both@x.com'),
      subscription('alone@x.com'),
      subscription('nobody@x.com'),
      subscription(''),
      subscription('ana@x.com', 'ana'),
    ];
    const found = findUnmatched(rows, people);
    expect(found.cloud).toEqual({ subscriptions: [rows[0], rows[1], rows[3]], people: [ana, both] });
    expect(found.server).toEqual({ subscriptions: [rows[2]], people: [bo] });
    expect(found.nobody).toEqual({ subscriptions: rows.slice(4, 7), people: [] });
  });

  test('are each in one group, whatever the emails', () => {
    const email = fc.constantFrom('a@x', 'A@x ', 'b@x', 'c@x', '', '__proto__', 'constructor');
    const row = fc
      .tuple(email, fc.constantFrom('', 'ana'))
      .map(([address, username]) => subscription(address, username));
    const holder = fc.oneof(
      email.map((address) => cloud(`of ${address}`, { github_com_saml_name_id: address })),
      email.map((address) => server('ghes:1', [address])),
      email.map((address) => visualStudio(address)),
    );
    fc.assert(
      fc.property(fc.array(row), fc.array(holder), (rows, holders) => {
        const found = Object.values(findUnmatched(rows, holders));
        const all = found.flatMap(({ subscriptions }) => subscriptions);
        expect(all).toHaveLength(rows.filter(isUnmatched).length);
        expect(new Set(all)).toEqual(new Set(rows.filter(isUnmatched)));
        // An email of a person on the cloud is never told to be nobody's.
        const emails = holders.flatMap((one) => (one.github_com_login ? [one.github_com_saml_name_id] : []));
        for (const { visual_studio_subscription_email: address } of found[2]?.subscriptions ?? [])
          if (address !== '')
            expect(emails.map((one) => one.trim().toLowerCase())).not.toContain(address.trim().toLowerCase());
      }),
    );
  });

  test('stand in the summary as numbers and logins, never with an email or an id', () => {
    const rows = [subscription('ana@x.com'), subscription('bo@x.com'), subscription('nobody@x.com', '')];
    const text = JSON.stringify(visualStudioSections([...rows, subscription('c@x.com', 'cleo')], people));
    expect(text).toContain('set-up-vs-subscription#reconciling-users');
    expect(text).toContain('{"person":"ana"}');
    expect(text).not.toMatch(/@x\.com|id of|cleo/);
  });

  test('are not looked for where all are matched', () => {
    const [section] = visualStudioSections([subscription('ana@x.com', 'ana')], people);
    expect(section?.blocks).toHaveLength(1);
    expect(section?.blocks[0]).toMatchObject({
      rows: [['Matched by GitHub', 1, '']],
    });
  });
});

test('every column says what it tells about people', () => {
  const { columns } = visualStudioTable([]);
  expect(columns.map(({ name, privacy }) => [name, privacy])).toEqual([
    ['visual_studio_subscription_email', 'email'],
    ['subscription_id', 'id'],
    ['username', 'login'],
    ['manual_match', 'public'],
  ]);
});
