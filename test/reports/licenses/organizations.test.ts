import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costCenterSeats, organizationSeats } from '../../../src/reports/licenses/organizations.ts';
import {
  costCenterSections,
  organizationSections,
} from '../../../src/reports/licenses/sections/organizations.ts';
import { organizationsTable } from '../../../src/reports/licenses/tables.ts';
import { cloud, person } from './people.ts';

const member = (login: string, ...roles: string[]) => cloud(login, { github_com_member_roles: roles });

describe('the seats of organizations', () => {
  test('counts people by role, and those who are in no other organization', () => {
    const { rows } = organizationSeats([
      member('a', 'acme:Owner', 'beta:Member'),
      member('b', 'acme:Member'),
      member('c', 'acme/web:Collaborator', 'acme/api:Collaborator'),
      cloud('d', { github_com_orgs_with_pending_invites: ['acme'] }),
      cloud('e', {
        github_com_member_roles: ['beta:Member'],
        github_com_orgs_with_pending_invites: ['beta'],
      }),
      person({}),
    ]);
    expect(rows).toEqual([
      {
        organization: 'acme',
        owners: 1,
        members: 1,
        outside_collaborators: 1,
        pending_invitations: 1,
        people: 4,
        exclusive_people: 3,
      },
      {
        organization: 'beta',
        owners: 0,
        members: 2,
        outside_collaborators: 0,
        pending_invitations: 1,
        people: 2,
        exclusive_people: 1,
      },
    ]);
  });

  test('does not call a seat exclusive that a pending invitation elsewhere would keep', () => {
    const { rows } = organizationSeats([
      cloud('a', {
        github_com_member_roles: ['acme:Member'],
        github_com_orgs_with_pending_invites: ['beta'],
      }),
    ]);
    expect(rows.map((row) => [row.organization, row.people, row.exclusive_people])).toEqual([
      ['acme', 1, 0],
      ['beta', 1, 0],
    ]);
  });

  test('takes names in any case as one organization and keeps the first spelling', () => {
    const { rows } = organizationSeats([
      member('a', 'Acme:Member'),
      member('b', 'ACME:owner', 'acme/x:Collaborator'),
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      organization: 'Acme',
      people: 2,
      exclusive_people: 2,
      outside_collaborators: 1,
    });
  });

  test('are names of organizations only where someone belongs or is invited: a repository can be a person’s', () => {
    const organizations = organizationSeats([
      member('a', 'Acme:Member', 'mona/dotfiles:Collaborator'),
      cloud('b', { github_com_orgs_with_pending_invites: ['beta'] }),
    ]);
    expect(organizations.names).toEqual(['Acme', 'beta']);
    const [section] = organizationSections(organizations);
    const table = section?.blocks.find((block) => block.kind === 'table');
    expect(table?.rows.map(([name]) => name)).toEqual(['Acme', 'beta', { person: 'mona' }]);
    expect(organizationsTable(organizations.rows).columns[0]?.privacy).toBe('repository');
  });

  test('puts the most people first, then the name', () => {
    const { rows } = organizationSeats([
      member('a', 'b:Member', 'C:Member', 'a:Member'),
      member('b', 'C:Member'),
    ]);
    expect(rows.map((row) => row.organization)).toEqual(['C', 'a', 'b']);
  });

  test('loses no role that it cannot read', () => {
    const organizations = organizationSeats([member('a', 'acme', 'acme:Moderator'), member('b', '')]);
    expect(organizations).toMatchObject({ unreadableRoles: 2, unknownRoles: 1 });
    expect(organizations.rows).toEqual([
      expect.objectContaining({ people: 1, exclusive_people: 1, owners: 0, members: 0 }),
    ]);
    const [section] = organizationSections(organizations);
    expect(section?.blocks.filter((block) => block.kind === 'callout').map((block) => block.text)).toEqual([
      'Member roles that name no organization: 2. They count nowhere.',
      'Member roles that this version does not know: 1. They count among the people alone.',
    ]);
  });

  test('never has more exclusive people than people, nor more than there are', () => {
    const roles = fc.array(
      fc.constantFrom('a:Owner', 'A:member', 'b:Member', 'b/r:Collaborator', 'c:x', 'd'),
    );
    fc.assert(
      fc.property(fc.array(roles), (all) => {
        const { rows } = organizationSeats(all.map((own, index) => member(`p${index}`, ...own)));
        const exclusive = rows.reduce((sum, row) => sum + row.exclusive_people, 0);
        expect(exclusive).toBeLessThanOrEqual(all.length);
        for (const row of rows) expect(row.exclusive_people).toBeLessThanOrEqual(row.people);
      }),
    );
  });

  test('has the columns of organizations.csv', () => {
    const { rows } = organizationSeats([member('a', 'acme:Owner')]);
    const table = organizationsTable(rows);
    expect(table.columns.map((column) => column.name).join()).toBe(
      'organization,owners,members,outside_collaborators,pending_invitations,people,exclusive_people',
    );
    expect(table.rows.map((row) => table.columns.map((column) => column.value(row)))).toEqual([
      ['acme', 1, 0, 0, 0, 1, 1],
    ]);
  });

  test('shows the first of them, and where the others are', () => {
    const people = Array.from({ length: 14 }, (_, index) => member(`p${index}`, `org-${index}:Member`));
    const [section] = organizationSections(organizationSeats(people));
    const table = section?.blocks.find((block) => block.kind === 'table');
    expect(table).toMatchObject({
      limit: 8,
      file: 'organizations.csv',
      chart: { x: 'Organization', y: 'People' },
    });
    expect(table?.rows).toHaveLength(14);
    expect(organizationSections(organizationSeats([cloud('a')]))).toEqual([]);
  });

  test('puts the money beside the people, whatever the case of the name in the bill', () => {
    const organizations = organizationSeats([
      member('a', 'Acme:Owner', 'beta:Member'),
      member('b', 'Acme:Member', 'gamma:Member'),
    ]);
    const costs = new Map([
      ['ACME', 10],
      ['acme', 2],
      ['beta', 5],
      ['', 1],
      ['gone', 7],
    ]);
    const tableOf = (...given: Parameters<typeof organizationSections>) =>
      organizationSections(...given)[0]?.blocks.find((block) => block.kind === 'table');
    const table = tableOf(organizations, costs);
    expect(table?.columns.slice(-2)).toEqual([
      { label: 'Net cost', format: 'usd' },
      { label: 'Per person', format: 'usd' },
    ]);
    expect(table?.rows.map((row) => [row[0], ...row.slice(-2)])).toEqual([
      ['Acme', 12, 6],
      ['beta', 5, 5],
      ['gamma', undefined, undefined],
    ]);
    expect(tableOf(organizations)?.columns).toHaveLength(7);
  });
});

test('takes nobody for an organization because of a role on their repository, whatever the role', () => {
  const { names } = organizationSeats([
    member('a', 'mona/diary:Read', 'hubot/app:Collaborator', 'acme:Member', 'beta:Moderator'),
  ]);
  expect(names).toEqual(['acme', 'beta']);
});

test('names ten people as owners of repositories at most', () => {
  const roles = Array.from({ length: 12 }, (_, index) => `mona-${index}/site:Collaborator`);
  const [section] = organizationSections(organizationSeats([member('a', ...roles)]));
  const table = section?.blocks.find((block) => block.kind === 'table');
  expect(table?.rows).toHaveLength(12);
  expect(JSON.stringify(table?.rows).match(/"person":"mona-/g)).toHaveLength(10);
});

describe('the seats of cost centers', () => {
  const of = (name: string | number | boolean | null) => person({ github_com_cost_center: name });

  test('count people by the name as it came, the one with the most first', () => {
    const people = [of('Sales, EMEA'), of('R&D'), of(' R&D '), of('r&d'), of(7), of(''), of(' '), of(null)];
    expect(costCenterSeats([...people, of(true), of(false)])).toEqual(
      [
        ['R&D', 2],
        ['7', 1],
        ['Sales, EMEA', 1],
        ['r&d', 1],
      ].map(([cost_center, number]) => ({ cost_center, people: number, exclusive_people: number })),
    );
    const [section] = costCenterSections(costCenterSeats(people), people.length);
    expect(section?.blocks[0]).toMatchObject({ rows: [['R&D', 2, 25], ...Array(3).fill(expect.anything())] });
    expect(JSON.stringify(section)).toContain('3 people in none');
  });

  test('are none where nobody has one', () => {
    expect(costCenterSections(costCenterSeats([of(null), of('')]), 2)).toEqual([]);
  });

  test('and people without one are everybody', () => {
    const names = fc.array(fc.constantFrom('A', 'a', 'B', ' ', '', null, '__proto__', 'constructor'));
    fc.assert(
      fc.property(names, (given) => {
        const rows = costCenterSeats(given.map(of));
        const named = given.filter((name) => name?.trim());
        expect(rows.reduce((sum, row) => sum + row.people, 0)).toBe(named.length);
        expect(new Set(rows.map((row) => row.cost_center))).toEqual(new Set(named));
        const text = JSON.stringify(costCenterSections(rows, given.length));
        if (named.length > 0) expect(text.includes('nobody in none')).toBe(named.length === given.length);
      }),
    );
  });
});
