/** The answers below `settings/billing`, and the license of an Enterprise Server. */
import { type Answer, gone, json, notFound, problem } from './answers.ts';
import { type Billing, type Charge, generateBilling, totals, usageItem } from './billing.ts';
import { type Budget, type Budgets, generateBudgets, type UserState } from './budgets.ts';
import { type Committers, generateCommitters } from './committers.ts';
import type { Enterprise } from './enterprise.ts';
import { linkHeader, paging } from './paging.ts';
import { CATALOGUE, displayed, displayedInTheField } from './skus.ts';

/** How an endpoint that not every host has answers. */
export type Offered = 'served' | '404' | '410';

export interface BillingRouteOptions {
  seed?: number | undefined;
  hostile?: boolean | undefined;
  costCenters?: number | undefined;
  budgets?: number | undefined;
  /** One plan for all (`bundled`), or a product that must be named (`standalone`); `off`: 404. */
  advancedSecurity?: 'bundled' | 'standalone' | 'off' | undefined;
  /** `null`: served as null; `false`: not served. */
  committersPurchased?: number | null | false | undefined;
  /** `actions`, `packages` and `shared-storage`. */
  previousPlatform?: Offered | undefined;
  /** `usage` and everything beside it. */
  metered?: Offered | undefined;
  /** US dollars that the summary has and the line items have not. */
  summaryDiffers?: number | undefined;
}

const PRODUCTS = ['code_security', 'secret_protection'];
const MODELS = ['GPT-5', 'Claude Sonnet 4.5', 'Gemini 3 Pro'];

/** Everything that is spent, made when first asked for. */
export class BillingRoutes {
  readonly #enterprise: Enterprise;
  readonly #options: BillingRouteOptions;
  readonly #ready = new Map<string, Answer>();
  readonly #committers = new Map<string, Committers>();
  #billing: Billing | undefined;
  #budgets: Budgets | undefined;

  constructor(enterprise: Enterprise, options: BillingRouteOptions) {
    this.#enterprise = enterprise;
    this.#options = options;
  }

  /** Charges and cost centers of the metered platform. */
  get metered(): Billing {
    this.#billing ??= generateBilling(this.#enterprise, this.#options);
    return this.#billing;
  }

  get budgets(): Budget[] {
    return this.#made.list;
  }

  /** Who has spent what, by the id of a budget of people. */
  get userStates(): ReadonlyMap<string, UserState[]> {
    return this.#made.userStates;
  }

  get #made(): Budgets {
    const { seed = 1, budgets: count = 25, hostile = false } = this.#options;
    this.#budgets ??= generateBudgets(this.#enterprise, this.metered, { seed, count, hostile });
    return this.#budgets;
  }

  committers(product: string): Committers {
    const known =
      this.#committers.get(product) ?? generateCommitters(this.#enterprise, this.#options.seed ?? 1, product);
    this.#committers.set(product, known);
    return known;
  }

  /** `undefined` when there is no such endpoint. `endpoint` is what follows `settings/billing/`. */
  answer(endpoint: string, url: URL): Answer | undefined {
    const { previousPlatform = '410', metered = 'served' } = this.#options;
    const offered = (how: Offered, answer: () => Answer) =>
      how === 'served' ? answer() : how === '410' ? gone() : notFound();
    switch (endpoint) {
      case 'advanced-security':
        return this.#advancedSecurity(url);
      case 'actions':
      case 'packages':
      case 'shared-storage':
        return offered(previousPlatform, () => json(200, this.previousPlatform()[endpoint]));
      case 'usage':
        return offered(metered, () => this.#usage(url));
      case 'usage/summary':
        return offered(metered, () => this.#summary(url));
      case 'cost-centers':
        return offered(metered, () => this.#costCenters(url));
      case 'budgets':
        return offered(metered, () => this.#budgetPage(url));
      case 'premium_request/usage':
        return offered(metered, () => this.#byModel(url, 'copilot_premium_request'));
      case 'ai_credit/usage':
        return offered(metered, () => this.#byModel(url, 'copilot_ai_credits'));
      default: {
        const [, id] = /^budgets\/([^/]+)\/user-states$/.exec(endpoint) ?? [];
        return id === undefined ? undefined : offered(metered, () => this.#userStates(id, url));
      }
    }
  }

  /** The bodies of the previous platform. They differ from `usage` on purpose, as they do on github.com. */
  previousPlatform() {
    const { now } = this.#enterprise;
    const daysInMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0)).getUTCDate();
    return {
      actions: {
        total_minutes_used: 41_250,
        total_paid_minutes_used: 0,
        included_minutes: 50_000,
        minutes_used_breakdown: { UBUNTU: 30_000, MACOS: 1_250, WINDOWS: 10_000 },
      },
      packages: {
        total_gigabytes_bandwidth_used: 130,
        total_paid_gigabytes_bandwidth_used: 30,
        included_gigabytes_bandwidth: 100,
      },
      'shared-storage': {
        days_left_in_billing_cycle: daysInMonth - now.getUTCDate(),
        estimated_paid_storage_for_month: 15,
        estimated_storage_for_month: 65,
      },
    };
  }

  #advancedSecurity(url: URL): Answer {
    const { advancedSecurity = 'bundled' } = this.#options;
    const { committersPurchased = this.#enterprise.dialect === 'usage-based' ? 0 : undefined } =
      this.#options;
    if (advancedSecurity === 'off') return notFound();
    const product = url.searchParams.get('advanced_security_product');
    if (advancedSecurity === 'bundled' && product !== null) {
      return problem(422, 'The advanced_security_product parameter is not supported for this plan.');
    }
    if (advancedSecurity === 'standalone' && (product === null || !PRODUCTS.includes(product))) {
      return problem(422, `The advanced_security_product parameter is required: ${PRODUCTS.join(', ')}.`);
    }
    const { total, maximum, purchased, repositories } = this.committers(product ?? 'bundled');
    const asked = paging(url.searchParams);
    const start = (asked.page - 1) * asked.perPage;
    return json(
      200,
      {
        total_advanced_security_committers: total,
        total_count: repositories.length,
        maximum_advanced_security_committers: maximum,
        ...(committersPurchased !== false && {
          purchased_advanced_security_committers:
            committersPurchased === undefined ? purchased : committersPurchased,
        }),
        repositories: repositories.slice(start, start + asked.perPage),
      },
      linkHeader(url, asked, Math.ceil(repositories.length / asked.perPage)),
    );
  }

  /** The charges of the period asked for, or what is wrong with the question. */
  #charges(query: URLSearchParams): { charges: Charge[]; timePeriod: Record<string, number> } | Answer {
    const timePeriod: Record<string, number> = { year: this.#enterprise.now.getUTCFullYear() };
    for (const [name, max] of Object.entries({ year: 9999, month: 12, day: 31 })) {
      const text = query.get(name);
      if (text === null) continue;
      const value = Number(text);
      if (!Number.isInteger(value) || value < 1 || value > max)
        return problem(400, `Invalid ${name}: ${text}`);
      timePeriod[name] = value;
    }
    if (timePeriod.day !== undefined && timePeriod.month === undefined) {
      timePeriod.month = this.#enterprise.now.getUTCMonth() + 1;
    }
    const { year, month, day } = timePeriod;
    const charges = this.metered.charges.filter(
      (charge) =>
        charge.year === year &&
        (month === undefined || charge.month === month) &&
        (day === undefined || charge.day === day),
    );
    return { charges, timePeriod };
  }

  #costCenter(query: URLSearchParams) {
    const id = query.get('cost_center_id');
    return id === null
      ? undefined
      : (this.metered.costCenters.find((center) => center.id === id) ?? 'unknown');
  }

  /** Only what has no cost center, unless one is named. */
  #usage(url: URL): Answer {
    const known = this.#ready.get(url.href);
    if (known) return known;
    const found = this.#charges(url.searchParams);
    if ('body' in found) return found;
    const center = this.#costCenter(url.searchParams);
    if (center === 'unknown') return problem(400, 'Cost center not found');
    const styles = new Map(this.#enterprise.organizations.map((name, index) => [name, index % 3]));
    const answer = json(200, {
      usageItems: found.charges
        .filter((charge) => charge.costCenter === center?.id)
        .map((charge) => usageItem(charge, styles.get(charge.organization) ?? 0, this.#enterprise.dialect)),
    });
    this.#ready.set(url.href, answer);
    return answer;
  }

  /** Over all cost centers, unless one is named. */
  #summary(url: URL): Answer {
    const query = url.searchParams;
    const found = this.#charges(query);
    if ('body' in found) return found;
    const center = this.#costCenter(query);
    if (center === 'unknown') return problem(400, 'Cost center not found');
    const wanted = (name: string, value: string | undefined) => !query.has(name) || query.get(name) === value;
    const charges = found.charges.filter(
      (charge) =>
        wanted('organization', charge.organization) &&
        wanted('repository', charge.repository) &&
        wanted('product', charge.sku.product) &&
        wanted('sku', charge.sku.sku) &&
        wanted('cost_center_id', charge.costCenter),
    );
    const bySku = Map.groupBy(charges, (charge) => charge.sku);
    const { summaryDiffers } = this.#options;
    return json(200, {
      timePeriod: found.timePeriod,
      enterprise: this.#enterprise.slug,
      ...(center && { costCenter: { id: center.id, name: center.name } }),
      usageItems: [
        ...CATALOGUE.filter((sku) => bySku.has(sku)).map((sku) => ({
          ...(this.#isDocumented ? displayed(sku, 1) : displayedInTheField(sku, 'summary')),
          pricePerUnit: sku.nanoPrice / 1e9,
          ...totals(bySku.get(sku) ?? []),
        })),
        ...(summaryDiffers
          ? [
              {
                product: 'spark',
                sku: 'spark_sessions',
                unitType: 'Sessions',
                pricePerUnit: summaryDiffers,
                grossQuantity: 1,
                grossAmount: summaryDiffers,
                discountQuantity: 0,
                discountAmount: 0,
                netQuantity: 1,
                netAmount: summaryDiffers,
              },
            ]
          : []),
      ],
    });
  }

  #costCenters(url: URL): Answer {
    const state = url.searchParams.get('state');
    if (state !== null && state !== 'active' && state !== 'deleted')
      return problem(400, `Invalid state: ${state}`);
    const all = this.metered.costCenters;
    // The field answers both kinds whatever is asked for, and not always says which one is.
    const served = this.#isDocumented
      ? all.filter((center) => state === null || center.state === state)
      : all.map(({ state: one, ...center }, index) =>
          one === 'active' && index % 3 === 0 ? center : { ...center, state: one },
        );
    return json(200, { costCenters: served });
  }

  #budgetPage(url: URL): Answer {
    const { page, perPage: asked } = paging(url.searchParams, 10);
    const perPage = this.#isDocumented ? asked : 10;
    const [scope, user] = [url.searchParams.get('scope'), url.searchParams.get('user')];
    const budgets = this.budgets.filter(
      (budget) =>
        (scope === null || budget.budget_scope === scope) && (user === null || budget.user === user),
    );
    return json(200, {
      budgets: budgets.slice((page - 1) * perPage, page * perPage),
      has_next_page: page * perPage < budgets.length,
      total_count: budgets.length,
    });
  }

  #userStates(id: string, url: URL): Answer {
    const all = this.userStates.get(id);
    if (!all) return notFound();
    const { page, perPage } = paging(url.searchParams);
    const bound = Number(url.searchParams.get('threshold_lower_bound') ?? 0);
    const states = all.filter((state) => 100 * state.consumed_amount >= bound * state.target_amount);
    return json(200, {
      user_states: states.slice((page - 1) * perPage, page * perPage),
      has_next_page: page * perPage < states.length,
      total_count: states.length,
    });
  }

  get #isDocumented(): boolean {
    return this.#enterprise.dialect === 'documented';
  }

  /** One SKU's charges by model: the charges are dealt out to the models in turn. */
  #byModel(url: URL, sku: string): Answer {
    const found = this.#charges(url.searchParams);
    if ('body' in found) return found;
    const center = this.#costCenter(url.searchParams);
    if (center === 'unknown') return problem(400, 'Cost center not found');
    const charges = found.charges.filter(
      (charge) => charge.sku.sku === sku && (center === undefined || charge.costCenter === center.id),
    );
    const models = Map.groupBy(charges, (_, index) => MODELS[index % MODELS.length] as string);
    return json(200, {
      timePeriod: found.timePeriod,
      enterprise: this.#enterprise.slug,
      ...(center && { costCenter: { id: center.id, name: center.name } }),
      usageItems: [...models].map(([model, dealt]) => ({
        ...displayed(dealt[0]?.sku as (typeof CATALOGUE)[number], 0),
        model,
        pricePerUnit: (dealt[0]?.sku.nanoPrice ?? 0) / 1e9,
        ...totals(dealt),
      })),
    });
  }
}
