/** A made-up enterprise's month, the same for the same seed, with its amounts kept as whole billionths of a dollar. */
export interface Item {
  date: string;
  product: string;
  sku: string;
  quantity: number;
  unitType: string;
  pricePerUnit: number;
  grossAmount: number;
  discountAmount: number;
  netAmount: number;
  organizationName: string;
  repositoryName?: string;
}

export interface Made {
  readonly item: Item;
  /** '' for none. */
  readonly costCenterId: string;
  readonly gross: bigint;
  readonly discount: bigint;
  /** Thousandths of the unit. */
  readonly quantity: bigint;
}

const SKUS = [
  ['Actions', 'Actions Linux', 'actions_linux', 'minutes', 6_000_000n],
  ['actions', 'actions_windows', 'actions_windows', 'Minutes', 10_000_000n],
  ['Actions', 'Actions macOS', 'actions_macos', 'minutes', 62_000_000n],
  ['Actions', 'Actions storage', 'actions_storage', 'GigabyteHours', 336_022n],
  ['Packages', 'Packages storage', 'packages_storage', 'gigabyte-hours', 336_022n],
  ['packages', 'Packages data transfer', 'packages_bandwidth', 'Gigabytes', 500_000_000n],
  ['Copilot', 'Copilot Premium Request', 'copilot_premium_request', 'requests', 40_000_000n],
  ['Codespaces', 'codespaces_compute_d2', 'codespaces_compute_d2', 'hours', 180_000_000n],
  ['git_lfs', 'git_lfs_storage', 'git_lfs_storage', 'GigabyteHours', 97_222n],
] as const;

export function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const usd = (billionths: bigint): number => Number(`${billionths}e-9`);

/** 40 organizations, 3,000 repositories and 12 cost centers; quantities to the thousandth, prices to the billionth. */
export function makeMonth(seed: number, year: number, month: number, days: number, count: number): Made[] {
  const next = random(seed);
  return Array.from({ length: count }, () => {
    const [product, sku, , unitType, price] = SKUS[next(SKUS.length)] as (typeof SKUS)[number];
    const quantity = BigInt(next(2_000_000));
    const gross = (quantity * price) / 1000n;
    const discount = (gross * BigInt(next(5))) / 7n;
    const repository = next(3000);
    const organization = `org-${repository % 40}`;
    const without = next(20);
    return {
      costCenterId: next(3) === 0 ? '' : `cc-${repository % 12}`,
      gross,
      discount,
      quantity,
      item: {
        date: `${year}-${String(month).padStart(2, '0')}-${String(1 + next(days)).padStart(2, '0')}T00:00:00Z`,
        product,
        sku,
        quantity: Number(`${quantity}e-3`),
        unitType,
        pricePerUnit: usd(price),
        grossAmount: usd(gross),
        discountAmount: usd(discount),
        netAmount: usd(gross - discount),
        organizationName: without === 0 ? '' : without === 1 ? organization.toUpperCase() : organization,
        ...(without > 2 && { repositoryName: `${organization}/repo-${repository}` }),
      },
    };
  });
}

/** What GitHub's summary says of the same month: one row a SKU, under the other spelling of its name. */
export function summaryOf(made: readonly Made[], year: number, month: number): object {
  const usageItems = SKUS.flatMap(([product, sku, otherSku, unitType, price]) => {
    const of = made.filter(({ item }) => item.sku === sku);
    if (of.length === 0) return [];
    const gross = of.reduce((sum, { gross }) => sum + gross, 0n);
    const discount = of.reduce((sum, { discount }) => sum + discount, 0n);
    const quantity = Number(`${of.reduce((sum, { quantity }) => sum + quantity, 0n)}e-3`);
    return {
      product: product.toLowerCase(),
      sku: otherSku,
      unitType,
      pricePerUnit: usd(price),
      grossQuantity: quantity,
      grossAmount: usd(gross),
      discountQuantity: 0,
      discountAmount: usd(discount),
      netQuantity: quantity,
      netAmount: usd(gross - discount),
    };
  });
  return { timePeriod: { year, month }, enterprise: 'acme', usageItems };
}

/** Billionths to dollars with two decimals, half away from zero, by integers only. */
export function toCents(billionths: bigint): number {
  const size = billionths < 0n ? -billionths : billionths;
  const cents = (size + 5_000_000n) / 10_000_000n;
  return Number(billionths < 0n ? -cents : cents) / 100;
}
