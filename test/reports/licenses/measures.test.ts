import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseGates } from '../../../src/inputs/gates.ts';
import { NOBODY_READ } from '../../../src/metrics.ts';
import type { CloudLicenses } from '../../../src/reports/licenses/fetch.ts';
import { COUNTED_FIELDS } from '../../../src/reports/licenses/fields.ts';
import {
  cloudMeasures,
  countPeople,
  seatMeasures,
  serverMeasures,
  totalsMeasures,
} from '../../../src/reports/licenses/measures.ts';
import { judge } from '../../../src/thresholds.ts';
import { person } from './people.ts';

describe('seats', () => {
  test('available, over and used percent follow from the totals', () => {
    expect(seatMeasures({ purchased: 4500, consumed: 5000 })).toEqual({
      'seats-purchased': 4500,
      'seats-consumed': 5000,
      'seats-available': -500,
      'seats-over': 500,
      'seats-used-percent': 111.11,
    });
  });

  test('for any totals, available and over never contradict each other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), fc.nat(), (purchased, consumed) => {
        const { 'seats-available': available, 'seats-over': over } = seatMeasures({ purchased, consumed });
        expect(over).toBe(Math.max(0, -(available as number)));
        expect((available as number) + consumed).toBe(purchased);
      }),
    );
  });

  test.each([
    [{ purchased: undefined, consumed: 0 }, 'total_seats_purchased'],
    [{ purchased: undefined, consumed: undefined }, 'total_seats_purchased'],
    [{ purchased: 5, consumed: undefined }, 'total_seats_consumed'],
  ])('a total that GitHub did not send is absent everywhere, never 0: %j', (totals, field) => {
    const measures = seatMeasures(totals);
    const absent = { absent: 'not-delivered', why: `GitHub sent no ${field}` };
    expect(measures).toMatchObject({
      'seats-available': absent,
      'seats-over': absent,
      'seats-used-percent': absent,
    });
  });

  test.each([
    [0, 'no seat is purchased'],
    [undefined, 'GitHub does not say how many seats are purchased'],
  ])(
    'where %j are purchased and some consumed, a gate is an error that names the one to use',
    (purchased, why) => {
      const text = 'seats-available: below 0\nseats-over: above 0\nseats-used-percent: above 95';
      const { gates } = parseGates(text, 'fail');
      const measures = seatMeasures({ purchased, consumed: 5 });
      expect(judge(gates, measures)).toEqual(
        gates.map((gate) => ({
          gate,
          verdict: 'error',
          why: `${why}, as where seats are paid by usage: use the gate \`seats-consumed: above N\``,
        })),
      );
      expect(measures['seats-consumed']).toBe(5);
      expect(measures['seats-purchased']).toEqual(
        purchased ?? { absent: 'not-delivered', why: 'GitHub sent no total_seats_purchased' },
      );
    },
  );

  test('nothing purchased and nothing consumed is nothing to measure in percent', () => {
    const measures = seatMeasures({ purchased: 0, consumed: 0 });
    expect(measures).toMatchObject({ 'seats-available': 0, 'seats-over': 0 });
    expect(measures['seats-used-percent']).toEqual({
      absent: 'nothing-to-measure',
      why: 'no seat is purchased and none consumed',
    });
  });
});

describe('people', () => {
  const counted = (row: Parameters<typeof person>[0]) => {
    const counts = countPeople([person(row)], new Set(COUNTED_FIELDS));
    return Object.keys(counts).filter((name) => counts[name as keyof typeof counts] === 1);
  };

  test.each([
    [{ github_com_user: true }, ['users', 'users-cloud-only', 'users-without-verified-email']],
    [{ github_com_user: true, github_com_verified_domain_emails: ['a@x'] }, ['users', 'users-cloud-only']],
    [{ enterprise_server_user: true, github_com_two_factor_auth: false }, ['users', 'users-server-only']],
    [
      { github_com_user: true, enterprise_server_user: true, github_com_verified_domain_emails: ['a@x'] },
      ['users', 'users-cloud-and-server'],
    ],
    [{ visual_studio_subscription_user: true }, ['users', 'users-visual-studio']],
    [{ github_com_orgs_with_pending_invites: ['a'] }, ['users', 'users-with-pending-invitation']],
    [{ github_com_enterprise_roles: ['Pending invitation'] }, ['users', 'users-with-pending-invitation']],
    [
      { github_com_enterprise_roles: [' PENDING outside collaborator invitation'] },
      ['users', 'users-with-pending-invitation'],
    ],
    [{ github_com_enterprise_roles: ['Member', 'Not pending'] }, ['users']],
    [{ github_com_enterprise_roles: ['Outside collaborator'] }, ['users', 'users-outside-collaborator']],
    [{ github_com_enterprise_roles: ['REPOSITORY COLLABORATOR'] }, ['users', 'users-outside-collaborator']],
    [{ github_com_member_roles: ['org/repo:Collaborator'] }, ['users', 'users-outside-collaborator']],
    [{ github_com_enterprise_roles: [' Outside Collaborator '] }, ['users', 'users-outside-collaborator']],
    [{ github_com_member_roles: ['org/repo:collaborator '] }, ['users', 'users-outside-collaborator']],
    [{ github_com_member_roles: ['org:Member', 'org:Collaborators'] }, ['users']],
    [{ github_com_enterprise_roles: ['owner', 'not an outside collaborator'] }, ['users']],
    [{ github_com_enterprise_roles: ['Outside collaborator manager'] }, ['users']],
  ] as const)('%j counts as %j', (row, names) => {
    expect(counted(row)).toEqual(names);
  });

  test('the case of a role never matters', () => {
    const role = fc.constantFrom(
      ...['Owner', 'Member', 'Pending invitation', 'Outside collaborator', 'Repository collaborator', 'x'],
    );
    const spelt = role.chain((text) =>
      fc
        .tuple(fc.constant(text), fc.mixedCase(fc.constant(text)))
        .map(([plain, mixed]) => ({ plain, mixed })),
    );
    fc.assert(
      fc.property(fc.array(spelt, { maxLength: 3 }), (roles) => {
        expect(counted({ github_com_enterprise_roles: roles.map(({ mixed }) => mixed) })).toEqual(
          counted({ github_com_enterprise_roles: roles.map(({ plain }) => plain) }),
        );
      }),
    );
  });

  test.each([
    [false, 1],
    [true, 0],
    [null, 0],
  ])('a two-factor flag of %j counts %i without two-factor', (flag, count) => {
    const counts = countPeople(
      [true, flag].map((value) => person({ github_com_user: true, github_com_two_factor_auth: value })),
      new Set(COUNTED_FIELDS),
    );
    expect(counts['users-without-two-factor']).toBe(count);
  });
});

test.each(COUNTED_FIELDS.filter((name) => name !== 'enterprise_server_emails'))(
  'without %s in any row, what is counted from it is not delivered, never 0',
  (lacking) => {
    const fields = new Set(COUNTED_FIELDS.filter((field) => field !== lacking));
    const counts = Object.values(countPeople([person({ github_com_user: true })], fields));
    expect(counts).toContainEqual({
      absent: 'not-delivered',
      why: expect.stringContaining(`GitHub sent no ${lacking}`),
    });
  },
);

describe('hosts', () => {
  const ofCloud = (licenses: Partial<CloudLicenses> = {}) =>
    cloudMeasures(
      {
        host: 'cloud',
        totals: { purchased: 1, consumed: 1 },
        people: [],
        fields: new Set(),
        repeatedRows: 0,
        totalsMoved: false,
        subscriptions: { total: 0, rows: [] },
        ...licenses,
      },
      { seats: 0 },
      [],
    );
  const noLicense = { absent: 'wrong-host', why: 'only an Enterprise Server has a license that expires' };

  test('the cloud has no license that expires, and a gate on it says so', () => {
    expect(ofCloud()['license-days-left']).toEqual(noLicense);
  });

  test.each([
    [1, 'GitHub lists nobody although seats are consumed'],
    [undefined, 'GitHub lists nobody, and does not say how many seats are consumed'],
  ])('where nobody is listed and %j seats are consumed, people are not delivered', (consumed, why) => {
    expect(ofCloud({ totals: { purchased: 1, consumed } })).toMatchObject({
      users: { absent: 'not-delivered', why },
      'duplicate-seats': { absent: 'not-delivered', why },
    });
  });

  test('one email of anybody is enough to look for duplicates, and without any nobody can tell', () => {
    const email = person({ visual_studio_subscription_email: 'mona@acme.com' });
    expect(ofCloud({ people: [email, person({})] })['duplicate-seats']).toBe(0);
    const why = 'GitHub sent no email of anybody';
    expect(ofCloud({ people: [person({})] })['duplicate-seats']).toEqual({ absent: 'not-delivered', why });
  });

  test('where nobody is read, the totals are measured and nobody is', () => {
    const measures = totalsMeasures({ host: 'cloud', totals: { purchased: 5, consumed: 4 } });
    expect(measures).toMatchObject({
      'seats-available': 1,
      users: NOBODY_READ,
      'license-days-left': noLicense,
    });
  });

  const NO_DAYS = 'the server sent no days_until_expiration';
  const license = {
    seats: 1400,
    seats_used: 1316,
    kind: 'standard',
    days_until_expiration: 365,
    expire_at: '2016/02/06 12:41:52 -0600',
  } as const;

  test("an Enterprise Server's seats and days left", () => {
    expect(serverMeasures({ host: 'server', license })).toMatchObject({
      'seats-purchased': 1400,
      'seats-consumed': 1316,
      'seats-available': 84,
      'seats-over': 0,
      'seats-used-percent': 94,
      'license-days-left': 365,
      users: { absent: 'wrong-host', why: 'an Enterprise Server does not list its people' },
      'duplicate-seats': { absent: 'wrong-host' },
    });
  });

  test('unlimited seats have nothing to measure but those consumed', () => {
    const measures = serverMeasures({ host: 'server', license: { ...license, seats: 'unlimited' } });
    expect(measures['seats-consumed']).toBe(1316);
    for (const name of ['seats-purchased', 'seats-available', 'seats-over', 'seats-used-percent'] as const) {
      const why = 'the license has unlimited seats';
      expect(measures[name]).toEqual({ absent: 'nothing-to-measure', why });
    }
  });

  test.each([
    [{ days_until_expiration: null, expire_at: null }, 'nothing-to-measure', 'the license does not expire'],
    [{ days_until_expiration: undefined, expire_at: '2030-01-01' }, 'not-delivered', NO_DAYS],
    [{ days_until_expiration: undefined, expire_at: null }, 'not-delivered', NO_DAYS],
    [{ days_until_expiration: null, expire_at: '2030-01-01' }, 'not-delivered', NO_DAYS],
    [{ days_until_expiration: undefined, expire_at: undefined }, 'not-delivered', NO_DAYS],
  ])('a license with %j', (dates, absent, why) => {
    expect(
      serverMeasures({ host: 'server', license: { ...license, ...dates } })['license-days-left'],
    ).toEqual({ absent, why });
  });
});
