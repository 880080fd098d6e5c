/** Which organizations, and which cost centers, drive seats. */
import { byName, fold } from '../../common/text.ts';
import type { Person } from './fields.ts';
import { parseMemberRole } from './person.ts';

export interface OrganizationSeats {
  /** As spelt where it was first seen. */
  readonly organization: string;
  readonly owners: number;
  readonly members: number;
  readonly outside_collaborators: number;
  readonly pending_invitations: number;
  /** Distinct people who own it, belong to it, collaborate in it or are invited to it, whatever their role. */
  readonly people: number;
  /** Those of them whom no other organization lists: their seats would come free without it. */
  readonly exclusive_people: number;
}

export interface Organizations {
  /** The one with the most people first. */
  readonly rows: readonly OrganizationSeats[];
  /** Those of them that are organizations for sure; the owner of a repository with collaborators may be a person. */
  readonly names: readonly string[];
  /** Entries of `github_com_member_roles` that name no organization: they count nowhere. */
  readonly unreadableRoles: number;
  /** Entries with a role that is neither owner, member nor collaborator: they count among the people alone. */
  readonly unknownRoles: number;
}

type Count = { -readonly [Name in keyof OrganizationSeats]: OrganizationSeats[Name] };
type Tie = 'owners' | 'members' | 'outside_collaborators' | 'pending_invitations' | 'people';

const KIND_OF_ROLE = { owner: 'owners', member: 'members', collaborator: 'outside_collaborators' } as const;

/** Counts people, not entries: a collaborator in five repositories of an organization is one collaborator there. */
export function organizationSeats(people: readonly Person[]): Organizations {
  const counts = new Map<string, Count>();
  const certain = new Set<string>();
  let unreadableRoles = 0;
  let unknownRoles = 0;

  for (const person of people) {
    const kinds = new Map<string, Set<Tie>>();
    const tie = (organization: string, kind: Tie, isCertain: boolean) => {
      const key = fold(organization);
      if (!counts.has(key)) counts.set(key, none(organization.trim()));
      if (isCertain) certain.add(key);
      kinds.set(key, (kinds.get(key) ?? new Set<Tie>(['people'])).add(kind));
    };

    for (const entry of person.github_com_member_roles) {
      const parsed = parseMemberRole(entry);
      if (!parsed) unreadableRoles++;
      else if (!parsed.role) unknownRoles++;
      if (!parsed) continue;
      const kind = parsed.role ? KIND_OF_ROLE[parsed.role] : 'people';
      tie(parsed.organization, kind, !parsed.onRepository);
    }
    for (const organization of person.github_com_orgs_with_pending_invites) {
      if (organization.trim()) tie(organization, 'pending_invitations', true);
    }

    for (const [key, held] of kinds) {
      const count = counts.get(key) as Count;
      for (const kind of held) count[kind]++;
      if (kinds.size === 1) count.exclusive_people++;
    }
  }

  const rows = [...counts.values()].sort(
    (a, b) => b.people - a.people || byName(fold(a.organization), fold(b.organization)),
  );
  const names = rows.map((row) => row.organization).filter((name) => certain.has(fold(name)));
  return { rows, names, unreadableRoles, unknownRoles };
}

const none = (organization: string): Count => ({
  organization,
  owners: 0,
  members: 0,
  outside_collaborators: 0,
  pending_invitations: 0,
  people: 0,
  exclusive_people: 0,
});

/* ── Cost centers ────────────────────────────────────────────────────────────────────────────────────────────── */

export interface CostCenterSeats {
  readonly cost_center: string;
  readonly people: number;
  /** Those of them who have no other: all, because GitHub names one cost center a person. */
  readonly exclusive_people: number;
}

/** The one with the most people first; empty where GitHub names none. */
export function costCenterSeats(people: readonly Person[]): readonly CostCenterSeats[] {
  const counts = new Map<string, number>();
  for (const { github_com_cost_center: given } of people) {
    const name = typeof given === 'string' || typeof given === 'number' ? String(given).trim() : '';
    if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Array.from(counts, ([name, number]) => ({
    cost_center: name,
    people: number,
    exclusive_people: number,
  })).sort((a, b) => b.people - a.people || byName(a.cost_center, b.cost_center));
}
