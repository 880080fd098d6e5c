/** What a person reads of duplicate seats: why GitHub counts these people twice. */
import { fold } from '../../../common/text.ts';
import { count, counted } from '../../../common/words.ts';
import { folded, LICENSE_SYNC, table, text, VERIFIED_DOMAINS, VISUAL_STUDIO } from '../../blocks.ts';
import type { Block, Inline, Section } from '../../report.ts';
import { type DuplicateRow, type Duplicates, LINKS } from '../duplicates.ts';
import { accountKind, hasCloudAccount, hasServerAccount } from '../person.ts';

type Group = readonly DuplicateRow[];
const MATCHING =
  'https://docs.github.com/en/enterprise-cloud@latest/billing/reference/enterprise-license-troubleshooting';

/** Why GitHub took the rows for several people, as far as they show it. */
const REASONS = {
  'not-synced': {
    why: 'the server account’s first email is one that GitHub compares, so no license sync has matched it yet',
    remedy: ['Run a ', { link: LICENSE_SYNC, text: 'license sync' }, ' and look again.'],
  },
  'primary-email-differs': {
    why: 'the server account’s first email is none of the cloud account’s verified-domain emails',
    remedy: [
      'Make them ',
      { link: MATCHING, text: 'the same address' },
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
    remedy: ['Match the subscription to the account ', { link: VISUAL_STUDIO, text: 'by hand' }, '.'],
  },
  'no-cloud-account': {
    why: 'there is no cloud account to match the rows with',
    remedy: [
      'See ',
      { link: MATCHING, text: 'how GitHub matches accounts' },
      ', or close those that are not used.',
    ],
  },
} as const satisfies Record<string, { why: string; remedy: readonly Inline[] }>;

type Mismatch = keyof typeof REASONS;

/** GitHub matches a server account's primary email with SAML identities, then with verified emails (MATCHING above). */
function mismatchOf(group: Group): Mismatch {
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

/** Nothing where there are no candidates. */
export function duplicatesSections(duplicates: Duplicates): Section[] {
  const { groups, seats, sharedMailboxes } = duplicates;
  if (groups.length === 0) return [];
  const blocks: Block[] = [
    text(
      'Candidates to check, found by the emails that their rows share; ',
      { code: 'duplicates.csv' },
      ' has the rows.',
    ),
    reasonsTable(groups),
    { kind: 'list', items: examples(groups) },
  ];
  if (sharedMailboxes > 0) {
    blocks.push(
      text(
        `Shared addresses that look like a mailbox of several people, and so linked no one: ${count(sharedMailboxes)}.`,
      ),
    );
  }
  const free = `${counted(seats, 'seat')} would come free if each held one`;
  const found = `${counted(groups.length, 'person seems', 'people seem')} to hold several seats; ${free}`;
  return folded('Duplicate seats', blocks, found);
}

function reasonsTable(groups: readonly Group[]): Block {
  const byReason = Map.groupBy(groups, mismatchOf);
  return table(
    { 'Why GitHub did not match them': 'text', People: 'number', Seats: 'number', 'What to do': 'text' },
    [...byReason]
      .map(([reason, found]) => ({ ...REASONS[reason], people: found.length, seats: seatsOf(found) }))
      .sort((a, b) => b.seats - a.seats)
      .map(({ why, people, seats, remedy }) => [why, people, seats, remedy]),
  );
}

const seatsOf = (groups: readonly Group[]): number => groups.reduce((sum, rows) => sum + rows.length - 1, 0);

/** A person can be named by a login alone, so those without one are only in the file. */
function examples(groups: readonly Group[]): readonly (readonly Inline[])[] {
  const shown = groups.filter((rows) => loginOf(rows) !== '').slice(0, 10);
  const items = shown.map((rows): Inline[] => [
    { person: loginOf(rows) },
    `: ${rows.length} rows (${rows.map(({ person }) => accountKind(person) ?? 'no account').join(', ')}), linked by ${linksOf(rows)}`,
  ]);
  const others = groups.length - shown.length;
  if (others === 0) return items;
  return [...items, [`${count(others)} more people in `, { code: 'duplicates.csv' }]];
}

const loginOf = (rows: Group): string =>
  rows.find(({ person }) => person.github_com_login !== '')?.person.github_com_login ?? '';

/** "SAML NameID and server email": the fields in which the shared addresses stand. */
function linksOf(rows: Group): string {
  const names = Object.entries(LINKS).filter(([, field]) =>
    rows.some(({ person, linkedBy }) => field(person).some((text) => linkedBy.includes(fold(text)))),
  );
  return names.map(([name]) => name).join(' and ');
}
