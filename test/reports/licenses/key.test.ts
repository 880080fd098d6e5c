import { describe, expect, it } from 'vitest';
import { personKey } from '../../../src/reports/licenses/key.ts';
import { cloud, person, server, visualStudio } from './people.ts';

describe('the key of a person', () => {
  it('is the login, whatever its case and whatever else is known', () => {
    const key = personKey(cloud('MonaLisa'));
    expect(personKey(cloud('monalisa', { enterprise_server_user_ids: ['ghes:1'] }))).toBe(key);
    expect(personKey(cloud('hubot'))).not.toBe(key);
  });

  it('is the first server id of someone without a login', () => {
    const one = server('ghes.example.com:1', ['a@example.com']);
    expect(personKey({ ...one, enterprise_server_emails: [] } as typeof one)).toBe(personKey(one));
    expect(personKey(server('ghes.example.com:2', ['a@example.com']))).not.toBe(personKey(one));
    expect(personKey({ ...one, enterprise_server_user_ids: ['', 'GHES.example.com:1'] })).toBe(
      personKey(one),
    );
  });

  it('is the Visual Studio email of someone with neither', () => {
    expect(personKey(visualStudio('A@example.com '))).toBe(personKey(visualStudio('a@example.com')));
    expect(personKey(visualStudio('b@example.com'))).not.toBe(personKey(visualStudio('a@example.com')));
  });

  it('is the whole row where there is no handle at all', () => {
    const invited = person({ github_com_name: 'Ana', github_com_orgs_with_pending_invites: ['acme'] });
    expect(personKey({ ...invited })).toBe(personKey(invited));
    expect(personKey({ ...invited, github_com_name: 'Ben' } as typeof invited)).not.toBe(personKey(invited));
  });

  it('never takes a handle of one kind for one of another', () => {
    const same = 'x@example.com';
    const keys = [cloud(same), server(same, []), visualStudio(same)].map(personKey);
    expect(new Set(keys).size).toBe(3);
  });
});
