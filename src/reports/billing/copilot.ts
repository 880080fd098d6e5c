/** What a Copilot seat costs, by the enterprise's own bill. */
import { type Absent, notDelivered } from '../../metrics.ts';
import type { Bill } from './bill.ts';
import { delivered } from './delivery.ts';
import { licenseSku } from './license-prices.ts';
import { type Money, MoneySum } from './money.ts';

export type Plan = 'business' | 'enterprise';

/** https://docs.github.com/en/billing/reference/product-and-sku-names */
export const PLAN_SKUS = {
  business: 'copilot_for_business',
  enterprise: 'copilot_enterprise',
} as const satisfies Record<Plan, string>;
const PLANS = Object.keys(PLAN_SKUS) as Plan[];

export interface CopilotBill {
  /** Plans that the bill has, in line items or summary. */
  readonly plans: ReadonlySet<Plan>;
  /** All of the bill is known, so that it has no other plans. */
  readonly isWhole: boolean;
  /**
   * US dollars of a seat for a month before discounts. A plan without one price is left out. `Absent`: no prices at all,
   * and why.
   */
  readonly prices: ReadonlyMap<Plan, number> | Absent;
  /** What the seats of all plans cost in the period so far. */
  readonly money: Money;
}

/** `prices`: of licenses, by SKU. */
export function readCopilotBill(
  { data, lineItems, summary, period }: Bill,
  prices: ReadonlyMap<string, number>,
): CopilotBill {
  const seats = lineItems.items.filter((item) => planOf(item) !== undefined);
  const summarised = delivered(data.summary)?.usageItems ?? [];
  const sum = new MoneySum();
  for (const seat of seats) sum.add(seat);
  return {
    plans: new Set([...seats, ...summarised].flatMap((item) => planOf(item) ?? [])),
    isWhole: lineItems.flaw === undefined || (summary !== undefined && summary.flaw === undefined),
    prices: !period.isCurrent
      ? notDelivered(`the bill is of ${period.label}, and Copilot seats are of the present`)
      : lineItems.flaw !== undefined
        ? notDelivered(`what a Copilot seat costs is not known: ${lineItems.flaw}`)
        : planPrices(prices),
    money: sum.total,
  };
}

function planOf(item: Parameters<typeof licenseSku>[0]): Plan | undefined {
  const sku = licenseSku(item);
  return PLANS.find((plan) => PLAN_SKUS[plan] === sku);
}

const planPrices = (prices: ReadonlyMap<string, number>): ReadonlyMap<Plan, number> =>
  new Map(
    PLANS.flatMap((plan) => {
      const price = prices.get(PLAN_SKUS[plan]);
      return price === undefined ? [] : [[plan, price] as const];
    }),
  );
