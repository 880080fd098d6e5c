import { type Person, UNKNOWN_PERSON } from '../../../src/reports/licenses/fields.ts';

/** A person about whom GitHub knows nothing but what is given. */
export const person = (known: Partial<Person>): Person => ({
  ...UNKNOWN_PERSON,
  license_type: 'enterprise',
  ...known,
});

export const cloud = (login: string, known: Partial<Person> = {}): Person =>
  person({ github_com_login: login, github_com_user: true, enterprise_server_user: false, ...known });

export const server = (id: string, emails: readonly string[], known: Partial<Person> = {}): Person =>
  person({
    enterprise_server_user_ids: [id],
    enterprise_server_emails: emails,
    github_com_user: false,
    enterprise_server_user: true,
    ...known,
  });

export const visualStudio = (email: string, known: Partial<Person> = {}): Person =>
  person({
    visual_studio_subscription_email: email,
    github_com_user: false,
    enterprise_server_user: false,
    visual_studio_subscription_user: true,
    license_type: 'Visual Studio subscription',
    ...known,
  });
