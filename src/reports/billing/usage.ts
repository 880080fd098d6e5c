/**
 * The previous platform's numbers out of metered usage, by GitHub's own table:
 * https://docs.github.com/en/billing/reference/previous-billing-platform-endpoints
 */
import Big from 'big.js';
import { Sum } from './money.ts';
import { productKey, skuKey, skuName, unitKey } from './skus.ts';

/** A line item, or a row of the usage summary (its gross quantity): both measure the same usage. */
export interface Quantity {
  readonly product: string;
  readonly sku: string;
  readonly unitType: string;
  readonly quantity: number;
}

export interface Quantities {
  readonly minutes: Big;
  /** By runner SKU, most minutes first. */
  readonly minutesBySku: readonly { readonly sku: string; readonly minutes: Big }[];
  /** Data transfer of Packages, gigabytes. */
  readonly transfer: Big;
  /** Storage of Actions and Packages, gigabyte-hours. */
  readonly actionsStorage: Big;
  readonly packagesStorage: Big;
}

/** Sums exactly by product and unit; usage of other products or units is left out. */
export function measureUsage(items: Iterable<Quantity>): Quantities {
  const bySku = new Map<string, { readonly sku: string; readonly sum: Sum }>();
  const minutes = new Sum();
  const transfer = new Sum();
  const actionsStorage = new Sum();
  const packagesStorage = new Sum();
  for (const item of items) {
    switch (`${productKey(item.product)} ${unitKey(item.unitType)}`) {
      case 'actions minute': {
        minutes.add(item.quantity);
        const key = skuKey(item.sku);
        const runner = bySku.get(key) ?? { sku: skuName(item.sku), sum: new Sum() };
        bySku.set(key, runner);
        runner.sum.add(item.quantity);
        break;
      }
      case 'packages gigabyte':
        transfer.add(item.quantity);
        break;
      case 'actions gigabytehour':
        actionsStorage.add(item.quantity);
        break;
      case 'packages gigabytehour':
        packagesStorage.add(item.quantity);
        break;
    }
  }
  const minutesBySku = Array.from(bySku.values(), ({ sku, sum }) => ({ sku, minutes: sum.total }));
  return {
    minutes: minutes.total,
    minutesBySku: minutesBySku.sort((a, b) => b.minutes.cmp(a.minutes)),
    transfer: transfer.total,
    actionsStorage: actionsStorage.total,
    packagesStorage: packagesStorage.total,
  };
}

/** Gigabyte-hours over the hours that have passed are gigabytes on average. */
export const gigabytes = (gigabyteHours: Big, hours: number): number =>
  gigabyteHours.div(new Big(hours)).toNumber();
