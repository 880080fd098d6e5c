/**
 * The fields of a person: the one list from which follow how a row is read, what is known of it, which fields metrics
 * are counted from, the columns of every file, and what each says about people.
 *
 * Names and order are those of `GET /enterprises/{enterprise}/consumed-licenses`.
 * https://docs.github.com/enterprise-cloud@latest/rest/enterprise-admin/licensing
 */

import { isRecord } from '../../common/record.ts';
import { fold } from '../../common/text.ts';
import type { Column, Json, Privacy } from '../report.ts';

interface Field<Value> {
  readonly privacy: Privacy;
  /** What stands for a value that GitHub did not send: the same value, not an equal one, for every person. */
  readonly unknown: Value;
  /**
   * `undefined`: no value of this field.
   *
   * @throws TypeError that names the field
   */
  readonly read: (value: unknown, name: string) => Value | undefined;
  /** Metrics are counted from it. */
  readonly counted?: true;
  /** What it was called once. */
  readonly formerly?: string;
}
type Options = Pick<Field<unknown>, 'counted' | 'formerly'>;

const NONE: readonly string[] = [];
const isNothing = (value: unknown): boolean => value === null || value === undefined || value === '';

const wrong = (name: string, wanted: string): never => {
  throw new TypeError(`${name} is no ${wanted}`);
};

/** As it came; '' means that GitHub has none. */
const text = (privacy: Privacy): Field<string> => ({ privacy, unknown: '', read: readText });

function readText(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  return isNothing(value) ? '' : wrong(name, 'text');
}

const texts = <const Given extends Options>(privacy: Privacy, options = {} as Given) => ({
  ...({ privacy, unknown: NONE, read: readTexts } satisfies Field<readonly string[]>),
  ...options,
});

function readTexts(value: unknown, name: string): readonly string[] {
  if (isNothing(value)) return NONE;
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    return wrong(name, 'list of texts');
  return value.length === 0 ? NONE : value;
}

/** `null` where GitHub says nothing (`""`, `null` or absent), which is never the same as false. */
const flag = <const Given extends Options>(options = {} as Given) => ({
  ...({ privacy: 'public', unknown: null as boolean | null, read: readFlag } satisfies Field<boolean | null>),
  ...options,
});

function readFlag(value: unknown, name: string): boolean | null {
  if (typeof value === 'boolean') return value;
  return isNothing(value) ? null : wrong(name, 'true or false');
}

/** A whole number from 0, or `null` where GitHub sends none. */
export function readCount(value: unknown, name: string): number | null {
  if (isNothing(value)) return null;
  return Number.isSafeInteger(value) && (value as number) >= 0
    ? (value as number)
    : wrong(name, 'whole number');
}

/**
 * Sent by many enterprises and documented nowhere, so that only the name is sure: one value, as it came. Anything else
 * must fail no report, and stays among the other fields.
 */
const undocumented: Field<string | number | boolean | null> = {
  privacy: 'public',
  unknown: null,
  read: (value) => {
    if (isNothing(value)) return null;
    // JSON can write a number that no computer holds, and which would read "Infinity".
    const isOne = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
    return isOne ? (value as string | number | boolean) : undefined;
  },
};

const COUNTED = { counted: true } as const;

export const FIELDS = {
  github_com_login: text('login'),
  github_com_name: text('name'),
  enterprise_server_user_ids: texts('id'),
  github_com_user: flag(COUNTED),
  enterprise_server_user: flag(COUNTED),
  visual_studio_subscription_user: flag(COUNTED),
  license_type: text('public'),
  github_com_profile: text('url'),
  github_com_member_roles: texts('role', COUNTED),
  github_com_enterprise_roles: texts('public', COUNTED),
  github_com_verified_domain_emails: texts('email', COUNTED),
  github_com_saml_name_id: text('id'),
  github_com_orgs_with_pending_invites: texts('public', COUNTED),
  github_com_two_factor_auth: flag(COUNTED),
  enterprise_server_emails: texts('email', { ...COUNTED, formerly: 'enterprise_server_primary_emails' }),
  visual_studio_license_status: text('public'),
  visual_studio_subscription_email: text('email'),
  total_user_accounts: { privacy: 'public', unknown: null, read: readCount } as Field<number | null>,
  github_com_cost_center: undocumented,
  github_com_code_security_license_user: undocumented,
  github_com_secret_protection_license_user: undocumented,
  github_com_two_factor_auth_required_by_date: undocumented,
} as const satisfies Record<string, Field<unknown>>;

type FieldName = keyof typeof FIELDS;
const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];

/** One seat holder: every field is there, under GitHub's own name and in its order. */
export type Person = {
  readonly [Name in FieldName]: (typeof FIELDS)[Name]['unknown'];
} & {
  /** What this version does not know, as it came. */
  readonly other_fields: Readonly<Record<string, unknown>> | null;
};

const NOTHING_KNOWN = {
  ...Object.fromEntries(FIELD_NAMES.map((name) => [name, FIELDS[name].unknown])),
  other_fields: null,
};

/** Somebody of whom GitHub says nothing. One that JSON has laid out is copied faster, and it is copied for everyone. */
export const UNKNOWN_PERSON: Person = Object.assign(JSON.parse(JSON.stringify(NOTHING_KNOWN)), NOTHING_KNOWN);

/** Still sent beside the list that took its place, and holds one of its items. */
const SINGULAR_ROLE = 'github_com_enterprise_role';

/** GHE.com sends `github_login` for `github_com_login`. */
const shortName = (name: string): string => name.replace(/^github_com_/, 'github_');
const SHORT_SINGULAR_ROLE = shortName(SINGULAR_ROLE);

/** Where a value of a row goes. */
interface FieldSource extends Pick<Field<unknown>, 'unknown' | 'read'> {
  readonly field: FieldName;
  /** Under the name that it has in our files, which wins over others unless its value is empty. */
  readonly isOurs: boolean;
}

const sourcesOf = (field: FieldName): [name: string, FieldSource][] => {
  const { unknown, read, formerly = field }: Field<unknown> = FIELDS[field];
  const names = new Set([field, shortName(field), formerly]);
  return [...names].map((name) => [name, { field, unknown, read, isOurs: name === field }]);
};

/** Of the singular role nothing is put in its place: it joins the list at the end. */
const JOINING: FieldSource = {
  field: 'github_com_enterprise_roles',
  unknown: NONE,
  read: () => NONE,
  isOurs: false,
};

const SOURCES: ReadonlyMap<string, FieldSource> = new Map([
  ...FIELD_NAMES.flatMap(sourcesOf),
  [SINGULAR_ROLE, JOINING],
  [SHORT_SINGULAR_ROLE, JOINING],
]);

/**
 * Reads a row of `users`: what does not fit is an unreadable answer, not a guess. One pass over what the row has, and
 * not a schema, which takes several times as long for 100,000 people.
 *
 * @throws TypeError that names the field
 */
export function readPerson(row: unknown): Person {
  if (!isRecord(row)) throw new TypeError('a user is no object');
  const person = { ...UNKNOWN_PERSON } as Record<string, unknown>;
  let others: Record<string, unknown> | null = null;
  for (const name in row) {
    const given = row[name];
    const source = SOURCES.get(name);
    if (source !== undefined) {
      if (given === '' || given === null) continue;
      const value = source.read(given, name);
      if (value === source.unknown) continue;
      if (value !== undefined) {
        if (source.isOurs || person[source.field] === source.unknown) person[source.field] = value;
        continue;
      }
    }
    others ??= {};
    // Assigning a field that is named __proto__ would set the prototype instead.
    Object.defineProperty(others, name, { value: given, enumerable: true });
  }
  if (others !== null) person.other_fields = others;
  const role =
    readText(row[SINGULAR_ROLE], SINGULAR_ROLE) || readText(row[SHORT_SINGULAR_ROLE], SHORT_SINGULAR_ROLE);
  if (role !== '')
    person.github_com_enterprise_roles = withRole((person as Person).github_com_enterprise_roles, role);
  return person as Person;
}

const withRole = (roles: readonly string[], role: string): readonly string[] =>
  roles.some((known) => fold(known) === fold(role)) ? roles : [...roles, role];

/** Columns of what is known of the person of a row: the same fields say the same about people in every file. */
export const personColumns = <Row, Name extends keyof Person>(
  names: readonly Name[],
  personOf: (row: Row) => Pick<Person, Name>,
): Column<Row>[] =>
  names.map((name) => ({
    name,
    privacy: name === 'other_fields' ? 'free-text' : FIELDS[name as FieldName].privacy,
    value: (row) => personOf(row)[name] as Json,
  }));

export const PERSON_COLUMNS = personColumns(
  Object.keys(UNKNOWN_PERSON) as (keyof Person)[],
  (person: Person) => person,
);

/** Fields that metrics are counted from. */
export type CountedField = {
  [Name in FieldName]: (typeof FIELDS)[Name] extends { counted: true } ? Name : never;
}[FieldName];
export const COUNTED_FIELDS = FIELD_NAMES.filter((name): name is CountedField => 'counted' in FIELDS[name]);

const COUNTED_SOURCES = [...SOURCES].flatMap(([name, source]) =>
  COUNTED_FIELDS.filter((field) => field === source.field).map((field) => ({ name, field })),
);

/**
 * The counted fields that some row has a value of: what is missing, `null` or '' everywhere, GitHub did not deliver.
 * Rows of a page are alike, so that most of the time the first few have them all.
 */
export function countedFieldsOf(
  rows: readonly Readonly<Record<string, unknown>>[],
): ReadonlySet<CountedField> {
  const fields = new Set<CountedField>();
  let lacking = COUNTED_SOURCES;
  for (const row of rows) {
    if (lacking.length === 0) break;
    const before = fields.size;
    for (const { name, field } of lacking) if (!isNothing(row[name])) fields.add(field);
    if (fields.size > before) lacking = lacking.filter(({ field }) => !fields.has(field));
  }
  return fields;
}
