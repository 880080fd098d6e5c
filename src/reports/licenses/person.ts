/**
 * What the fields of a person come to: who it is, which accounts they have, and what roles they hold.
 *
 * Metrics go by the flags of accounts alone, as they are documented; all else goes by the flag or the handle, because
 * GitHub leaves either empty at times.
 */

import { fold } from '../../common/text.ts';
import type { Person } from './fields.ts';

/** What tells one person from another; the rest of the row may be anything. */
export type Handles = Pick<
  Person,
  'github_com_login' | 'enterprise_server_user_ids' | 'visual_studio_subscription_email'
>;

/**
 * Who a row is about: the login, else the first server id, else the Visual Studio email, because many people have no
 * login. `undefined`: none of them, and the row is a person of its own. The key is for comparing only; it is not shown.
 */
export function personKey(person: Handles): string | undefined {
  const login = fold(person.github_com_login);
  if (login) return `login ${login}`;
  const serverId = person.enterprise_server_user_ids.map(fold).find(Boolean);
  if (serverId) return `server ${serverId}`;
  const email = fold(person.visual_studio_subscription_email);
  return email ? `visual-studio ${email}` : undefined;
}

/* ── Accounts ────────────────────────────────────────────────────────────────────────────────────────────────── */

type Accounts = Handles &
  Pick<Person, 'github_com_user' | 'enterprise_server_user' | 'visual_studio_subscription_user'>;

export const isCloud = (person: Accounts): boolean => person.github_com_user === true;
export const isServer = (person: Accounts): boolean => person.enterprise_server_user === true;
export const isVisualStudio = (person: Accounts): boolean => person.visual_studio_subscription_user === true;

export const hasCloudAccount = (person: Accounts): boolean =>
  person.github_com_login !== '' || isCloud(person);

export const hasServerAccount = (person: Accounts): boolean =>
  person.enterprise_server_user_ids.length > 0 || isServer(person);

export type AccountKind = 'cloud' | 'Enterprise Server' | 'cloud and Enterprise Server' | 'Visual Studio';

/** `undefined`: GitHub tells of none of them, as of somebody who is only invited. */
export function accountKind(person: Accounts): AccountKind | undefined {
  if (hasCloudAccount(person)) return hasServerAccount(person) ? 'cloud and Enterprise Server' : 'cloud';
  if (hasServerAccount(person)) return 'Enterprise Server';
  return isVisualStudio(person) || person.visual_studio_subscription_email !== ''
    ? 'Visual Studio'
    : undefined;
}

/* ── Roles ───────────────────────────────────────────────────────────────────────────────────────────────────── */

export interface MemberRole {
  readonly organization: string;
  /** A role on a repository, whose owner may be a person rather than an organization. */
  readonly onRepository: boolean;
  /** `undefined`: a role that this version does not know. */
  readonly role: 'owner' | 'member' | 'collaborator' | undefined;
}

const KNOWN_ROLES: ReadonlySet<string> = new Set(['owner', 'member', 'collaborator']);

/**
 * Reads an entry of `github_com_member_roles`: `org:Role`, or `ORG/REPO:Collaborator` for an outside collaborator, the
 * role in any case. `undefined` when it names no organization.
 * https://docs.github.com/en/enterprise-cloud@latest/billing/reference/license-reports
 */
export function parseMemberRole(entry: string): MemberRole | undefined {
  const colon = entry.lastIndexOf(':');
  if (colon < 0) return undefined;
  const [organization = '', ...repository] = entry.slice(0, colon).trim().split('/');
  if (organization.trim() === '' || repository.length > 1) return undefined;
  const role = fold(entry.slice(colon + 1));
  return {
    organization: organization.trim(),
    onRepository: repository.length > 0,
    role: KNOWN_ROLES.has(role) ? (role as MemberRole['role']) : undefined,
  };
}

/** A member or owner of an organization; a role that cannot be read is taken for a membership. */
export const isMember = (person: Person): boolean =>
  person.github_com_member_roles.some((entry) => parseMemberRole(entry)?.role !== 'collaborator');

const hasEnterpriseRole = (person: Person, role: RegExp): boolean =>
  person.github_com_enterprise_roles.some((held) => role.test(held.trim()));

/** Of the enterprise, or of an organization. */
export const isOwner = (person: Person): boolean =>
  hasEnterpriseRole(person, /^(enterprise )?owner$/i) ||
  person.github_com_member_roles.some((entry) => parseMemberRole(entry)?.role === 'owner');

/**
 * Invited to an organization or a repository and not yet there: by the organizations, or by an enterprise role such as
 * `Pending invitation`, which often is all that GitHub says.
 */
export const isPending = (person: Person): boolean =>
  person.github_com_orgs_with_pending_invites.length > 0 || hasEnterpriseRole(person, /^pending/i);

/** By enterprise role, or by a role on a single repository (`ORG/REPO:Collaborator`). */
export const isOutsideCollaborator = (person: Person): boolean =>
  hasEnterpriseRole(person, /^(outside|repository) collaborator$/i) ||
  person.github_com_member_roles.some((role) => /:collaborator$/i.test(role.trim()));
