/** Budgets, and the people who have reached one that is for each of many: all pages. */
import type { Client } from '../../github/client.ts';
import type { Resource } from '../../github/resource.ts';
import { reader } from '../schemas.ts';
import { type Delivery, delivered, notForAPastPeriod, type Source, settle } from './delivery.ts';
import { type BudgetUserState, hasUserStates, withoutName } from './people-budgets.ts';
import type { BillingPeriod } from './period.ts';
import * as schemas from './schemas.ts';

/** Up to 10,000, on pages of 10 or 100, whatever is asked for. `people`: with the names of those that are of people. */
export const fetchBudgets = (
  client: Client,
  source: Source,
  people: boolean,
): Promise<Delivery<readonly schemas.Budget[]>> =>
  settle(
    source,
    allRows(
      client,
      { ...source, read: reader(schemas.budgets) },
      (page) => page.budgets,
      ({ id }) => id,
    ).then((budgets) => (people ? budgets : budgets.map(withoutName))),
  );

/** Only people who have reached their budget are asked for. `undefined` where no budget is for each of many. */
export async function fetchUserStates(
  client: Client,
  source: Source,
  budgets: Promise<Delivery<readonly schemas.Budget[]>>,
  period: BillingPeriod,
): Promise<Delivery<readonly BudgetUserState[]> | undefined> {
  const asked = (delivered(await budgets) ?? []).filter(hasUserStates);
  if (asked.length === 0) return undefined;
  if (!period.isCurrent) return notForAPastPeriod(source);
  const states = asked.map(async ({ id }) => {
    const path = source.path.replace('{budget_id}', encodeURIComponent(id));
    const found = await allRows(
      client,
      {
        path,
        query: { threshold_lower_bound: 100 },
        read: reader(schemas.userStates),
        access: source.access,
      },
      (page) => page.user_states,
      ({ user }) => user,
    );
    return found.map((state) => ({ ...state, budgetId: id }));
  });
  return settle(
    source,
    Promise.all(states).then((all) => all.flat()),
  );
}

/** The body says whether there is a next page, and how many rows there are. `idOf`: '' for a row that has none. */
async function allRows<Page extends schemas.BudgetsPage | schemas.UserStatesPage, Row>(
  client: Client,
  resource: Resource<Page>,
  rows: (page: Page) => readonly Row[],
  idOf: (row: Row) => string,
): Promise<Row[]> {
  const found = new Map<string, Row>();
  const paged = client.pages(resource, {
    rows,
    key: (row) => idOf(row) || undefined,
    following: ({ has_next_page, total_count }) => ({ hasNext: has_next_page, total: total_count }),
  });
  for await (const { data } of paged) {
    for (const [key, row] of keyed(rows(data), idOf)) found.set(key, row);
  }
  return [...found.values()];
}

/** By the id, as it can be on two pages; by all that a row says where it has none, or that of another on the page. */
function keyed<Row>(page: readonly Row[], idOf: (row: Row) => string): [string, Row][] {
  const times = new Map<string, number>();
  return page.map((row) => {
    const id = idOf(row);
    const key = id === '' || times.has(id) ? JSON.stringify(row) : id;
    const nth = (times.get(key) ?? 0) + 1;
    times.set(key, nth);
    return [nth === 1 ? key : `${key} ${nth}`, row];
  });
}
