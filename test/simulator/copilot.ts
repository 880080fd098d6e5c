/** Who holds a Copilot seat, grant by grant, as GitHub serves it: full accounts, organizations and teams. */
import { type Answer, json } from './answers.ts';
import type { Enterprise } from './enterprise.ts';
import { HOSTILE_TEXTS } from './hostile.ts';
import { linkHeader, paging } from './paging.ts';
import { type Random, seeded } from './random.ts';

const DAY = 86_400_000;

export interface CopilotOptions {
  seed?: number | undefined;
  hostile?: boolean | undefined;
  /** People with a seat; two of five with an account on the cloud when absent. */
  copilotSeats?: number | undefined;
  /** Grants in all; a half more than there are people when absent. */
  copilotGrants?: number | undefined;
  /** What GitHub calls `total_seats`; the number of people when absent. */
  copilotTotal?: number | undefined;
}

export interface CopilotGrant {
  created_at: string;
  updated_at?: string;
  pending_cancellation_date: string | null;
  last_activity_at: string | null;
  last_activity_editor: string | null;
  last_authenticated_at: string | null;
  plan_type?: string;
  assignee: ({ login: string } & Record<string, unknown>) | null;
  organization?: ({ login: string } & Record<string, unknown>) | null;
  assigning_team?: ({ name: string; slug: string } & Record<string, unknown>) | null;
}

/** The same enterprise and options, the same grants. */
export class Copilot {
  readonly #enterprise: Enterprise;
  readonly #options: CopilotOptions;
  #grants: CopilotGrant[] | undefined;

  constructor(enterprise: Enterprise, options: CopilotOptions) {
    this.#enterprise = enterprise;
    this.#options = options;
  }

  get grants(): CopilotGrant[] {
    this.#grants ??= makeGrants(this.#enterprise, this.#options);
    return this.#grants;
  }

  get total(): number {
    const people = new Set(this.grants.flatMap(({ assignee }) => assignee?.login.toLowerCase() ?? []));
    return this.#options.copilotTotal ?? people.size;
  }

  answer(url: URL): Answer {
    const asked = paging(url.searchParams, 50);
    const start = (asked.page - 1) * asked.perPage;
    return json(
      200,
      { total_seats: this.total, seats: this.grants.slice(start, start + asked.perPage) },
      linkHeader(url, asked, Math.ceil(this.grants.length / asked.perPage)),
    );
  }
}

function makeGrants(enterprise: Enterprise, options: CopilotOptions): CopilotGrant[] {
  const { seed = 1, hostile = false } = options;
  // By person, so that an enterprise which differs in a few people has the same seats for all others.
  const randomOf = (login: string, what: string | number) => seeded(`${seed}/copilot/${login}/${what}`);
  const logins = enterprise.people
    .filter((row) => row.github_com_user && row.github_com_login !== '')
    .map((row) => row.github_com_login);
  const holders = logins
    .map((login) => ({ login, rank: randomOf(login, 'rank').next() }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, options.copilotSeats ?? Math.ceil(logins.length * 0.4));
  const count = holders.length === 0 ? 0 : (options.copilotGrants ?? Math.ceil(holders.length * 1.5));
  const grants = Array.from({ length: count }, (_, index) => {
    // The first grants are one a person, so that further ones stand on other pages.
    const round = Math.floor(index / holders.length);
    const { login } = holders[index % holders.length] as { login: string };
    const random = randomOf(login, round);
    const grant = makeGrant(random, enterprise, round === 0 ? login : otherCase(random, login), index);
    if (enterprise.dialect !== 'documented' && random.chance(0.01)) grant.assignee = null;
    return grant;
  });
  if (hostile) makeHostile(grants);
  return grants;
}

const otherCase = (random: Random, login: string): string =>
  random.chance(0.1) ? login.toUpperCase() : login;

const EDITORS = [
  'vscode/1.105.1/copilot-chat/0.32.0',
  'JetBrains-IC/252.1/',
  'vim/9.1',
  'VS Code 1.89.1',
  null,
];

function makeGrant(random: Random, { now, organizations, slug }: Enterprise, login: string, index: number) {
  const at = (days: number): string => {
    const time = new Date(now.getTime() - days * DAY);
    return random.chance(0.3)
      ? `${new Date(time.getTime() - 6 * 3_600_000).toISOString().slice(0, 19)}-06:00`
      : `${time.toISOString().slice(0, 19)}Z`;
  };
  const age = random.pick([2, 12, 29, 31, 200, 700]) + random.next() / 2;
  const active = random.chance(0.6)
    ? Math.min(age, random.next() * (random.chance(0.7) ? 25 : 89))
    : undefined;
  const isOfTeam = random.chance(0.25);
  const grant: CopilotGrant = {
    created_at: at(age),
    updated_at: at(Math.min(age, 1)),
    pending_cancellation_date: random.chance(0.1)
      ? new Date(now.getTime() + 10 * DAY).toISOString().slice(0, 10)
      : null,
    last_activity_at: active === undefined ? null : at(active),
    last_activity_editor: active === undefined ? null : random.pick(EDITORS),
    last_authenticated_at: random.chance(0.8) ? at(Math.min(age, 3)) : null,
    plan_type: random.pick(['business', 'business', 'enterprise']),
    assignee: account(login),
    ...(isOfTeam ? {} : { organization: organization(random.pickSkewed(organizations)) }),
    assigning_team: isOfTeam
      ? enterpriseTeam(slug, random.pick(['Platform', 'Data science']))
      : random.chance(0.2)
        ? team(random.pickSkewed(organizations), index)
        : null,
  };
  return grant;
}

/** Hostile text in every field that people or their software can write, and dates that are none. */
function makeHostile(grants: readonly CopilotGrant[]): void {
  for (const [index, text] of HOSTILE_TEXTS.entries()) {
    const grant = grants[index];
    if (grant === undefined) return;
    grant.last_activity_editor = text;
    if (index % 4 === 0) grant.assigning_team = { ...enterpriseTeam('acme', text), slug: text };
    if (index % 4 === 0) grant.organization = null;
    if (index % 4 === 1) grant.plan_type = text;
    if (index % 4 === 2) grant.last_activity_at = text;
    if (index % 4 === 3) grant.pending_cancellation_date = text;
  }
}

const API = 'https://api.github.com';
const urls = (base: string, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [`${name}_url`, `${base}/${name}`]));

const account = (login: string) => ({
  login,
  id: login.length,
  node_id: 'MDQ6VXNlcjE=',
  avatar_url: 'https://github.com/images/error/octocat_happy.gif',
  gravatar_id: '',
  url: `${API}/users/${login}`,
  html_url: `https://github.com/${login}`,
  ...urls(`${API}/users/${login}`, [
    ...['followers', 'following', 'gists', 'starred', 'subscriptions', 'organizations'],
    ...['repos', 'events', 'received_events'],
  ]),
  type: 'User',
  site_admin: false,
});

const organization = (login: string) => ({
  login,
  id: login.length,
  node_id: 'MDEyOk9yZ2FuaXphdGlvbjE=',
  url: `${API}/orgs/${login}`,
  description: null,
  ...urls(`${API}/orgs/${login}`, [
    'repos',
    'events',
    'hooks',
    'issues',
    'members',
    'public_members',
    'avatar',
  ]),
});

const team = (owner: string, index: number) => ({
  id: index,
  node_id: 'MDQ6VGVhbTE=',
  url: `${API}/teams/${index}`,
  html_url: `https://github.com/orgs/${owner}/teams/justice-league`,
  name: 'Justice League',
  slug: 'justice-league',
  description: null,
  privacy: 'closed',
  notification_setting: 'notifications_enabled',
  permission: 'admin',
  type: 'organization',
  ...urls(`${API}/teams/${index}`, ['members', 'repositories']),
  parent: null,
});

const enterpriseTeam = (slug: string, name: string) => ({
  id: name.length,
  name,
  slug: name.toLowerCase().replaceAll(' ', '-'),
  url: `${API}/enterprises/${slug}/teams/${name.length}`,
  html_url: `https://github.com/enterprises/${slug}/teams/${name.length}`,
  members_url: `${API}/enterprises/${slug}/teams/${name.length}/members`,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  group_id: null,
});
