/** What a license costs for a month, by the enterprise's own bill. */
import type { Bill } from './bill.ts';
import { findSku, unitKey } from './skus.ts';

/** GitHub's identifier of what is counted in user-months, which licenses are. */
export const licenseSku = ({
  sku,
  unitType,
}: {
  readonly sku: string;
  readonly unitType: string;
}): string | undefined => (unitKey(unitType) === 'usermonth' ? findSku(sku)?.id : undefined);

/**
 * US dollars of a license for a month before discounts, by SKU: `pricePerUnit` of the latest day of the current month. A
 * SKU without a price, or with several of them on that day, is left out; all of them are where the bill is of another
 * month or not whole.
 */
export function readLicensePrices({ lineItems, period }: Bill): ReadonlyMap<string, number> {
  const prices = new Map<string, number>();
  if (!period.isCurrent || lineItems.flaw !== undefined) return prices;
  const licenses = lineItems.items.flatMap((item) => {
    const sku = licenseSku(item);
    return sku === undefined ? [] : [{ ...item, sku }];
  });
  for (const [sku, items] of Map.groupBy(licenses, (item) => item.sku)) {
    const day = items.reduce((latest, { date }) => (date > latest ? date : latest), '').slice(0, 10);
    const ofDay = new Set(items.filter(({ date }) => date.startsWith(day)).map((item) => item.pricePerUnit));
    const [price = 0] = ofDay;
    if (ofDay.size === 1 && price > 0) prices.set(sku, price);
  }
  return prices;
}
