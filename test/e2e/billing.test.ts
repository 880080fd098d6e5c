/** Every metric of the billing report against sums of whole billionths of a dollar, made from what the host charged. */
import { beforeAll, describe, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { csvRows } from '../output/reading.ts';
import type { Charge, CostCenter, Month } from '../simulator/billing.ts';
import type { Budget } from '../simulator/budgets.ts';
import { DIALECTS } from '../simulator/dialects.ts';
import type { Simulator } from '../simulator/server.ts';
import type { ActionRun } from './action.ts';
import { runHere } from './in-process.ts';
import { metricsOf, report, startGitHub } from './support.ts';

const PERIODS = {
  'the running month': { now: '2026-11-20T12:00:00Z', period: 'current' },
  'the previous month on the first of a month': { now: '2026-11-01T00:30:00Z', period: 'previous' },
};
/** The documented one at its full size. */
const CASES = DIALECTS.flatMap((dialect) =>
  Object.entries(PERIODS).map(([period, given]) => {
    const [organizations, repositories] = dialect === 'documented' ? [40, 3000] : [12, 300];
    return { ...given, dialect, organizations, repositories, name: `${dialect}, ${period}` };
  }),
);

/** `numerator ÷ denominator` to the hundredth, half away from zero, in integers; `scale`: units of the numerator in 1. */
const hundredths = (numerator: bigint, scale: bigint, denominator = 1n): number => {
  const divisor = scale * denominator;
  return Number((numerator * 200n + divisor) / (divisor * 2n)) / 100;
};
const NANO = 1_000_000_000n;
const MILLI = 1_000n;

const sum = (charges: readonly Charge[], value: (charge: Charge) => number): bigint =>
  charges.reduce((total, charge) => total + BigInt(value(charge)), 0n);
const net = ({ nanoGross, nanoDiscount }: Charge) => nanoGross - nanoDiscount;

const isOfPeople = ({ budget_scope: scope }: Budget) => scope === 'user' || scope.startsWith('multi_user_');

/** Copilot as a product is seats and requests in one; `ghec_licenses` is seats. */
const isForLicenses = ({ budget_product_sku: sku, budget_product_skus: [name] = [] }: Budget) =>
  ['ghec_licenses', 'copilot'].includes(sku ?? name ?? '');

/** `undefined`: a budget of people, or of licenses, which no dollars can be held against. */
function spentOn(budget: Budget, charges: readonly Charge[], github: Simulator): bigint | undefined {
  const name = budget.budget_product_sku ?? budget.budget_product_skus?.[0];
  if (isOfPeople(budget) || isForLicenses(budget)) return undefined;
  const entity = budget.budget_entity_name;
  const center = github.billing.metered.costCenters.find((candidate) => candidate.name === entity);
  const inScope = (charge: Charge) =>
    ({
      enterprise: true,
      organization: charge.organization === entity,
      repository: charge.repository === entity,
      cost_center: charge.costCenter === center?.id,
    })[budget.budget_scope] ?? false;
  const priced = ({ sku }: Charge) =>
    budget.budget_type === 'SkuPricing' ? sku.sku === name : sku.product === name;
  return sum(
    charges.filter((charge) => inScope(charge) && priced(charge)),
    net,
  );
}

function expectedBudgets(github: Simulator, charges: readonly Charge[], current: boolean) {
  const spending = github.billing.budgets.flatMap((budget) => {
    const spent = spentOn(budget, charges, github);
    return budget.budget_amount > 0 && spent !== undefined
      ? [{ amount: BigInt(budget.budget_amount), spent }]
      : [];
  });
  return {
    'budgets-over': spending.filter(({ amount, spent }) => spent >= amount * NANO).length,
    'budgets-highest-percent': Math.max(
      ...spending.map(({ amount, spent }) => hundredths(spent * 100n, NANO, amount)),
    ),
    ...(current && { 'user-budgets-over': peopleOver(github) }),
  };
}

/** Each person by the first of these that they have: a budget of their own, of their cost center, of everybody. */
function peopleOver({ billing: { budgets, userStates } }: Simulator): number {
  const decided = new Map<string, boolean>();
  for (const scope of ['user', 'multi_user_cost_center', 'multi_user_customer']) {
    for (const { id } of budgets.filter((budget) => budget.budget_scope === scope)) {
      for (const { user, consumed_amount: spent, target_amount: amount } of userStates.get(id) ?? []) {
        if (!decided.has(user)) decided.set(user, amount > 0 && spent >= amount);
      }
    }
  }
  return [...decided.values()].filter((isOver) => isOver).length;
}

describe.each(CASES)('$name: $organizations organizations, $repositories repositories', (given) => {
  const current = given.period === 'current';
  let github: Simulator;
  let charges: readonly Charge[];
  let result: ActionRun;

  beforeAll(async () => {
    const now = new Date(given.now);
    github = await startGitHub({
      now,
      dialect: given.dialect,
      organizations: given.organizations,
      repositories: given.repositories,
      costCenters: 12,
      budgets: 25,
      seats: 600,
      // As GitHub was seen to do for the cost centers of one state.
      faults: [{ kind: 'hang', match: { path: 'cost-centers?state=' } }],
    });
    const { metered } = github.billing;
    const { year, month } = metered.months[current ? 0 : 1] as Month;
    charges = metered.charges.filter((charge) => charge.year === year && charge.month === month);
    result = await report(github, { report: 'billing', period: given.period });
  }, 60_000);

  test('every metric equals an independent computation', () => {
    const milli = (product: string, unit: string) =>
      sum(
        charges.filter(({ sku }) => sku.product === product && sku.unit === unit),
        (charge) => charge.milliQuantity,
      );
    const cost = sum(charges, net);
    const { total, purchased, maximum } = github.billing.committers('bundled');
    const whole = (current ? 30n : 31n) * 24n;
    const passed = current ? 19n * 24n + 12n : whole;
    expect(result.log).not.toContain('::error');
    expect(charges.length).toBeGreaterThan(6 * given.repositories);
    expect(metricsOf(result)).toEqual({
      'cost-gross': hundredths(
        sum(charges, (charge) => charge.nanoGross),
        NANO,
      ),
      'cost-discount': hundredths(
        sum(charges, (charge) => charge.nanoDiscount),
        NANO,
      ),
      'cost-net': hundredths(cost, NANO),
      'cost-net-forecast': hundredths(cost * whole, NANO, passed),
      'actions-minutes-used': hundredths(milli('actions', 'minutes'), MILLI),
      'packages-gb-used': hundredths(milli('packages', 'gigabytes'), MILLI),
      'storage-gb': hundredths(
        milli('actions', 'gigabyte-hours') + milli('packages', 'gigabyte-hours'),
        MILLI,
        passed,
      ),
      ...expectedBudgets(github, charges, current),
      ...(current && {
        'billing-days-left': 10,
        committers: total,
        'committers-maximum': maximum,
        ...(given.dialect === 'usage-based'
          ? { 'committers-purchased': 0 }
          : {
              'committers-purchased': purchased,
              'committers-available': purchased - total,
              'committers-over': Math.max(0, total - purchased),
              'committers-used-percent': hundredths(BigInt(total) * 100n, 1n, BigInt(purchased)),
            }),
      }),
    });
  });

  test('line items and summary agree to the cent, and every line item is a row', () => {
    expect(result.summary).toContain('agree to the cent');
    const rows = csvRows(result.read('usage.csv'));
    expect(rows).toHaveLength(charges.length);
    const nanos = rows.reduce((total, row) => total + BigInt(Math.round(Number(row.netAmount) * 1e9)), 0n);
    expect(nanos).toBe(sum(charges, net));
    const names = github.billing.metered.costCenters.map(({ name }) => name);
    expect(new Set(rows.map((row) => row.cost_center))).toEqual(new Set(['', ...names]));
  });

  test('every budget is a row, and its spending is right where it can be known', () => {
    const rows = csvRows(result.read('budgets.csv'));
    expect(rows.map((row) => row.id)).toEqual(github.billing.budgets.map(({ id }) => id));
    for (const [index, budget] of github.billing.budgets.entries()) {
      const isOwn = budget.budget_scope === 'user' && current;
      const spent = spentOn(budget, charges, github);
      const known = isOwn ? String(budget.consumed_amount) : '';
      const expected = spent === undefined ? known : String(hundredths(spent, NANO));
      expect([budget.id, rows[index]?.spent]).toEqual([budget.id, expected]);
      const unit = budget.budget_scope !== 'user' && isForLicenses(budget) ? 'licenses' : 'USD';
      expect([budget.id, rows[index]?.unit]).toEqual([budget.id, unit]);
    }
  });
});

describe('a usage summary that names no month', () => {
  const row = { product: 'actions', sku: 'actions_linux', unitType: 'minutes', pricePerUnit: 0.006 };
  const amounts = { grossAmount: 6, discountAmount: 1, netAmount: 5 };
  const summary = {
    timePeriod: { year: 2026 },
    usageItems: [{ ...row, ...amounts, grossQuantity: 1000, discountQuantity: 0, netQuantity: 1000 }],
  };
  const item = { ...row, ...amounts, date: '2026-11-05T01:12:28Z', quantity: 1000 };
  const usage = (given: object) => ({ body: { usageItems: [{ ...item, ...given }] } });

  test.each([
    ['agree', usage({}), '5', '1000', 'pass', /Costs are from the usage summary/],
    ['differ', usage({ netAmount: 4.9 }), '4.9', '1000', 'pass', /Costs are from the line items/],
    [
      'were not delivered',
      { status: 404, body: {} },
      '5',
      '1000',
      'pass',
      /The month of costs and usage is unconfirmed/,
    ],
    [
      'are of October',
      usage({ date: '2026-10-31' }),
      '',
      '',
      'error',
      /No costs: the usage summary names no month/,
    ],
  ])('beside line items that %s', async (_, lineItems, cost, minutes, status, says) => {
    const github = await startGitHub({
      now: NOW,
      seats: 10,
      costCenters: 0,
      overrides: { 'settings/billing/usage': lineItems, 'settings/billing/usage/summary': { body: summary } },
    });
    const inputs = { report: 'billing', 'fail-on': 'cost-net: above 9' };
    const result = await report(github, inputs);
    expect([result.outputs['cost-net'], result.outputs['actions-minutes-used']]).toEqual([cost, minutes]);
    expect(result.outputs.status).toBe(status);
    expect(result.summary.replaceAll(/<[^>]+>|[*\\]/g, '')).toMatch(says);
  });
});

test.each([
  ['2026-11-01T23:59:59Z', 'nothing to measure'],
  ['2026-11-02T00:00:01Z', ''],
])('the average storage of a month begins with its second day: %s', async (time, told) => {
  const now = new Date(time);
  const github = await startGitHub({ now, seats: 10, organizations: 3, repositories: 60 });
  const inputs = { report: 'billing', 'fail-on': 'storage-gb: below 0' };
  const result = await report(github, inputs);
  expect([result.exitCode, result.outputs.status]).toEqual([0, 'pass']);
  expect(result.log).toContain(told);
  expect(result.outputs['storage-gb'] === '').toBe(told !== '');
});

type Pool = NonNullable<CostCenter['ai_credit_pool_state']>;

test.each(DIALECTS)(
  'AI credit pools of cost centers stand beside the budgets, in the dialect %s',
  async (dialect) => {
    const github = await startGitHub({ now: NOW, seats: 60, costCenters: 9, dialect, hostile: true });
    const run = await runHere(github, { report: 'billing' });
    const centers = github.billing.metered.costCenters;
    const { items } = JSON.parse(run.read('billing.json')).cost_centers;
    const known = ({ target_amount: target, current_amount: current }: Pool) => ({
      ...(target !== null && { target_amount: target }),
      ...(current !== null && { current_amount: current }),
    });
    expect(
      items.map((center: CostCenter) => [
        center.id,
        center.ai_credit_pool_enabled,
        center.ai_credit_pool_state,
      ]),
    ).toEqual(
      centers.map(({ id, ai_credit_pool_enabled: isEnabled, ai_credit_pool_state: state }) => [
        id,
        isEnabled,
        state && known(state),
      ]),
    );
    const section = run.summary.split('AI credit pools of cost centers')[1]?.split(/<h\d|\n#/)[0] ?? '';
    for (const amount of ['1,000', '512.5', '516.5', '9,000', '520.5']) expect(section).toContain(amount);
    expect(section).not.toContain('$1,000');
  },
);
