/** Advanced Security: who commits where, and how many licenses that takes. */
import { handleKey } from './names.ts';
import type { CommittersPage } from './schemas.ts';

/** `bundled` is the one product that Advanced Security was before it was sold as two. */
export type SecurityProduct = 'bundled' | 'code_security' | 'secret_protection';

export interface Committer {
  readonly user_login: string;
  readonly last_pushed_date: string;
  readonly last_pushed_email: string;
}

export interface Committers {
  /** GitHub's total, else the people listed; missing where GitHub neither counts nor lists all of them. */
  readonly active: number | undefined;
  /** GitHub counts none and has repositories with some, so that `active` is missing. */
  readonly contradicted: boolean;
  /** Distinct people listed: someone who commits to many repositories is one. Missing where nobody is read. */
  readonly listed: number | undefined;
  /** If the product were enabled on every repository. */
  readonly maximum: number | undefined;
  /** Missing where licenses are billed by use. */
  readonly purchased: number | undefined;
  readonly repositories: readonly {
    readonly name: string;
    /** Missing where GitHub neither counts nor lists them. */
    readonly committers: number | undefined;
    readonly people: readonly Committer[];
  }[];
}

/**
 * The licenses that committers can be held against. Where none is purchased although there are committers, they are
 * paid by usage, and nothing says how many there may be.
 */
export const licensesOf = ({ active, purchased }: Committers): number | undefined =>
  purchased === 0 && active !== 0 ? undefined : purchased;

/** Why there is no number where that is so. */
export const CONTRADICTED = 'GitHub counts no committer and has repositories with some';

/** Joins the pages. A repository that moved to another page while they were read counts once. */
export function summariseCommitters(pages: readonly CommittersPage[]): Committers {
  const repositories = new Map<string, SentRepository>();
  for (const page of pages)
    for (const sent of page.repositories) repositories.set(handleKey(sent.name), sent);
  const all = [...repositories.values()];
  const people = new Set(all.flatMap(listPeople).map(handleOf));
  const [first] = pages;
  const total = first?.total_advanced_security_committers;
  const contradicted =
    total === 0 && all.some((sent) => (countOf(sent) ?? 0) > 0 || listPeople(sent).length > 0);
  return {
    active: contradicted ? undefined : (total ?? (isWhole(all) ? people.size : undefined)),
    contradicted,
    listed: people.size,
    maximum: first?.maximum_advanced_security_committers,
    purchased: first?.purchased_advanced_security_committers,
    repositories: all.map((sent) => ({
      name: sent.name,
      committers: countOf(sent),
      people: listPeople(sent),
    })),
  };
}

/** The totals of a page, and nobody: what its repositories have says only that a total of none is wrong. */
export const totalCommitters = (page: CommittersPage): Committers => ({
  ...summariseCommitters([{ ...page, repositories: [] }]),
  ...(summariseCommitters([page]).contradicted && { active: undefined, contradicted: true }),
  listed: undefined,
});

type SentRepository = CommittersPage['repositories'][number];

const countOf = (sent: SentRepository): number | undefined =>
  sent.advanced_security_committers ?? sent.advanced_security_committers_breakdown?.length;
const listPeople = ({ advanced_security_committers_breakdown: people = [] }: SentRepository) => people;
const handleOf = ({ user_login, last_pushed_email }: Committer) => handleKey(user_login || last_pushed_email);

/** Every committer is listed, and can be told from the others. */
const isWhole = (repositories: readonly SentRepository[]): boolean =>
  repositories.length > 0 &&
  repositories.every((sent) => {
    const { advanced_security_committers: count, advanced_security_committers_breakdown: people } = sent;
    if (people === undefined) return count === 0;
    return people.length >= (count ?? 0) && people.every((person) => handleOf(person) !== '');
  });
