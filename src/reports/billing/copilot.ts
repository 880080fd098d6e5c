/** What a Copilot seat costs, by the enterprise's own bill. */
import { type Absent, notDelivered } from '../../metrics.ts';
import type { Bill } from './bill.ts';
import { delivered } from './delivery.ts';
import { type Money, MoneySum } from './money.ts';
import { findSku, unitKey } from './skus.ts';

export type Plan = 'business' | 'enterprise';

/** Plan → SKU: https://docs.github.com/en/billing/reference/product-and-sku-names */
const SKUS: Readonly<Record<string, Plan>> = {
  copilot_for_business: 'business',
  copilot_enterprise: 'enterprise',
};

export interface CopilotBill {
  /** Plans that the bill has, in line items or summary. */
  readonly plans: ReadonlySet<Plan>;
  /** All of the bill is known, so that it has no other plans. */
  readonly isWhole: boolean;
  /**
   * US dollars of a seat for a month before discounts: the price of the latest day of the current month. A plan without a
   * price, or with several of them on that day, is left out. `Absent`: no prices at all, and why.
   */
  readonly prices: ReadonlyMap<Plan, number> | Absent;
  /** What the seats of all plans cost in the period so far. */
  readonly money: Money;
}

export function readCopilotBill({ data, lineItems, summary, period }: Bill): CopilotBill {
  const seats = lineItems.items.flatMap((item) => {
    const plan = planOf(item);
    return plan === undefined ? [] : [{ ...item, plan }];
  });
  const summarised = (delivered(data.summary)?.usageItems ?? []).flatMap((item) => planOf(item) ?? []);
  const sum = new MoneySum();
  for (const seat of seats) sum.add(seat);
  return {
    plans: new Set([...seats.map(({ plan }) => plan), ...summarised]),
    isWhole: lineItems.flaw === undefined || (summary !== undefined && summary.flaw === undefined),
    prices: !period.isCurrent
      ? notDelivered(`the bill is of ${period.label}, and Copilot seats are of the present`)
      : lineItems.flaw !== undefined
        ? notDelivered(`what a Copilot seat costs is not known: ${lineItems.flaw}`)
        : latestPrices(seats),
    money: sum.total,
  };
}

function planOf({ sku, unitType }: { readonly sku: string; readonly unitType: string }): Plan | undefined {
  return unitKey(unitType) === 'usermonth' ? SKUS[findSku(sku)?.id ?? ''] : undefined;
}

function latestPrices(
  seats: readonly { readonly plan: Plan; readonly date: string; readonly pricePerUnit: number }[],
): ReadonlyMap<Plan, number> {
  const prices = new Map<Plan, number>();
  for (const [plan, items] of Map.groupBy(seats, (seat) => seat.plan)) {
    const day = items.reduce((latest, { date }) => (date > latest ? date : latest), '').slice(0, 10);
    const ofDay = new Set(items.filter(({ date }) => date.startsWith(day)).map((item) => item.pricePerUnit));
    const [price = 0] = ofDay;
    if (ofDay.size === 1 && price > 0) prices.set(plan, price);
  }
  return prices;
}
