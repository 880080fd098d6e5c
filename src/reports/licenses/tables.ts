/** What a machine reads of the licenses: everyone, the organizations, and the rows that look like one person. */
import type { Table } from '../report.ts';
import type { DuplicateRow, Duplicates } from './duplicates.ts';
import { PERSON_COLUMNS, type Person, personColumns } from './fields.ts';
import { describeMismatch } from './mismatches.ts';
import type { CostCenterSeats, OrganizationSeats } from './organizations.ts';
import type { Subscription } from './visual-studio.ts';

/** `licenses.csv` and the users of `licenses.json`: one row a person, GitHub's field names in the documented order. */
export const licensesTable = (people: readonly Person[]): Table<Person> => ({
  name: 'licenses',
  title: 'People',
  columns: PERSON_COLUMNS.map((column) => (MINOR.has(column.name) ? { ...column, minor: true } : column)),
  rows: people,
});

/** What a reader of the page asks for when the others leave a question. */
const MINOR: ReadonlySet<string> = new Set<keyof Person>([
  'github_com_orgs_with_pending_invites',
  'github_com_user',
  'enterprise_server_user',
  'visual_studio_subscription_user',
  'github_com_profile',
  'github_com_verified_domain_emails',
  'github_com_saml_name_id',
  'enterprise_server_emails',
  'visual_studio_subscription_email',
  'total_user_accounts',
  'other_fields',
]);

/** `organizations.csv`. */
export const organizationsTable = (rows: readonly OrganizationSeats[]): Table<OrganizationSeats> => ({
  name: 'organizations',
  title: 'Organizations',
  columns: COLUMNS.map((name) => ({
    name,
    // The owner of a repository, who may be a person.
    privacy: name === 'organization' ? 'repository' : 'public',
    value: (row) => row[name],
  })),
  rows,
});

const COLUMNS = [
  'organization',
  'owners',
  'members',
  'outside_collaborators',
  'pending_invitations',
  'people',
  'exclusive_people',
] as const satisfies (keyof OrganizationSeats)[];

/** `cost-centers.csv`. */
export const costCentersTable = (rows: readonly CostCenterSeats[]): Table<CostCenterSeats> => ({
  name: 'cost-centers',
  title: 'Cost centers',
  columns: (['cost_center', 'people', 'exclusive_people'] as const).map((name) => ({
    name,
    privacy: 'public',
    value: (row) => row[name],
  })),
  rows,
});

type GroupRow = DuplicateRow & ReturnType<typeof describeMismatch> & { readonly group: number };

/** `duplicates.csv`: the rows of a person stand together, under one number. */
export const duplicatesTable = ({ groups }: Duplicates): Table<GroupRow> => ({
  name: 'duplicates',
  title: 'Duplicate seats',
  columns: [
    { name: 'group', privacy: 'public', value: (row) => row.group },
    ...personColumns(
      [
        'github_com_login',
        'enterprise_server_user_ids',
        'github_com_verified_domain_emails',
        'github_com_saml_name_id',
        'enterprise_server_emails',
        'visual_studio_subscription_email',
      ],
      (row: GroupRow) => row.person,
    ),
    { name: 'linked_by', privacy: 'email', value: (row) => row.linkedBy },
    { name: 'why', privacy: 'public', value: ({ why }) => why },
    { name: 'what_to_do', privacy: 'public', value: ({ remedy }) => remedy },
  ],
  rows: groups.flatMap((rows, index) => {
    const mismatch = describeMismatch(rows);
    return rows.map((row) => ({ ...row, ...mismatch, group: index + 1 }));
  }),
});

/** `visual-studio.csv`. */
export const visualStudioTable = (rows: readonly Subscription[]): Table<Subscription> => ({
  name: 'visual-studio',
  title: 'Visual Studio subscriptions',
  columns: [
    {
      name: 'visual_studio_subscription_email',
      privacy: 'email',
      value: (row) => row.visual_studio_subscription_email,
    },
    { name: 'subscription_id', privacy: 'id', value: (row) => row.subscription_id },
    { name: 'username', privacy: 'login', value: (row) => row.username },
    { name: 'manual_match', privacy: 'public', value: (row) => row.manual_match },
  ],
  rows,
});
