/** Line items and the usage summary are two accounts of one bill: here they are held against each other. */
import type Big from 'big.js';
import { bySku, type Priced } from './costs.ts';
import { cents, type Money, minus, NOTHING, total } from './money.ts';

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
export function reconcile(items: readonly Priced[], summary: readonly Priced[]): Reconciliation {
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
