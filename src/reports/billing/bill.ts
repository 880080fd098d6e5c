/** The sections put together: what the enterprise used, what it costs, and how much of that is certain. */
import { type Absent, notDelivered } from '../../metrics.ts';
import { groupSpending } from './budget-coverage.ts';
import { assessBudget, type BudgetSpending, isShared } from './budgets.ts';
import {
  type ItemCosts,
  type LineItem,
  priceSummary,
  type Reconciliation,
  reconcile,
  type SkuCost,
  sumItems,
} from './costs.ts';
import { delivered, describeMissing } from './delivery.ts';
import type { BillingData } from './fetch.ts';
import { dollars, type Money, total } from './money.ts';
import { assessPeople, type BudgetUserState, type PeopleBudgets, peopleUnread } from './people-budgets.ts';
import type { BillingPeriod } from './period.ts';
import type { Summary } from './schemas.ts';
import { measureUsage, type Quantities } from './usage.ts';

/** Which account of the bill a number comes from. */
export type Account = 'summary' | 'items';

export interface Bill {
  readonly period: BillingPeriod;
  readonly data: BillingData;
  readonly lineItems: LineItems;
  /** Sums of the line items; `undefined` where these have a flaw. */
  readonly itemCosts: ItemCosts | undefined;
  readonly summary: UsageSummary | undefined;
  /** What the period costs over all cost centers, by product and SKU: the summary, else the line items. */
  readonly costs:
    | { readonly from: Account; readonly total: Money; readonly skuCosts: readonly SkuCost[] }
    | undefined;
  /** Where both accounts count. */
  readonly reconciliation: Reconciliation | undefined;
  /** Metered usage: of the line items, else of the summary, whose gross quantities measure the same. */
  readonly usage: { readonly from: Account; readonly quantities: Quantities } | undefined;
  /** The host has no metered usage, so that the previous platform's numbers are right. */
  readonly previousPlatform: boolean;
  readonly budgets: readonly BudgetSpending[] | undefined;
  readonly people: PeopleBudgets | undefined;
}

export interface LineItems {
  readonly items: readonly LineItem[];
  /** What could not be read, each as "… could not be read"; none: the items are all there. */
  readonly gaps: readonly string[];
  /** How many are dated outside the month that was asked for. */
  readonly outside: number;
  /** Why nothing is summed up from them, where that is so: a part, or another month, is never shown as the whole. */
  readonly flaw: string | undefined;
}

export interface UsageSummary {
  /** Why it does not count, where that is so: "is empty although …". */
  readonly flaw: string | undefined;
  /** It counts although it names no month and no line items confirm which it is of. */
  readonly isUnconfirmed: boolean;
}

/** Pure: what a host delivered → the bill of the period. What is missing leaves out what needs it, and nothing else. */
export function makeBill(data: BillingData, period: BillingPeriod): Bill {
  const lineItems = joinItems(data, period);
  const itemCosts = lineItems.flaw === undefined ? sumItems(lineItems.items) : undefined;
  const sent = delivered(data.summary);
  const skuCosts = sent && priceSummary(sent.usageItems);
  const reconciliation = itemCosts && skuCosts && reconcile(itemCosts.costs, skuCosts);
  const isAlone = data.usage.state !== 'delivered';
  const summary = sent && judgeSummary(sent, lineItems, isAlone, reconciliation);
  const counted = summary?.flaw === undefined ? sent?.usageItems : undefined;
  const budgets = delivered(data.budgets);
  const costCenters = delivered(data.costCenters);
  const spending =
    lineItems.flaw ??
    groupSpending(itemCosts?.costs ?? [], costCenters ?? [], (budgets ?? []).filter(isShared));
  return {
    period,
    data,
    lineItems,
    itemCosts,
    summary,
    costs:
      counted && skuCosts
        ? { from: 'summary', total: total(skuCosts.map((row) => row.money)), skuCosts }
        : itemCosts && { from: 'items', total: itemCosts.total, skuCosts: itemCosts.costs },
    reconciliation: counted && reconciliation,
    usage: itemCosts
      ? { from: 'items', quantities: measureUsage(lineItems.items) }
      : counted && {
          from: 'summary',
          quantities: measureUsage(counted.map((row) => ({ ...row, quantity: row.grossQuantity }))),
        },
    previousPlatform: isWithoutUsage(data),
    budgets: budgets?.map((budget) => assessBudget(budget, spending, period.isCurrent)),
    people:
      budgets &&
      (data.people
        ? assessPeople(budgets, statesOf(data), costCenters, period.isCurrent)
        : peopleUnread(budgets)),
  };
}

/**
 * Line items and summary are two accounts of one bill, each judged by itself. One that has nothing although the other
 * has something is wrong. A summary of which nobody knows the month counts where complete line items confirm it to the
 * cent, or where there are none to say otherwise.
 */
function judgeSummary(
  { timePeriod, usageItems }: Summary,
  { items, outside }: LineItems,
  isAlone: boolean,
  reconciliation: Reconciliation | undefined,
): UsageSummary {
  if (usageItems.length === 0 && items.length > outside) {
    return { flaw: 'is empty although there are billing line items', isUnconfirmed: false };
  }
  if (timePeriod.month !== undefined || reconciliation?.agree)
    return { flaw: undefined, isUnconfirmed: false };
  if (isAlone) return { flaw: undefined, isUnconfirmed: true };
  const differs = reconciliation
    ? `adds up to ${dollars(reconciliation.summary.net)} net, the line items to ${dollars(reconciliation.items.net)}`
    : 'no line items confirm it';
  return { flaw: `names no month, and ${differs}`, isUnconfirmed: false };
}

/** Who has reached a budget that is for each of many people, or why nobody can tell. */
function statesOf({ userStates }: BillingData): readonly BudgetUserState[] | Absent {
  return userStates === undefined ? [] : (delivered(userStates) ?? notDelivered(describeMissing(userStates)));
}

/** Usage without a cost center, then that of every cost center. */
function joinItems(
  { usage, costCenters, costCenterUsage, summary }: BillingData,
  period: BillingPeriod,
): LineItems {
  const parts = [
    { delivery: usage, costCenter: '', costCenterId: '' },
    ...costCenterUsage.map(({ costCenter, usage: delivery }) => ({
      delivery,
      costCenter: costCenter.name,
      costCenterId: costCenter.id,
    })),
  ];
  const items = parts.flatMap(({ delivery, costCenter, costCenterId }) =>
    (delivered(delivery) ?? []).map((item) => ({ ...item, costCenter, costCenterId })),
  );
  const month = `${period.year}-${String(period.month).padStart(2, '0')}-`;
  const outside = items.filter(({ date }) => !date.startsWith(month)).length;
  const gaps = [costCenters, ...parts.map((part) => part.delivery)]
    .filter((delivery) => delivery.state !== 'delivered')
    .map(describeMissing);
  const flaw = () => {
    if (gaps.length > 0) return gaps.join('; ');
    if (outside > 0) return `line items are dated outside ${period.label}`;
    const isEmpty = items.length === 0 && (delivered(summary)?.usageItems ?? []).length > 0;
    return isEmpty ? 'there are no line items although the usage summary has some' : undefined;
  };
  return { items, outside, gaps, flaw: flaw() };
}

/**
 * Only what GitHub answers with "not there" shows a host without metered usage. Where `usage` fails or is forbidden
 * it exists, and GitHub says that the previous platform's numbers are then no longer right.
 */
function isWithoutUsage({ usage, summary }: BillingData): boolean {
  const isAnswered =
    summary.state === 'delivered' || (summary.state === 'left-out' && summary.reason === 'of another period');
  const isNotThere =
    usage.state === 'left-out' && ['retired', 'not on this host', 'not found'].includes(usage.reason);
  return isNotThere && !isAnswered;
}
