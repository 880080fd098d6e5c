/**
 * Budgets of people: dollars of AI credits for one person, or for each of many.
 * https://docs.github.com/en/copilot/concepts/billing/budgets-for-usage-based-billing
 */

import { counted } from '../../common/words.ts';
import { type Absent, NOBODY_READ, notDelivered, nothing } from '../../metrics.ts';
import { costCentersOf } from './budget-coverage.ts';
import { budgetKind, isForEachPerson } from './budgets.ts';
import { handleKey, nameKey } from './names.ts';
import type { Budget, CostCenter, UserState } from './schemas.ts';

/** A person who has reached a budget that is for each of many. */
export type BudgetUserState = UserState & { readonly budgetId: string };

export interface PeopleBudgets {
  /** Distinct people whose own budget above $0 is reached, or why they cannot be told. */
  readonly over: number | Absent;
  /** People with a budget of $0 of their own: it blocks them at once. `undefined` where nobody is read. */
  readonly blocked: number | undefined;
  /** Budgets of $0 that block everybody who has no other. */
  readonly blocking: readonly Budget[];
}

/** The budget of `multi_user_customer` or `multi_user_cost_center` whose people have to be asked for. */
export const hasUserStates = (budget: Budget): boolean => isForEachPerson(budget) && budget.amount > 0;

/** The budget without whose it is, where that is a person or may be one. */
export function withoutName(budget: Budget): Budget {
  const kind = budgetKind(budget);
  const isOfOne = kind === 'unknown' || (kind === 'people' && !isForEachPerson(budget));
  return { ...budget, user: '', ...(isOfOne && { entity: '' }) };
}

/** What there is to say of budgets of people where nobody is read. */
export const peopleUnread = (budgets: readonly Budget[]): PeopleBudgets => ({
  over: limitingPeople(budgets).length === 0 ? NO_BUDGET : NOBODY_READ,
  blocked: undefined,
  blocking: blockingBudgets(budgets),
});

const limitingPeople = (budgets: readonly Budget[]): readonly Budget[] =>
  budgets.filter((budget) => budgetKind(budget) === 'people' && budget.amount > 0);

/** For each person, and of $0. */
const blockingBudgets = (budgets: readonly Budget[]): readonly Budget[] =>
  budgets.filter((budget) => isForEachPerson(budget) && budget.amount === 0);

const NO_BUDGET = nothing('no budget of people is above $0');

/**
 * Who has used up a budget of their own. A budget of `user` scope decides, then that of each person of a cost center,
 * then that of each person of the enterprise. `states` are those of the budgets that `hasUserStates`, where GitHub
 * delivered them.
 */
export function assessPeople(
  budgets: readonly Budget[],
  states: readonly BudgetUserState[] | Absent,
  costCenters: readonly CostCenter[] | undefined,
  isCurrent: boolean,
): PeopleBudgets {
  const people = budgets.filter((budget) => budgetKind(budget) === 'people');
  const own = people.filter((budget) => !isForEachPerson(budget));
  return {
    over: isCurrent ? countOver(budgets, people, own, states, costCenters) : OF_THE_PRESENT,
    blocked: new Set(own.filter(({ amount }) => amount === 0).map(personOf)).size,
    blocking: blockingBudgets(people),
  };
}

const OF_THE_PRESENT = notDelivered('GitHub tells what people spent of the present alone');

function countOver(
  budgets: readonly Budget[],
  people: readonly Budget[],
  own: readonly Budget[],
  states: readonly BudgetUserState[] | Absent,
  costCenters: readonly CostCenter[] | undefined,
): number | Absent {
  const limiting = limitingPeople(people);
  if (limiting.length === 0) return NO_BUDGET;
  const silent = limiting.filter((budget) => !isForEachPerson(budget) && budget.consumed === undefined);
  if (silent.length > 0) {
    return notDelivered(
      `GitHub does not say what ${counted(silent.length, 'person', 'people')} spent of a budget of their own`,
    );
  }
  const over = new Set(own.filter(isUsedUp).map(personOf));
  if (!limiting.some(isForEachPerson)) return over.size;
  if (!Array.isArray(states)) return states as Absent;

  const ids = new Set(budgets.map(({ id }) => id));
  const withOwn = new Set(own.map(personOf));
  const ofCostCenter = membersOf(people, costCenters);
  const byId = new Map(people.map((budget) => [budget.id, budget]));
  for (const [index, state] of (states as readonly BudgetUserState[]).entries()) {
    const person = handleKey(state.user) || `nobody ${index}`;
    if (state.consumed < state.target || state.target <= 0 || withOwn.has(person)) continue;
    if (state.overrideBudgetId !== '') {
      if (!ids.has(state.overrideBudgetId)) {
        return notDelivered('the budget that replaces another one for a person is not listed');
      }
      continue;
    }
    const budget = byId.get(state.budgetId);
    const isOfCostCenter = budget !== undefined && nameKey(budget.scope) === 'multiusercostcenter';
    if (isOfCostCenter || ofCostCenter?.has(person) === false) over.add(person);
    else if (ofCostCenter === undefined)
      return notDelivered('it is not known who belongs to which cost center');
  }
  return over.size;
}

const isUsedUp = ({ amount, consumed }: Budget): boolean =>
  amount > 0 && consumed !== undefined && consumed >= amount;

/** A budget without a login is of a person whom nobody knows. */
const personOf = ({ user, entity, id }: Budget): string => handleKey(user || entity) || `budget ${id}`;

/**
 * People of the cost centers that have a budget for each of their people: GitHub lists them as resources. `undefined` where
 * it has not listed cost centers.
 */
function membersOf(
  budgets: readonly Budget[],
  all: readonly CostCenter[] | undefined,
): ReadonlySet<string> | undefined {
  const ofCostCenters = budgets.filter(({ scope }) => nameKey(scope) === 'multiusercostcenter');
  if (all === undefined && ofCostCenters.length > 0) return undefined;
  const members = ofCostCenters
    .flatMap(({ entity }) => costCentersOf(entity, all ?? []))
    .flatMap(({ resources }) => resources.filter(({ type }) => /^user/i.test(type)));
  return new Set(members.map(({ name }) => handleKey(name)));
}
