import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namedPeople } from '../../../src/reports/blocks.ts';
import { findCandidates } from '../../../src/reports/licenses/candidates.ts';
import { COUNTED_FIELDS, type Person, readPerson } from '../../../src/reports/licenses/fields.ts';
import { candidatesSections } from '../../../src/reports/licenses/sections/candidates.ts';
import { cloud, person, server, visualStudio } from './people.ts';

const ALL = new Set(COUNTED_FIELDS);
const found = (...people: Person[]) =>
  Object.fromEntries(
    findCandidates(people, ALL)
      .filter((candidates) => candidates.people.length > 0)
      .map(({ title, people }) => [title, people.map((one) => one.github_com_login)]),
  );

const onServer = { enterprise_server_user: true, enterprise_server_user_ids: ['s:1'] };

describe('seats that could be given back', () => {
  test('are those that a pending invitation alone holds', () => {
    const invited = { github_com_orgs_with_pending_invites: ['acme'] };
    expect(
      found(
        cloud('invited', invited),
        cloud('member', { ...invited, github_com_member_roles: ['beta:Member'] }),
        cloud('unreadable', { ...invited, github_com_member_roles: ['beta'] }),
        cloud('server', { ...invited, ...onServer }),
      ),
    ).toEqual({ 'Pending invitations': ['invited'] });
  });

  test('are those that a pending role alone holds, whichever field it came in', () => {
    const pending = { github_com_enterprise_roles: ['Pending invitation'] };
    expect(
      found(
        cloud('invited', pending),
        person({ github_com_enterprise_roles: ['pending outside collaborator invitation'] }),
        cloud('member', { ...pending, github_com_member_roles: ['beta:Member'] }),
        readPerson({ github_com_login: 'singular', github_com_enterprise_role: 'Pending invitation' }),
      ),
    ).toEqual({ 'Pending invitations': ['invited', '', 'singular'] });
  });

  test('are never those of an owner of the enterprise, nor of an organization where somebody would be removed', () => {
    const roles = fc.subarray(['Owner', 'Pending invitation', 'Outside collaborator', 'Member'], {
      minLength: 1,
    });
    const anyone = fc.record({
      github_com_enterprise_roles: roles,
      github_com_member_roles: fc.subarray(['acme:Owner', 'acme:Member', 'acme/web:Collaborator']),
      visual_studio_subscription_user: fc.boolean(),
      license_type: fc.constantFrom('Enterprise', 'Visual Studio subscription'),
    });
    fc.assert(
      fc.property(anyone, (known) => {
        const lists = found(cloud('somebody', known));
        const { 'Visual Studio subscribers on an Enterprise license': _, ...removals } = lists;
        if (known.github_com_enterprise_roles.includes('Owner')) expect(lists).toEqual({});
        if (known.github_com_member_roles.includes('acme:Owner')) expect(removals).toEqual({});
      }),
    );
    expect(found(cloud('owner', { github_com_enterprise_roles: ['OWNER'] }))).toEqual({});
  });

  test('come with the exceptions of who is billed', () => {
    const text = JSON.stringify(
      candidatesSections(
        findCandidates([cloud('alone'), cloud('invited', { github_com_enterprise_roles: ['Pending'] })], ALL),
      ),
    );
    expect(text).not.toMatch(/are billed|are not billed|should hold no seat/);
    expect(text.match(/managed/g)).toHaveLength(2);
    expect(text.match(/usage/g)).toHaveLength(2);
  });

  test('are those of outside collaborators who are members nowhere', () => {
    expect(
      found(
        cloud('outside', { github_com_member_roles: ['acme/web:collaborator'] }),
        cloud('by-role', { github_com_enterprise_roles: ['Repository collaborator'] }),
        cloud('member', { github_com_member_roles: ['acme/web:Collaborator', 'beta:Member'] }),
        cloud('server', { github_com_enterprise_roles: ['Outside collaborator'], ...onServer }),
      ),
    ).toEqual({ 'Outside collaborators': ['outside', 'by-role'] });
  });

  test('are Enterprise licenses of Visual Studio subscribers', () => {
    const member = { github_com_member_roles: ['acme:Member'] };
    expect(
      found(
        cloud('both', { ...member, visual_studio_subscription_user: true, license_type: 'Enterprise' }),
        cloud('own', {
          ...member,
          visual_studio_subscription_user: true,
          license_type: 'Visual Studio subscription',
        }),
        cloud('unknown', { ...member, visual_studio_subscription_user: null }),
        visualStudio('a@x.com'),
      ),
    ).toEqual({ 'Visual Studio subscribers on an Enterprise license': ['both'] });
  });

  test('are those of people in no organization', () => {
    expect(
      found(
        cloud('alone'),
        cloud('unreadable', { github_com_member_roles: ['acme'] }),
        cloud('both', onServer),
        server('s:2', []),
        person({}),
      ),
    ).toEqual({ 'People without an organization': ['alone'] });
  });

  test('come with a rule, a source and ten names at most', () => {
    const people = Array.from({ length: 12 }, (_, index) =>
      cloud(`p${index}`, { github_com_name: `Name ${index}` }),
    );
    const text = JSON.stringify(candidatesSections(findCandidates(people, ALL)));
    expect(text).toContain(
      'https://docs.github.com/en/enterprise-cloud@latest/billing/reference/github-license-users',
    );
    expect(text.match(/"person"/g)).toHaveLength(10);
    expect(text).toContain('" and 2 more in ",{"code":"licenses.csv"}');
    expect(text).not.toContain('Name ');
  });

  test('are left out when there are none', () => {
    expect(
      candidatesSections(findCandidates([cloud('a', { github_com_member_roles: ['acme:Owner'] })], ALL)),
    ).toEqual([]);
  });
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
