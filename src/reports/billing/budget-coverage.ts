/**
 * Which spending counts against a shared budget, which may, and which does not. What nobody recognises within the
 * budget's scope and product may be its own.
 */
import type Big from 'big.js';
import { isDeleted, type UsageCost } from './costs.ts';
import { handleKey, nameKey } from './names.ts';
import type { Budget, CostCenter } from './schemas.ts';
import {
  findBundle,
  findProduct,
  findSku,
  KNOWN_SKUS,
  productKey,
  type SkuUnit,
  skuKey,
  unitKey,
} from './skus.ts';

/** What budgets are held against. */
export interface Spending {
  /** By scope: `organization acme`, `repository acme/web`, …; see `groupsOf`. */
  readonly groups: ReadonlyMap<string, readonly SkuSpending[]>;
  readonly costCenters: readonly Pick<CostCenter, 'id' | 'name' | 'state'>[];
}

/** Net dollars of one SKU of one product in one scope. */
export interface SkuSpending {
  readonly product: string;
  readonly sku: string;
  readonly unit: string;
  readonly net: Big;
}

export interface Coverage {
  readonly counted: readonly SkuSpending[];
  /** May be the budget's, or not. */
  readonly doubtful: readonly SkuSpending[];
  /** Why it is not known where `doubtful` belongs, when that is not by the names of SKUs. */
  readonly doubt: string | undefined;
}

/* ── Scopes ──────────────────────────────────────────────────────────────────────────────────────────────────── */

const EVERYTHING = 'enterprise';
const WITHOUT_COST_CENTER = 'no cost center';
const organization = (name: string) => `organization ${handleKey(name)}`;
const repository = (fullName: string) => `repository ${handleKey(fullName)}`;
const repositoriesNamed = (name: string) => `repositories named ${handleKey(name)}`;
const costCenter = (id: string) => `cost center ${id}`;

/** Every scope that spending belongs to. */
function groupsOf(cost: UsageCost): string[] {
  const name = cost.repository.slice(cost.repository.indexOf('/') + 1);
  return [
    EVERYTHING,
    ...(cost.organization === '' ? [] : [organization(cost.organization)]),
    ...(cost.repository === '' ? [] : [repository(cost.repository), repositoriesNamed(name)]),
    cost.costCenterId === '' ? WITHOUT_COST_CENTER : costCenter(cost.costCenterId),
  ];
}

/** Sums once what all budgets are about: there can be 10,000 of them, and very many costs. */
export function groupSpending(
  costs: readonly UsageCost[],
  costCenters: Spending['costCenters'],
  budgets: readonly Budget[],
): Spending {
  const scopes = budgets.flatMap((budget) => scopeOf(budget, costCenters) ?? []);
  const wanted = new Set(scopes.flatMap(({ within, perhaps = [] }) => [...within, ...perhaps]));
  const groups = new Map<string, Map<string, SkuSpending>>();
  for (const cost of costs) {
    const { product, sku, unit, money } = cost;
    const key = `${productKey(product)}\n${skuKey(sku)}`;
    for (const name of groupsOf(cost)) {
      if (!wanted.has(name)) continue;
      const group = groups.get(name) ?? new Map<string, SkuSpending>();
      groups.set(name, group);
      const before = group.get(key);
      group.set(key, { product, sku, unit, net: before ? before.net.plus(money.net) : money.net });
    }
  }
  return {
    groups: new Map(Array.from(groups, ([name, group]) => [name, [...group.values()]])),
    costCenters,
  };
}

/** The groups whose usage is within the budget's scope, and those whose usage may be. */
interface Scope {
  readonly within: readonly string[];
  readonly perhaps?: readonly string[];
  readonly doubt?: string;
}

const nameless = (of: string): Scope => ({ within: [], perhaps: [EVERYTHING], doubt: `it names no ${of}` });

/** `undefined` where the usage of the scope is not in the line items. */
function scopeOf(budget: Budget, costCenters: Spending['costCenters']): Scope | undefined {
  const { entity } = budget;
  switch (nameKey(budget.scope)) {
    case 'organization':
      return entity === '' ? nameless('organization') : { within: [organization(entity)] };
    case 'repository':
      return entity === '' ? nameless('repository') : repositoryScope(entity);
    case 'costcenter':
      return entity === '' ? nameless('cost center') : costCenterScope(entity, costCenters);
    default:
      return { within: [budget.excludesCostCenters ? WITHOUT_COST_CENTER : EVERYTHING] };
  }
}

/** Both the budget and the line items may name a repository without its owner. */
function repositoryScope(entity: string): Scope {
  const [owner, name] = entity.split('/', 2) as [string, string?];
  const doubt = 'repositories are named without their owner';
  if (name === undefined) return { within: [], perhaps: [repositoriesNamed(owner)], doubt };
  return { within: [repository(entity)], perhaps: [repository(name)], doubt };
}

function costCenterScope(entity: string, all: Spending['costCenters']): Scope | undefined {
  const [first, ...others] = costCentersOf(entity, all).map(({ id }) => costCenter(id));
  if (first === undefined) return undefined;
  if (others.length === 0) return { within: [first] };
  return { within: [], perhaps: [first, ...others], doubt: 'several cost centers have its name' };
}

/** By its id, else by its name; names can repeat, and active ones go before those that are deleted. */
export function costCentersOf<T extends Pick<CostCenter, 'id' | 'name' | 'state'>>(
  entity: string,
  all: readonly T[],
): readonly T[] {
  const handle = handleKey(entity);
  const byId = all.filter(({ id }) => handleKey(id) === handle);
  const named = byId.length > 0 ? byId : all.filter(({ name }) => handleKey(name) === handle);
  const active = named.filter((one) => !isDeleted(one));
  return active.length > 0 ? active : named;
}

/* ── Products and SKUs ───────────────────────────────────────────────────────────────────────────────────────── */

type Counts = 'yes' | 'perhaps' | 'no';
type Pricing = (spending: SkuSpending) => Counts;

/**
 * By product, by SKU, or by a bundle such as `ai_credits`. Of a type that nobody knows, or that the names are not of,
 * everything may count.
 */
function pricingOf({ type, products }: Budget): Pricing {
  switch (products.length === 0 ? '' : nameKey(type)) {
    case 'productpricing':
      return products.some(isOfSkus) ? anything : productPricing(products);
    case 'skupricing':
      return products.some(findProduct) ? anything : skuPricing(products);
    case 'bundlepricing':
      return products.every(isOfSkus) ? skuPricing(products) : anything;
    default:
      return anything;
  }
}

/** No name of a product is that of a SKU or of a bundle. */
const isOfSkus = (name: string): boolean => (findBundle(name) ?? findSku(name)) !== undefined;

/** A product that nobody knows may be one of another such name. */
function productPricing(names: readonly string[]): Pricing {
  const keys = new Set(names.map(productKey));
  const isAnyUnknown = !names.every(findProduct);
  return ({ product }) => {
    if (keys.has(productKey(product))) return 'yes';
    return isAnyUnknown && !findProduct(product) ? 'perhaps' : 'no';
  };
}

const anything: Pricing = () => 'perhaps';

function skuPricing(names: readonly string[]): Pricing {
  const units = names.flatMap((name) => findBundle(name) ?? []);
  const skus = new Set(names.map(skuKey));
  const products = names.flatMap(productsOf);
  return ({ product, sku, unit }) => {
    const known = findSku(sku);
    if (skus.has(skuKey(sku)) || (known && units.includes(known.unit))) return 'yes';
    if (known) return 'no';
    const isWithin =
      products.includes(ANY_PRODUCT) ||
      products.includes(productKey(product)) ||
      units.some((bundled) => unitKey(bundled) === unitKey(unit));
    return isWithin ? 'perhaps' : 'no';
  };
}

const ANY_PRODUCT = '';

/** The products that a SKU or a bundle is of; a SKU that nobody knows can be of any. */
function productsOf(name: string): string[] {
  const unit: SkuUnit | undefined = findBundle(name);
  if (unit !== undefined) {
    return KNOWN_SKUS.filter((sku) => sku.unit === unit).map(({ product }) => product);
  }
  return [findSku(name)?.product ?? ANY_PRODUCT];
}

/* ── Both ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/** `undefined` where the usage of the budget's scope is not in the line items: it names a cost center that is not listed. */
export function coverageOf(budget: Budget, { groups, costCenters }: Spending): Coverage | undefined {
  const scope = scopeOf(budget, costCenters);
  if (scope === undefined) return undefined;
  const counts = pricingOf(budget);
  const spendingOf = (names: readonly string[] = []) => names.flatMap((name) => groups.get(name) ?? []);
  const within = Map.groupBy(spendingOf(scope.within), counts);
  const perhaps = spendingOf(scope.perhaps).filter((spending) => counts(spending) !== 'no');
  const doubtful = [...(within.get('perhaps') ?? []), ...perhaps].filter(({ net }) => !net.eq(0));
  return {
    counted: within.get('yes') ?? [],
    doubtful,
    doubt: perhaps.some(({ net }) => !net.eq(0)) ? scope.doubt : undefined,
  };
}
