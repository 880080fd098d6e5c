/** The people, organizations and servers of a synthetic enterprise, in the shapes in which GitHub serves them. */
import { type Dialect, isInvitedOnly, speakAsTheField } from './dialects.ts';
import { HOSTILE_TEXTS } from './hostile.ts';
import { makePeople, type Planted } from './people.ts';
import { type Random, seeded } from './random.ts';

const DAY = 86_400_000;

/** A row of `consumed-licenses`, as GitHub sends it: empty strings where it knows nothing. */
export interface LicensedUser {
  github_com_login: string;
  github_com_name: string | null;
  enterprise_server_user_ids: string[];
  github_com_user: boolean;
  enterprise_server_user: boolean | null;
  visual_studio_subscription_user: boolean;
  license_type: string;
  github_com_profile: string | null;
  github_com_member_roles: string[];
  /** Once there was one role; it is still sent beside the list for some. */
  github_com_enterprise_role?: string;
  github_com_enterprise_roles: string[];
  github_com_verified_domain_emails: string[];
  github_com_saml_name_id: string | null;
  github_com_orgs_with_pending_invites: string[];
  github_com_two_factor_auth: boolean | null | '';
  enterprise_server_emails: string[];
  visual_studio_license_status: string | null;
  visual_studio_subscription_email: string | null;
  total_user_accounts: number;
  /** Columns of GitHub's CSV report that its schema does not know. */
  [unknownField: string]: unknown;
}

export interface ServerInstance {
  server_id: string;
  hostname: string;
  last_sync: { date: string; status: string; error: string };
}

/** How a server's license sync stands. */
export type SyncState = 'ok' | 'failing' | 'stale' | 'never' | 'unparsable' | 'future' | 'undocumented';

/** Shares of the people, 0 to 1. Who is neither server-only, on both nor Visual Studio-only is cloud-only. */
export interface Shares {
  serverOnly: number;
  cloudAndServer: number;
  visualStudioOnly: number;
  /** Of those with a cloud account. */
  visualStudio: number;
  pendingInvitation: number;
  outsideCollaborator: number;
  withoutTwoFactor: number;
  withoutVerifiedEmail: number;
  withoutOrganization: number;
}

export interface EnterpriseOptions {
  seed?: number | undefined;
  dialect?: Dialect | undefined;
  slug?: string | undefined;
  /** Generated dates are relative to it. */
  now: Date;
  /** Rows of `consumed-licenses`. */
  seats?: number | undefined;
  /** None where it pays by usage. */
  purchased?: number | undefined;
  /** What GitHub calls consumed; the number of rows when absent. */
  consumed?: number | undefined;
  shares?: Partial<Shares> | undefined;
  /** Persons that hold several rows, and look-alikes that do not. Their rows are part of `seats`. */
  duplicates?: { count: number; nearMisses?: number | undefined } | undefined;
  hostile?: boolean | undefined;
  organizations?: number | undefined;
  repositories?: number | undefined;
  servers?: readonly (SyncState | ServerInstance)[] | undefined;
}

export interface Enterprise {
  readonly slug: string;
  readonly now: Date;
  readonly dialect: Dialect;
  readonly people: LicensedUser[];
  readonly purchased: number;
  readonly consumed: number;
  readonly organizations: string[];
  /** `organization/repository` */
  readonly repositories: string[];
  readonly servers: ServerInstance[];
  readonly planted: Planted;
}

/** The handle that tells rows apart: the login, else the first server id, else the Visual Studio email. */
export const rowKey = (row: LicensedUser): string =>
  row.github_com_login || row.enterprise_server_user_ids[0] || row.visual_studio_subscription_email || '';

/** Same options and same `now`, same enterprise. */
export function generateEnterprise(options: EnterpriseOptions): Enterprise {
  const { seed = 1, slug = 'acme', now, seats = 250, hostile = false, dialect = 'documented' } = options;
  const isUsageBased = dialect === 'usage-based';
  const random = (part: string) => seeded(`${seed}/${part}`);
  const organizations = organizationNames(
    random('organizations'),
    slug,
    options.organizations ?? Math.max(1, Math.round(Math.sqrt(seats))),
  );
  const repositories = repositoryNames(
    random('repositories'),
    organizations,
    options.repositories ?? organizations.length * 8,
  );
  const servers = (options.servers ?? ['ok', 'ok']).map((server, index) =>
    typeof server === 'string' ? serverInstance(server, index, slug, now, hostile) : server,
  );
  const { people, planted } = makePeople(random('people'), {
    slug,
    seats,
    organizations,
    repositories,
    hostnames: servers.length > 0 ? servers.map((server) => server.hostname) : [`github.${slug}.example`],
    shares: options.shares ?? {},
    duplicates: options.duplicates?.count ?? 0,
    nearMisses: options.duplicates?.nearMisses ?? Math.ceil((options.duplicates?.count ?? 0) / 10),
    hostile,
  });
  if (dialect !== 'documented') speakAsTheField(random('dialect'), people, dialect);
  const holders = isUsageBased ? people.filter((row) => !isInvitedOnly(row)) : people;
  return {
    slug,
    now,
    dialect,
    people,
    purchased: options.purchased ?? (isUsageBased ? 0 : Math.ceil(seats * 1.05)),
    consumed: options.consumed ?? holders.length,
    organizations,
    repositories,
    servers,
    planted,
  };
}

const TEAMS = [
  'platform',
  'mobile',
  'data',
  'web',
  'payments',
  'infra',
  'research',
  'games',
  'labs',
  'security',
];
const THINGS = ['api', 'app', 'docs', 'website', 'tools', 'service', 'models', 'pipeline', 'sdk', 'deploy'];

function organizationNames(random: Random, slug: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `${slug}-${TEAMS[index % TEAMS.length]}${index < TEAMS.length ? '' : `-${index}`}`;
    return random.chance(0.1) ? name.toUpperCase() : name;
  });
}

function repositoryNames(random: Random, organizations: readonly string[], count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const owner = index < organizations.length ? organizations[index] : random.pickSkewed(organizations);
    return `${owner}/${random.pick(THINGS)}-${index}`;
  });
}

function serverInstance(
  state: SyncState,
  index: number,
  slug: string,
  now: Date,
  hostile: boolean,
): ServerInstance {
  const daysAgo = (days: number) => `${new Date(now.getTime() - days * DAY).toISOString().slice(0, 19)}Z`;
  const text = (plain: string, which: number) => (hostile ? (HOSTILE_TEXTS[which] ?? plain) : plain);
  const lastSync = {
    ok: { date: daysAgo(2 + index), status: 'success', error: '' },
    failing: { date: daysAgo(3), status: 'failure', error: text('Connection to github.com timed out', 2) },
    stale: { date: daysAgo(20), status: 'success', error: '' },
    never: { date: '', status: '', error: '' },
    unparsable: { date: 'last Tuesday', status: 'success', error: '' },
    future: { date: daysAgo(-3), status: 'success', error: '' },
    undocumented: { date: daysAgo(1), status: text('queued', 0), error: '' },
  }[state];
  return {
    server_id: `5e6f${(index + 0xa000).toString(16)}`,
    hostname: index === 0 ? `github.${slug}.example` : `github${index + 1}.${slug}.example`,
    last_sync: lastSync,
  };
}
