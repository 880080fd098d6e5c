/** The sections put together: what the enterprise used, what it costs, and how much of that is certain. */
import { type Assessment, assess } from './budgets.ts';
import { type ItemCosts, type LineItem, type Priced, pricedSummary, sumItems } from './costs.ts';
import type { BillingData } from './fetch.ts';
import { type Money, total } from './money.ts';
import { delivered, missing } from './outcome.ts';
import type { Span } from './period.ts';
import { type Reconciliation, reconcile } from './reconcile.ts';
import { measureUsage, type Quantities } from './usage.ts';

/** Which account of the bill a number comes from. */
export type Account = 'summary' | 'items';

export interface Bill {
  readonly span: Span;
  readonly data: BillingData;
  readonly lineItems: LineItems;
  /**
   * Sums of the line items; `undefined` while some are missing or of another month, because a part is never shown as
   * the whole.
   */
  readonly itemCosts: ItemCosts | undefined;
  /** What the period costs over all cost centers, by product and SKU: the summary, else the line items. */
  readonly costs:
    | { readonly from: Account; readonly total: Money; readonly priced: readonly Priced[] }
    | undefined;
  readonly reconciliation: Reconciliation | undefined;
  /** Metered usage: of the line items, else of the summary, whose gross quantities measure the same. */
  readonly usage: { readonly from: Account; readonly quantities: Quantities } | undefined;
  /** The host has no metered usage, so that the previous platform's numbers are right. */
  readonly previousPlatform: boolean;
  readonly budgets: readonly Assessment[] | undefined;
}

export interface LineItems {
  readonly items: readonly LineItem[];
  /** What could not be read, each as "… could not be read"; none: the items are all there. */
  readonly missing: readonly string[];
  /** How many are dated outside the month that was asked for. */
  readonly outside: number;
}

/** Pure: what a host delivered → the bill of the period. What is missing leaves out what needs it, and nothing else. */
export function makeBill(data: BillingData, span: Span): Bill {
  const lineItems = joinItems(data, span);
  const itemCosts =
    lineItems.missing.length === 0 && !isMixed(lineItems) ? sumItems(lineItems.items) : undefined;
  const summary = isSummaryEmpty({ data, lineItems }) ? undefined : delivered(data.summary)?.usageItems;
  const pricedItems = summary && pricedSummary(summary);
  const summaryCosts = pricedItems && {
    total: total(pricedItems.map((row) => row.money)),
    priced: pricedItems,
  };
  const held = itemCosts && { cells: itemCosts.cells, costCenters: delivered(data.costCenters) ?? [] };
  return {
    span,
    data,
    lineItems,
    itemCosts,
    costs: summaryCosts
      ? { from: 'summary', ...summaryCosts }
      : itemCosts && { from: 'items', total: itemCosts.total, priced: itemCosts.cells },
    reconciliation: itemCosts && summaryCosts && reconcile(itemCosts.cells, summaryCosts.priced),
    usage: itemCosts
      ? { from: 'items', quantities: measureUsage(lineItems.items) }
      : summary && {
          from: 'summary',
          quantities: measureUsage(summary.map((row) => ({ ...row, quantity: row.grossQuantity }))),
        },
    previousPlatform: summary === undefined && isWithoutUsage(data),
    budgets: delivered(data.budgets)?.map((budget) => assess(budget, held, span.current)),
  };
}

/** The summary has no row although there are line items: one of the two is wrong, and it is not the one that says more. */
export const isSummaryEmpty = ({ data, lineItems }: Pick<Bill, 'data' | 'lineItems'>): boolean =>
  delivered(data.summary)?.usageItems.length === 0 && lineItems.items.length > 0;

/** Line items of several months, so that their sum is that of none. */
export const isMixed = ({ items, outside }: LineItems): boolean => outside > 0 && outside < items.length;

/** Usage without a cost center, then that of every cost center. */
function joinItems({ usage, costCenters, costCenterUsage }: BillingData, span: Span): LineItems {
  const parts = [
    { fetched: usage, costCenter: '', costCenterId: '' },
    ...costCenterUsage.map(({ costCenter, usage: fetched }) => ({
      fetched,
      costCenter: costCenter.name,
      costCenterId: costCenter.id,
    })),
  ];
  const items = parts.flatMap(({ fetched, costCenter, costCenterId }) =>
    (delivered(fetched) ?? []).map((item) => ({ ...item, costCenter, costCenterId })),
  );
  const month = `${span.year}-${String(span.month).padStart(2, '0')}-`;
  return {
    items,
    outside: items.filter(({ date }) => !date.startsWith(month)).length,
    missing: [costCenters, ...parts.map((part) => part.fetched)]
      .filter((fetched) => fetched.outcome.state !== 'delivered')
      .map(missing),
  };
}

/**
 * Only what GitHub answers with "not there" shows a host without metered usage. Where `usage` fails or is forbidden
 * it exists, and GitHub says that the previous platform's numbers are then no longer right.
 */
function isWithoutUsage({ usage: { outcome } }: BillingData): boolean {
  return (
    outcome.state === 'left-out' && ['retired', 'not on this host', 'not found'].includes(outcome.reason)
  );
}
