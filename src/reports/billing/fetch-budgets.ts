/** Budgets, and the people who have reached one that is for each of many: all pages. */
import type { Client, Query, Read } from '../../github/client.ts';
import { GitHubError } from '../../github/errors.ts';
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
      source.path,
      {},
      {
        read: reader(schemas.budgets),
        rows: (page: schemas.BudgetsPage) => page.budgets,
        id: ({ id }: schemas.Budget) => id,
        what: 'budget',
      },
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
      path,
      { threshold_lower_bound: 100 },
      {
        read: reader(schemas.userStates),
        rows: (page: schemas.UserStatesPage) => page.user_states,
        id: ({ user }: schemas.UserState) => user,
        what: 'person',
      },
    );
    return found.map((state) => ({ ...state, budgetId: id }));
  });
  return settle(
    source,
    Promise.all(states).then((all) => all.flat()),
  );
}

interface Listing<Page, Row> {
  readonly read: Read<Page>;
  readonly rows: (page: Page) => readonly Row[];
  /** '' for a row that has none. */
  readonly id: (row: Row) => string;
  /** A row, in a sentence. */
  readonly what: string;
}

/** The body says whether there is a next page; a page that says so and brings nothing new cannot be right. */
async function allRows<Page extends { readonly has_next_page: boolean }, Row>(
  client: Client,
  path: string,
  query: Query,
  { read, rows, id, what }: Listing<Page, Row>,
): Promise<Row[]> {
  const found = new Map<string, Row>();
  for (let page = 1; ; page++) {
    const { data } = await client.get(path, { ...query, page, per_page: 100 }, read);
    const before = found.size;
    for (const [key, row] of keyed(rows(data), id)) found.set(key, row);
    if (!data.has_next_page) return [...found.values()];
    if (found.size === before) {
      throw new GitHubError(
        'unreadable',
        `GET ${path}: page ${page} announces another page and brings no ${what} that earlier pages did not have. ` +
          'Run again, and ask GitHub’s support if it stays.',
      );
    }
  }
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
