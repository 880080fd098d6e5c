/** Why a license could perhaps be given back: the one list of reasons, each with its rule and GitHub's page on it. */
import { ACCOUNT_MATCHING, COPILOT_ACTIVITY, LICENSE_USERS, VISUAL_STUDIO_MATCHING } from '../blocks.ts';

export const LICENSES = ['seat', 'copilot', 'visual-studio'] as const;
export type License = (typeof LICENSES)[number];

/** The surest first. `likely`: nothing speaks for keeping it. `check`: the data alone does not say. */
export const CERTAINTIES = ['likely', 'check'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

export interface Reason {
  readonly license: License;
  readonly certainty: Certainty;
  /** Who counts, as the data shows it. */
  readonly rule: string;
  /** What to look at before anything is done. */
  readonly check: string;
  readonly source: { readonly link: string; readonly text: string };
}

/** By the name that `candidates.csv` has for it. */
export const REASONS = {
  'no-organization': {
    license: 'seat',
    certainty: 'likely',
    rule: 'cloud account, member or collaborator of no organization, no invitation, no server account, no Visual Studio subscription',
    check: 'Remove them, once you know why they are listed: managed users can differ.',
    source: { link: `${LICENSE_USERS}#people-who-dont-consume-licenses`, text: 'Who holds no license' },
  },
  'duplicate-seat': {
    license: 'seat',
    certainty: 'likely',
    rule: 'a row beyond the first of one person, whose row with a cloud account stays',
    check: 'Match the rows of each group in duplicates.csv as it says.',
    source: { link: ACCOUNT_MATCHING, text: 'How GitHub matches accounts' },
  },
  'copilot-inactive': {
    license: 'copilot',
    certainty: 'likely',
    rule: 'Copilot seat without activity for longer than inactive-after-days',
    check: 'Take the seat away, unless they use Copilot in an editor without telemetry.',
    source: { link: COPILOT_ACTIVITY, text: 'What GitHub counts as activity' },
  },
  'pending-invitation': {
    license: 'seat',
    certainty: 'check',
    rule: 'invited, member or collaborator of no organization, no server account; not where seats are paid by usage; of managed users it holds none',
    check: 'Cancel what nobody will accept. GitHub does not say here since when it waits.',
    source: {
      link: `${LICENSE_USERS}#organizations-on-github-enterprise-cloud`,
      text: 'When an invitation holds a license',
    },
  },
  'outside-collaborator': {
    license: 'seat',
    certainty: 'check',
    rule: 'outside or repository collaborator without a listed repository, member of no organization, no server account',
    check: 'Withdraw access to private and internal repositories that is not needed.',
    source: {
      link: `${LICENSE_USERS}#organizations-on-github-enterprise-cloud`,
      text: 'Which outside collaborators are billed',
    },
  },
  'visual-studio-unmatched': {
    license: 'visual-studio',
    certainty: 'check',
    rule: 'Visual Studio subscription that no account is matched to; GitHub’s pages disagree on whether it consumes a license',
    check: 'Match the subscription to the account of its owner, who may hold a second seat.',
    source: { link: VISUAL_STUDIO_MATCHING, text: 'How to match subscriptions' },
  },
  'visual-studio-only': {
    license: 'visual-studio',
    certainty: 'check',
    rule: 'Visual Studio subscription alone: no account, no organization, no invitation; GitHub’s pages disagree on whether it consumes a license',
    check: 'Match the subscription to the account of its owner.',
    source: { link: VISUAL_STUDIO_MATCHING, text: 'How to match subscriptions' },
  },
} as const satisfies Record<string, Reason>;

export type ReasonName = keyof typeof REASONS;
export const REASON_NAMES = Object.keys(REASONS) as ReasonName[];
