/** What follows for budgets: what each has certainly spent, what it may have spent besides, and who is over. */
import type { Answer } from './answers.ts';
import { exact, rounded, sum } from './exact.ts';
import { userStatesBody } from './github.ts';
import {
  flag,
  type Metrics,
  number,
  perhaps,
  row,
  rows,
  string,
  text,
  texts,
  unreadable,
} from './reading.ts';
import type { Json, Row } from './schema.ts';

/** A line item and the id of its cost center, '' for none. */
export interface Charged {
  readonly item: Row;
  readonly center: string;
}

export interface Center {
  readonly id: string;
  readonly name: string;
  readonly isDeleted: boolean;
  readonly users: readonly string[];
}

export interface Budget {
  readonly id: string;
  readonly type: string;
  readonly names: readonly string[];
  readonly scope: string;
  readonly entity: string;
  readonly user: string;
  readonly amount: number;
  readonly consumed: number | undefined;
  readonly withoutCenters: boolean;
}

const squeezed = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '');

/** The names that are generated, squeezed: what each is, of which product and in which unit. */
const SKUS: Readonly<Record<string, readonly [sku: string, product: string, unit?: 'credit' | 'license']>> = {
  actionslinux: ['linux', 'actions'],
  actionsmacos: ['macos', 'actions'],
  actionsmacos3core: ['macos', 'actions'],
  packagesstorage: ['storage', 'packages'],
  packagesdatatransfer: ['transfer', 'packages'],
  copilotbusiness: ['business', 'copilot', 'license'],
  copilotforbusiness: ['business', 'copilot', 'license'],
  copilotenterprise: ['enterprise', 'copilot', 'license'],
  ghaslicenses: ['security', 'ghas', 'license'],
  copilotaicredits: ['credits', 'copilot', 'credit'],
  copilotaiunit: ['credits', 'copilot', 'credit'],
  codingagentaiunit: ['agent', 'copilot', 'credit'],
  gheclicenses: ['ghec', 'ghec', 'license'],
  githubenterprisecloudlicenses: ['ghec', 'ghec', 'license'],
};
/** GitHub's products, by identifier and by name for people. */
const isProduct = (name: string) =>
  /^(github)?(actions|packages|codespaces|copilot|advancedsecurity|enterprisecloud|gitlfs|models|spark)$|^(ghas|ghec|sandbox)$/.test(
    squeezed(name),
  );
const known = (name: string) => (Object.hasOwn(SKUS, squeezed(name)) ? SKUS[squeezed(name)] : undefined);

/* ── Reading ─────────────────────────────────────────────────────────────────────────────────────────────────── */

export function readCenters([body]: readonly Json[]): Center[] {
  const all = rows(row(body).costCenters).map((center) => ({
    id: string(center.id),
    name: string(center.name),
    isDeleted: text(center.state).toLowerCase() === 'deleted',
    users: (center.resources ? rows(center.resources) : [])
      .filter(({ type }) => /^user/i.test(text(type)))
      .map(({ name }) => text(name).toLowerCase()),
  }));
  return [...new Map(all.map((center) => [center.id, center])).values()];
}

export function readBudgets(bodies: readonly Json[]): Budget[] {
  const all: Budget[] = [];
  for (const [index, body] of bodies.entries()) {
    const page = row(body);
    for (const sent of rows(page.budgets)) {
      all.push({
        id: text(sent.id),
        type: squeezed(text(sent.budget_type)),
        names: [...texts(sent.budget_product_skus), text(sent.budget_product_sku)].filter(
          (name) => name !== '',
        ),
        scope: squeezed(text(sent.budget_scope)),
        entity: text(sent.budget_entity_name),
        user: text(sent.user),
        amount: number(sent.budget_amount),
        consumed: perhaps(sent.consumed_amount, number),
        withoutCenters: flag(sent.exclude_cost_center_usage),
      });
    }
    if (!flag(page.has_next_page)) break;
    if (index === bodies.length - 1) unreadable();
  }
  return all;
}

interface State {
  readonly budget: string;
  readonly user: string;
  readonly consumed: number;
  readonly target: number;
  readonly override: string;
}

/** Of all budgets that are for each of many; `undefined` where one of them cannot be told. */
export function readStates(bodies: readonly Json[], budgets: readonly Budget[], answer: Answer): State[] {
  return budgets.filter(asksForStates).flatMap(({ id }) => {
    const body = row(bodies[userStatesBody(id, answer) - 1]);
    if (flag(body.has_next_page)) unreadable();
    return rows(body.user_states).map((state) => ({
      budget: id,
      user: text(state.user).toLowerCase(),
      consumed: number(state.consumed_amount),
      target: number(state.target_amount),
      override: text(state.override_budget_id),
    }));
  });
}
export const asksForStates = ({ scope, amount }: Budget) => scope.startsWith('multiuser') && amount > 0;

/* ── Shared budgets ──────────────────────────────────────────────────────────────────────────────────────────── */

const SCOPES = ['enterprise', 'organization', 'repository', 'costcenter'];

const isForLicenses = ({ names }: Budget) =>
  names.some((name) => {
    const found = known(name);
    return found ? found[2] === 'license' : /^(ghas|ghec|copilot)$|(license|seat)s?$/.test(squeezed(name));
  });

type Part = 'yes' | 'perhaps' | 'no';

/** How a line item of the budget's scope counts. */
function priceOf({ type, names }: Budget, item: Row): Part {
  const [product, sku, unit] = [item.product, item.sku, item.unitType].map((name) => squeezed(string(name)));
  if (names.length === 0) return 'perhaps';
  const isBundle = (name: string) => squeezed(name) === 'aicredits';
  if (type === 'productpricing') {
    if (names.some((name) => isBundle(name) || known(name))) return 'perhaps';
    if (names.some((name) => squeezed(name) === product)) return 'yes';
    return !isProduct(product ?? '') && !names.every(isProduct) ? 'perhaps' : 'no';
  }
  if (type === 'skupricing' && names.some(isProduct)) return 'perhaps';
  if (type !== 'skupricing' && type !== 'bundlepricing') return 'perhaps';
  if (type === 'bundlepricing' && !names.every((name) => isBundle(name) || known(name))) return 'perhaps';
  const found = known(sku ?? '');
  const parts = names.map((name): Part => {
    if (isBundle(name)) {
      if (found) return found[2] === 'credit' ? 'yes' : 'no';
      return ['copilot', 'spark'].includes(product ?? '') || /^ai-?(credit|unit)s?$/.test(unit ?? '')
        ? 'perhaps'
        : 'no';
    }
    const wanted = known(name);
    if (wanted ? wanted[0] === found?.[0] : squeezed(name) === sku) return 'yes';
    return found || (wanted && wanted[1] !== product) ? 'no' : 'perhaps';
  });
  return parts.includes('yes') ? 'yes' : parts.includes('perhaps') ? 'perhaps' : 'no';
}

/** How the scope of a line item fits the budget's, or `undefined` where the budget's is not in the line items. */
function scopeOf(budget: Budget, centers: readonly Center[]): ((charged: Charged) => Part) | undefined {
  const { scope, entity, withoutCenters } = budget;
  const wanted = entity.toLowerCase();
  if (scope === 'enterprise') return ({ center }) => (withoutCenters && center !== '' ? 'no' : 'yes');
  if (entity === '') return () => 'perhaps';
  if (scope === 'organization') {
    return ({ item }) => (text(item.organizationName).toLowerCase() === wanted ? 'yes' : 'no');
  }
  if (scope === 'repository') {
    const [owner, name] = wanted.includes('/') ? wanted.split('/') : [undefined, wanted];
    return ({ item }) => {
      const [organization, sent] = [text(item.organizationName), text(item.repositoryName)].map((one) =>
        one.toLowerCase(),
      );
      if (!sent) return 'no';
      const full = sent.includes('/') || !organization ? sent : `${organization}/${sent}`;
      if (owner === undefined) return full.slice(full.indexOf('/') + 1) === name ? 'perhaps' : 'no';
      return full === wanted ? 'yes' : full === name ? 'perhaps' : 'no';
    };
  }
  const byId = centers.filter(({ id }) => id.toLowerCase() === wanted);
  const named = byId.length > 0 ? byId : centers.filter(({ name }) => name.toLowerCase() === wanted);
  const active = named.filter(({ isDeleted }) => !isDeleted);
  const meant = (active.length > 0 ? active : named).map(({ id }) => id);
  if (meant.length === 0) return undefined;
  return ({ center }) => (meant.includes(center) ? (meant.length === 1 ? 'yes' : 'perhaps') : 'no');
}

interface Spent {
  readonly amount: bigint;
  readonly least: bigint;
  readonly most: bigint;
}

/** `undefined`: nobody can tell. */
function spentOf(
  budget: Budget,
  charged: readonly Charged[] | undefined,
  centers: readonly Center[],
  isPast: boolean,
): Spent | undefined {
  const amount = exact(budget.amount);
  if (budget.consumed !== undefined && !isPast) {
    return { amount, least: exact(budget.consumed), most: exact(budget.consumed) };
  }
  const scope = scopeOf(budget, centers);
  if (charged === undefined || scope === undefined) return undefined;
  const parts = charged.map((one) => ({ one, scope: scope(one), price: priceOf(budget, one.item) }));
  const counted = parts.filter(({ scope, price }) => scope === 'yes' && price === 'yes');
  const doubtful = parts.filter(
    ({ scope, price }) => scope !== 'no' && price !== 'no' && (scope === 'perhaps' || price === 'perhaps'),
  );
  // Each name as a whole is the budget's or is not, and so is each place that may be in its scope.
  const nets = Map.groupBy(doubtful, ({ one: { item, center }, scope }) => {
    const sku = known(string(item.sku))?.[0] ?? squeezed(string(item.sku));
    const place = scope === 'perhaps' && budget.scope === 'costcenter' && budget.entity !== '' ? center : '';
    return [scope, place, squeezed(string(item.product)), sku].join('\n');
  });
  const net = (all: typeof parts) => sum(all.map(({ one }) => number(one.item.netAmount)));
  const certain = net(counted);
  const others = Array.from(nets.values(), net);
  return {
    amount,
    least: certain + others.filter((one) => one < 0n).reduce((a, b) => a + b, 0n),
    most: certain + others.filter((one) => one > 0n).reduce((a, b) => a + b, 0n),
  };
}

export function sharedBudgets(
  budgets: readonly Budget[],
  charged: readonly Charged[] | undefined,
  centers: readonly Center[],
  isPast: boolean,
): Metrics {
  const limits = budgets
    .filter((budget) => SCOPES.includes(budget.scope) && !isForLicenses(budget) && budget.amount > 0)
    .map((budget) => spentOf(budget, charged, centers, isPast));
  const all = limits.flatMap((one) => one ?? []);
  const none = { 'budgets-over': undefined, 'budgets-highest-percent': undefined };
  if (all.length === 0 || all.length < limits.length) return none;
  const isTold = all.every(({ amount, least, most }) => least >= amount || most < amount);
  // a ÷ b > c ÷ d, for amounts above 0.
  const top = all.reduce((a, b) => (b.least * a.amount > a.least * b.amount ? b : a));
  const isHighest = all.every(({ amount, most }) => most * top.amount <= top.least * amount);
  return {
    'budgets-over': isTold ? all.filter(({ amount, least }) => least >= amount).length : undefined,
    'budgets-highest-percent': isHighest ? rounded(top.least * 100n, exact(1), top.amount) : undefined,
  };
}

/* ── People's budgets ────────────────────────────────────────────────────────────────────────────────────────── */

/** `states` and `centers`: `undefined` where they were not delivered. */
export function peopleOver(
  budgets: readonly Budget[],
  states: readonly State[] | undefined,
  centers: readonly Center[] | undefined,
): number | undefined {
  const own = budgets.filter(({ scope }) => scope === 'user');
  const many = budgets.filter(({ scope }) => scope.startsWith('multiuser'));
  const person = ({ user, entity, id }: Budget) => (user || entity).toLowerCase() || `#${id}`;
  const limits = own.filter(({ amount }) => amount > 0);
  if (limits.length + many.filter(asksForStates).length === 0) return undefined;
  if (limits.some(({ consumed }) => consumed === undefined)) return undefined;
  const over = new Set(limits.filter(({ amount, consumed = 0 }) => consumed >= amount).map(person));
  if (!many.some(asksForStates)) return over.size;
  if (states === undefined) return undefined;
  const decided = new Set(own.map(person));
  const teams = many.filter(({ scope }) => scope === 'multiusercostcenter');
  const members = teams.flatMap(({ entity }) => {
    const wanted = entity.toLowerCase();
    const byId = (centers ?? []).filter(({ id }) => id.toLowerCase() === wanted);
    const named =
      byId.length > 0 ? byId : (centers ?? []).filter(({ name }) => name.toLowerCase() === wanted);
    const active = named.filter(({ isDeleted }) => !isDeleted);
    return (active.length > 0 ? active : named).flatMap(({ users }) => users);
  });
  for (const [index, { budget, user, consumed, target, override }] of states.entries()) {
    if (target <= 0 || consumed < target || decided.has(user)) continue;
    if (override !== '') {
      if (!budgets.some(({ id }) => id === override)) return undefined;
      continue;
    }
    const isOfTeam = teams.some(({ id }) => id === budget);
    if (!isOfTeam && teams.length > 0 && centers === undefined) return undefined;
    if (isOfTeam || !members.includes(user)) over.add(user || `state ${index}`);
  }
  return over.size;
}
