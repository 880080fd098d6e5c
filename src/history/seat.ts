/** What a row of `licenses.json` says of a person's seat, and how two such rows differ. */
import { toJson } from '../common/record.ts';
import { byName, fold } from '../common/values.ts';
import { type Handles, type Kind, kindOf, parseMemberRole, personKey } from '../reports/licenses/person.ts';
import type { UserRow } from './previous.ts';

export interface Seat {
  readonly key: string;
  readonly person: Handles;
  /** What is compared. `undefined`: the row does not say, and then nothing is said of a change. */
  readonly licenseType: string | undefined;
  readonly kind: Kind | undefined;
  readonly visualStudio: 'yes' | 'no' | undefined;
  readonly enterpriseRoles: readonly string[] | undefined;
  readonly organizations: readonly string[] | undefined;
}

export function readSeat(row: UserRow): Seat {
  const person: Handles = {
    github_com_login: text(row.github_com_login) ?? '',
    enterprise_server_user_ids: texts(row.enterprise_server_user_ids) ?? [],
    visual_studio_subscription_email: text(row.visual_studio_subscription_email) ?? '',
  };
  const subscriber = row.visual_studio_subscription_user;
  return {
    // Somebody without a handle is told by all else that is said of them.
    key: personKey(person) ?? `row ${toJson({ ...row, ...person })}`,
    person,
    licenseType: text(row.license_type),
    kind: kindOf({
      ...person,
      github_com_user: flag(row.github_com_user),
      enterprise_server_user: flag(row.enterprise_server_user),
      visual_studio_subscription_user: flag(subscriber),
    }),
    visualStudio: typeof subscriber === 'boolean' ? (subscriber ? 'yes' : 'no') : undefined,
    enterpriseRoles: texts(row.github_com_enterprise_roles),
    organizations: texts(row.github_com_member_roles)?.flatMap(
      (role) => parseMemberRole(role)?.organization ?? [],
    ),
  };
}

const flag = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
const texts = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;

/** Empty where nothing changed. Of a seat gained or lost it says what is, or was, held. */
export interface Difference {
  readonly previousLogin: string;
  /** `Enterprise → Visual Studio subscription`, or one of them for a seat gained or lost; so are those below. */
  readonly licenseType: string;
  readonly kind: string;
  readonly visualStudio: string;
  readonly enterpriseRoles: string;
  readonly organizationsJoined: readonly string[];
  readonly organizationsLeft: readonly string[];
}

/** `undefined`: there was, or is, no seat. */
export function differenceBetween(before: Seat | undefined, after: Seat | undefined): Difference {
  const step = (read: (seat: Seat) => string | undefined): string => {
    const [then, now] = [before && read(before), after && read(after)];
    if (!before || !after) return now ?? then ?? '';
    if (then === undefined || now === undefined || fold(then) === fold(now)) return '';
    return `${then || 'none'} → ${now || 'none'}`;
  };
  const organizationsThen = before ? before.organizations : [];
  const organizationsNow = after ? after.organizations : [];
  const login = before && after && before.person.github_com_login;
  return {
    previousLogin: login && fold(login) !== fold(after.person.github_com_login) ? login : '',
    licenseType: step((seat) => seat.licenseType),
    kind: step((seat) => seat.kind),
    visualStudio: step((seat) => seat.visualStudio),
    enterpriseRoles: step((seat) => seat.enterpriseRoles && asSet(seat.enterpriseRoles).join(', ')),
    organizationsJoined: missingFrom(organizationsThen, organizationsNow),
    organizationsLeft: missingFrom(organizationsNow, organizationsThen),
  };
}

/** Those of `names` that are not among `others`, in any case; none where either is unknown. */
function missingFrom(
  others: readonly string[] | undefined,
  names: readonly string[] | undefined,
): readonly string[] {
  if (!others || !names) return [];
  const known = new Set(others.map(fold));
  return asSet(names).filter((name) => !known.has(fold(name)));
}

/** Each name once, in any case, in alphabetical order. */
const asSet = (names: readonly string[]): readonly string[] =>
  [...new Map(names.map((name) => [fold(name), name] as const))]
    .sort(([a], [b]) => byName(a, b))
    .map(([, name]) => name);

export const isNone = (difference: Difference): boolean =>
  Object.values(difference).every((value) => value.length === 0);
