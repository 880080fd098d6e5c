/** Spending against each budget: https://docs.github.com/en/billing/concepts/budgets-and-alerts */
import Big from 'big.js';
import { coverageOf, type Spending } from './budget-coverage.ts';
import { nameKey } from './names.ts';
import type { Budget } from './schemas.ts';
import { findSku, productKey, skuName } from './skus.ts';

/**
 * `shared`: dollars of an enterprise, an organization, a repository or a cost center. `people`: dollars of AI credits of a
 * person, or of each of many. `licenses`: a number of licenses, which no line item is. `unknown`: of a scope that is none
 * of GitHub's.
 */
export type BudgetKind = 'shared' | 'people' | 'licenses' | 'unknown';

export interface BudgetSpending {
  readonly budget: Budget;
  readonly kind: BudgetKind;
  /** Dollars, or licenses; `undefined` where nobody can tell. */
  readonly spent: Range | undefined;
  /** Of an amount above 0. */
  readonly percent: Range | undefined;
  /** Who says so; `undefined` where it is not certain. */
  readonly source: 'github' | 'estimated' | undefined;
  /** Why it is not certain, for people. */
  readonly doubt: string | undefined;
}

/** What was spent lies between the two. Where they are one, it is certain. */
export interface Range {
  readonly lowest: Big;
  readonly highest: Big;
}

const SHARED = new Set(['enterprise', 'organization', 'repository', 'costcenter']);
const PEOPLE = new Set(['user', 'multiusercustomer', 'multiusercostcenter']);

export function budgetKind(budget: Budget): BudgetKind {
  const scope = nameKey(budget.scope);
  if (PEOPLE.has(scope)) return 'people';
  if (!SHARED.has(scope)) return 'unknown';
  return isForLicenses(budget) ? 'licenses' : 'shared';
}

export const isShared = (budget: Budget): boolean => budgetKind(budget) === 'shared';

/** The amount holds for each of many people, and `consumed_amount` is the sum over all of them. */
export const isForEachPerson = ({ scope }: Budget): boolean => nameKey(scope).startsWith('multiuser');

/**
 * License products: https://docs.github.com/en/billing/reference/product-and-sku-names. Copilot as a whole is
 * licenses and credits in one.
 */
function isForLicenses({ products }: Budget): boolean {
  return products.some((name) => {
    const unit = findSku(name)?.unit;
    return unit === undefined
      ? LICENSED_PRODUCTS.has(productKey(name)) || /(license|seat)s?$/.test(nameKey(name))
      : unit === 'user-months';
  });
}
const LICENSED_PRODUCTS = new Set(['ghas', 'ghec', 'copilot']);

/**
 * Holds spending against a budget: GitHub's `consumed_amount` where it is of the period, else the net amount of the
 * line items that the budget covers. An estimate counts what was spent before the budget was created too, which
 * GitHub does not. In place of `spending`: why there is none.
 */
export function assessBudget(
  budget: Budget,
  spending: Spending | string,
  isCurrent: boolean,
): BudgetSpending {
  const kind = budgetKind(budget);
  const told = (spent: Range | undefined, source: BudgetSpending['source'], doubt?: string) => ({
    budget,
    kind,
    spent,
    percent: percentOf(spent, budget.amount),
    source,
    doubt,
  });
  if (isForEachPerson(budget)) return told(undefined, undefined);
  if (budget.consumed !== undefined && isCurrent) return told(exactly(new Big(budget.consumed)), 'github');
  if (kind !== 'shared') return told(undefined, undefined);
  if (typeof spending === 'string') return told(undefined, undefined, spending);
  const coverage = coverageOf(budget, spending);
  if (coverage === undefined) return told(undefined, undefined, 'no cost center of its name is listed');
  const { counted, doubtful, doubt } = coverage;
  const certain = sum(counted.map(({ net }) => net));
  if (doubtful.length === 0) return told(exactly(certain), 'estimated');
  const nets = doubtful.map(({ net }) => net);
  const range = {
    lowest: certain.plus(sum(nets.filter((net) => net.lt(0)))),
    highest: certain.plus(sum(nets.filter((net) => net.gt(0)))),
  };
  return told(range, undefined, doubt ?? describeUnrecognised(doubtful.map(({ sku }) => sku)));
}

const exactly = (value: Big): Range => ({ lowest: value, highest: value });

function percentOf(spent: Range | undefined, amount: number): Range | undefined {
  if (spent === undefined || amount <= 0) return undefined;
  const lowest = spent.lowest.times(100).div(amount);
  return { lowest, highest: spent.highest === spent.lowest ? lowest : spent.highest.times(100).div(amount) };
}

const sum = (amounts: readonly Big[]): Big => amounts.reduce((a, b) => a.plus(b), new Big(0));

function describeUnrecognised(skus: readonly string[]): string {
  const [unknown, known] = [skus.filter((sku) => !findSku(sku)), skus.filter((sku) => findSku(sku))];
  // Known SKUs are in doubt only where the budget says nothing that could be understood.
  if (known.length > 0)
    return 'it does not say for which product or SKU it is, or in a way that is not known';
  return `nobody recognises ${enumerate([...new Set(unknown.map((sku) => `“${skuName(sku)}”`))])}`;
}

/** The first three, and how many more. */
export const enumerate = (names: readonly string[], separator = ', '): string =>
  names.length <= 3
    ? names.join(separator)
    : `${names.slice(0, 3).join(separator)}${separator}and ${names.length - 3} more`;

/* ── What follows ────────────────────────────────────────────────────────────────────────────────────────────── */

/** `undefined` where it is not certain. */
export const certainSpending = ({ spent }: BudgetSpending): Big | undefined =>
  spent && (spent.lowest === spent.highest || spent.lowest.eq(spent.highest)) ? spent.lowest : undefined;

/** Spending has reached the amount, which is above 0; `undefined` where it may have. */
export function isReached({ budget, spent }: BudgetSpending): boolean | undefined {
  if (budget.amount <= 0) return false;
  if (spent?.lowest.gte(budget.amount)) return true;
  return spent?.highest.lt(budget.amount) ? false : undefined;
}

/** Budgets that `budgets-over` and `budgets-highest-percent` are about. */
export const isLimiting = ({ budget, kind }: BudgetSpending): boolean =>
  kind === 'shared' && budget.amount > 0;

/** For a sentence without anything about people: "the budget of organization acme for actions_macos". */
export function describeBudget({ id, scope, entity, products }: Budget): string {
  const what = products.length === 0 ? 'nothing that it names' : products.join(', ');
  switch (nameKey(scope)) {
    case 'enterprise':
      return `the enterprise’s budget for ${what}`;
    case 'organization':
      return `the budget of organization ${entity} for ${what}`;
    case 'costcenter':
      return `the budget of cost center ${entity} for ${what}`;
    default:
      return `the ${scope.replaceAll('_', ' ')} budget ${id} for ${what}`;
  }
}
