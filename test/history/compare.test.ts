import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesSection, changesTable } from '../../src/history/changes-section.ts';
import { compare } from '../../src/history/compare.ts';
import type { Change } from '../../src/history/difference.ts';
import type { Person } from '../../src/reports/licenses/fields.ts';
import { cloud, person, server, visualStudio } from '../reports/licenses/people.ts';

/** As they stand in `licenses.json`. */
const rows = (people: readonly Person[]): Record<string, unknown>[] => JSON.parse(JSON.stringify(people));
const changes = (before: Person[], after: Person[]) => compare(rows(before), rows(after));
const handle = ({
  person: { github_com_login, enterprise_server_user_ids, visual_studio_subscription_email },
}: Change) => github_com_login || enterprise_server_user_ids[0] || visual_studio_subscription_email;
/** "gained ana", and what differs. */
const brief = (before: Person[], after: Person[]) =>
  changes(before, after).map((change) => [
    `${change.change} ${handle(change)}`,
    Object.fromEntries(Object.entries(change.difference).filter(([, value]) => value.length > 0)),
  ]);

const roles = (...github_com_member_roles: string[]) => ({ github_com_member_roles });

describe('the changes of people', () => {
  it('are seats gained and lost, with what was held', () => {
    expect(
      brief(
        [cloud('ana'), server('s:1', []), cloud('ben', roles('acme:Member', 'beta:Member'))],
        [cloud('ANA'), visualStudio('c@x.com'), cloud('dan', roles('acme:Owner'))],
      ),
    ).toEqual([
      [
        'gained c@x.com',
        { licenseType: 'Visual Studio subscription', accounts: 'Visual Studio', visualStudio: 'yes' },
      ],
      ['gained dan', { licenseType: 'enterprise', accounts: 'cloud', organizationsJoined: ['acme'] }],
      ['lost s:1', { licenseType: 'enterprise', accounts: 'Enterprise Server' }],
      ['lost ben', { licenseType: 'enterprise', accounts: 'cloud', organizationsLeft: ['acme', 'beta'] }],
    ]);
  });

  it('are what differs of a seat', () => {
    const before = cloud('ana', {
      ...roles('acme:Member', 'beta:Member', 'acme/web:Collaborator'),
      github_com_enterprise_roles: ['Member'],
      visual_studio_subscription_user: false,
    });
    const after = cloud('ana', {
      ...roles('Beta:Owner', 'gamma/web:Collaborator'),
      github_com_enterprise_roles: ['owner', 'Member'],
      visual_studio_subscription_user: true,
      license_type: 'Visual Studio subscription',
      enterprise_server_user: true,
      enterprise_server_user_ids: ['s:1'],
    });
    expect(brief([before], [after])).toEqual([
      [
        'changed ana',
        {
          licenseType: 'enterprise → Visual Studio subscription',
          accounts: 'cloud → cloud and Enterprise Server',
          visualStudio: 'no → yes',
          enterpriseRoles: 'Member → Member, owner',
          organizationsJoined: ['gamma'],
          organizationsLeft: ['acme'],
        },
      ],
    ]);
  });

  it('are none in the order, the case and what is not about the seat', () => {
    const before = cloud('ana', { ...roles('acme:Member', 'beta:Member'), license_type: 'Enterprise' });
    const after = cloud('Ana', { ...roles('BETA:Member', 'acme:Owner'), github_com_name: 'Ana' });
    expect(changes([cloud('ben'), before], [after, cloud('ben')])).toEqual([]);
  });

  it('say nothing of what one of the files does not know', () => {
    const { github_com_member_roles, license_type, ...older } = cloud('ana', roles('acme:Member'));
    const now = cloud('ana', { ...roles('beta:Member'), visual_studio_subscription_user: true });
    expect(compare([older], rows([now]))).toEqual([]);
    expect(compare(rows([now]), [older])).toEqual([]);
  });

  it.each([
    ['a server account', server('s:1', [])],
    ['another server account', server('s:0', [], { enterprise_server_user_ids: ['s:0', 'S:1'] })],
    ['a Visual Studio subscription', visualStudio('ana@x.com')],
  ])('know someone who got a login since by %s', (_, before) => {
    const after = cloud('ana', {
      enterprise_server_user_ids: ['s:2', 's:1'],
      visual_studio_subscription_email: 'Ana@x.com',
    });
    expect(changes([before], [after]).map(({ change }) => change)).toEqual(['changed']);
    expect(changes([after], [before]).map(({ change }) => change)).toEqual(['changed']);
  });

  it('know someone by a new login, and say the old one', () => {
    const account = { enterprise_server_user_ids: ['s:1'] };
    expect(brief([cloud('ana', account)], [cloud('ana-lee', account)])).toEqual([
      ['changed ana-lee', { previousLogin: 'ana' }],
    ]);
  });

  it('are a seat given back when GitHub matched two rows of one person', () => {
    expect(
      brief([cloud('ana'), server('s:1', [])], [cloud('ana', { enterprise_server_user_ids: ['s:1'] })]).map(
        ([what]) => what,
      ),
    ).toEqual(['lost s:1', 'changed ana']);
  });

  const known = {
    ids: fc.uniqueArray(fc.constantFrom('s:1', 's:2', 'S:3', 't:1'), { maxLength: 2 }),
    login: fc.constantFrom('', '', 'ana', 'ben', 'Ana'),
    email: fc.constantFrom('', '', 'a@x.com', 'b@x.com'),
    roles: fc.uniqueArray(fc.constantFrom('acme:Owner', 'beta:Member', 'x'), { maxLength: 2 }),
  };
  const people = fc.array(
    fc.record(known).map(({ ids, login, email, roles: held }) =>
      person({
        ...roles(...held),
        github_com_login: login,
        enterprise_server_user_ids: ids,
        visual_studio_subscription_email: email,
      }),
    ),
    { maxLength: 6 },
  );
  const count = (all: readonly Change[]) => ({
    gained: all.filter(({ change }) => change === 'gained').length,
    lost: all.filter(({ change }) => change === 'lost').length,
    changed: all.filter(({ change }) => change === 'changed').length,
  });

  it('are none between a run and itself', () => {
    fc.assert(
      fc.property(people, (all) => {
        expect(changes(all, all)).toEqual([]);
      }),
    );
  });

  it('exchange gained and lost when the runs are exchanged', () => {
    fc.assert(
      fc.property(people, people, (a, b) => {
        const { gained, lost, changed } = count(changes(a, b));
        expect(count(changes(b, a))).toEqual({ gained: lost, lost: gained, changed });
        expect(gained - lost).toBe(b.length - a.length);
      }),
    );
  });
});

describe('the report of changes', () => {
  const found = changes(
    [cloud('old'), cloud('ana', { enterprise_server_user_ids: ['s:1'], ...roles('acme:Member') })],
    [
      ...Array.from({ length: 12 }, (_, index) => cloud(`new${index}`)),
      server('s:9', ['mail@x.com']),
      cloud('lee', { enterprise_server_user_ids: ['s:1'], ...roles('beta:Member') }),
    ],
  );

  it('has a row for each of them in changes.csv', () => {
    const table = changesTable(found);
    const cells = table.rows.map((row) =>
      Object.fromEntries(
        table.columns
          .map(({ name, value }) => [name, value(row)] as const)
          .filter(([, value]) => (value as string | [] | undefined)?.length),
      ),
    );
    expect(cells).toHaveLength(15);
    expect(cells.slice(-2)).toEqual([
      {
        kind: 'seat',
        change: 'lost',
        github_com_login: 'old',
        license_type: 'enterprise',
        accounts: 'cloud',
      },
      {
        kind: 'seat',
        change: 'changed',
        github_com_login: 'lee',
        enterprise_server_user_ids: ['s:1'],
        previous_login: 'ana',
        organizations_joined: ['beta'],
        organizations_left: ['acme'],
      },
    ]);
  });

  it('counts them, and names ten at most a list', () => {
    const section = changesSection('People', found, '2026-03-01T23:30:00.000-02:00');
    expect(section).toMatchObject({
      title: 'People since 2026-03-02',
      collapsed: true,
      conclusion: '13 gained a seat, 1 lost one, 1 changed',
    });
    const [list] = section.blocks;
    const text = JSON.stringify(list);
    expect(text.match(/"person":"new/g)).toHaveLength(10);
    expect(text).toContain(' and 3 more in ');
    expect(text).toContain(' (login 1, joined an organization 1, left an organization 1)');
    expect(text).not.toMatch(/mail@|s:9/);
  });

  it('is short when nothing changed', () => {
    expect(changesSection('People', [], '2026-03-01T00:00:00Z').blocks).toHaveLength(1);
  });
});
