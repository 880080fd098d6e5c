import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDuplicates, isRoleMailbox } from '../../../src/reports/licenses/duplicates.ts';
import type { Person } from '../../../src/reports/licenses/fields.ts';
import { personKey } from '../../../src/reports/licenses/person.ts';
import { duplicatesSections } from '../../../src/reports/licenses/sections/duplicates.ts';
import { duplicatesTable } from '../../../src/reports/licenses/tables.ts';
import { cloud, server, visualStudio } from './people.ts';

const verified = (login: string, ...emails: string[]) =>
  cloud(login, { github_com_verified_domain_emails: emails });

/** The groups, as sets of keys, whatever the order of rows and groups. */
const groupsOf = (people: readonly Person[]) =>
  findDuplicates(people)
    .groups.map((rows) =>
      rows
        .map(({ person }) => personKey(person))
        .sort()
        .join(' + '),
    )
    .sort();

describe('rows of one person', () => {
  test.each<[string, Person[]]>([
    [
      'a verified-domain email and a server email',
      [verified('ana', 'ana@x.com'), server('s:1', ['ana@x.com'])],
    ],
    ['whatever case and space', [verified('ana', 'Ana@X.com'), server('s:1', [' ana@x.com '])]],
    [
      'a SAML NameID that is an email',
      [cloud('ana', { github_com_saml_name_id: 'ana@x.com' }), server('s:1', ['ana@x.com'])],
    ],
    ['a Visual Studio email', [verified('ana', 'ana@x.com'), visualStudio('ana@x.com')]],
    ['server and Visual Studio email', [server('s:1', ['ana@x.com']), visualStudio('ana@x.com')]],
    [
      'a second email of a server account',
      [verified('ana', 'ana@x.com'), server('s:1', ['a@y.com', 'ana@x.com'])],
    ],
    ['accounts on two servers', [server('s:1', ['ana@x.com']), server('t:1', ['ana@x.com'])]],
    ['an account that was created anew', [server('s:1', ['ana@x.com']), server('s:2', ['ana@x.com'])]],
  ])('are found by %s', (_, people) => {
    const { groups, seats } = findDuplicates([verified('ben', 'ben@x.com'), ...people]);
    expect(groups.map((rows) => rows.map((row) => row.person))).toEqual([people]);
    expect(seats).toBe(1);
  });

  test('are found along a chain, and each row says by which addresses', () => {
    const { groups, seats } = findDuplicates([
      verified('ana', 'a@x.com'),
      server('s:1', ['a@x.com', 'b@x.com']),
      visualStudio('B@x.com'),
    ]);
    expect(groups.map((rows) => rows.map((row) => row.linkedBy))).toEqual([
      [['a@x.com'], ['a@x.com', 'b@x.com'], ['b@x.com']],
    ]);
    expect(seats).toBe(2);
  });

  test('are found on every server where the person has an account', () => {
    const everywhere = ['s:1', 't:1', 'u:1', 'v:1'].map((id) => server(id, ['ana@x.com']));
    expect(findDuplicates([verified('ana', 'ana@x.com'), ...everywhere]).seats).toBe(4);
  });
});

describe('rows of different people', () => {
  test.each<[string, Person[]]>([
    ['a dot', [verified('ana', 'a.b@x.com'), server('s:1', ['ab@x.com'])]],
    ['a tag', [verified('ana', 'a@x.com'), server('s:1', ['a+tag@x.com'])]],
    ['another domain', [verified('ana', 'a@x.com'), server('s:1', ['a@x.org'])]],
    ['a NameID that is no email', [cloud('ana', { github_com_saml_name_id: 'ana' }), server('s:1', ['ana'])]],
    ['no email at all', [server('s:1', ['']), server('s:2', ['']), visualStudio(''), cloud('ana')]],
    ['cloud accounts with one address', [verified('ana', 'a@x.com'), verified('ben', 'a@x.com')]],
    [
      'an address of several cloud accounts',
      [verified('ana', 'a@x.com'), verified('ben', 'a@x.com'), server('s:1', ['a@x.com'])],
    ],
    ['a role mailbox', [verified('ana', 'it-support@x.com'), server('s:1', ['IT-Support@x.com'])]],
    [
      'three accounts of one server with one address',
      [verified('ana', 'pay@x.com'), ...['s:1', 's:2', 's:3'].map((id) => server(id, ['pay@x.com']))],
    ],
  ])('are not merged by %s', (_, people) => {
    expect(findDuplicates(people)).toMatchObject({ groups: [], seats: 0 });
  });

  test('are not merged by a shared mailbox when another address does link one of them', () => {
    const shared = ['s:1', 's:2', 's:3', 's:4'].map((id) => server(id, ['pay@x.com', `${id[2]}@x.com`]));
    const { groups, seats, sharedMailboxes } = findDuplicates([
      verified('ana', '3@x.com', 'noreply@x.com'),
      ...shared,
    ]);
    expect(groups.map((rows) => rows.map((row) => row.linkedBy))).toEqual([[['3@x.com'], ['3@x.com']]]);
    expect({ seats, sharedMailboxes }).toEqual({ seats: 1, sharedMailboxes: 1 });
  });
});

describe('the result', () => {
  const address = fc.constantFrom('a@x.com', 'b@x.com', 'c@x.com', 'd@x.com', 'A@x.com', 'admin@x.com');
  const addresses = fc.uniqueArray(address, { maxLength: 2 });
  const people = fc
    .array(fc.record({ kind: fc.nat(2), addresses, host: fc.constantFrom('s', 't') }), { maxLength: 12 })
    .map((rows) =>
      rows.map(({ kind, addresses: [first = '', ...more], host }, index) => {
        if (kind === 0) return verified(`p${index}`, first, ...more);
        if (kind === 1) return server(`${host}:${index}`, [first, ...more]);
        return visualStudio(first, {
          github_com_name: `${index}`,
          enterprise_server_user_ids: [`v:${index}`],
        });
      }),
    );

  test('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(people, fc.infiniteStream(fc.nat()), (rows, order) => {
        const shuffled = rows
          .map((row) => ({ row, at: order.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ row }) => row);
        expect(groupsOf(shuffled)).toEqual(groupsOf(rows));
      }),
    );
  });

  test('holds each row once, in groups of two or more, each linked by something', () => {
    fc.assert(
      fc.property(people, (rows) => {
        const { groups, seats } = findDuplicates(rows);
        const found = groups.flat().map((row) => row.person);
        expect(new Set(found).size).toBe(found.length);
        expect(seats).toBe(found.length - groups.length);
        for (const group of groups) {
          expect(group.length).toBeGreaterThan(1);
          for (const row of group) expect(row.linkedBy.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  test('is every planted duplicate and no near miss among 20,000 people', () => {
    const others = Array.from({ length: 19_000 }, (_, index) =>
      index % 3 === 0
        ? server(`s${index % 4}:${index}`, [
            `first.last${index}@x.com`,
            ...(index % 200 === 0 ? ['pay@x.com'] : []),
          ])
        : verified(
            `p${index}`,
            `firstlast${index}@x.com`,
            ...(index % 100 === 1 ? [`first.last+${index}@x.com`] : []),
          ),
    );
    const planted = Array.from({ length: 300 }, (_, index) => {
      const [one, two] = [`twice${index}@x.com`, `thrice${index}@x.com`];
      if (index % 3 === 0) return [verified(`d${index}`, one), server(`s0:d${index}`, [one.toUpperCase()])];
      if (index % 3 === 1) return [cloud(`d${index}`, { github_com_saml_name_id: one }), visualStudio(one)];
      return [verified(`d${index}`, one), server(`s1:d${index}`, [one, two]), visualStudio(two)];
    });
    const all = [...planted.flat(), ...others];
    expect(groupsOf(all)).toEqual(planted.map((rows) => rows.map(personKey).sort().join(' + ')).sort());
    expect(findDuplicates(all).seats).toBe(400);
  });
});

describe('role mailboxes', () => {
  test.each([
    'admin@x',
    'noreply@x',
    'no-reply@x',
    'it-support@x',
    'it.support@x',
    'itsupport@x',
    'noreply+ci@x',
    'svc-jenkins@x',
    'payments-team@x',
    'build-bot@x',
  ])('%s is one', (address) => {
    expect(isRoleMailbox(address)).toBe(true);
  });

  test.each([
    'ana@x',
    'itziar@x',
    'bot.lee@x',
    'anne.team@x',
    'admina@x',
    'ana@support.x',
    'team',
    '@admin',
    'al+admin@x',
    'dev7@x',
  ])('%s is none', (address) => {
    expect(isRoleMailbox(address)).toBe(false);
  });
});

describe('duplicates.csv', () => {
  test('has the rows of a person under one number', () => {
    const table = duplicatesTable(
      findDuplicates([
        verified('ana', 'ana@x.com'),
        visualStudio('ben@x.com'),
        server('s:1', ['ana@x.com']),
        server('s:2', ['ben@x.com']),
      ]),
    );
    const columns = ['group', 'github_com_login', 'enterprise_server_user_ids', 'linked_by'];
    const shown = table.columns.filter((column) => columns.includes(column.name));
    expect(table.rows.map((row) => shown.map((column) => column.value(row)))).toEqual([
      [1, 'ana', [], ['ana@x.com']],
      [1, '', ['s:1'], ['ana@x.com']],
      [2, '', [], ['ben@x.com']],
      [2, '', ['s:2'], ['ben@x.com']],
    ]);
  });
});

describe('the section on duplicate seats', () => {
  const reasons = (...people: Person[]) => {
    const [section] = duplicatesSections(findDuplicates(people));
    const table = section?.blocks.find((block) => block.kind === 'table');
    return table?.rows.map(([why, groups, seats]) => [why, groups, seats]);
  };

  test('says that a sync would match what GitHub compares', () => {
    const why = /no license sync has matched it yet/;
    expect(reasons(verified('ana', 'ana@x.com'), server('s:1', ['Ana@x.com', 'b@x.com']))).toEqual([
      [expect.stringMatching(why), 1, 1],
    ]);
    expect(
      reasons(cloud('ana', { github_com_saml_name_id: 'ana@x.com' }), server('s:1', ['ana@x.com'])),
    ).toEqual([[expect.stringMatching(why), 1, 1]]);
  });

  test('says that the first email differs', () => {
    expect(reasons(verified('ana', 'ana@x.com'), server('s:1', ['other@x.com', 'ana@x.com']))).toEqual([
      [expect.stringMatching(/first email is none of/), 1, 1],
    ]);
  });

  test('says that there is no email on a verified domain', () => {
    const linked = cloud('ana', { visual_studio_subscription_email: 'ana@x.com' });
    expect(reasons(linked, server('s:1', ['ana@x.com']))).toEqual([
      [expect.stringMatching(/no email on a verified domain/), 1, 1],
    ]);
  });

  test('tells subscriptions that are not matched from people without a cloud account', () => {
    expect(
      reasons(
        verified('ana', 'ana@x.com'),
        visualStudio('ana@x.com'),
        visualStudio('ben@x.com'),
        server('s:1', ['ben@x.com']),
        server('t:1', ['ben@x.com']),
      ),
    ).toEqual([
      [expect.stringMatching(/no cloud account/), 1, 2],
      [expect.stringMatching(/subscription is not matched/), 1, 1],
    ]);
  });

  test('names ten people at most, by login alone, and no email', () => {
    const people = Array.from({ length: 12 }, (_, index) => [
      verified(`p${index}`, `mail${index}@x.com`),
      server(`host:${index}`, [`mail${index}@x.com`]),
    ]).flat();
    const sections = duplicatesSections(findDuplicates(people));
    const text = JSON.stringify(sections);
    expect(text.match(/"person"/g)).toHaveLength(10);
    expect(text).toContain('2 more people in ');
    expect(text).not.toMatch(/mail\d|host:/);
    expect(text).toContain('linked by verified-domain email and server email');
  });

  test('is left out when nobody seems to hold two seats', () => {
    expect(duplicatesSections(findDuplicates([verified('ana', 'a@x.com')]))).toEqual([]);
  });
});
