/** What follows for people who hold several seats, and for seats that could be given back. */
import { rounded, sum } from './exact.ts';
import type { Prices } from './expected-prices.ts';
import { enterpriseRoles, isOutside, plain } from './expected-seats.ts';
import { flag, type Metrics, text, texts } from './reading.ts';
import type { Row } from './schema.ts';

/** Of `candidates.csv`: rows by reason, and what the seats of all of them cost. */
export const CANDIDATES = [
  ...[
    'no-organization',
    'duplicate-seat',
    'pending-invitation',
    'outside-collaborator',
    'visual-studio-only',
  ],
  'seat cost',
].map((name) => `candidates ${name}`);

const EMAILS = [
  'github_com_verified_domain_emails',
  'enterprise_server_emails',
  'enterprise_server_primary_emails',
  'visual_studio_subscription_email',
];
const ROLES = ['github_com_member_roles', 'github_com_enterprise_roles', 'enterprise_server_user'];

/** `people`: each once. `sent`: fields that some row has a value of. */
export function reclaimable(
  people: readonly Row[],
  sent: ReadonlySet<string>,
  isPurchased: boolean,
  prices: Prices,
): Metrics {
  const having = (fields: readonly string[], test: (person: Row) => boolean): Row[] =>
    fields.every((field) => sent.has(field))
      ? people.filter((person) => test(person) && !isOwner(person))
      : [];
  const alone = having(
    [...ROLES, 'github_com_orgs_with_pending_invites', 'visual_studio_subscription_user'],
    (person) =>
      isOnCloud(person) &&
      memberRoles(person).length === 0 &&
      !isOutside(person) &&
      !isPending(person) &&
      !isOnServer(person) &&
      !flag(person.visual_studio_subscription_user),
  );
  const invited = having(
    ROLES,
    (person) => isPending(person) && !isMember(person) && !isOutside(person) && !isOnServer(person),
  );
  const outside = having(
    ROLES,
    (person) =>
      isOutside(person) &&
      !isMember(person) &&
      !isOnServer(person) &&
      !memberRoles(person).some((entry) => readRole(entry)?.repository !== undefined),
  );
  const subscribed = having(
    [...ROLES, 'github_com_user'],
    (person) =>
      !isOnCloud(person) &&
      !isOnServer(person) &&
      (flag(person.visual_studio_subscription_user) ||
        text(person.visual_studio_subscription_email) !== '') &&
      memberRoles(person).length === 0 &&
      !isOutside(person) &&
      !isPending(person),
  );
  const groups = groupsOf(people);
  const extra = groups?.flatMap((rows) => {
    const stays = rows.find(isOnCloud) ?? rows[0];
    return having(ROLES, (person) => rows.includes(person) && person !== stays);
  });
  const duplicates = groups?.reduce((seats, rows) => seats + rows.length - 1, 0) ?? 'any';
  const areEmailsKnown = people.length === 0 || EMAILS.some((field) => sent.has(field));
  const areFieldsKnown =
    people.length === 0 ||
    [...ROLES, 'github_com_orgs_with_pending_invites', 'visual_studio_subscription_user'].every((field) =>
      sent.has(field),
    );
  const rows = (found: readonly Row[] | undefined) => (found ? found.length || undefined : 'any');
  const seats = [...alone, ...(extra ?? []), ...(isPurchased ? invited : []), ...outside];
  return {
    'duplicate-seats': areEmailsKnown ? duplicates : undefined,
    'seats-reclaimable':
      !areEmailsKnown || !areFieldsKnown ? undefined : extra ? new Set([...alone, ...extra]).size : 'any',
    'candidates no-organization': rows(alone),
    'candidates duplicate-seat': rows(extra),
    'candidates pending-invitation': isPurchased ? rows(invited) : undefined,
    'candidates outside-collaborator': rows(outside),
    'candidates visual-studio-only': rows(subscribed),
    'candidates seat cost': prices === 'any' || !extra ? 'any' : costOf(seats, prices?.get('ghec')),
  };
}

function costOf(seats: readonly Row[], price: number | undefined): number | undefined {
  const billed = seats.filter((person) => plain(text(person.license_type)) === 'enterprise');
  return rounded(sum(billed.map(() => price ?? 0))) || undefined;
}

const isOnCloud = (person: Row): boolean =>
  text(person.github_com_login) !== '' || flag(person.github_com_user);
const isOnServer = (person: Row): boolean =>
  texts(person.enterprise_server_user_ids).length > 0 || flag(person.enterprise_server_user);
const isPending = (person: Row): boolean =>
  texts(person.github_com_orgs_with_pending_invites).length > 0 ||
  enterpriseRoles(person).some((role) => role.startsWith('pending'));

const memberRoles = (person: Row): string[] => texts(person.github_com_member_roles);

/** `org:Role` or `owner/repository:Role`; nothing where it is neither. */
function readRole(entry: string): { repository: string | undefined; role: string } | undefined {
  const [, owner = '', repository, role = ''] = /^([^/]*)(\/[^/]*)?:([^:]*)$/.exec(entry) ?? [];
  return owner.trim() === '' ? undefined : { repository, role: plain(role) };
}
/** What cannot be read may be a membership. */
const isMember = (person: Row): boolean =>
  memberRoles(person).some((entry) => readRole(entry)?.role !== 'collaborator');
const isOwner = (person: Row): boolean =>
  enterpriseRoles(person).some((role) => role === 'owner' || role === 'enterprise owner') ||
  memberRoles(person).some((entry) => readRole(entry)?.role === 'owner');

/** Rows of one person, two or more; `undefined` where an address or an id is such that no rule is simple. */
function groupsOf(people: readonly Row[]): Row[][] | undefined {
  const addresses = people.map((person) => {
    const [emails, earlier] = ['enterprise_server_emails', 'enterprise_server_primary_emails'].map((name) =>
      texts(person[name]),
    );
    const all = [
      ...texts(person.github_com_verified_domain_emails),
      ...((emails?.length ? emails : earlier) ?? []),
      text(person.github_com_saml_name_id),
      text(person.visual_studio_subscription_email),
    ];
    return new Set(all.map(plain).filter((address) => /^[^\s@]+@[^\s@]+$/.test(address)));
  });
  const holders = [...new Set(addresses.flatMap((all) => [...all]))]
    .map((address) => ({
      address,
      at: people.map((_, index) => index).filter((index) => addresses[index]?.has(address)),
    }))
    .filter(({ at }) => at.length > 1);
  if (holders.some(({ address }) => !/^user-\d+@/.test(address))) return undefined;
  const groupOf = people.map((_, index) => index);
  for (const { at } of holders) {
    const rows = at.map((index) => people[index] as Row);
    const others = rows.filter((person) => !isOnCloud(person));
    if (rows.length - others.length > 1) continue;
    const ids = others.map((person) => texts(person.enterprise_server_user_ids));
    if (others.length > 2 && ids.flat().some((id) => !id.includes(':'))) return undefined;
    const servers = ids.flatMap((all) => [...new Set(all.map((id) => plain(id.replace(/:[^:]*$/, ''))))]);
    if (others.length > 2 && new Set(servers).size < servers.length) continue;
    const [first = 0, ...rest] = at.map((index) => groupOf[index]);
    for (const [index, group] of groupOf.entries()) if (rest.includes(group)) groupOf[index] = first;
  }
  const groups = Map.groupBy(people, (person) => groupOf[people.indexOf(person)]);
  return [...groups.values()].filter((rows) => rows.length > 1);
}
