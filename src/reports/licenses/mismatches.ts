/** Why GitHub took the rows of one person for several people, and what to do. */
import { fold } from '../../common/text.ts';
import { sentence } from '../../common/words.ts';
import { ACCOUNT_MATCHING, LICENSE_SYNC, VERIFIED_DOMAINS, VISUAL_STUDIO_MATCHING } from '../blocks.ts';
import type { Inline } from '../report.ts';
import type { DuplicateRow } from './duplicates.ts';
import { hasCloudAccount, hasServerAccount } from './person.ts';

/** The rows of one person. */
export type Group = readonly DuplicateRow[];

type Remedy = readonly (string | Extract<Inline, { link: string }>)[];

/** As far as the rows show it. */
export const MISMATCHES = {
  'not-synced': {
    why: 'the server account’s first email is one that GitHub compares, so no license sync has matched it yet',
    remedy: ['Run a ', { link: LICENSE_SYNC, text: 'license sync' }, ' and look again.'],
  },
  'primary-email-differs': {
    why: 'the server account’s first email is none of the cloud account’s verified-domain emails',
    remedy: [
      'Make them ',
      { link: ACCOUNT_MATCHING, text: 'the same address' },
      ' on both, then run a license sync.',
    ],
  },
  'no-verified-email': {
    why: 'the cloud account has no email on a verified domain',
    remedy: [
      { link: VERIFIED_DOMAINS, text: 'Verify the domain' },
      ' and have the person add the address, then run a license sync.',
    ],
  },
  'visual-studio': {
    why: 'the Visual Studio subscription is not matched to the account',
    remedy: [
      'Match the subscription to the account ',
      { link: VISUAL_STUDIO_MATCHING, text: 'by hand' },
      '.',
    ],
  },
  'no-cloud-account': {
    why: 'there is no cloud account to match the rows with',
    remedy: [
      'See ',
      { link: ACCOUNT_MATCHING, text: 'how GitHub matches accounts' },
      ', or close those that are not used.',
    ],
  },
} as const satisfies Record<string, { why: string; remedy: Remedy }>;

type Mismatch = keyof typeof MISMATCHES;

/** GitHub matches a server account's primary email with SAML identities, then with verified emails (ACCOUNT_MATCHING above). */
export function mismatchOf(group: Group): Mismatch {
  const people = group.map((row) => row.person);
  const cloud = people.filter(hasCloudAccount);
  if (cloud.length === 0) return 'no-cloud-account';
  const serverOnly = people.filter((person) => !hasCloudAccount(person) && hasServerAccount(person));
  if (serverOnly.length === 0 && people.length > cloud.length) return 'visual-studio';
  const compared = new Set(
    cloud
      .flatMap((person) => [person.github_com_saml_name_id, ...person.github_com_verified_domain_emails])
      .map(fold),
  );
  if (serverOnly.some((person) => compared.has(fold(person.enterprise_server_emails[0] ?? ''))))
    return 'not-synced';
  const verified = cloud.some((person) => person.github_com_verified_domain_emails.length > 0);
  return verified ? 'primary-email-differs' : 'no-verified-email';
}

/** In sentences, without links. */
export function describeMismatch(group: Group): { readonly why: string; readonly remedy: string } {
  const { why, remedy }: { why: string; remedy: Remedy } = MISMATCHES[mismatchOf(group)];
  return {
    why: sentence(why),
    remedy: remedy.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join(''),
  };
}
