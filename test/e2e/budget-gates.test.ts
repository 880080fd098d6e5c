/** Gates on budgets of an enterprise whose line items, summary and budgets name one SKU in three ways. */
import { beforeAll, describe, expect, test } from 'vitest';
import { csvRows } from '../output/reading.ts';
import type { Override } from '../simulator/overrides.ts';
import type { Simulator } from '../simulator/server.ts';
import type { ActionRun } from './action.ts';
import { annotations, metricsOf, report, startGitHub } from './support.ts';

const now = new Date('2026-11-20T12:00:00Z');

const item = (product: string, sku: string, unitType: string, netAmount: number) => ({
  date: '2026-11-05T01:12:28Z',
  product,
  sku,
  quantity: 10,
  unitType,
  pricePerUnit: netAmount / 10,
  grossAmount: netAmount,
  discountAmount: 0,
  netAmount,
  organizationName: 'acme-web',
  repositoryName: '',
});
const USAGE = [
  item('Actions', 'Actions macOS 3-core', 'Minutes', 620),
  item('Codespaces', 'Codespaces compute 8-core', 'Hours', 90),
  item('Copilot', 'Copilot AI Credits', 'AICredits', 31.17),
  item('Copilot', 'Copilot Business', 'UserMonths', 190),
];
const budget = (id: string, budget_product_sku: string, budget_amount: number, given: object = {}) => ({
  id,
  budget_type: 'SkuPricing',
  budget_product_sku,
  budget_scope: 'enterprise',
  budget_entity_name: 'acme',
  budget_amount,
  prevent_further_usage: true,
  budget_alerting: { will_alert: false, alert_recipients: [] },
  ...given,
});
const BUDGETS = [
  budget('macos', 'actions_macos', 100),
  budget('codespaces', 'codespaces_compute_d8', 100),
  budget('credits', 'copilot_ai_unit', 30),
  budget('licenses', 'copilot_for_business', 5),
  budget('mona', 'ai_credits', 50, { budget_scope: 'user', budget_entity_name: 'mona', consumed_amount: 51 }),
  budget('everyone', 'ai_credits', 220, { budget_scope: 'multi_user_customer', consumed_amount: 35_000 }),
];
const STATES = [
  { user: 'lisa', consumed_amount: 221, target_amount: 220 },
  { user: 'mona', consumed_amount: 240, target_amount: 220, override_budget_id: 'mona' },
];
const startBilled = (usageItems: object[], states: Override = { body: page(STATES) }) =>
  startGitHub({
    now,
    seats: 10,
    overrides: {
      'settings/billing/usage': { body: { usageItems } },
      'settings/billing/usage/summary': { status: 404, body: { message: 'Not Found' } },
      'settings/billing/cost-centers': { body: { costCenters: [] } },
      'settings/billing/budgets': {
        body: { budgets: BUDGETS, has_next_page: false, total_count: BUDGETS.length },
      },
      'settings/billing/budgets/everyone/user-states': states,
    },
  });
const page = (states: object[]) => ({
  user_states: states,
  has_next_page: false,
  total_count: states.length,
});
const run = (github: Simulator, inputs = {}) => report(github, { report: 'billing', ...inputs });

/** What the bill comes to, and bounds that it crosses. */
const VALUES = { 'budgets-over': 2, 'budgets-highest-percent': 620, 'user-budgets-over': 2 };
type Metric = keyof typeof VALUES;
const METRICS = Object.keys(VALUES) as Metric[];
const gates = (bound: (metric: Metric) => string) =>
  METRICS.map((metric) => `${metric}: ${bound(metric)}`).join('\n');
const KEPT = gates((metric) => `above ${VALUES[metric]}`);
const CROSSED = gates((metric) => `above ${VALUES[metric] - 1}`);

describe('a gate', () => {
  let runs: Record<'pass' | 'warn' | 'fail', ActionRun>;
  beforeAll(async () => {
    const github = await startBilled(USAGE);
    runs = {
      pass: await run(github, { 'fail-on': KEPT, 'warn-on': KEPT }),
      warn: await run(github, { 'fail-on': KEPT, 'warn-on': CROSSED }),
      fail: await run(github, { 'fail-on': CROSSED }),
    };
  }, 60_000);

  test('passes, warns and fails', () => {
    const told = ({ outputs, exitCode }: ActionRun) => [outputs.status, exitCode];
    expect([told(runs.pass), told(runs.warn), told(runs.fail)]).toEqual([
      ['pass', 0],
      ['warn', 0],
      ['fail', 1],
    ]);
    expect(metricsOf(runs.pass)).toMatchObject(VALUES);
  });

  test.each(METRICS)('on %s says the value and the bound', (metric) => {
    const said = `${metric} is ${VALUES[metric]}`;
    const bound = `above ${VALUES[metric] - 1}`;
    expect(annotations(runs.warn, 'warning').join('\n')).toContain(`${said} (warn-on: ${bound})`);
    expect(annotations(runs.fail, 'error').join('\n')).toContain(`${said} (fail-on: ${bound})`);
  });

  test('has its numbers from a table that says how many budgets count', () => {
    const { summary } = runs.pass;
    expect(summary).toContain('2 of 3 shared budgets are used up.');
    expect(summary).toContain('3 of 6 budgets count as shared');
    expect(summary).toContain('2 people have used up a budget of their own.');
    expect(summary).not.toMatch(/15,909|31\.17 licenses/);
    expect(annotations(runs.pass, 'notice').join('\n')).toContain('1 budget is a number of licenses');
    expect(csvRows(runs.pass.read('budgets.csv')).map(({ id, unit, spent }) => [id, unit, spent])).toEqual([
      ['macos', 'USD', '620'],
      ['codespaces', 'USD', '90'],
      ['credits', 'USD', '31.17'],
      ['licenses', 'licenses', ''],
      ['mona', 'USD', '51'],
      ['everyone', 'USD', ''],
    ]);
  });
});

describe('a gate whose value is not certain', () => {
  const QUANTUM = [...USAGE, item('Codespaces', 'Codespaces compute quantum', 'Hours', 700)];
  const between =
    'the enterprise’s budget for codespaces_compute_d8 may be W: between $90.00 and $790.00 of $100.00 are spent, ' +
    'because nobody recognises “Codespaces compute quantum”';
  const SAID: Record<Metric, string> = {
    'budgets-over': between.replace('W', 'used up or not'),
    'budgets-highest-percent': between.replace('W', 'the highest or not'),
    'user-budgets-over': 'the list of people at the limit of their budget was left out (no permission)',
  };
  let github: Simulator;
  beforeAll(async () => {
    github = await startBilled(QUANTUM, {
      status: 403,
      body: { message: 'Resource not accessible by personal access token' },
    });
  });

  test('is an error with fail-on, which names the budget and the name', async () => {
    const result = await run(github, { 'fail-on': KEPT });
    expect([result.outputs.status, result.exitCode]).toEqual(['error', 1]);
    const errors = annotations(result, 'error').join('\n');
    for (const metric of METRICS) {
      expect(errors).toContain(SAID[metric]);
      expect(result.outputs[metric]).toBe('');
    }
    expect(result.summary.replaceAll(/<[^>]*>/g, '')).toContain(
      '| Codespaces compute 8-core | $100.00 | ≈ $90.00 to $790.00 | 90 to 790 % |',
    );
    const rows = csvRows(result.read('budgets.csv'));
    expect(rows.find(({ id }) => id === 'codespaces')).toMatchObject({
      spent: '',
      spent_percent: '',
      spent_source: '',
    });
  });

  test('is a warning with warn-on', async () => {
    const result = await run(github, { 'warn-on': KEPT });
    expect([result.outputs.status, result.exitCode]).toEqual(['warn', 0]);
    const warnings = annotations(result, 'warning').join('\n');
    for (const metric of METRICS) expect(warnings).toContain(SAID[metric]);
  });

  test('of another period is one on people alone', async () => {
    const result = await run(github, { period: 'previous', 'warn-on': 'user-budgets-over: above 0' });
    expect(annotations(result, 'warning').join('\n')).toContain(
      'GitHub tells what people spent of the present alone',
    );
  });
});
