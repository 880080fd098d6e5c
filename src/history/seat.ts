/** What a row of `licenses.json` says of a person's seat, and how two such rows differ. */
import { toJson } from '../common/record.ts';
import { fold } from '../common/text.ts';
import {
  type AccountKind,
  accountKind,
  type Handles,
  parseMemberRole,
  personKey,
} from '../reports/licenses/person.ts';
import { type Difference, namesOf, type Pair, step, textOf } from './difference.ts';
import type { FileRow } from './previous.ts';

export interface Seat {
  readonly key: string;
  readonly person: Handles;
  /** What is compared. `undefined`: the row does not say, and then nothing is said of a change. */
  readonly licenseType: string | undefined;
  readonly kind: AccountKind | undefined;
  readonly visualStudio: 'yes' | 'no' | undefined;
  readonly enterpriseRoles: readonly string[] | undefined;
  readonly organizations: readonly string[] | undefined;
}

export function readSeat(row: FileRow): Seat {
  const person: Handles = {
    github_com_login: textOf(row.github_com_login) ?? '',
    enterprise_server_user_ids: texts(row.enterprise_server_user_ids) ?? [],
    visual_studio_subscription_email: textOf(row.visual_studio_subscription_email) ?? '',
  };
  const subscriber = row.visual_studio_subscription_user;
  return {
    // Somebody without a handle is told by all else that is said of them.
    key: personKey(person) ?? `row ${toJson({ ...row, ...person })}`,
    person,
    licenseType: textOf(row.license_type),
    kind: accountKind({
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
const texts = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;

export function seatDifference(pair: Pair<Seat>): Difference {
  const { before, after } = pair;
  const login = before && after && before.person.github_com_login;
  const organizations = namesOf(pair, (seat) => seat.organizations);
  return {
    previousLogin: login && fold(login) !== fold(after.person.github_com_login) ? login : '',
    licenseType: step(pair, (seat) => seat.licenseType),
    accounts: step(pair, (seat) => seat.kind),
    visualStudio: step(pair, (seat) => seat.visualStudio),
    enterpriseRoles: step(pair, (seat) => seat.enterpriseRoles),
    organizationsJoined: organizations.added,
    organizationsLeft: organizations.removed,
  };
}
