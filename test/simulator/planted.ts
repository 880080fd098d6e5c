/** Persons that hold several rows, and look-alikes that do not: the truth for tests of duplicate detection. */
import type { LicensedUser } from './enterprise.ts';
import type { RowMaker } from './people.ts';

export interface PlantedGroup {
  readonly kind: string;
  /** Row keys. */
  readonly rows: string[];
}

interface Group {
  readonly kind: string;
  readonly rows: LicensedUser[];
}

const verifiedEmail = (row: LicensedUser) => row.github_com_verified_domain_emails[0] as string;
const otherCase = (email: string) => email.replace(/^[^@]*/, (local) => local.toUpperCase());

const DUPLICATES: Record<string, (maker: RowMaker) => LicensedUser[]> = {
  /** The server account's email is the person's verified one, up to case. */
  'server-email'(maker) {
    const cloud = maker.cloud(true);
    return [cloud, maker.serverOnly([otherCase(verifiedEmail(cloud))])];
  },
  /** No verified email; the identity provider's NameID is the server account's email. */
  'saml-name-id'(maker) {
    const cloud = maker.cloud(true);
    cloud.github_com_saml_name_id = verifiedEmail(cloud);
    cloud.github_com_verified_domain_emails = [];
    return [cloud, maker.serverOnly([cloud.github_com_saml_name_id])];
  },
  'visual-studio'(maker) {
    const cloud = maker.cloud(true);
    return [cloud, maker.visualStudioOnly(verifiedEmail(cloud))];
  },
  /** Cloud and Visual Studio share nothing but the server account between them. */
  chain(maker) {
    const cloud = maker.cloud(true);
    const other = `private.${verifiedEmail(cloud)}`;
    return [cloud, maker.serverOnly([verifiedEmail(cloud), other]), maker.visualStudioOnly(other)];
  },
};

const NEAR_MISSES: Record<string, (maker: RowMaker, index: number) => LicensedUser[]> = {
  /** `a.b@x` and `ab@x` are two mailboxes at most providers. */
  dots(maker) {
    const cloud = maker.cloud(true);
    const [local = '', domain] = verifiedEmail(cloud).split('@');
    return [cloud, maker.serverOnly([`${local.replaceAll('.', '')}@${domain}`])];
  },
  'plus-tag'(maker) {
    const cloud = maker.cloud(true);
    return [cloud, maker.serverOnly([verifiedEmail(cloud).replace('@', '+test@')])];
  },
  /** A mailbox that five service accounts and people share. */
  'shared-mailbox'(maker, index) {
    const mailbox = ['admin', 'noreply', 'platform-team'][index % 3] as string;
    const email = `${mailbox}@team${index}.${maker.emailDomain}`;
    const cloud = maker.cloud(true);
    cloud.github_com_verified_domain_emails.push(email);
    return [cloud, ...Array.from({ length: 4 }, () => maker.serverOnly([email]))];
  },
  'other-domain'(maker) {
    const cloud = maker.cloud(true);
    const [local] = verifiedEmail(cloud).split('@');
    return [cloud, maker.serverOnly([`${local}@elsewhere.example`])];
  },
};

/** `count` persons with two or three rows each, the kinds in turn. */
export const plantDuplicates = (maker: RowMaker, count: number): Group[] =>
  plant(count, Object.entries(DUPLICATES), maker);

/** `count` groups of rows that must not be joined. */
export const plantNearMisses = (maker: RowMaker, count: number): Group[] =>
  plant(count, Object.entries(NEAR_MISSES), maker);

function plant(
  count: number,
  kinds: readonly [string, (maker: RowMaker, index: number) => LicensedUser[]][],
  maker: RowMaker,
): Group[] {
  return Array.from({ length: count }, (_, index) => {
    const [kind, make] = kinds[index % kinds.length] as (typeof kinds)[number];
    return { kind, rows: make(maker, Math.floor(index / kinds.length)) };
  });
}
