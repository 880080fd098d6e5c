/** Budgets over a synthetic enterprise's spending: some kept, some reached, in both of the shapes that GitHub has. */
import { type Billing, type Charge, totals } from './billing.ts';
import type { Enterprise } from './enterprise.ts';
import { HOSTILE_TEXTS } from './hostile.ts';
import { seeded } from './random.ts';

export interface Budget {
  id: string;
  budget_type: 'ProductPricing' | 'SkuPricing' | 'BundlePricing';
  budget_scope: string;
  budget_entity_name: string;
  /** GitHub's schema has this … */
  budget_product_sku?: string;
  /** … and its example that. */
  budget_product_skus?: string[];
  /** US dollars; licenses for what is sold by the license. */
  budget_amount: number;
  prevent_further_usage: boolean;
  user?: string;
  /** Of people's budgets only; the amount of a budget for each person is one person's, and this is everybody's. */
  consumed_amount?: number;
  budget_alerting: { will_alert: boolean; alert_recipients: string[] };
}

/** What one person has spent of a budget of people. */
export interface UserState {
  user: string;
  consumed_amount: number;
  target_amount: number;
  /** Of the budget that takes this one's place for the person. */
  override_budget_id?: string | null;
}

export interface Budgets {
  readonly list: Budget[];
  /** By the id of the budget. */
  readonly userStates: ReadonlyMap<string, UserState[]>;
}

interface Scope {
  readonly scope: string;
  readonly entity: string;
  readonly covers: (charge: Charge) => boolean;
}

const PRODUCTS = ['actions', 'packages', 'copilot', 'git_lfs', 'codespaces'];
const SKUS = [
  'actions_linux',
  'packages_bandwidth',
  'copilot_premium_request',
  'ghec_licenses',
  'actions_storage',
];

interface BudgetOptions {
  readonly seed: number;
  readonly count: number;
  readonly hostile: boolean;
}

/** In the field, budgets for each person of an enterprise or a cost center come after the others. */
export function generateBudgets(enterprise: Enterprise, billing: Billing, options: BudgetOptions): Budgets {
  const isDocumented = enterprise.dialect === 'documented';
  const plain = plainBudgets(enterprise, billing, options).map((budget): Budget => {
    const { user: _, ...withoutUser } = budget;
    return isDocumented ? budget : withoutUser;
  });
  const random = seeded(`${options.seed}/user-states`);
  const spent = new Map(
    enterprise.people
      .filter((row) => row.github_com_user)
      .map((row) => [row.github_com_login, random.int(0, 6000) / 100]),
  );
  const own = plain.filter((budget) => budget.budget_scope === 'user');
  for (const { budget_entity_name: login, consumed_amount = 0 } of own) spent.set(login, consumed_amount);
  const userStates = new Map(
    own.map((budget) => [
      budget.id,
      [
        {
          user: budget.budget_entity_name,
          consumed_amount: budget.consumed_amount ?? 0,
          target_amount: budget.budget_amount,
        },
      ] as UserState[],
    ]),
  );
  if (isDocumented || options.count === 0) return { list: plain, userStates };

  const overrides = new Map(own.map(({ budget_entity_name, id }) => [budget_entity_name, id]));
  const list = [...plain];
  const add = (scope: string, entity: string, amount: number, users: readonly string[]) => {
    const id = `${(0xc0000000 + list.length).toString(16)}-1dad-41d1-80b4-00c04fd430c8`;
    const states = users.map((user, index): UserState => {
      const override = overrides.get(user);
      return {
        user,
        consumed_amount: spent.get(user) ?? 0,
        target_amount: amount,
        ...((override !== undefined || index % 2 === 0) && { override_budget_id: override ?? null }),
      };
    });
    userStates.set(id, states);
    list.push({
      id,
      budget_type: 'BundlePricing',
      budget_product_skus: ['ai_credits'],
      budget_scope: scope,
      budget_entity_name: entity,
      budget_amount: amount,
      consumed_amount: states.reduce((sum, state) => sum + Math.round(state.consumed_amount * 100), 0) / 100,
      prevent_further_usage: true,
      budget_alerting: { will_alert: false, alert_recipients: [] },
    });
    return id;
  };
  const members = ({ resources }: Billing['costCenters'][number]) =>
    resources.flatMap(({ type, name }) => (type === 'User' && spent.has(name) ? [name] : []));
  const center = billing.costCenters.find((one) => one.state === 'active' && members(one).length > 0);
  if (center) {
    const users = members(center);
    const id = add('multi_user_cost_center', center.name, 40, users);
    for (const user of users) if (!overrides.has(user)) overrides.set(user, id);
  }
  add('multi_user_customer', enterprise.slug, 55, [...spent.keys()].slice(0, 230));
  return { list, userStates };
}

function plainBudgets(
  enterprise: Enterprise,
  { charges, costCenters, months: [current] }: Billing,
  { seed, count, hostile }: BudgetOptions,
): Budget[] {
  const random = seeded(`${seed}/budgets`);
  const logins = enterprise.people.map((row) => row.github_com_login).filter((login) => login !== '');
  const thisMonth = charges.filter(({ year, month }) => year === current.year && month === current.month);

  const scopeOf = (index: number): Scope => {
    const organization = random.pickSkewed(enterprise.organizations);
    switch (index % 5) {
      case 1:
        return {
          scope: 'organization',
          entity: organization,
          covers: (charge) => charge.organization === organization,
        };
      case 2: {
        const repository = enterprise.repositories.length > 0 ? random.pick(enterprise.repositories) : '';
        return {
          scope: 'repository',
          entity: repository,
          covers: (charge) => charge.repository === repository,
        };
      }
      case 3: {
        const center = costCenters[index % Math.max(1, costCenters.length)];
        return {
          scope: 'cost_center',
          entity: center?.name ?? '',
          covers: (charge) => charge.costCenter === center?.id,
        };
      }
      case 4:
        return { scope: 'user', entity: logins[index] ?? 'octocat', covers: () => false };
      default:
        return { scope: 'enterprise', entity: enterprise.slug, covers: () => true };
    }
  };

  return Array.from({ length: count }, (_, index): Budget => {
    const { scope, entity, covers } = scopeOf(index);
    const bySku = index % 2 === 1;
    const names = scope === 'user' ? ['copilot', 'ai_credits'] : undefined;
    const product = names ? names[Number(bySku)] : (bySku ? SKUS : PRODUCTS)[Math.floor(index / 5) % 5];
    const stops = index % 3 === 0;
    const spent = totals(
      thisMonth.filter(
        (charge) => covers(charge) && (bySku ? charge.sku.sku : charge.sku.product) === product,
      ),
    ).netAmount;
    // A budget that stops further usage is hardly ever overrun.
    const factor = random.pick(stops ? [1.05, 1.5, 4] : [0.5, 0.9, 1.2, 2, 8]);
    const perUser = { user: entity, consumed_amount: random.int(0, 6000) / 100 };
    return {
      id: `${(0xb0000000 + index).toString(16)}-1dad-41d1-80b4-00c04fd430c8`,
      budget_type: product === 'ai_credits' ? 'BundlePricing' : bySku ? 'SkuPricing' : 'ProductPricing',
      ...(index % 4 < 2 ? { budget_product_skus: [product ?? ''] } : { budget_product_sku: product ?? '' }),
      budget_scope: scope,
      budget_entity_name: entity,
      budget_amount:
        index === 6
          ? 0
          : product === 'ghec_licenses'
            ? enterprise.purchased
            : Math.ceil(spent * factor) || 50,
      prevent_further_usage: stops,
      ...(scope === 'user' && perUser),
      budget_alerting: {
        will_alert: index % 3 !== 1,
        alert_recipients:
          index % 3 === 1
            ? []
            : [(hostile && HOSTILE_TEXTS[index]) || (logins[index % 7] ?? 'enterprise-admin')],
      },
    };
  });
}
