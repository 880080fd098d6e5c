/** Rows of `consumed-licenses` that look like those of a real enterprise. */
import { type LicensedUser, rowKey, type Shares } from './enterprise.ts';
import { HOSTILE_TEXTS } from './hostile.ts';
import { type PlantedGroup, plantDuplicates, plantNearMisses } from './planted.ts';
import type { Random } from './random.ts';

export interface Planted {
  /** Rows that are one person. */
  readonly duplicates: PlantedGroup[];
  /** Rows that look alike and are different people. */
  readonly nearMisses: PlantedGroup[];
}

export interface PeopleOptions {
  slug: string;
  seats: number;
  organizations: readonly string[];
  repositories: readonly string[];
  hostnames: readonly string[];
  shares: Partial<Shares>;
  duplicates: number;
  nearMisses: number;
  hostile: boolean;
}

const DEFAULT_SHARES: Shares = {
  serverOnly: 0.08,
  cloudAndServer: 0.2,
  visualStudioOnly: 0.01,
  visualStudio: 0.1,
  pendingInvitation: 0.03,
  outsideCollaborator: 0.04,
  withoutTwoFactor: 0.05,
  withoutVerifiedEmail: 0.06,
  withoutOrganization: 0.01,
};

const FIRST =
  'Ada Amir Ana Bo Chen Clara Dmitri Elif Emeka Eva Femi Grace Hana Ines Ivan Jo José Kai Lena Léa Li Mara Mona Nia Noor Olu Pia Raj Rosa Sam Sofía Tariq Uma Vera Wei Yuki Zoë'.split(
    ' ',
  );
const LAST =
  "Abe Baker Costa Dahl Eze Fischer García Haddad Ito Jansen Kim Lopez Müller Nguyen O'Brien Okafor Park Quinn Rossi Sato Silva Singh Tan Ueda Varga Weber Xu Yilmaz Zhang Øberg".split(
    ' ',
  );

/** Makes one row at a time; every person has an index of their own, so no two share a login, an id or an email. */
export class RowMaker {
  readonly random: Random;
  readonly options: PeopleOptions;
  readonly shares: Shares;
  #people = 0;

  constructor(random: Random, options: PeopleOptions) {
    this.random = random;
    this.options = options;
    this.shares = { ...DEFAULT_SHARES, ...options.shares };
  }

  get emailDomain(): string {
    return `${this.options.slug}.example`;
  }

  #identity() {
    const index = this.#people++;
    const [first, last] = [this.random.pick(FIRST), this.random.pick(LAST)];
    const ascii = (text: string) =>
      text
        .normalize('NFD')
        .replaceAll(/[^a-z]/gi, '')
        .toLowerCase();
    const handle = `${ascii(first)}-${ascii(last)}-${index.toString(36)}`;
    return { index, name: `${first} ${last}`, login: handle, local: `${handle.replaceAll('-', '.')}` };
  }

  /** A person with an account on the cloud only. `plain`: a full member with a verified email and nothing odd. */
  cloud(plain = false): LicensedUser {
    const { random, shares } = this;
    const { index, name, login, local } = this.#identity();
    const odd = (share: number) => random.chance(share) && !plain;
    const email = `${local}@${this.emailDomain}`;
    const collaborator = odd(shares.outsideCollaborator);
    const pending = !collaborator && odd(shares.pendingInvitation);
    const homeless = !collaborator && odd(shares.withoutOrganization);
    const subscriber = odd(shares.visualStudio);
    const roles = collaborator
      ? [random.pick(['Outside collaborator', 'Repository collaborator', 'outside collaborator'])]
      : random.chance(0.004)
        ? [random.pick(['owner', 'Owner'])]
        : random.chance(0.002)
          ? ['Member', 'Billing manager']
          : [random.pick(['member', 'Member'])];
    return {
      github_com_login: login,
      github_com_name: random.chance(0.03) ? random.pick([null, '']) : name,
      enterprise_server_user_ids: [],
      github_com_user: true,
      enterprise_server_user: false,
      visual_studio_subscription_user: subscriber,
      license_type:
        subscriber && random.chance(0.85)
          ? 'Visual Studio subscription'
          : random.pick(['enterprise', 'enterprise', 'Enterprise']),
      github_com_profile: `https://github.com/${login}`,
      github_com_member_roles: collaborator
        ? // GitHub does not list the repositories of everyone.
          this.#repositoryRoles().slice(0, index % 9 === 0 ? 0 : undefined)
        : homeless || (pending && random.chance(0.7))
          ? []
          : this.#organizationRoles(),
      ...(random.chance(0.1) && { github_com_enterprise_role: roles[0] ?? '' }),
      github_com_enterprise_roles: roles,
      github_com_verified_domain_emails:
        collaborator || odd(shares.withoutVerifiedEmail)
          ? []
          : random.chance(0.05)
            ? [email, `${local}@eu.${this.emailDomain}`]
            : [email],
      github_com_saml_name_id: random.pick([login, login, email, '', null]),
      github_com_orgs_with_pending_invites: pending
        ? random.sample(this.options.organizations, random.int(1, 2))
        : [],
      github_com_two_factor_auth: odd(shares.withoutTwoFactor) ? false : random.chance(0.02) ? null : true,
      enterprise_server_emails: [],
      visual_studio_license_status: subscriber ? random.pick(['Assigned', 'assigned', 'Pending']) : '',
      visual_studio_subscription_email: subscriber ? email : '',
      total_user_accounts: 1,
      ...(random.chance(0.01) && { cost_center: 'Research', two_factor_required_by_date: '2027-01-31' }),
    };
  }

  /** Adds accounts on Enterprise Server that GitHub has matched to the person. */
  onServersToo(row: LicensedUser): LicensedUser {
    const email =
      row.github_com_verified_domain_emails[0] ?? `${row.github_com_login}@corp.${this.emailDomain}`;
    row.enterprise_server_user = true;
    row.enterprise_server_user_ids = this.#serverIds();
    row.enterprise_server_emails = this.random.chance(0.3)
      ? [email, `${row.github_com_login}@corp.${this.emailDomain}`]
      : [email];
    row.total_user_accounts = 1 + row.enterprise_server_user_ids.length;
    return row;
  }

  /** Like the second person of GitHub's documented example: empty strings for everything of the cloud. */
  serverOnly(emails?: string[]): LicensedUser {
    const { local } = this.#identity();
    const ids = this.#serverIds();
    return {
      github_com_login: '',
      github_com_name: '',
      enterprise_server_user_ids: ids,
      github_com_user: false,
      enterprise_server_user: true,
      visual_studio_subscription_user: false,
      license_type: this.random.pick(['enterprise', 'Enterprise']),
      github_com_profile: '',
      github_com_member_roles: [],
      github_com_enterprise_role: '',
      github_com_enterprise_roles: [],
      github_com_verified_domain_emails: [],
      github_com_saml_name_id: '',
      github_com_orgs_with_pending_invites: [],
      github_com_two_factor_auth: '',
      enterprise_server_emails:
        emails ?? (this.random.chance(0.05) ? [] : [`${local}@corp.${this.emailDomain}`]),
      visual_studio_license_status: '',
      visual_studio_subscription_email: '',
      total_user_accounts: ids.length,
    };
  }

  visualStudioOnly(email?: string): LicensedUser {
    const { local } = this.#identity();
    return {
      ...this.serverOnly([]),
      enterprise_server_user_ids: [],
      enterprise_server_user: false,
      visual_studio_subscription_user: true,
      license_type: 'Visual Studio subscription',
      visual_studio_license_status: 'Pending',
      visual_studio_subscription_email: email ?? `${local}@vs.${this.emailDomain}`,
      total_user_accounts: 0,
    };
  }

  /** Anyone, by the shares. */
  anyone(): LicensedUser {
    const { serverOnly, cloudAndServer, visualStudioOnly } = this.shares;
    const share = this.random.next();
    if (share < serverOnly) return this.serverOnly();
    if (share < serverOnly + visualStudioOnly) return this.visualStudioOnly();
    const row = this.cloud();
    return share < serverOnly + visualStudioOnly + cloudAndServer ? this.onServersToo(row) : row;
  }

  #serverIds(): string[] {
    const { hostnames } = this.options;
    const hosts = this.random.chance(0.1) ? hostnames.slice(0, 2) : [this.random.pick(hostnames)];
    return hosts.map((host) => `${host}:${1000 + this.#people}`);
  }

  #organizationRoles(): string[] {
    const count = this.random.pick([1, 1, 1, 2, 2, 3, 5]);
    const organizations = new Set(
      Array.from({ length: count }, () => this.random.pickSkewed(this.options.organizations)),
    );
    return [...organizations].map((name) => `${name}:${this.random.chance(0.03) ? 'Owner' : 'Member'}`);
  }

  #repositoryRoles(): string[] {
    const { repositories } = this.options;
    if (repositories.length === 0) return [];
    const names = new Set(
      Array.from({ length: this.random.int(1, 3) }, () => this.random.pick(repositories)),
    );
    return [...names].map((name) => `${name}:Collaborator`);
  }
}

/** `seats` rows in all, the planted ones among them in random places. */
export function makePeople(
  random: Random,
  options: PeopleOptions,
): { people: LicensedUser[]; planted: Planted } {
  const maker = new RowMaker(random, options);
  const duplicates = plantDuplicates(maker, options.duplicates);
  const nearMisses = plantNearMisses(maker, options.nearMisses);
  const special = [...duplicates, ...nearMisses].flatMap((group) => group.rows);
  if (special.length > options.seats) {
    throw new RangeError(`${special.length} planted rows do not fit in ${options.seats} seats`);
  }
  const people: LicensedUser[] = [];
  for (let ordinary = options.seats - special.length; ordinary + special.length > 0; ) {
    const planted = random.next() * (ordinary + special.length) < special.length;
    people.push(planted ? (special.pop() as LicensedUser) : maker.anyone());
    if (!planted) ordinary -= 1;
  }
  if (options.hostile) makeHostile(people);
  const keys = ({ kind, rows }: { kind: string; rows: LicensedUser[] }) => ({ kind, rows: rows.map(rowKey) });
  return { people, planted: { duplicates: duplicates.map(keys), nearMisses: nearMisses.map(keys) } };
}

/** Hostile text in every field that people or their identity provider can write. Keys stay as they are. */
function makeHostile(people: readonly LicensedUser[]): void {
  for (const [index, text] of HOSTILE_TEXTS.entries()) {
    const row = people[index];
    if (row === undefined) return;
    row.github_com_name = text;
    row.github_com_saml_name_id = text;
    row.note = text;
    if (index % 5 === 0) row.license_type = text;
    if (index % 5 === 3) row.github_com_cost_center = text;
    if (index % 5 === 1) row.github_com_enterprise_roles = [text];
    if (index % 5 === 2) row.visual_studio_license_status = text;
  }
}
