import { describe, expect, test } from 'vitest';
import { accountKind, isOwner, parseMemberRole, personKey } from '../../../src/reports/licenses/person.ts';
import { cloud, person, server, visualStudio } from './people.ts';

describe('the key of a person', () => {
  test('is the login, whatever its case and whatever else is known', () => {
    const key = personKey(cloud('MonaLisa'));
    expect(personKey(cloud('monalisa', { enterprise_server_user_ids: ['ghes:1'] }))).toBe(key);
    expect(personKey(cloud('hubot'))).not.toBe(key);
  });

  test('is the first server id of someone without a login', () => {
    const one = server('ghes.example.com:1', ['a@example.com']);
    expect(personKey({ ...one, enterprise_server_emails: [] } as typeof one)).toBe(personKey(one));
    expect(personKey(server('ghes.example.com:2', ['a@example.com']))).not.toBe(personKey(one));
    expect(personKey({ ...one, enterprise_server_user_ids: ['', 'GHES.example.com:1'] })).toBe(
      personKey(one),
    );
  });

  test('is the Visual Studio email of someone with neither', () => {
    expect(personKey(visualStudio('A@example.com '))).toBe(personKey(visualStudio('a@example.com')));
    expect(personKey(visualStudio('b@example.com'))).not.toBe(personKey(visualStudio('a@example.com')));
  });

  test('is none where there is no handle at all', () => {
    const invited = person({ github_com_name: 'Ana', github_com_orgs_with_pending_invites: ['acme'] });
    expect(personKey(invited)).toBeUndefined();
    expect(personKey({ ...invited, enterprise_server_user_ids: [' '] })).toBeUndefined();
  });

  test('never takes a handle of one kind for one of another', () => {
    const same = 'x@example.com';
    const keys = [cloud(same), server(same, []), visualStudio(same)].map(personKey);
    expect(new Set(keys).size).toBe(3);
  });
});

test.each([
  ['a login alone', { github_com_login: 'mona' }, 'cloud'],
  ['a flag alone', { github_com_user: true }, 'cloud'],
  ['a server id alone', { enterprise_server_user_ids: ['host:1'] }, 'Enterprise Server'],
  ['a server flag alone', { enterprise_server_user: true }, 'Enterprise Server'],
  [
    'a login and a server flag',
    { github_com_login: 'mona', enterprise_server_user: true },
    'cloud and Enterprise Server',
  ],
  ['a subscription alone', { visual_studio_subscription_user: true }, 'Visual Studio'],
  ['its email alone', { visual_studio_subscription_email: 'mona@example.com' }, 'Visual Studio'],
  [
    'a login and a subscription',
    { github_com_login: 'mona', visual_studio_subscription_user: true },
    'cloud',
  ],
  ['nothing', {}, undefined],
])('a person with %s', (_, given, kind) => {
  expect(accountKind(person(given))).toBe(kind);
});

describe('member roles', () => {
  test.each([
    ['acme:Owner', 'acme', 'owner'],
    ['acme:member', 'acme', 'member'],
    ['Acme/web:Collaborator', 'Acme', 'collaborator'],
    [' acme : OWNER ', 'acme', 'owner'],
    ['acme /web:Collaborator', 'acme', 'collaborator'],
    ['acme:Moderator', 'acme', undefined],
    ['acme:', 'acme', undefined],
  ])('reads %s', (entry, organization, role) => {
    const onRepository = entry.includes('/');
    expect(parseMemberRole(entry)).toEqual({ organization, onRepository, role });
  });

  test.each(['', 'acme', ':Owner', '/web:Collaborator', ' /web:Collaborator', 'a/b/c:Member'])(
    'finds no organization in "%s"',
    (entry) => {
      expect(parseMemberRole(entry)).toBeUndefined();
    },
  );
});

test.each([
  [{ github_com_enterprise_roles: ['Owner'] }, true],
  [{ github_com_enterprise_roles: [' enterprise owner '] }, true],
  [{ github_com_enterprise_roles: ['Former owner'] }, false],
  [{ github_com_enterprise_roles: ['Owner of a team'] }, false],
  [{ github_com_member_roles: ['acme:Owner'] }, true],
  [{ github_com_member_roles: ['acme:Member', 'acme'] }, false],
])('whether %j is an owner: %j', (known, is) => {
  expect(isOwner(person(known))).toBe(is);
});
