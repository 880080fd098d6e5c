/** Advanced Security: who commits where, and how many licenses that takes. */
import { handleKey } from './names.ts';
import type { CommittersPage } from './schemas.ts';

/** `bundled` is the one product that Advanced Security was before it was sold as two. */
export type Product = 'bundled' | 'code_security' | 'secret_protection';

export interface Committer {
  readonly user_login: string;
  readonly last_pushed_date: string;
  readonly last_pushed_email: string;
}

export interface Committers {
  /** GitHub's total, else the people listed. */
  readonly active: number;
  /** Distinct people listed: someone who commits to many repositories is one. */
  readonly listed: number;
  /** If the product were enabled on every repository. */
  readonly maximum: number | undefined;
  /** Missing where licenses are billed by use. */
  readonly purchased: number | undefined;
  readonly repositories: readonly {
    readonly name: string;
    readonly committers: number;
    readonly people: readonly Committer[];
  }[];
}

/** Joins the pages. A repository that moved to another page while they were read counts once. */
export function summariseCommitters(pages: readonly CommittersPage[]): Committers {
  const repositories = new Map<string, Committers['repositories'][number]>();
  const people = new Set<string>();
  for (const { name, ...sent } of pages.flatMap((page) => page.repositories)) {
    const listed = sent.advanced_security_committers_breakdown;
    repositories.set(handleKey(name), {
      name,
      committers: sent.advanced_security_committers ?? listed.length,
      people: listed,
    });
    for (const person of listed) people.add(handleKey(person.user_login || person.last_pushed_email));
  }
  const [first] = pages;
  return {
    active: first?.total_advanced_security_committers ?? people.size,
    listed: people.size,
    maximum: first?.maximum_advanced_security_committers,
    purchased: first?.purchased_advanced_security_committers,
    repositories: [...repositories.values()],
  };
}
