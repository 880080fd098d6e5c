/** What the line items and the summary add up to, by product, SKU, organization, repository, cost center and day. */
import type Big from 'big.js';
import { byName } from '../../common/text.ts';
import { cents, type Money, MoneySum, minus, money, NOTHING, plus, total } from './money.ts';
import { fullName, handleKey, nameKey } from './names.ts';
import type { CostCenter, SummaryItem, UsageItem } from './schemas.ts';
import { findSku, productKey, productName, skuKey, skuName } from './skus.ts';

export interface LineItem extends UsageItem {
  /** The cost center's name; '' when the usage belongs to none. */
  readonly costCenter: string;
  /** Its id: names can repeat, among deleted cost centers above all. */
  readonly costCenterId: string;
}

/** All usage of the period of one SKU, organization, repository and cost center: line items without their days. */
export interface UsageCost {
  readonly product: string;
  readonly sku: string;
  readonly unit: string;
  readonly organization: string;
  /** `owner/name`, as far as GitHub says. */
  readonly repository: string;
  readonly costCenter: string;
  readonly costCenterId: string;
  readonly money: Money;
}

export interface Cost {
  readonly label: string;
  readonly money: Money;
}

export interface ItemCosts {
  readonly total: Money;
  readonly costs: readonly UsageCost[];
  /** By date, `2026-11-20`, ascending. */
  readonly byDay: readonly Cost[];
}

/**
 * Sums line items exactly. Each item is added twice only, to its cost and its day, whatever is asked of the sums
 * afterwards: an enterprise has hundreds of thousands of items a month, and far fewer costs.
 */
export function sumItems(items: readonly LineItem[]): ItemCosts {
  const costs = new Map<string, { readonly item: LineItem; readonly sum: MoneySum }>();
  const days = new Map<string, MoneySum>();
  const [product, sku] = [numbered(productKey), numbered(skuKey)];
  const [organization, repository] = [numbered(handleKey), numbered(handleKey)];
  for (const item of items) {
    const key = `${product(item.product)} ${sku(item.sku)} ${organization(item.organizationName)} ${repository(item.repositoryName)} ${item.costCenterId}`;
    const day = item.date.slice(0, 10);
    getOrInsert(costs, key, () => ({ item, sum: new MoneySum() })).sum.add(item);
    getOrInsert(days, day, () => new MoneySum()).add(item);
  }
  const byDay = Array.from(days, ([label, sum]) => ({ label, money: sum.total }));
  return {
    total: total(byDay.map((day) => day.money)),
    costs: Array.from(costs.values(), ({ item, sum }) => ({
      product: item.product,
      sku: item.sku,
      unit: item.unitType,
      organization: item.organizationName,
      repository: fullName(item.organizationName, item.repositoryName),
      costCenter: item.costCenter,
      costCenterId: item.costCenterId,
      money: sum.total,
    })),
    byDay: byDay.sort((a, b) => byName(a.label, b.label)),
  };
}

/** A number for each key, the same for all names of one: short, and found without making the key anew. */
function numbered(keyOf: (name: string) => string): (name: string) => number {
  const [numbers, names] = [new Map<string, number>(), new Map<string, number>()];
  return (name) => getOrInsert(names, name, () => getOrInsert(numbers, keyOf(name), () => numbers.size));
}

function getOrInsert<T>(map: Map<string, T>, key: string, make: () => T): T {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

/** A row a key, under the first label seen for it, the most expensive first. */
export function groupBy<T extends { readonly money: Money }>(
  entries: readonly T[],
  keyOf: (entry: T) => string,
  labelOf: (entry: T) => string,
): Cost[] {
  const groups = new Map<string, Cost>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const group = groups.get(key);
    groups.set(key, {
      label: group?.label ?? labelOf(entry),
      money: plus(group?.money ?? NOTHING, entry.money),
    });
  }
  return [...groups.values()].sort(
    (a, b) => b.money.net.cmp(a.money.net) || b.money.gross.cmp(a.money.gross) || byName(a.label, b.label),
  );
}

export type SkuCost = { readonly product: string; readonly sku: string; readonly money: Money };

/** The summary's rows, as costs that know neither organization nor repository. */
export const priceSummary = (items: readonly SummaryItem[]): SkuCost[] =>
  items.map((item) => ({ product: item.product, sku: item.sku, money: money(item) }));

export const byProduct = (entries: readonly SkuCost[]): Cost[] =>
  groupBy(
    entries,
    (entry) => productKey(entry.product),
    (entry) => productName(entry.product),
  );

/** By what is one SKU under all its names; names that nobody knows are told apart by product as well. */
export const bySku = (entries: readonly SkuCost[]): Cost[] =>
  groupBy(
    entries,
    ({ product, sku }) => findSku(sku)?.id ?? `${productKey(product)}\n${nameKey(sku)}`,
    (entry) => skuName(entry.sku),
  );

/** Usage of no organization has the label ''; so has usage of no repository, and of no cost center. */
export const byOrganization = (costs: readonly UsageCost[]): Cost[] =>
  groupBy(
    costs,
    (cost) => handleKey(cost.organization),
    (cost) => cost.organization,
  );

export const byRepository = (costs: readonly UsageCost[]): Cost[] =>
  groupBy(
    costs,
    (cost) => handleKey(cost.repository),
    (cost) => cost.repository,
  );

export const isDeleted = ({ state }: Pick<CostCenter, 'state'>): boolean => handleKey(state) === 'deleted';

/** A deleted one is marked: another of its name can have taken its place. */
export function byCostCenter(costs: readonly UsageCost[], costCenters: readonly CostCenter[]): Cost[] {
  const deleted = new Set(costCenters.filter(isDeleted).map(({ id }) => id));
  return groupBy(
    costs,
    (cost) => cost.costCenterId,
    (cost) => (deleted.has(cost.costCenterId) ? `${cost.costCenter} (deleted)` : cost.costCenter),
  );
}

/* ── Line items against the summary ─────────────────────────────────────────────────────────────────────────── */

export interface Reconciliation {
  readonly items: Money;
  readonly summary: Money;
  /** Line items − summary. */
  readonly difference: Money;
  /** To the cent, in gross, discount and net. */
  readonly agree: boolean;
  /** The SKUs that differ by a cent and more, the widest first. */
  readonly skus: readonly { readonly label: string; readonly difference: Money }[];
}

/** Holds the line items against GitHub's summary, in total and by SKU; a difference of a cent or more counts. */
export function reconcile(items: readonly SkuCost[], summary: readonly SkuCost[]): Reconciliation {
  const [ours, theirs] = [total(items.map((row) => row.money)), total(summary.map((row) => row.money))];
  const difference = minus(ours, theirs);
  const negated = summary.map((row) => ({ ...row, money: minus(NOTHING, row.money) }));
  return {
    items: ours,
    summary: theirs,
    difference,
    agree: isNothing(difference),
    skus: bySku([...items, ...negated])
      .filter((row) => !isNothing(row.money))
      .map((row) => ({ label: row.label, difference: row.money }))
      .sort((a, b) => widest(b.difference).cmp(widest(a.difference))),
  };
}

const amounts = ({ gross, discount, net }: Money): Big[] => [gross, discount, net];
const isNothing = (money: Money): boolean => amounts(money).every((amount) => cents(amount) === 0);
const widest = (money: Money): Big =>
  amounts(money)
    .map((amount) => amount.abs())
    .reduce((a, b) => (a.gt(b) ? a : b));
