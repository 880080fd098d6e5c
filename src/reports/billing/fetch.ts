import type * as v from 'valibot';
import type { Client } from '../../github/client.ts';
import type { Query } from '../../github/resource.ts';
import { billingAccess, type Context } from '../context.ts';
import { reader } from '../schemas.ts';
import {
  type Delivery,
  delivered,
  failRefusal,
  leaveOutOtherPeriods,
  notForAPastPeriod,
  type Source,
  settle,
} from './delivery.ts';
import { fetchBudgets, fetchUserStates } from './fetch-budgets.ts';
import { type CommittersDelivery, fetchCommitters } from './fetch-committers.ts';
import type { BudgetUserState } from './people-budgets.ts';
import type { BillingPeriod } from './period.ts';
import * as schemas from './schemas.ts';

/** Everything that GitHub said about an enterprise's bill, section by section. */
export interface BillingData {
  /** Whether people were read and kept. */
  readonly people: boolean;
  /** Usage that belongs to no cost center; that of each cost center is asked for by its id. */
  readonly usage: Delivery<readonly schemas.UsageItem[]>;
  readonly costCenters: Delivery<readonly schemas.CostCenter[]>;
  readonly costCenterUsage: readonly {
    readonly costCenter: schemas.CostCenter;
    readonly usage: Delivery<readonly schemas.UsageItem[]>;
  }[];
  readonly summary: Delivery<schemas.Summary>;
  readonly budgets: Delivery<readonly schemas.Budget[]>;
  /** Of budgets for each of many people; `undefined` where there are none above $0, or people are not read. */
  readonly userStates: Delivery<readonly BudgetUserState[]> | undefined;
  readonly premiumRequests: Delivery<schemas.ModelUsage>;
  readonly aiCredits: Delivery<schemas.ModelUsage>;
  readonly committers: readonly CommittersDelivery[];
  readonly actions: Delivery<schemas.Actions>;
  readonly packages: Delivery<schemas.Packages>;
  readonly sharedStorage: Delivery<schemas.SharedStorage>;
  /** Known once an Enterprise Server has answered anything. */
  readonly serverVersion: string | undefined;
}

/** Every section that was asked for, the usage of each cost center included. */
export const allSections = (data: BillingData): Delivery<unknown>[] => [
  data.usage,
  data.costCenters,
  ...data.costCenterUsage.map(({ usage }) => usage),
  data.summary,
  data.budgets,
  ...(data.userStates ? [data.userStates] : []),
  data.premiumRequests,
  data.aiCredits,
  ...data.committers,
  data.actions,
  data.packages,
  data.sharedStorage,
];

/** Asks for every section at the same time. Never throws a GitHubError: each section carries what became of it. */
export async function fetchBilling(
  { client, inputs, progress }: Pick<Context, 'client' | 'inputs' | 'progress'>,
  period: BillingPeriod,
): Promise<BillingData> {
  const { people } = inputs;
  const base = `/enterprises/${encodeURIComponent(inputs.enterprise)}/settings/billing`;
  const month: Query = { year: period.year, month: period.month };

  const source = (name: string, title: string, path: string, onServer?: Source['onServer']): Source => ({
    name,
    title,
    path: `${base}/${path}`,
    access: {
      ...billingAccess(inputs),
      ...(FOR_APPS.has(path) && { appPermission: 'Enterprise billing: read' }),
    },
    ...(onServer && { onServer }),
  });
  const get = <T>(of: Source, query: Query, schema: v.GenericSchema<unknown, T>) =>
    settle(of, body(client, of, query, schema));
  const getMonth = async <T extends { readonly timePeriod: schemas.TimePeriod }>(
    of: Source,
    schema: v.GenericSchema<unknown, T>,
  ) => leaveOutOtherPeriods(await get(of, month, schema), period);
  const present = <T>(of: Source, schema: v.GenericSchema<unknown, T>): Promise<Delivery<T>> =>
    period.isCurrent ? get(of, {}, schema) : Promise.resolve(notForAPastPeriod(of));
  const usageOf = async (title: string, query: Query) => {
    const of = source('usage', title, 'usage');
    const items = body(client, of, { ...month, ...query }, schemas.usage).then((sent) => sent.usageItems);
    return settle(of, items);
  };

  const centers = source('cost_centers', 'the list of cost centers', 'cost-centers');
  const costCenters = settle(centers, allCostCenters(client, centers, people));
  const usage = usageOf('usage', {});
  // Where usage as a whole is refused, that of each cost center would only be refused again.
  const costCenterUsage = Promise.all([costCenters, usage]).then(([list, whole]) => {
    const all = (delivered(whole) && delivered(list)) ?? [];
    let done = 0;
    return Promise.all(
      all.map(async (costCenter) => {
        const title = `the usage of cost center “${costCenter.name}”`;
        const its = await usageOf(title, { cost_center_id: costCenter.id });
        progress('cost centers', ++done, all.length);
        return { costCenter, usage: failRefusal(its) };
      }),
    );
  });
  const budgets = fetchBudgets(client, source('budgets', 'budgets', 'budgets'), people);
  const userStates = source(
    'user_states',
    'the list of people at the limit of their budget',
    'budgets/{budget_id}/user-states',
  );
  const security = source('advanced_security', 'Advanced Security', 'advanced-security', 'always');

  const sections = await allSettledBeforeThrowing({
    usage,
    costCenters,
    costCenterUsage,
    summary: getMonth(source('usage_summary', 'the usage summary', 'usage/summary'), schemas.summary),
    budgets,
    userStates: people ? fetchUserStates(client, userStates, budgets, period) : Promise.resolve(undefined),
    premiumRequests: getMonth(
      source('premium_request_usage', 'premium requests by model', 'premium_request/usage'),
      schemas.modelUsage,
    ),
    aiCredits: getMonth(
      source('ai_credit_usage', 'AI credits by model', 'ai_credit/usage'),
      schemas.modelUsage,
    ),
    committers: fetchCommitters(client, security, inputs, period),
    actions: present(source('actions', 'Actions (previous platform)', 'actions', 'earlier'), schemas.actions),
    packages: present(
      source('packages', 'Packages (previous platform)', 'packages', 'earlier'),
      schemas.packages,
    ),
    sharedStorage: present(
      source('shared_storage', 'shared storage (previous platform)', 'shared-storage', 'earlier'),
      schemas.sharedStorage,
    ),
  });
  return { ...sections, people, serverVersion: client.serverVersion };
}

/** Sections that GitHub's OpenAPI description opens to installation tokens of apps. */
const FOR_APPS: ReadonlySet<string> = new Set([
  'usage',
  'usage/summary',
  'cost-centers',
  'budgets',
  'ai_credit/usage',
]);

const body = <T>(
  client: Client,
  { path, access }: Source,
  query: Query,
  schema: v.GenericSchema<unknown, T>,
): Promise<T> => client.get({ path, query, read: reader(schema), access });

/**
 * Deleted cost centers too, which can still carry usage of the period: without `state` GitHub lists both. With it,
 * large enterprises were seen to wait for more than a minute.
 */
async function allCostCenters(
  client: Client,
  source: Source,
  people: boolean,
): Promise<schemas.CostCenter[]> {
  const { costCenters } = await body(client, source, {}, schemas.costCenters);
  const all = [...new Map(costCenters.map((costCenter) => [costCenter.id, costCenter])).values()];
  return people ? all : all.map(withoutUsers);
}

const withoutUsers = (costCenter: schemas.CostCenter): schemas.CostCenter => ({
  ...costCenter,
  resources: costCenter.resources.filter(({ type }) => !/^user/i.test(type)),
});

/** Like `Promise.all` on an object's values, but a defect in one section leaves no request of the others behind. */
async function allSettledBeforeThrowing<T extends Record<string, Promise<unknown>>>(
  promises: T,
): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(Object.values(promises));
  const entries = Object.entries(promises).map(async ([name, promise]) => [name, await promise]);
  return Object.fromEntries(await Promise.all(entries));
}
