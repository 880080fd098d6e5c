/** Spending against each budget: https://docs.github.com/en/billing/concepts/budgets-and-alerts */
import type Big from 'big.js';
import { type Cell, isDeleted } from './costs.ts';
import { total, ZERO } from './money.ts';
import { handleKey, nameKey } from './names.ts';
import type { Budget, CostCenter } from './schemas.ts';
import { findBundle, findSku, productKey, skuKey } from './skus.ts';

/** Why a budget's spending is unknown. */
export type Unknown =
  /** Its amount is a number of licenses, and line items are dollars. */
  | 'licenses'
  /** It limits each person, or does not say what it limits: line items cannot be told apart by that. */
  | 'scope'
  /** It names a cost center that is not listed, or several of one name. */
  | 'cost-center'
  /** Line items are missing or of another month. */
  | 'items';

/** What budgets are held against. */
export interface Usage {
  readonly cells: readonly Cell[];
  readonly costCenters: readonly Pick<CostCenter, 'id' | 'name' | 'state'>[];
}

export interface Assessment {
  readonly budget: Budget;
  readonly spent: Big | undefined;
  /** Not for an amount of 0. */
  readonly percent: Big | undefined;
  readonly source: 'github' | 'estimated' | undefined;
  readonly unknown: Unknown | undefined;
  /** Spending has reached the amount, which is above 0. */
  readonly over: boolean;
}

/**
 * Holds spending against a budget: GitHub's `consumed_amount` where it is of the period, else the net amount of the
 * line items that the budget covers. An estimate counts what was spent before the budget was created too, which
 * GitHub does not. `usage` is `undefined` when some line items are missing or of another month.
 */
export function assess(budget: Budget, usage: Usage | undefined, current: boolean): Assessment {
  if (budget.consumed !== undefined && current) {
    return assessment(budget, { spent: ZERO.plus(budget.consumed), source: 'github' });
  }
  if (isForLicenses(budget)) return assessment(budget, { unknown: 'licenses' });
  const covers = coverage(budget, usage?.costCenters ?? []);
  if (covers === 'scope') return assessment(budget, { unknown: 'scope' });
  if (usage === undefined) return assessment(budget, { unknown: 'items' });
  if (covers === 'cost-center') return assessment(budget, { unknown: 'cost-center' });
  return assessment(budget, {
    spent: total(usage.cells.filter(covers).map((cell) => cell.money)).net,
    source: 'estimated',
  });
}

function assessment(
  budget: Budget,
  found: Partial<Pick<Assessment, 'spent' | 'source' | 'unknown'>>,
): Assessment {
  const { spent, source, unknown } = found;
  const counts = spent !== undefined && budget.amount > 0;
  return {
    budget,
    spent,
    source,
    unknown,
    percent: counts ? spent.times(100).div(budget.amount) : undefined,
    over: counts && spent.gte(budget.amount),
  };
}

/**
 * License products: https://docs.github.com/en/billing/reference/product-and-sku-names. Copilot as a whole is
 * licenses and credits in one.
 */
export function isForLicenses({ products }: Budget): boolean {
  return products.some((name) => {
    const key = nameKey(name);
    return /(license|seat)s?$/.test(key) || LICENSES.has(key);
  });
}

const LICENSES = new Set([
  'ghas',
  'ghec',
  'copilot',
  'copilotenterprise',
  'copilotforbusiness',
  'copilotbusiness',
  'copilotstandalone',
]);

type Filter = (cell: Cell) => boolean;

/** The line items that count against a budget, or why they cannot be told. */
function coverage(budget: Budget, costCenters: Usage['costCenters']): Filter | 'scope' | 'cost-center' {
  const inScope = scopeOf(budget, costCenters);
  const isPriced = pricing(budget);
  if (isPriced === undefined) return 'scope';
  if (typeof inScope === 'string') return inScope;
  return (cell) => inScope(cell) && isPriced(cell);
}

function scopeOf(
  { scope, entity, excludesCostCenters }: Budget,
  costCenters: Usage['costCenters'],
): Filter | 'scope' | 'cost-center' {
  const handle = handleKey(entity);
  switch (nameKey(scope)) {
    case 'enterprise':
      return excludesCostCenters ? (cell) => cell.costCenterId === '' : () => true;
    case 'organization':
      return handle === '' ? 'scope' : (cell) => handleKey(cell.organization) === handle;
    case 'repository':
      return handle.includes('/') ? (cell) => handleKey(cell.repository) === handle : 'scope';
    case 'costcenter': {
      if (handle === '') return 'scope';
      const id = costCenterOf(handle, costCenters)?.id;
      return id === undefined ? 'cost-center' : (cell) => cell.costCenterId === id;
    }
    default:
      return 'scope';
  }
}

/** By its id, else the only one of that name; names can repeat, and an active one goes before those that are deleted. */
function costCenterOf(handle: string, all: Usage['costCenters']): Usage['costCenters'][number] | undefined {
  const byId = all.find(({ id }) => handleKey(id) === handle);
  if (byId !== undefined) return byId;
  const named = all.filter(({ name }) => handleKey(name) === handle);
  const active = named.filter((costCenter) => !isDeleted(costCenter));
  const [first, ...others] = active.length > 0 ? active : named;
  return others.length === 0 ? first : undefined;
}

/** By product, by SKU, or by a bundle such as `ai_credits`, which are the SKUs that are counted in its unit. */
function pricing({ type, products }: Budget): Filter | undefined {
  if (products.length === 0) return undefined;
  switch (nameKey(type)) {
    case 'productpricing': {
      const keys = products.map(productKey);
      return (cell) => keys.includes(productKey(cell.product));
    }
    case 'skupricing': {
      const keys = products.map(skuKey);
      return (cell) => keys.includes(skuKey(cell.sku));
    }
    case 'bundlepricing': {
      const units = products.flatMap((name) => findBundle(name) ?? []);
      return (cell) => units.some((unit) => findSku(cell.sku)?.unit === unit);
    }
    default:
      return undefined;
  }
}
