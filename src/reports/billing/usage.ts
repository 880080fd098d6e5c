/**
 * The previous platform's numbers out of metered usage, by GitHub's own table:
 * https://docs.github.com/en/billing/reference/previous-billing-platform-endpoints
 */
import Big from 'big.js';
import { type Absent, notDelivered } from '../../metrics.ts';
import { Sum } from './money.ts';
import { findSku, productKey, skuKey, skuName, unitKey } from './skus.ts';

/** A line item, or a row of the usage summary (its gross quantity): both measure the same usage. */
export interface Quantity {
  readonly product: string;
  readonly sku: string;
  readonly unitType: string;
  readonly quantity: number;
}

/** Minutes of Actions; data transfer of Packages, gigabytes; storage of both, gigabyte-hours. */
const METERS = {
  'actions minute': 'minutes',
  'packages gigabyte': 'transfer',
  'actions gigabytehour': 'storage',
  'packages gigabytehour': 'storage',
} as const satisfies Record<string, string>;
type Meter = (typeof METERS)[keyof typeof METERS];

const meterOf = (product: string, unit: string): Meter | undefined =>
  (METERS as Readonly<Record<string, Meter>>)[`${productKey(product)} ${unitKey(unit)}`];

/** `Absent` where something of the meter is counted in another unit, so that nobody can tell the sum. */
export interface Quantities extends Readonly<Record<Meter, Big | Absent>> {
  /** By runner SKU, most minutes first; empty where the minutes are `Absent`. */
  readonly minutesBySku: readonly { readonly sku: string; readonly minutes: Big }[];
}

/** Sums exactly by product and unit; usage of other products or units is left out. */
export function measureUsage(items: Iterable<Quantity>): Quantities {
  const sums = { minutes: new Sum(), transfer: new Sum(), storage: new Sum() };
  const odd: { [Name in Meter]?: Absent } = {};
  const bySku = new Map<string, { readonly sku: string; readonly sum: Sum }>();
  for (const item of items) {
    const meter = meterOf(item.product, item.unitType);
    const known = findSku(item.sku);
    const own = known && meterOf(known.product, known.unit);
    if (own !== undefined && own !== meter && item.quantity !== 0) {
      for (const name of [own, meter]) if (name !== undefined) odd[name] ??= describeOdd(item);
      continue;
    }
    if (meter === undefined) continue;
    sums[meter].add(item.quantity);
    if (meter !== 'minutes') continue;
    const key = skuKey(item.sku);
    const runner = bySku.get(key) ?? { sku: skuName(item.sku), sum: new Sum() };
    bySku.set(key, runner);
    runner.sum.add(item.quantity);
  }
  const minutesBySku = Array.from(bySku.values(), ({ sku, sum }) => ({ sku, minutes: sum.total }));
  return {
    minutes: odd.minutes ?? sums.minutes.total,
    transfer: odd.transfer ?? sums.transfer.total,
    storage: odd.storage ?? sums.storage.total,
    minutesBySku: odd.minutes ? [] : minutesBySku.sort((a, b) => b.minutes.cmp(a.minutes)),
  };
}

function describeOdd({ product, sku, unitType }: Quantity): Absent {
  const [unit, of] = [unitType, product].map((name) => (/^[\w -]{1,40}$/.test(name) ? name : 'unknown'));
  return notDelivered(`the bill counts ${skuName(sku)} in ${unit} of ${of}, so that nobody can tell the sum`);
}

/** Gigabyte-hours over the hours that have passed are gigabytes on average. */
export const gigabytes = (gigabyteHours: Big, hours: number): number =>
  gigabyteHours.div(new Big(hours)).toNumber();
