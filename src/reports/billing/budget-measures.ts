/** The metrics of budgets, or why they have no value. */
import type Big from 'big.js';
import { counted } from '../../common/words.ts';
import { notDelivered, nothing } from '../../metrics.ts';
import {
  type BudgetSpending,
  describeBudget,
  enumerate,
  isLimiting,
  isReached,
  type Range,
} from './budgets.ts';
import { cents, dollars } from './money.ts';
import type { PeopleBudgets } from './people-budgets.ts';

/** `budgets-over`, `budgets-highest-percent` and `user-budgets-over`. */
export function measureBudgets(budgets: readonly BudgetSpending[], people: PeopleBudgets) {
  return { ...measureShared(budgets), 'user-budgets-over': people.over };
}

/** Each is certain, or not delivered: a budget that may be reached never lets a gate pass. */
function measureShared(budgets: readonly BudgetSpending[]) {
  const limiting = budgets.filter(isLimiting);
  if (limiting.length === 0) {
    const isAnyLeftOut = budgets.some(({ kind, budget }) => kind !== 'people' && budget.amount > 0);
    const absent = isAnyLeftOut
      ? notDelivered(
          'the budgets are of licenses or of scopes that are not known, which no bill can be held against',
        )
      : nothing('there is no budget that is shared, in dollars and above $0');
    return { 'budgets-over': absent, 'budgets-highest-percent': absent };
  }
  const undecided = limiting.filter((budget) => isReached(budget) === undefined);
  const highest = highestPercent(limiting);
  return {
    'budgets-over':
      undecided.length === 0
        ? limiting.filter(isReached).length
        : notDelivered(describeDoubt(undecided, 'may be used up or not')),
    'budgets-highest-percent':
      typeof highest === 'number'
        ? highest
        : notDelivered(describeDoubt(highest, 'may be the highest or not')),
  };
}

/** Of all budgets, or those that keep it from being certain. */
function highestPercent(limiting: readonly BudgetSpending[]): number | readonly BudgetSpending[] {
  const unknown = limiting.filter(({ percent }) => percent === undefined);
  if (unknown.length > 0) return unknown;
  const percents = limiting.flatMap(({ percent }) => percent ?? []);
  const certain = percents.map(({ lowest }) => lowest).reduce(larger);
  const above = limiting.filter((_, index) => (percents[index] as Range).highest.gt(certain));
  return above.length === 0 ? cents(certain) : above;
}

const larger = (a: Big, b: Big): Big => (b.gt(a) ? b : a);

/** By the reason: which budgets, and what spending of the first lies between. */
function describeDoubt(budgets: readonly BudgetSpending[], what: string): string {
  const byReason = Map.groupBy(budgets, ({ doubt }) => doubt);
  const sentences = Array.from(byReason, ([doubt, [first, ...others]]) => {
    const { budget, spent } = first as BudgetSpending;
    const more = others.length > 0 ? ` and ${counted(others.length, 'more budget')}` : '';
    const range = spent ? `: between ${describeRange(spent)} of ${dollars(budget.amount)} are spent` : '';
    return `${describeBudget(budget)}${more} ${what}${more ? '' : range}, because ${doubt}`;
  });
  return enumerate(sentences, '; ');
}

const describeRange = ({ lowest, highest }: Range): string => `${dollars(lowest)} and ${dollars(highest)}`;
