import { fold } from '../../names.ts';

export interface MemberRole {
  readonly organization: string;
  /** `undefined`: a role that this version does not know. */
  /** A role on a repository, whose owner may be a person rather than an organization. */
  readonly onRepository: boolean;
  readonly role: 'owner' | 'member' | 'collaborator' | undefined;
}

const KNOWN = new Set(['owner', 'member', 'collaborator'] as const) as ReadonlySet<string>;

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
    role: KNOWN.has(role) ? (role as MemberRole['role']) : undefined,
  };
}
