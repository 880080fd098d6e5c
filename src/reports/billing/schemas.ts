/**
 * The bodies of GitHub's billing endpoints, as far as this report reads them. Money and quantities are required:
 * without them nothing can be summed. Texts that GitHub's own examples leave out are '' and not an error.
 */
import * as v from 'valibot';
import { natural, number, object } from '../schemas.ts';

const optional = <const Schema extends v.GenericSchema>(schema: Schema) =>
  v.pipe(
    v.nullish(schema),
    v.transform((value) => value ?? undefined),
  );
const optionalNumber = optional(number);
const optionalCount = optional(natural);
const text = v.nullish(v.string(), '');

/** `GET …/settings/billing/usage`. `quantity` is typed integer and can be fractional; `organizationName` can be empty. */
export const usage = object({
  usageItems: v.array(
    object({
      date: v.string(),
      product: v.string(),
      sku: v.string(),
      quantity: number,
      unitType: v.string(),
      pricePerUnit: number,
      grossAmount: number,
      discountAmount: number,
      netAmount: number,
      organizationName: text,
      repositoryName: text,
    }),
  ),
});
export type UsageItem = v.InferOutput<typeof usage>['usageItems'][number];

const totals = {
  product: v.string(),
  sku: v.string(),
  unitType: v.string(),
  pricePerUnit: number,
  grossQuantity: number,
  grossAmount: number,
  discountQuantity: number,
  discountAmount: number,
  netQuantity: number,
  netAmount: number,
};
/** What an answer says that it is of; GitHub's own examples name the year alone. */
const timePeriod = object({ year: number, month: optionalNumber, day: optionalNumber });
export type TimePeriod = v.InferOutput<typeof timePeriod>;

/** `GET …/settings/billing/usage/summary`. */
export const summary = object({ timePeriod, usageItems: v.array(object(totals)) });
export type Summary = v.InferOutput<typeof summary>;
export type SummaryItem = Summary['usageItems'][number];

/** `GET …/settings/billing/premium_request/usage` and `…/ai_credit/usage`. */
export const modelUsage = object({ timePeriod, usageItems: v.array(object({ ...totals, model: text })) });
export type ModelUsage = v.InferOutput<typeof modelUsage>;
export type ModelItem = ModelUsage['usageItems'][number];

const lenientNumber = v.fallback(optionalNumber, undefined);
/** Of a unit that GitHub does not document. What does not fit is unknown, and must not cost the list of cost centers. */
const aiCreditPool = {
  ai_credit_pool_enabled: v.fallback(optional(v.boolean()), undefined),
  ai_credit_pool_state: v.fallback(
    optional(object({ target_amount: lenientNumber, current_amount: lenientNumber })),
    undefined,
  ),
};

/** `GET …/settings/billing/cost-centers`. One without a `state` is active. */
export const costCenters = object({
  costCenters: v.array(
    object({
      // Usage is asked for by it, and without it would be that of no cost center.
      id: v.pipe(v.string(), v.minLength(1)),
      name: v.string(),
      state: v.pipe(
        text,
        v.transform((state) => state || 'active'),
      ),
      resources: v.nullish(v.array(object({ type: text, name: text })), []),
      ...aiCreditPool,
    }),
  ),
});
export type CostCenter = v.InferOutput<typeof costCenters>['costCenters'][number];

/**
 * `GET …/settings/billing/budgets`. The schema says `budget_product_sku`, the example `budget_product_skus`.
 * `exclude_cost_center_usage` is sent for budgets of the enterprise and is not in the schema.
 */
const budget = v.pipe(
  object({
    id: text,
    budget_type: text,
    budget_product_sku: text,
    budget_product_skus: v.nullish(v.array(v.string()), []),
    budget_scope: text,
    budget_entity_name: text,
    user: text,
    // Whole dollars or licenses; GitHub might allow cents one day.
    budget_amount: v.pipe(
      number,
      v.check((amount) => amount === 0 || Math.abs(amount) >= 0.01, 'a budget of less than a cent'),
    ),
    consumed_amount: optionalNumber,
    prevent_further_usage: v.nullish(v.boolean()),
    exclude_cost_center_usage: v.nullish(v.boolean()),
  }),
  v.transform((sent) => ({
    id: sent.id,
    type: sent.budget_type,
    products: [...new Set([...sent.budget_product_skus, sent.budget_product_sku])].filter(
      (name) => name !== '',
    ),
    scope: sent.budget_scope,
    entity: sent.budget_entity_name,
    user: sent.user,
    amount: sent.budget_amount,
    consumed: sent.consumed_amount,
    preventsFurtherUsage: sent.prevent_further_usage ?? undefined,
    excludesCostCenters: sent.exclude_cost_center_usage ?? false,
  })),
);
export type Budget = v.InferOutput<typeof budget>;

export const budgets = object({
  budgets: v.array(budget),
  has_next_page: optional(v.boolean()),
  total_count: optionalNumber,
});
export type BudgetsPage = v.InferOutput<typeof budgets>;

/** `GET …/settings/billing/budgets/{budget_id}/user-states`, a page. */
const userState = v.pipe(
  object({ user: text, consumed_amount: number, target_amount: number, override_budget_id: text }),
  v.transform((sent) => ({
    user: sent.user,
    consumed: sent.consumed_amount,
    target: sent.target_amount,
    /** The budget that replaces this one for the person; '' where none does. */
    overrideBudgetId: sent.override_budget_id,
  })),
);
export type UserState = v.InferOutput<typeof userState>;

export const userStates = object({
  user_states: v.array(userState),
  has_next_page: optional(v.boolean()),
  total_count: optionalNumber,
});
export type UserStatesPage = v.InferOutput<typeof userStates>;

/** `GET …/settings/billing/advanced-security`, a page. The totals repeat on every page and can be null or absent. */
export const committers = object({
  total_advanced_security_committers: optionalCount,
  maximum_advanced_security_committers: optionalCount,
  purchased_advanced_security_committers: optionalCount,
  repositories: v.array(
    object({
      name: v.string(),
      advanced_security_committers: optionalCount,
      advanced_security_committers_breakdown: optional(
        v.array(object({ user_login: text, last_pushed_date: text, last_pushed_email: text })),
      ),
    }),
  ),
});
export type CommittersPage = v.InferOutput<typeof committers>;

/** The previous platform: `GET …/settings/billing/actions`, `…/packages` and `…/shared-storage`. */
export const actions = object({
  total_minutes_used: number,
  total_paid_minutes_used: number,
  included_minutes: natural,
  minutes_used_breakdown: v.nullish(v.record(v.string(), number), {}),
});
export type Actions = v.InferOutput<typeof actions>;

export const packages = object({
  total_gigabytes_bandwidth_used: number,
  total_paid_gigabytes_bandwidth_used: number,
  included_gigabytes_bandwidth: number,
});
export type Packages = v.InferOutput<typeof packages>;

export const sharedStorage = object({
  days_left_in_billing_cycle: number,
  estimated_paid_storage_for_month: number,
  estimated_storage_for_month: number,
});
export type SharedStorage = v.InferOutput<typeof sharedStorage>;
