/**
 * GitHub's answer → plain records, checked field by field: what does not fit is an unreadable answer, not a guess. By
 * hand rather than by a schema, which takes several times as long for 100,000 people.
 */
import { isRecord } from '../../record.ts';
import type { Person } from './person.ts';

/** The totals that every page repeats; `undefined` when GitHub did not send them. */
export interface SeatTotals {
  readonly purchased: number | undefined;
  readonly consumed: number | undefined;
}

export interface LicensePage {
  readonly totals: SeatTotals;
  readonly people: readonly Person[];
  /** Fields that stand in some row: what no row has, GitHub did not deliver. */
  readonly fields: ReadonlySet<string>;
}

/** Fields of a row that are read; every other one is carried along in `other_fields`. */
const KNOWN = new Set([
  'github_com_login',
  'github_com_name',
  'enterprise_server_user_ids',
  'github_com_user',
  'enterprise_server_user',
  'visual_studio_subscription_user',
  'license_type',
  'github_com_profile',
  'github_com_member_roles',
  'github_com_enterprise_roles',
  'github_com_verified_domain_emails',
  'github_com_saml_name_id',
  'github_com_orgs_with_pending_invites',
  'github_com_two_factor_auth',
  'enterprise_server_emails',
  'visual_studio_license_status',
  'visual_studio_subscription_email',
  'total_user_accounts',
  // Earlier names, folded into the ones above.
  'github_com_enterprise_role',
  'enterprise_server_primary_emails',
]);

/** Fields that metrics are counted from. */
export const COUNTED = [
  'github_com_user',
  'enterprise_server_user',
  'visual_studio_subscription_user',
  'github_com_member_roles',
  'github_com_enterprise_roles',
  'github_com_verified_domain_emails',
  'github_com_orgs_with_pending_invites',
  'github_com_two_factor_auth',
] as const satisfies (keyof Person)[];
export type CountedField = (typeof COUNTED)[number];

type Row = Readonly<Record<string, unknown>>;

/**
 * One page of `GET /enterprises/{enterprise}/consumed-licenses`.
 *
 * @throws TypeError naming the field, when the body is not such a page
 * @see https://docs.github.com/enterprise-cloud@latest/rest/enterprise-admin/licensing
 */
export function readLicensePage(body: unknown): LicensePage {
  if (!isRecord(body)) throw new TypeError('the answer is no object');
  if (!Array.isArray(body.users)) throw new TypeError('users is no list');
  return {
    totals: {
      purchased: count(body, 'total_seats_purchased') ?? undefined,
      consumed: count(body, 'total_seats_consumed') ?? undefined,
    },
    people: body.users.map(readPerson),
    fields: fieldsOf(body.users as readonly Row[]),
  };
}

/** Rows of a page are alike, so that most of the time the first has them all. */
function fieldsOf(rows: readonly Row[]): ReadonlySet<string> {
  const fields = new Set<string>();
  for (const row of rows) {
    if (COUNTED.every((field) => fields.has(field))) break;
    for (const field of COUNTED) if (field in row) fields.add(field);
    if ('github_com_enterprise_role' in row) fields.add('github_com_enterprise_roles');
  }
  return fields;
}

function readPerson(row: unknown): Person {
  if (!isRecord(row)) throw new TypeError('a user is no object');
  const role = text(row, 'github_com_enterprise_role');
  const roles = list(row, 'github_com_enterprise_roles');
  const emails = list(row, 'enterprise_server_emails');
  return {
    github_com_login: text(row, 'github_com_login'),
    github_com_name: text(row, 'github_com_name'),
    enterprise_server_user_ids: list(row, 'enterprise_server_user_ids'),
    github_com_user: flag(row, 'github_com_user'),
    enterprise_server_user: flag(row, 'enterprise_server_user'),
    visual_studio_subscription_user: flag(row, 'visual_studio_subscription_user'),
    license_type: text(row, 'license_type'),
    github_com_profile: text(row, 'github_com_profile'),
    github_com_member_roles: list(row, 'github_com_member_roles'),
    github_com_enterprise_roles: role === '' || includesText(roles, role) ? roles : [...roles, role],
    github_com_verified_domain_emails: list(row, 'github_com_verified_domain_emails'),
    github_com_saml_name_id: text(row, 'github_com_saml_name_id'),
    github_com_orgs_with_pending_invites: list(row, 'github_com_orgs_with_pending_invites'),
    github_com_two_factor_auth: flag(row, 'github_com_two_factor_auth'),
    enterprise_server_emails: emails.length > 0 ? emails : list(row, 'enterprise_server_primary_emails'),
    visual_studio_license_status: text(row, 'visual_studio_license_status'),
    visual_studio_subscription_email: text(row, 'visual_studio_subscription_email'),
    total_user_accounts: count(row, 'total_user_accounts'),
    other_fields: otherFields(row),
  };
}

const wrong = (field: string, wanted: string): never => {
  throw new TypeError(`${field} is no ${wanted}`);
};

function text(row: Row, field: string): string {
  const value = row[field];
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : wrong(field, 'text');
}

const NONE: readonly string[] = [];

function list(row: Row, field: string): readonly string[] {
  const value = row[field];
  if (value === null || value === undefined || value === '') return NONE;
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    return wrong(field, 'list of texts');
  return value.length === 0 ? NONE : value;
}

/** `""`, which GitHub sends for people it knows nothing about, is unknown, not false. */
function flag(row: Row, field: string): boolean | null {
  const value = row[field];
  if (typeof value === 'boolean') return value;
  return value === null || value === undefined || value === '' ? null : wrong(field, 'true or false');
}

function count(row: Row, field: string): number | null {
  const value = row[field];
  if (value === null || value === undefined) return null;
  return Number.isSafeInteger(value) && (value as number) >= 0
    ? (value as number)
    : wrong(field, 'whole number');
}

const includesText = (texts: readonly string[], wanted: string): boolean =>
  texts.some((text) => text.toLowerCase() === wanted.toLowerCase());

function otherFields(row: Row): Person['other_fields'] {
  let others: Record<string, unknown> | null = null;
  for (const field in row) {
    if (KNOWN.has(field)) continue;
    others ??= {};
    // Assigning a field that is named __proto__ would set the prototype instead.
    Object.defineProperty(others, field, { value: row[field], enumerable: true });
  }
  return others;
}
