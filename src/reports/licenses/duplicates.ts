/**
 * People who recognisably hold several seats, because GitHub could not match their rows.
 *
 * Rows are linked by an address that they share: a verified-domain email, a server account's email, the Visual Studio
 * email, or a SAML NameID that is an email. Chains are one person. Addresses are compared as they are but for case and
 * surrounding space: `a.b@x`, `ab@x` and `a.b+tag@x` are three people.
 *
 * A shared mailbox tells nothing about a person, so an address links no one when
 * - it is named after a function (`admin@`, `it-support@`, `noreply@`, …);
 * - several cloud accounts hold it: GitHub verifies an address for one account only, and each of them keeps its seat
 *   whatever is matched to it;
 * - more than two rows without a cloud account hold it although two of them are accounts of one server. (Two alone can
 *   be one person's: an account that was deleted and created anew.)
 */
import { DisjointSets } from '../../common/disjoint-sets.ts';
import { fold } from '../../common/text.ts';
import type { Person } from './fields.ts';
import { hasCloudAccount } from './person.ts';

export interface DuplicateRow {
  readonly person: Person;
  /** The addresses that it shares with other rows of its group, normalised. */
  readonly linkedBy: readonly string[];
}

export interface Duplicates {
  /** Each is one person: two rows or more. */
  readonly groups: readonly (readonly DuplicateRow[])[];
  /** Seats that would come free if each of these people held one. */
  readonly seats: number;
  /** Addresses that several rows hold and that linked no one, because they look like shared mailboxes. */
  readonly sharedMailboxes: number;
}

/** `people`: each row once. Takes time in proportion to their number. */
export function findDuplicates(people: readonly Person[]): Duplicates {
  const holders = holdersByAddress(people);
  const sets = new DisjointSets(people.length);
  const linkedBy = new Map<number, string[]>();
  let sharedMailboxes = 0;

  for (const [address, [first, ...others]] of holders) {
    if (first === undefined || others.length === 0) continue;
    const rows = [first, ...others];
    if (isRoleMailbox(address) || isSharedAddress(rows.map((row) => people[row] as Person))) {
      sharedMailboxes++;
      continue;
    }
    for (const other of others) sets.join(first, other);
    for (const row of rows) {
      const addresses = linkedBy.get(row);
      if (addresses) addresses.push(address);
      else linkedBy.set(row, [address]);
    }
  }

  const groups = sets
    .groups()
    .map((rows) =>
      rows.map((row) => ({ person: people[row] as Person, linkedBy: linkedBy.get(row) as string[] })),
    );
  return { groups, seats: groups.reduce((sum, rows) => sum + rows.length - 1, 0), sharedMailboxes };
}

/** What can link rows, and what the reader calls it. */
export const LINKS = {
  'verified-domain email': (person) => person.github_com_verified_domain_emails,
  'SAML NameID': (person) => [person.github_com_saml_name_id],
  'server email': (person) => person.enterprise_server_emails,
  'Visual Studio email': (person) => [person.visual_studio_subscription_email],
} as const satisfies Record<string, (person: Person) => readonly string[]>;

const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** The rows that hold each address, each row once. */
function holdersByAddress(people: readonly Person[]): ReadonlyMap<string, readonly number[]> {
  const fields = Object.values(LINKS);
  const holders = new Map<string, number[]>();
  for (const [row, person] of people.entries()) {
    for (const field of fields) {
      for (const text of field(person)) {
        const address = fold(text);
        if (!EMAIL.test(address)) continue;
        const rows = holders.get(address);
        if (!rows) holders.set(address, [row]);
        else if (rows.at(-1) !== row) rows.push(row);
      }
    }
  }
  return holders;
}

function isSharedAddress(people: readonly Person[]): boolean {
  const others = people.filter((person) => !hasCloudAccount(person));
  if (people.length - others.length > 1) return true;
  return others.length > 2 && hasRepeats(others.flatMap(serversOf));
}

/** The servers on which a row has accounts: what stands before the last colon of `host:id`. */
function serversOf(person: Person): readonly string[] {
  const hosts = person.enterprise_server_user_ids.map((id) => fold(id.slice(0, id.lastIndexOf(':'))));
  return [...new Set(hosts)];
}

const hasRepeats = (values: readonly string[]): boolean => new Set(values).size < values.length;

/**
 * Whether an address belongs to a function rather than to a person, by its local part: RFC 2142's names and those that
 * companies give to teams and machines. Separators and a `+tag` do not matter (`it-support`, `it.support`,
 * `noreply+ci`), and a hyphenated name is a function's when it starts or ends like one
 * (`svc-jenkins`, `payments-team`).
 */
export function isRoleMailbox(address: string): boolean {
  const [local = ''] = address.slice(0, address.lastIndexOf('@')).split('+');
  const words = local.split(/[-_]/);
  return (
    NAMES.has(local.replaceAll(/[-_.]/g, '')) ||
    (words.length > 1 && (FIRST_WORDS.has(words[0] ?? '') || LAST_WORDS.has(words.at(-1) ?? '')))
  );
}

const NAMES: ReadonlySet<string> = new Set(
  `abuse accounting accounts admin administrator admins alert alerts all automation backup billing bot bots build
  buildbot builds ci cicd compliance contact cron daemon deploy deployer deployment deployments dev developer developers
  devnull devops devs donotreply engineering everyone feedback finance ftp git github githubadmin githubadmins hello help
  helpdesk hostmaster hr info infra infrastructure invoices it itadmin itadmins itdesk itops itsupport jenkins jobs legal
  license licenses licensing mail mailer mailerdaemon maintenance marketing monitor monitoring news nobody noc noreply
  notification notifications office oncall operations ops platform postmaster privacy procurement purchasing qa release
  releases robot root sales secops security service serviceaccount servicedesk services shared sre staff support
  sysadmin sysadmins sysop system systems team teams techsupport test tester testing tests tools uucp usenet vendor
  vendors webadmin webmaster www`.split(/\s+/),
);
const FIRST_WORDS: ReadonlySet<string> = new Set([
  'bot',
  'noreply',
  'robot',
  'service',
  'shared',
  'svc',
  'team',
]);
const LAST_WORDS: ReadonlySet<string> = new Set([
  'admins',
  'bot',
  'helpdesk',
  'noreply',
  'oncall',
  'robot',
  'service',
  'shared',
  'support',
  'svc',
  'team',
]);
