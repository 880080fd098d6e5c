/** Active committers of Advanced Security, per repository, as `settings/billing/advanced-security` lists them. */
import type { Enterprise } from './enterprise.ts';
import { seeded } from './random.ts';

const DAY = 86_400_000;

export interface CommitterRepository {
  name: string;
  advanced_security_committers: number;
  advanced_security_committers_breakdown: {
    user_login: string;
    last_pushed_date: string;
    last_pushed_email: string;
  }[];
}

export interface Committers {
  readonly total: number;
  readonly maximum: number;
  readonly purchased: number;
  readonly repositories: CommitterRepository[];
}

/** One in three repositories has committers; people push to several, and count once in `total`. */
export function generateCommitters(enterprise: Enterprise, seed: number, product: string): Committers {
  const random = seeded(`${seed}/committers/${product}`);
  const developers = enterprise.people.filter((row) => row.github_com_user);
  const seen = new Set<string>();
  const repositories = enterprise.repositories
    .filter(() => developers.length > 0 && random.chance(1 / 3))
    .map((name): CommitterRepository => {
      const count = random.pick([1, 2, 2, 3, 5, 8]);
      const pushers = new Set(Array.from({ length: count }, () => random.pickSkewed(developers)));
      const breakdown = [...pushers].map((row) => {
        seen.add(row.github_com_login);
        return {
          user_login: row.github_com_login,
          last_pushed_date: new Date(enterprise.now.getTime() - random.int(0, 89) * DAY)
            .toISOString()
            .slice(0, 10),
          last_pushed_email:
            row.github_com_verified_domain_emails[0] ?? `${row.github_com_login}@users.noreply.github.com`,
        };
      });
      return {
        name,
        advanced_security_committers: breakdown.length,
        advanced_security_committers_breakdown: breakdown,
      };
    });
  const total = seen.size;
  return {
    total,
    maximum: total + Math.round(total / 4),
    purchased: Math.round(total * random.pick([0.9, 1.1, 1.3])),
    repositories,
  };
}
