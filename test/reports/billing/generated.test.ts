import { describe, expect, test } from 'vitest';
import { type Made, makeMonth, random, summaryOf, toCents } from './generated.ts';
import { reportOn, said, tableOf, usageByCostCenter } from './host.ts';

const COUNT = 8_000;

interface Case {
  readonly year: number;
  readonly month: number;
  readonly daysInMonth: number;
  /** Days with usage. */
  readonly days: number;
  readonly now: string;
}

const CASES: Record<string, Case> = {
  'the running month': { year: 2026, month: 11, daysInMonth: 30, days: 20, now: '2026-11-20T12:00:00Z' },
  'the previous month on the first of a month': {
    year: 2026,
    month: 10,
    daysInMonth: 31,
    days: 31,
    now: '2026-11-01T00:00:00Z',
  },
  'a leap February from 1 March': {
    year: 2028,
    month: 2,
    daysInMonth: 29,
    days: 29,
    now: '2028-03-01T03:00:00Z',
  },
  'December from 1 January': {
    year: 2026,
    month: 12,
    daysInMonth: 31,
    days: 31,
    now: '2027-01-01T00:00:01Z',
  },
};

const costCenters = Array.from({ length: 12 }, (_, index) => ({
  id: `cc-${index}`,
  name: `Cost center ${index}`,
  state: index < 9 ? 'active' : 'deleted',
  resources: [{ type: 'Org', name: `org-${index}` }],
}));

/** 25 budgets of every scope that line items can tell; amounts are drawn so that some are reached and some not. */
function makeBudgets(seed: number) {
  const next = random(seed);
  return Array.from({ length: 25 }, (_, index) => {
    const [scope, entity] = [
      ['enterprise', ''],
      ['organization', `ORG-${next(40)}`],
      ['cost_center', `Cost center ${next(12)}`],
      ['repository', ''],
    ][index % 4] as [string, string];
    const repository = next(3000);
    const product = index % 2 === 0;
    return {
      id: `budget-${index}`,
      budget_type: product ? 'ProductPricing' : 'SkuPricing',
      ...(index % 3 === 0
        ? { budget_product_sku: product ? 'actions' : 'actions_linux' }
        : { budget_product_skus: [product ? 'packages' : 'packages_bandwidth'] }),
      budget_scope: scope,
      budget_entity_name: scope === 'repository' ? `org-${repository % 40}/repo-${repository}` : entity,
      budget_amount: [10, 1_000, 100_000, 5_000_000, 0][next(5)] as number,
      prevent_further_usage: next(2) === 0,
      budget_alerting: { will_alert: false, alert_recipients: [] },
    };
  });
}

type SentBudget = ReturnType<typeof makeBudgets>[number];
const sum = (made: readonly Made[], of: (one: Made) => bigint) =>
  made.reduce((total, one) => total + of(one), 0n);
const net = ({ gross, discount }: Made) => gross - discount;

function spentOn(budget: SentBudget, made: readonly Made[]): bigint {
  const wanted =
    'budget_product_skus' in budget ? budget.budget_product_skus?.[0] : budget.budget_product_sku;
  const skus: Record<string, string> = {
    actions_linux: 'Actions Linux',
    packages_bandwidth: 'Packages data transfer',
  };
  const entity = budget.budget_entity_name;
  return sum(
    made.filter(({ item, costCenterId }) => {
      const priced =
        budget.budget_type === 'SkuPricing'
          ? item.sku === skus[wanted as string]
          : item.product.toLowerCase() === wanted;
      switch (budget.budget_scope) {
        case 'organization':
          return priced && item.organizationName.toLowerCase() === entity.toLowerCase();
        case 'cost_center':
          return priced && costCenterId === entity.replace('Cost center ', 'cc-');
        case 'repository':
          return priced && item.repositoryName === entity;
        default:
          return priced;
      }
    }),
    net,
  );
}

describe.each(Object.entries(CASES))('a generated enterprise, %s', async (_, given) => {
  const { year, month, daysInMonth, days } = given;
  const now = new Date(given.now);
  const made = makeMonth(month, year, month, days, COUNT);
  const budgets = makeBudgets(year);
  const asked = { now, inputs: { period: { year, month } } };
  const host = {
    usage: usageByCostCenter(made),
    'usage/summary': summaryOf(made, year, month),
    'cost-centers': { costCenters },
    // Pages of 10, whatever is asked for.
    budgets: ({ page }: { page?: unknown }) => ({
      budgets: budgets.slice((Number(page) - 1) * 10, Number(page) * 10),
      has_next_page: Number(page) < 3,
      total_count: 25,
    }),
  };
  const report = await reportOn(host, asked);
  const isPast = now.getTime() >= Date.UTC(year, month, 1);
  const hours =
    (Math.min(now.getTime(), Date.UTC(year, month, 1)) - Date.UTC(year, month - 1, 1)) / 3_600_000;
  /** Billionths of the unit. */
  const quantity = (product: string, unit: RegExp) =>
    1_000_000n *
    sum(
      made.filter(({ item }) => item.product.toLowerCase() === product && unit.test(item.unitType)),
      (one) => one.quantity,
    );

  test('every metric equals an independent computation', () => {
    const spending = budgets.filter((budget) => budget.budget_amount > 0);
    const cost = sum(made, net);
    expect(report.errors).toEqual([]);
    expect(report.measures).toMatchObject({
      'cost-gross': toCents(sum(made, (one) => one.gross)),
      'cost-discount': toCents(sum(made, (one) => one.discount)),
      'cost-net': toCents(cost),
      'cost-net-forecast': isPast
        ? toCents(cost)
        : toCents((cost * BigInt(daysInMonth * 24)) / BigInt(hours)),
      'actions-minutes-used': toCents(quantity('actions', /minutes/i)),
      'packages-gb-used': toCents(quantity('packages', /^gigabytes$/i)),
      'storage-gb': toCents((quantity('actions', /hours/i) + quantity('packages', /hours/i)) / BigInt(hours)),
      'billing-days-left': isPast ? { absent: 'nothing-to-measure' } : daysInMonth - now.getUTCDate(),
      'budgets-over': spending.filter(
        (budget) => spentOn(budget, made) >= BigInt(budget.budget_amount) * 1_000_000_000n,
      ).length,
      'budgets-highest-percent': Math.max(
        ...spending.map((budget) => toCents((spentOn(budget, made) * 100n) / BigInt(budget.budget_amount))),
      ),
    });
    expect(report.measures['budgets-over']).toBeGreaterThan(0);
  });

  test('the figures open with the money, and forecast only what is not over', () => {
    expect(report.figures.map(({ label }) => label)).toEqual([
      isPast ? expect.stringMatching(/^Net cost in \w+ \d{4}$/) : 'Net cost so far',
      ...(isPast ? [] : ['Forecast']),
      'Budgets used up',
    ]);
    expect(report.figures[0]?.value).toBe(report.measures['cost-net']);
  });

  test('the line items agree with the summary to the cent', () => {
    expect(said(report)).toContain('agree to the cent');
    expect(report.notices).toEqual([]);
  });

  test('organizations are one whatever the case of their name, and each costs what its items cost', () => {
    const expected = new Map<string, bigint>();
    for (const one of made) {
      const name = one.item.organizationName.toLowerCase();
      if (name !== '') expected.set(name, (expected.get(name) ?? 0n) + net(one));
    }
    const actual = Array.from(report.costByOrganization, ([name, cost]) => [name.toLowerCase(), cost]);
    expect(actual).toHaveLength(40);
    expect(Object.fromEntries(actual)).toEqual(
      Object.fromEntries(Array.from(expected, ([name, cost]) => [name, toCents(cost)])),
    );
  });

  test('usage.csv has every line item with its cost center', () => {
    const rows = tableOf(report, 'usage');
    expect(rows).toHaveLength(COUNT);
    const tally = (names: unknown[]) =>
      names.reduce<Record<string, number>>((counts, name) => {
        counts[String(name)] = (counts[String(name)] ?? 0) + 1;
        return counts;
      }, {});
    expect(tally(rows.map((row) => row.cost_center))).toEqual(
      tally(made.map(({ costCenterId }) => costCenterId.replace('cc-', 'Cost center '))),
    );
  });

  test('without a summary the line items give the same costs', async () => {
    const { 'usage/summary': _, ...rest } = host;
    const again = await reportOn(rest, asked);
    for (const name of ['cost-gross', 'cost-discount', 'cost-net', 'cost-net-forecast'] as const) {
      expect(again.measures[name]).toEqual(report.measures[name]);
    }
  });

  test('without line items the summary gives the same costs, minutes, transfer and storage', async () => {
    const { usage: _, ...rest } = host;
    const again = await reportOn(rest, asked);
    for (const name of [
      'cost-gross',
      'cost-net',
      'actions-minutes-used',
      'packages-gb-used',
      'storage-gb',
    ] as const) {
      expect(again.measures[name]).toEqual(report.measures[name]);
    }
  });
});
