/** `licenses.csv` and the users of `licenses.json`: one row a person, GitHub's field names in the documented order. */
import type { Column, Json, Privacy, Table } from '../report.ts';
import type { Person } from './person.ts';

/** What each field says about people. A field that is missing here does not compile. */
const PRIVACY: { readonly [Field in keyof Person]: Privacy } = {
  github_com_login: 'login',
  github_com_name: 'name',
  enterprise_server_user_ids: 'id',
  github_com_user: 'public',
  enterprise_server_user: 'public',
  visual_studio_subscription_user: 'public',
  license_type: 'public',
  github_com_profile: 'url',
  github_com_member_roles: 'role',
  github_com_enterprise_roles: 'public',
  github_com_verified_domain_emails: 'email',
  github_com_saml_name_id: 'id',
  github_com_orgs_with_pending_invites: 'public',
  github_com_two_factor_auth: 'public',
  enterprise_server_emails: 'email',
  visual_studio_license_status: 'public',
  visual_studio_subscription_email: 'email',
  total_user_accounts: 'public',
  other_fields: 'free-text',
};

/** Columns of what is known of the person of a row: the same fields say the same about people in every file. */
export const personColumns = <Row, Name extends keyof Person>(
  names: readonly Name[],
  personOf: (row: Row) => Pick<Person, Name>,
): Column<Row>[] =>
  names.map((name) => ({ name, privacy: PRIVACY[name], value: (row) => personOf(row)[name] as Json }));

const COLUMNS = personColumns(Object.keys(PRIVACY) as (keyof Person)[], (person: Person) => person);

export function licensesTable(people: readonly Person[]): Table<Person> {
  return { name: 'licenses', title: 'People', columns: COLUMNS, rows: people };
}
