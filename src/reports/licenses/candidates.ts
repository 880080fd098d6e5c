/** Seats that could perhaps be given back, each by a rule. */
import { fold } from '../../common/text.ts';
import { type Measure, notDelivered } from '../../metrics.ts';
import { type Candidate, countReclaimable, distinctNames } from '../candidates/candidates.ts';
import { REASONS, type ReasonName } from '../candidates/reasons.ts';
import type { DuplicateRow, Duplicates } from './duplicates.ts';
import type { CloudLicenses } from './fetch.ts';
import type { CountedField, Person } from './fields.ts';
import { describeMismatch } from './mismatches.ts';
import {
  accountKind,
  hasCloudAccount,
  hasServerAccount,
  isMember,
  isOutsideCollaborator,
  isOwner,
  isPending,
  isVisualStudio,
  parseMemberRole,
  personKey,
} from './person.ts';

/** What must be known of people before anybody is told to have none of it, owners of something among it. */
const MEMBERSHIP = [
  'github_com_member_roles',
  'github_com_enterprise_roles',
  'enterprise_server_user',
] as const satisfies CountedField[];

interface Rule {
  readonly needs: readonly CountedField[];
  readonly holds: (person: Person) => boolean;
}

/** Of one row by itself. */
const RULES = {
  'no-organization': {
    needs: [...MEMBERSHIP, 'github_com_orgs_with_pending_invites', 'visual_studio_subscription_user'],
    holds: (person) =>
      hasCloudAccount(person) &&
      person.github_com_member_roles.length === 0 &&
      !isOutsideCollaborator(person) &&
      !isPending(person) &&
      !hasServerAccount(person) &&
      !isVisualStudio(person),
  },
  'pending-invitation': {
    needs: MEMBERSHIP,
    holds: (person) =>
      isPending(person) && !isMember(person) && !isOutsideCollaborator(person) && !hasServerAccount(person),
  },
  'outside-collaborator': {
    needs: MEMBERSHIP,
    holds: (person) =>
      isOutsideCollaborator(person) &&
      !person.github_com_member_roles.some((entry) => parseMemberRole(entry)?.onRepository) &&
      !isMember(person) &&
      !hasServerAccount(person),
  },
  'visual-studio-only': {
    needs: [...MEMBERSHIP, 'github_com_user'],
    holds: (person) =>
      accountKind(person) === 'Visual Studio' &&
      person.github_com_member_roles.length === 0 &&
      !isOutsideCollaborator(person) &&
      !isPending(person),
  },
} as const satisfies Partial<Record<ReasonName, Rule>>;

type RuleName = keyof typeof RULES;

export interface Sources {
  readonly licenses: Pick<CloudLicenses, 'people' | 'fields' | 'totals'>;
  readonly duplicates: Pick<Duplicates, 'groups'>;
  /** Visual Studio subscriptions that no account is matched to; absent where they are not known. */
  readonly unmatched?: readonly Pick<Person, 'visual_studio_subscription_email'>[];
}

/**
 * Everybody whom a rule finds, once a rule. Never an owner of the enterprise or of an organization: what they own would
 * lose them. Without what a rule needs it finds nobody.
 */
export function findCandidates({ licenses, duplicates, unmatched = [] }: Sources): readonly Candidate[] {
  const { people, fields, totals } = licenses;
  const byRule = (name: RuleName): Candidate[] => {
    const { needs, holds }: Rule = RULES[name];
    if (lackingOf(needs, fields) !== undefined) return [];
    return people
      .filter((person) => holds(person) && !isOwner(person))
      .map((person) => ofPerson(person, name));
  };
  const extraRows = lackingOf(MEMBERSHIP, fields) === undefined ? duplicates.groups.entries() : [];
  return [
    ...byRule('no-organization'),
    ...Array.from(extraRows).flatMap(([index, rows]) => {
      const check = `Group ${index + 1} of duplicates.csv. ${describeMismatch(rows).remedy}`;
      return beyondFirst(rows)
        .filter((person) => !isOwner(person))
        .map((person) => ({ ...ofPerson(person, 'duplicate-seat'), check }));
    }),
    // Nobody says that something is purchased: the enterprise may pay by usage, and invitations consume nothing then.
    ...(totals.purchased ? byRule('pending-invitation') : []),
    ...byRule('outside-collaborator'),
    ...byRule('visual-studio-only'),
    ...unmatchedSubscriptions(unmatched),
  ];
}

const ofPerson = (person: Person, reason: ReasonName): Candidate => ({
  reason,
  key: personKey(person) ?? person,
  person,
  organizations: organizationsOf(person),
  // Who comes with a Visual Studio subscription is not on GitHub's bill.
  ...(REASONS[reason].license === 'seat' &&
    fold(person.license_type) === 'enterprise' && { sku: 'ghec_licenses' }),
});

const lackingOf = (needs: readonly CountedField[], fields: ReadonlySet<CountedField>) =>
  needs.find((field) => !fields.has(field));

/** The first row with a cloud account stays, else the first. */
function beyondFirst(rows: readonly DuplicateRow[]): readonly Person[] {
  const people = rows.map(({ person }) => person);
  const stays = people.find(hasCloudAccount) ?? people[0];
  return people.filter((person) => person !== stays);
}

/** Those that a person belongs to, collaborates in or is invited to. */
const organizationsOf = (person: Person): readonly string[] =>
  distinctNames([
    ...person.github_com_member_roles.flatMap((entry) => parseMemberRole(entry)?.organization ?? []),
    ...person.github_com_orgs_with_pending_invites,
  ]);

/** A person can hold several, and is listed once. The same person may be a row of the licenses as well. */
function unmatchedSubscriptions(
  subscriptions: readonly Pick<Person, 'visual_studio_subscription_email'>[],
): readonly Candidate[] {
  const byOwner = Map.groupBy(
    subscriptions.map(({ visual_studio_subscription_email: email }) => ({
      github_com_login: '',
      enterprise_server_user_ids: [],
      visual_studio_subscription_email: email,
    })),
    (owner) => personKey(owner) ?? owner,
  );
  return Array.from(byOwner, ([key, [person]]) =>
    person === undefined
      ? []
      : [{ reason: 'visual-studio-unmatched', key, person, organizations: [] } as const],
  ).flat();
}

/** Not delivered as soon as a rule that makes a seat likely to be free could not be applied. */
export function measureReclaimable(
  { people, fields }: Sources['licenses'],
  duplicateSeats: Measure,
  candidates: readonly Candidate[],
): Measure {
  if (people.length === 0) return 0;
  if (typeof duplicateSeats !== 'number') return duplicateSeats;
  const lacking = lackingOf(RULES['no-organization'].needs, fields);
  return lacking === undefined ? countReclaimable(candidates) : notDelivered(`GitHub sent no ${lacking}`);
}
