/** Seats that could perhaps be given back: candidates to check, each by a rule and with GitHub's page on it. */
import { fold } from '../../common/text.ts';
import { VISUAL_STUDIO } from '../blocks.ts';
import type { CountedField, Person } from './fields.ts';
import {
  hasCloudAccount,
  hasServerAccount,
  isEnterpriseOwner,
  isMember,
  isOutsideCollaborator,
  isPending,
  isVisualStudio,
} from './person.ts';

const BILLED =
  'https://docs.github.com/en/enterprise-cloud@latest/billing/reference/github-license-users#organizations-on-github-enterprise-cloud';
const NOT_BILLED =
  'https://docs.github.com/en/enterprise-cloud@latest/billing/reference/github-license-users#people-who-dont-consume-licenses';

export interface Candidates {
  readonly title: string;
  /** Who counts, as the data shows it. */
  readonly rule: string;
  /** What to look at before anything is done. */
  readonly check: string;
  readonly source: { readonly link: string; readonly text: string };
  readonly people: readonly Person[];
}

type Rule = Omit<Candidates, 'people'> & {
  readonly holds: (person: Person) => boolean;
  /** What must be known of people before anybody is told to have none of it. */
  readonly needs: readonly CountedField[];
};

const MEMBERSHIP = [
  'github_com_member_roles',
  'github_com_enterprise_roles',
  'enterprise_server_user',
] as const satisfies CountedField[];

const RULES: readonly Rule[] = [
  {
    title: 'Pending invitations',
    rule: 'invited, member or collaborator of no organization, no server account',
    check:
      'Cancel an invitation that nobody will accept. It frees no seat where users are managed, or where seats are paid by usage.',
    source: { link: BILLED, text: 'When an invitation holds a license' },
    needs: MEMBERSHIP,
    holds: (person) =>
      isPending(person) && !isMember(person) && !isOutsideCollaborator(person) && !hasServerAccount(person),
  },
  {
    title: 'Outside collaborators',
    rule: 'outside or repository collaborator, member of no organization, no server account',
    check: 'Access to private and internal repositories that is no longer needed can be withdrawn.',
    source: { link: BILLED, text: 'Outside collaborators on private or internal repositories are billed' },
    needs: MEMBERSHIP,
    holds: (person) => isOutsideCollaborator(person) && !isMember(person) && !hasServerAccount(person),
  },
  {
    title: 'Visual Studio subscribers on an Enterprise license',
    rule: 'Visual Studio subscriber whose license type is Enterprise',
    check:
      'Their subscription may include a license: compare their emails with the subscription, or match them by hand.',
    source: { link: VISUAL_STUDIO, text: 'How subscriptions are matched to accounts' },
    needs: ['github_com_enterprise_roles'],
    holds: (person) => isVisualStudio(person) && fold(person.license_type) === 'enterprise',
  },
  {
    title: 'People without an organization',
    rule: 'cloud account, member or collaborator of no organization, no invitation, no server account, no Visual Studio subscription',
    check:
      'Most of them hold no license, but managed users, licenses paid by usage and Visual Studio subscriptions can differ: see why they are listed before you remove anybody.',
    source: { link: NOT_BILLED, text: 'Who holds no license' },
    needs: [...MEMBERSHIP, 'github_com_orgs_with_pending_invites', 'visual_studio_subscription_user'],
    holds: (person) =>
      hasCloudAccount(person) &&
      person.github_com_member_roles.length === 0 &&
      !isOutsideCollaborator(person) &&
      !isPending(person) &&
      !hasServerAccount(person) &&
      !isVisualStudio(person),
  },
];

/**
 * Each rule with the people it finds, who may be found by several. Never an owner of the enterprise: one who is in no
 * organization holds no license, and an enterprise must keep its owners.
 *
 * `fields`: those that some row has a value of. Without what a rule needs it finds nobody.
 */
export const findCandidates = (
  people: readonly Person[],
  fields: ReadonlySet<CountedField>,
): readonly Candidates[] =>
  RULES.filter(({ needs }) => needs.every((field) => fields.has(field))).map(
    ({ holds, needs: _, ...rule }) => ({
      ...rule,
      people: people.filter((person) => holds(person) && !isEnterpriseOwner(person)),
    }),
  );
