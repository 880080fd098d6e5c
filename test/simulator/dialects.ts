/**
 * How an enterprise answers. GitHub's documentation is one way; recorded and reported answers of real enterprises are
 * others, and an action that reads only the first fails on them.
 */
import type { LicensedUser } from './enterprise.ts';
import type { Random } from './random.ts';

/**
 * - `documented`: as GitHub's pages and examples say.
 * - `field`: as recorded. Roles that are pending, `null` for `''`, fields that no page has, line items with names for
 *   people and everything else with identifiers, cost centers whatever `state` is asked for, budgets ten a page.
 * - `ghe.com`: the same with `github_` before a person's fields.
 * - `usage-based`: the same where nothing is purchased in advance, and pending invitations consume nothing.
 */
export const DIALECTS = ['documented', 'field', 'ghe.com', 'usage-based'] as const;
export type Dialect = (typeof DIALECTS)[number];

const PENDING = 'Pending invitation';
const PENDING_COLLABORATOR = 'Pending outside collaborator invitation';

/** Whether all that a person has is an invitation. */
export const isInvitedOnly = ({ github_com_enterprise_roles: roles }: LicensedUser): boolean =>
  roles.length > 0 && roles.every((role) => role.startsWith('Pending'));

/** Makes the people of a documented enterprise such as the field has. Who they are stays. */
export function speakAsTheField(random: Random, people: readonly LicensedUser[], dialect: Dialect): void {
  for (const row of people) {
    invite(random, row);
    for (const field of [
      'github_com_name',
      'github_com_saml_name_id',
      'visual_studio_license_status',
      'visual_studio_subscription_email',
    ] as const) {
      if (!row[field]) row[field] = random.pick(['', null]);
    }
    row.license_type = row.license_type === 'enterprise' ? 'Enterprise' : row.license_type;
    if (row.visual_studio_license_status === 'Assigned')
      row.visual_studio_license_status = 'Matched to Cloud';
    Object.assign(row, {
      github_com_cost_center: random.chance(0.2) ? random.pick(['Research', 'Sales, EMEA']) : '',
      github_com_code_security_license_user: row.github_com_user && random.chance(0.3),
      github_com_secret_protection_license_user: row.github_com_user && random.chance(0.3),
      github_com_two_factor_auth_required_by_date: random.chance(0.02) ? '2027-01-31T00:00:00Z' : null,
      ...(dialect === 'ghe.com' && {
        ghe_license_active: true,
        ghe_license_start_date: '2026-01-01',
        ghe_license_end_date: '2026-12-31',
      }),
    });
  }
}

/** Invitations are told by roles, alone or beside others; who has nothing else is in no list of organizations. */
function invite(random: Random, row: LicensedUser): void {
  const [role = ''] = row.github_com_enterprise_roles;
  if (row.github_com_orgs_with_pending_invites.length > 0) {
    if (row.github_com_member_roles.length === 0) {
      row.github_com_enterprise_roles = [PENDING];
      row.github_com_orgs_with_pending_invites = [];
      delete row.github_com_enterprise_role;
    } else if (random.chance(0.5)) {
      row.github_com_enterprise_roles = [role, PENDING];
    }
  } else if (/collaborator/i.test(role) && random.chance(0.3)) {
    const isAlone = random.chance(0.5);
    row.github_com_enterprise_roles = isAlone ? [PENDING_COLLABORATOR] : [role, PENDING_COLLABORATOR];
    delete row.github_com_enterprise_role;
    if (isAlone) row.github_com_member_roles = [];
  }
}

/** A row as it is served. On GHE.com some rows have both names of a field, and then the one that is empty says nothing. */
export function servedPerson<Value>(
  row: Readonly<Record<string, Value>>,
  index: number,
  dialect: Dialect,
): Record<string, Value | [] | ''> {
  if (dialect !== 'ghe.com') return row;
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]): [string, Value | [] | ''][] => {
      if (!name.startsWith('github_com_')) return [[name, value]];
      const other = name.replace('github_com_', 'github_');
      if (index % 4 > 1 || typeof value === 'boolean') return [[other, value]];
      const empty: [] | '' = Array.isArray(value) ? [] : '';
      return [
        [name, index % 4 === 0 ? empty : value],
        [other, index % 4 === 0 ? value : empty],
      ];
    }),
  );
}
