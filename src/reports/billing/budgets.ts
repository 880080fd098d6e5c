/** Spending against each budget: https://docs.github.com/en/billing/concepts/budgets-and-alerts */
import type Big from 'big.js';
import type { Cell } from './costs.ts';
import { total, ZERO } from './money.ts';
import { handleKey, nameKey } from './names.ts';
import type { Budget } from './schemas.ts';

/** Why a budget's spending is unknown. */
export type Unknown =
  /** Its amount is a number of licenses, and line items are dollars. */
  | 'licenses'
  /** It limits each person, or does not say what it limits: line items cannot be told apart by that. */
  | 'scope'
  /** Line items are missing or of another month. */
  | 'items';

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
 * GitHub does not. `cells` are `undefined` when some line items are missing or of another month.
 */
export function assess(budget: Budget, cells: readonly Cell[] | undefined, current: boolean): Assessment {
  if (budget.consumed !== undefined && current) {
    return assessment(budget, { spent: ZERO.plus(budget.consumed), source: 'github' });
  }
  if (isForLicenses(budget)) return assessment(budget, { unknown: 'licenses' });
  const covers = coverage(budget);
  if (covers === undefined) return assessment(budget, { unknown: 'scope' });
  if (cells === undefined) return assessment(budget, { unknown: 'items' });
  return assessment(budget, {
    spent: total(cells.filter(covers).map((cell) => cell.money)).net,
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
function isForLicenses({ products }: Budget): boolean {
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

/** The line items that count against a budget; `undefined` when they cannot be told. */
function coverage(budget: Budget): ((cell: Cell) => boolean) | undefined {
  const inScope = scopeOf(budget);
  const isPriced = pricing(budget);
  if (inScope === undefined || isPriced === undefined) return undefined;
  return (cell) => inScope(cell) && isPriced(cell);
}

function scopeOf({ scope, entity, excludesCostCenters }: Budget): ((cell: Cell) => boolean) | undefined {
  const handle = handleKey(entity);
  switch (nameKey(scope)) {
    case 'enterprise':
      return excludesCostCenters ? (cell) => cell.costCenterId === '' : () => true;
    case 'organization':
      return handle === '' ? undefined : (cell) => handleKey(cell.organization) === handle;
    case 'repository':
      return handle.includes('/') ? (cell) => handleKey(cell.repository) === handle : undefined;
    case 'costcenter':
      if (handle === '') return undefined;
      return (cell) => handleKey(cell.costCenter) === handle || handleKey(cell.costCenterId) === handle;
    default:
      return undefined;
  }
}

/** By product, by SKU, or by a bundle such as `ai_credits`, which are the SKUs named after it. */
function pricing({ type, products }: Budget): ((cell: Cell) => boolean) | undefined {
  const keys = products.map(nameKey);
  if (keys.length === 0) return undefined;
  switch (nameKey(type)) {
    case 'productpricing':
      return (cell) => keys.includes(nameKey(cell.product));
    case 'skupricing':
      return (cell) => keys.includes(nameKey(cell.sku));
    case 'bundlepricing':
      return (cell) => keys.some((key) => nameKey(cell.sku).includes(key.replace(/s$/, '')));
    default:
      return undefined;
  }
}
