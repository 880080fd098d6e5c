/**
 * The previous platform's numbers out of metered usage, by GitHub's own table:
 * https://docs.github.com/en/billing/reference/previous-billing-platform-endpoints
 */
import Big from 'big.js';
import { ZERO } from './money.ts';
import { nameKey } from './names.ts';

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

export function measureUsage(items: Iterable<Quantity>): Quantities {
  const bySku = new Map<string, { sku: string; minutes: Big }>();
  let [minutes, transfer, actionsStorage, packagesStorage] = [ZERO, ZERO, ZERO, ZERO];
  for (const item of items) {
    switch (`${nameKey(item.product)} ${unitKey(item.unitType)}`) {
      case 'actions minute': {
        minutes = minutes.plus(item.quantity);
        const row = bySku.get(nameKey(item.sku)) ?? { sku: item.sku, minutes: ZERO };
        bySku.set(nameKey(item.sku), { ...row, minutes: row.minutes.plus(item.quantity) });
        break;
      }
      case 'packages gigabyte':
        transfer = transfer.plus(item.quantity);
        break;
      case 'actions gigabytehour':
        actionsStorage = actionsStorage.plus(item.quantity);
        break;
      case 'packages gigabytehour':
        packagesStorage = packagesStorage.plus(item.quantity);
        break;
    }
  }
  return {
    minutes,
    minutesBySku: [...bySku.values()].sort((a, b) => b.minutes.cmp(a.minutes)),
    transfer,
    actionsStorage,
    packagesStorage,
  };
}

/** `Minutes` and `minute` are one unit. */
const unitKey = (unit: string): string => nameKey(unit).replace(/s$/, '');

/** Gigabyte-hours over the hours that have passed are gigabytes; there are none before the first moment has passed. */
export const gigabytes = (gigabyteHours: Big, hours: number): number | undefined =>
  hours > 0 ? gigabyteHours.div(new Big(hours)).toNumber() : undefined;
