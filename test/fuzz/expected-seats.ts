/** What follows for seats and people. */
import { exact, rounded } from './exact.ts';
import { CANDIDATES, reclaimable } from './expected-candidates.ts';
import type { Prices } from './expected-prices.ts';
import {
  blank,
  count,
  flag,
  isNothing,
  type Metrics,
  number,
  perhaps,
  row,
  rows,
  text,
  texts,
  unreadable,
} from './reading.ts';
import type { Json, Row } from './schema.ts';

const SEATS = ['purchased', 'consumed', 'available', 'over', 'used-percent'].map((name) => `seats-${name}`);
export const SERVER_SEATS = [...SEATS, 'license-days-left', 'users'];
export const CLOUD_SEATS = [
  ...SEATS,
  'users',
  'users-cloud-only',
  'users-server-only',
  'users-cloud-and-server',
  'users-visual-studio',
  'users-without-two-factor',
  'users-with-pending-invitation',
  'users-outside-collaborator',
  'users-without-verified-email',
  'duplicate-seats',
  'seats-reclaimable',
  ...CANDIDATES,
];
/** The last is of `candidates.csv`: its rows. */
export const SUBSCRIPTIONS = [
  'visual-studio-subscriptions',
  'visual-studio-unmatched',
  'candidates visual-studio-unmatched',
];

function seats(purchased: number | undefined, consumed: number | undefined): Metrics {
  // Where none is purchased and some are consumed, nothing says how many there may be.
  const known = purchased !== undefined && consumed !== undefined && (purchased > 0 || consumed === 0);
  return {
    'seats-purchased': purchased,
    'seats-consumed': consumed,
    'seats-available': known ? purchased - consumed : undefined,
    'seats-over': known ? Math.max(0, consumed - purchased) : undefined,
    'seats-used-percent':
      known && purchased > 0 ? rounded(exact(consumed) * 100n, exact(1), exact(purchased)) : undefined,
  };
}

export function serverSeats([body]: readonly Json[]): Metrics {
  const license = row(body);
  const used = count(license.seats_used);
  const days = perhaps(license.days_until_expiration, number);
  return {
    ...(license.seats === 'unlimited'
      ? { ...blank(SEATS), 'seats-consumed': used }
      : seats(count(license.seats), used)),
    'license-days-left': days === undefined ? undefined : rounded(exact(days)),
    users: undefined,
  };
}

/** With `people: false`: what the first page says, and nothing of anybody. */
export function seatTotals([body]: readonly Json[]): Metrics {
  const page = row(body);
  rows(page.users);
  const total = (name: string) => (page[name] === '' ? undefined : perhaps(page[name], count));
  return { ...blank(CLOUD_SEATS), ...seats(total('total_seats_purchased'), total('total_seats_consumed')) };
}

export function cloudSeats(bodies: readonly Json[], prices: Prices): Metrics {
  const pages = bodies.map(row).map((page) => ({
    ...page,
    users: rows(page.users).map(named),
  })) as Row[];
  const total = (name: string) =>
    pages
      .map((page) => (page[name] === '' ? undefined : perhaps(page[name], count)))
      .findLast((value) => value !== undefined);
  const people = new Map<string, Row>();
  for (const [index, person] of pages.flatMap((page) => rows(page.users)).entries()) {
    const key = personKey(person) ?? `row ${index}`;
    if (!people.has(key)) people.set(key, person);
  }
  const consumed = total('total_seats_consumed');
  const all = pages.flatMap((page) => rows(page.users));
  const sent = new Set(
    all.flatMap((person) =>
      Object.entries(person).flatMap(([name, value]) => (value === null || value === '' ? [] : [name])),
    ),
  );
  if (sent.has('github_com_enterprise_role')) sent.add('github_com_enterprise_roles');
  /** Unknown, where GitHub says nothing in any row of a field that it takes. */
  const having = (fields: readonly string[], test: (person: Row) => boolean) =>
    people.size > 0 && fields.some((field) => !sent.has(field))
      ? undefined
      : [...people.values()].filter(test).length;
  const isCloud = (person: Row) => flag(person.github_com_user);
  const isServer = (person: Row) => flag(person.enterprise_server_user);
  const both = ['github_com_user', 'enterprise_server_user'];
  const cloud = [...people.values()].filter(isCloud);
  const isTwoFactorKnown =
    cloud.length === 0 || cloud.some((person) => typeof person.github_com_two_factor_auth === 'boolean');
  const totals = seats(total('total_seats_purchased'), consumed);
  // Where nobody is listed although seats are consumed, or may be, nothing is known of anybody.
  if (people.size === 0 && consumed !== 0) return { ...blank(CLOUD_SEATS), ...totals };
  return {
    ...totals,
    users: people.size,
    'users-cloud-only': having(both, (person) => isCloud(person) && !isServer(person)),
    'users-server-only': having(both, (person) => !isCloud(person) && isServer(person)),
    'users-cloud-and-server': having(both, (person) => isCloud(person) && isServer(person)),
    'users-visual-studio': having(['visual_studio_subscription_user'], (person) =>
      flag(person.visual_studio_subscription_user),
    ),
    'users-without-two-factor': isTwoFactorKnown
      ? having(['github_com_user'], (person) => isCloud(person) && isNo(person.github_com_two_factor_auth))
      : undefined,
    'users-with-pending-invitation': having(
      ['github_com_orgs_with_pending_invites', 'github_com_enterprise_roles'],
      (person) =>
        texts(person.github_com_orgs_with_pending_invites).length > 0 ||
        enterpriseRoles(person).some((role) => role.startsWith('pending')),
    ),
    'users-outside-collaborator': having(
      ['github_com_enterprise_roles', 'github_com_member_roles'],
      isOutside,
    ),
    'users-without-verified-email': having(
      ['github_com_user', 'github_com_verified_domain_emails'],
      (person) => isCloud(person) && texts(person.github_com_verified_domain_emails).length === 0,
    ),
    ...reclaimable([...people.values()], sent, (total('total_seats_purchased') ?? 0) > 0, prices),
  };
}

export function subscriptions(bodies: readonly Json[]): Metrics {
  const pages = bodies.map(row);
  const total = pages
    .map((page) => perhaps(page.total_count, count))
    .findLast((value) => value !== undefined);
  const known = new Set<string>();
  /** Emails; those without one are each somebody. */
  const unmatched: string[] = [];
  let all = 0;
  for (const page of pages) {
    const lists = [page.visual_studio_subscriptions, page.visual_studio_subscription_assignments];
    if (lists.every(isNothing)) unreadable();
    for (const one of lists.flatMap((list) => (isNothing(list) ? [] : rows(list)))) {
      const id = text(one.subscription_id) || text(one.subscriptionId);
      const email = text(one.visual_studio_subscription_email) || text(one.email);
      const username = text(one.username);
      if (!isNothing(one.manual_match) && typeof one.manual_match !== 'boolean') unreadable();
      const key = JSON.stringify([plain(id), plain(email)]);
      if (plain(id) !== '' && known.has(key)) continue;
      known.add(key);
      all += 1;
      if (plain(username) === '') unmatched.push(plain(email));
    }
  }
  if (all === 0 && total !== undefined && total > 0) return blank(SUBSCRIPTIONS);
  const owners = new Set(unmatched.map((email, index) => email || index));
  return {
    'visual-studio-subscriptions': all,
    'visual-studio-unmatched': unmatched.length,
    'candidates visual-studio-unmatched': owners.size || undefined,
  };
}

/** As the documentation names its fields: GHE.com may leave the `com_` out, and what is documented wins unless empty. */
function named(person: Row): Row {
  const entries = Object.entries(person);
  const short = entries.filter(([name]) => /^github_(?!com_)/.test(name));
  const documented = entries.filter(
    ([name, value]) => !isEmpty(value) || short.every(([other]) => other.replace('_', '_com_') !== name),
  );
  return {
    ...Object.fromEntries(short.map(([name, value]) => [name.replace('_', '_com_'), value])),
    ...Object.fromEntries(documented),
  };
}

/** Unknown is not no. */
const isNo = (value: Json | undefined): boolean => !flag(value) && value === false;

export const plain = (value: string): string => value.trim().toLowerCase();

function personKey(person: Row): string | undefined {
  const login = plain(text(person.github_com_login));
  const [server] = texts(person.enterprise_server_user_ids)
    .map(plain)
    .filter((id) => id !== '');
  const email = plain(text(person.visual_studio_subscription_email));
  if (login !== '') return `login ${login}`;
  if (server !== undefined) return `server ${server}`;
  return email === '' ? undefined : `email ${email}`;
}

const isEmpty = (value: Json) =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

export const enterpriseRoles = (person: Row): string[] =>
  [...texts(person.github_com_enterprise_roles), text(person.github_com_enterprise_role)].map(plain);

export function isOutside(person: Row): boolean {
  const roles = enterpriseRoles(person);
  return (
    roles.includes('outside collaborator') ||
    roles.includes('repository collaborator') ||
    texts(person.github_com_member_roles).some((role) => plain(role).endsWith(':collaborator'))
  );
}
