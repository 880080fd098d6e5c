import type { Person } from '../../../src/reports/licenses/person.ts';

/** A person about whom GitHub knows nothing but what is given. */
export const person = (known: Partial<Person>): Person => ({
  github_com_login: '',
  github_com_name: '',
  enterprise_server_user_ids: [],
  github_com_user: null,
  enterprise_server_user: null,
  visual_studio_subscription_user: null,
  license_type: 'enterprise',
  github_com_profile: '',
  github_com_member_roles: [],
  github_com_enterprise_roles: [],
  github_com_verified_domain_emails: [],
  github_com_saml_name_id: '',
  github_com_orgs_with_pending_invites: [],
  github_com_two_factor_auth: null,
  enterprise_server_emails: [],
  visual_studio_license_status: '',
  visual_studio_subscription_email: '',
  total_user_accounts: null,
  other_fields: null,
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
