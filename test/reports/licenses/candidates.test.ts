import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namedPeople } from '../../../src/reports/blocks.ts';
import { REASONS, type ReasonName } from '../../../src/reports/candidates/reasons.ts';
import {
  findCandidates,
  measureReclaimable,
  type Sources,
} from '../../../src/reports/licenses/candidates.ts';
import { findDuplicates } from '../../../src/reports/licenses/duplicates.ts';
import {
  COUNTED_FIELDS,
  type CountedField,
  type Person,
  readPerson,
} from '../../../src/reports/licenses/fields.ts';
import { cloud, person, server, visualStudio } from './people.ts';

const ALL: ReadonlySet<CountedField> = new Set(COUNTED_FIELDS);
const TOTALS = { purchased: 100, consumed: 90 };

const candidatesOf = (
  people: readonly Person[],
  given: Partial<Sources['licenses']> = {},
  unmatched: Sources['unmatched'] = [],
) =>
  findCandidates({
    licenses: { people, fields: ALL, totals: TOTALS, ...given },
    duplicates: findDuplicates(people),
    unmatched,
  });

/** Reason → who. */
const group = (candidates: ReturnType<typeof findCandidates>) =>
  Object.fromEntries(
    Array.from(
      Map.groupBy(candidates, ({ reason }) => reason),
      ([reason, found]) => [
        reason,
        found.map(({ person }) => {
          const { github_com_login: login, enterprise_server_user_ids: ids } = person;
          return login || ids[0] || person.visual_studio_subscription_email;
        }),
      ],
    ),
  );
const found = (...people: Person[]) => group(candidatesOf(people));

const onServer = { enterprise_server_user: true, enterprise_server_user_ids: ['s:1'] };
const subscriber = { visual_studio_subscription_user: true };
const inAcme = { github_com_member_roles: ['acme:Member'] };

describe('seats that could be given back', () => {
  test('are likely those of people in no organization', () => {
    expect(
      found(
        cloud('alone'),
        cloud('unreadable', { github_com_member_roles: ['acme'] }),
        cloud('both', onServer),
        cloud('subscriber', subscriber),
        server('s:2', []),
        person({}),
      ),
    ).toEqual({ 'no-organization': ['alone'] });
  });

  test('are perhaps those that a pending invitation alone holds', () => {
    const invited = { github_com_orgs_with_pending_invites: ['acme'] };
    expect(
      found(
        cloud('invited', invited),
        cloud('member', { ...invited, github_com_member_roles: ['beta:Member'] }),
        cloud('unreadable', { ...invited, github_com_member_roles: ['beta'] }),
        cloud('server', { ...invited, ...onServer }),
      ),
    ).toEqual({ 'pending-invitation': ['invited'] });
  });

  test('are perhaps those that a pending role alone holds, and it makes nobody a person without organization', () => {
    const pending = { github_com_enterprise_roles: ['Pending invitation'] };
    expect(
      found(
        cloud('invited', pending),
        person({ github_com_enterprise_roles: ['pending outside collaborator invitation'] }),
        cloud('member', { ...pending, github_com_member_roles: ['beta:Member'] }),
        readPerson({ github_com_login: 'singular', github_com_enterprise_role: 'Pending invitation' }),
      ),
    ).toEqual({ 'pending-invitation': ['invited', '', 'singular'] });
  });

  test.each([undefined, 0])('are not those of invitations where %s seats are purchased', (purchased) => {
    const people = [cloud('invited', { github_com_enterprise_roles: ['Pending invitation'] })];
    expect(candidatesOf(people, { totals: { purchased, consumed: 9 } })).toEqual([]);
    expect(candidatesOf(people)).toHaveLength(1);
  });

  test('are perhaps those of outside collaborators without a listed repository, who are members nowhere', () => {
    const outside = { github_com_enterprise_roles: ['Outside collaborator'] };
    expect(
      found(
        cloud('without', outside),
        cloud('by-role', { github_com_enterprise_roles: ['REPOSITORY collaborator'] }),
        cloud('of-organization', { github_com_member_roles: ['acme:Collaborator'] }),
        cloud('of-repository', { ...outside, github_com_member_roles: ['acme/web:collaborator'] }),
        cloud('member', { ...outside, ...inAcme }),
        cloud('server', { ...outside, ...onServer }),
      ),
    ).toEqual({ 'outside-collaborator': ['without', 'by-role', 'of-organization'] });
  });

  test('are perhaps Visual Studio subscriptions alone, and those that no account is matched to', () => {
    const people = [
      visualStudio('alone@x.com'),
      person({ visual_studio_subscription_email: 'by-email@x.com' }),
      visualStudio('invited@x.com', { github_com_orgs_with_pending_invites: ['acme'] }),
      visualStudio('server@x.com', onServer),
      cloud('subscriber', { ...subscriber, ...inAcme }),
    ];
    const subscription = (email: string) => ({ visual_studio_subscription_email: email });
    const unmatched = ['Alone@x.com', 'twice@x.com', 'twice@X.com ', '', ''].map(subscription);
    const candidates = candidatesOf(people, {}, unmatched);
    expect(group(candidates)).toEqual({
      'pending-invitation': ['invited@x.com'],
      'visual-studio-only': ['alone@x.com', 'by-email@x.com'],
      'visual-studio-unmatched': ['Alone@x.com', 'twice@x.com', '', ''],
    });
    const keys = candidates.filter(({ reason }) => reason.startsWith('visual')).map(({ key }) => key);
    // One of five people is there for two reasons.
    expect([keys.length, new Set(keys).size]).toEqual([6, 5]);
  });
});

describe('seats beyond the first of a person', () => {
  const mona = cloud('mona', { ...inAcme, github_com_verified_domain_emails: ['mona@acme.com'] });
  const onPremise = server('s:7', ['mona@acme.com', 'mona@old.com'], {
    visual_studio_subscription_email: '',
  });
  const subscription = visualStudio('mona@old.com');

  test('are likely, and the row with a cloud account stays wherever it stands', () => {
    for (const rows of [
      [onPremise, mona],
      [mona, onPremise],
    ])
      expect(found(...rows)).toEqual({ 'duplicate-seat': ['s:7'] });
    expect(found(onPremise, subscription)).toMatchObject({ 'duplicate-seat': ['mona@old.com'] });
    expect(found(onPremise, subscription, mona)).toMatchObject({ 'duplicate-seat': ['s:7', 'mona@old.com'] });
  });

  test('name their group and its remedy', () => {
    const [candidate] = candidatesOf([onPremise, mona]);
    expect(candidate?.check).toBe('Group 1 of duplicates.csv. Run a license sync and look again.');
  });

  test('count once, as likely, beside a reason to check', () => {
    const people = [mona, onPremise, subscription];
    const candidates = candidatesOf(people);
    expect(candidates.map(({ reason }) => reason)).toEqual([
      'duplicate-seat',
      'duplicate-seat',
      'visual-studio-only',
    ]);
    expect(measureReclaimable({ people, fields: ALL, totals: TOTALS }, 2, candidates)).toBe(2);
  });
});

const roles = fc.subarray(
  ['Owner', 'enterprise owner', 'Member', 'Outside collaborator', 'Pending invitation', 'Billing manager'],
  { maxLength: 3 },
);
const emails = fc.subarray(['a@x.com', 'b@x.com', 'admin@x.com', 'no address'], { maxLength: 2 });
const anyone: fc.Arbitrary<Person> = fc
  .record({
    github_com_login: fc.constantFrom('', 'login'),
    github_com_user: fc.constantFrom(true, false, null),
    enterprise_server_user: fc.constantFrom(true, false, null),
    enterprise_server_user_ids: fc.subarray(['s:1', 't:2']),
    github_com_enterprise_roles: roles,
    github_com_member_roles: fc.subarray([
      'acme:Owner',
      'Beta:OWNER',
      'acme:Member',
      'acme/web:Collaborator',
      'x',
    ]),
    github_com_orgs_with_pending_invites: fc.subarray(['acme']),
    github_com_verified_domain_emails: emails,
    enterprise_server_emails: emails,
    visual_studio_subscription_user: fc.constantFrom(true, false, null),
    visual_studio_subscription_email: fc.constantFrom('', 'a@x.com', 'v@x.com'),
    license_type: fc.constantFrom('Enterprise', 'Visual Studio subscription', ''),
  })
  .map(person);
/** No two of one login. */
const everybody = fc
  .array(anyone, { maxLength: 8 })
  .map((people) =>
    people.map((one, index) =>
      one.github_com_login === '' ? one : { ...one, github_com_login: `login-${index}` },
    ),
  );
const isOwner = ({ github_com_enterprise_roles: enterprise, github_com_member_roles: member }: Person) =>
  enterprise.some((role) => /^(enterprise )?owner$/i.test(role)) ||
  member.some((role) => /:owner$/i.test(role));

describe('whoever they are', () => {
  test('nobody who owns the enterprise or an organization is a candidate', () => {
    fc.assert(
      fc.property(everybody, (people) => {
        for (const { person: one } of candidatesOf(people)) expect(isOwner(one as Person)).toBe(false);
      }),
    );
  });

  test('nobody with a pending role or invitation is one without organization', () => {
    fc.assert(
      fc.property(everybody, (people) => {
        for (const { reason, person: one } of candidatesOf(people)) {
          if (reason !== 'no-organization') continue;
          const { github_com_enterprise_roles: held, github_com_orgs_with_pending_invites: orgs } =
            one as Person;
          expect([...held, ...orgs].filter((text) => /^pending|acme/i.test(text))).toEqual([]);
        }
      }),
    );
  });

  test('of a group at least one row stays, and never more than duplicate-seats are beyond the first', () => {
    fc.assert(
      fc.property(everybody, (people) => {
        const duplicates = findDuplicates(people);
        const extra = new Set(
          candidatesOf(people).flatMap(({ reason, person: one }) =>
            reason === 'duplicate-seat' ? [one] : [],
          ),
        );
        expect(extra.size).toBeLessThanOrEqual(duplicates.seats);
        for (const rows of duplicates.groups) expect(rows.some((row) => !extra.has(row.person))).toBe(true);
      }),
    );
  });

  test('a row stands for a person and a reason once, and the metric counts who is likely once', () => {
    fc.assert(
      fc.property(everybody, (people) => {
        const candidates = candidatesOf(people);
        const pairs = new Map(
          candidates.map((one) => [`${people.indexOf(one.person as Person)} ${one.reason}`, 1]),
        );
        expect(pairs.size).toBe(candidates.length);
        const likely = candidates.filter(({ reason }) => REASONS[reason].certainty === 'likely');
        expect(measureReclaimable({ people, fields: ALL, totals: TOTALS }, 0, candidates)).toBe(
          new Set(likely.map(({ key }) => key)).size,
        );
      }),
    );
  });
});

describe('without a field of anybody', () => {
  const people = [
    cloud('alone'),
    cloud('mona', { ...inAcme, github_com_verified_domain_emails: ['mona@acme.com'] }),
    server('s:7', ['mona@acme.com']),
  ];
  const NEEDED: Partial<Record<CountedField, readonly ReasonName[]>> = {
    github_com_member_roles: [],
    github_com_enterprise_roles: [],
    enterprise_server_user: [],
    github_com_orgs_with_pending_invites: ['duplicate-seat'],
    visual_studio_subscription_user: ['duplicate-seat'],
  };
  test.each(Object.entries(NEEDED))(
    '%s, nobody is found by what needs it, and the metric has no value',
    (lacking, left) => {
      const fields = new Set(COUNTED_FIELDS.filter((field) => field !== lacking));
      const candidates = candidatesOf(people, { fields });
      expect(Object.keys(group(candidates))).toEqual(left);
      expect(measureReclaimable({ people, fields, totals: TOTALS }, 1, candidates)).toEqual({
        absent: 'not-delivered',
        why: `GitHub sent no ${lacking}`,
      });
    },
  );

  test('of emails, nobody is recognised in several rows, and the metric has no value', () => {
    const why = { absent: 'not-delivered', why: 'GitHub sent no email of anybody' } as const;
    expect(measureReclaimable({ people, fields: ALL, totals: TOTALS }, why, [])).toBe(why);
  });
});

test('only an Enterprise license is on the bill', () => {
  const sku = (known: Partial<Person>) => candidatesOf([cloud('alone', known)]).map((one) => one.sku);
  expect(sku({ license_type: ' ENTERPRISE' })).toEqual(['ghec_licenses']);
  expect(sku({ license_type: 'Visual Studio subscription' })).toEqual([undefined]);
  expect(sku({ license_type: '' })).toEqual([undefined]);
});

test('organizations are each named once, however they are spelt', () => {
  const [candidate] = candidatesOf([
    cloud('outside', {
      github_com_member_roles: ['acme:Collaborator', ' Acme:collaborator'],
      github_com_orgs_with_pending_invites: ['ACME', 'beta', ' '],
    }),
  ]);
  expect(candidate).toMatchObject({ reason: 'outside-collaborator', organizations: ['acme', 'beta'] });
});

describe('named people', () => {
  test('are all named while they are few', () => {
    expect(namedPeople([cloud('a'), cloud('b')], 'f.csv')).toEqual([{ person: 'a' }, ', ', { person: 'b' }]);
  });

  test('are counted where they have no login', () => {
    expect(namedPeople([cloud('a'), person({})], 'f.csv')).toEqual([
      { person: 'a' },
      ' and 1 more in ',
      { code: 'f.csv' },
    ]);
    expect(namedPeople([person({}), person({})], 'f.csv')).toEqual(['2, listed in ', { code: 'f.csv' }]);
  });
});
