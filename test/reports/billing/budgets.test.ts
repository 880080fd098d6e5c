import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { assess } from '../../../src/reports/billing/budgets.ts';
import type { Cell } from '../../../src/reports/billing/costs.ts';
import { cents, money } from '../../../src/reports/billing/money.ts';
import * as schemas from '../../../src/reports/billing/schemas.ts';
import { budget, METERED, reportOn, said, usageItem } from './host.ts';

const parse = (given: object) => {
  const [first] = v.parse(schemas.budgets, { budgets: [budget(given)] }).budgets;
  if (first === undefined) throw new Error('no budget');
  return first;
};

const cell = (netAmount: number, given: Partial<Cell> = {}): Cell => ({
  product: 'Actions',
  sku: 'Actions Linux',
  organization: 'octo-org',
  repository: 'octo-org/app',
  costCenter: '',
  costCenterId: '',
  money: money({ grossAmount: netAmount * 2, discountAmount: netAmount, netAmount }),
  ...given,
});

const CELLS = [
  cell(1),
  cell(2, { sku: 'actions_windows', repository: 'octo-org/web' }),
  cell(4, { costCenter: 'Research', costCenterId: 'cc-1' }),
  cell(8, { organization: 'Other', repository: 'Other/tool' }),
  cell(128, { costCenter: 'Gone', costCenterId: 'cc-5', organization: 'Other', repository: 'Other/older' }),
  cell(64, { costCenter: 'research', costCenterId: 'cc-2', organization: 'Other', repository: 'Other/old' }),
  cell(16, { product: 'copilot', sku: 'Copilot AI Credits', organization: '', repository: '' }),
  cell(32, { product: 'Copilot', sku: 'copilot_for_business', organization: '', repository: '' }),
];

const COST_CENTERS = [
  { id: 'cc-1', name: 'Research', state: 'active' },
  { id: 'cc-2', name: 'research', state: 'deleted' },
  { id: 'cc-3', name: 'Twice', state: 'active' },
  { id: 'cc-4', name: 'Twice', state: 'active' },
  { id: 'cc-5', name: 'Gone', state: 'deleted' },
];
const USAGE = { cells: CELLS, costCenters: COST_CENTERS };

const spent = (given: object, usage: typeof USAGE | undefined = USAGE, current = true) => {
  const found = assess(parse(given), usage, current);
  return found.spent === undefined ? found.unknown : cents(found.spent);
};

describe('spending is estimated from the line items that a budget covers', () => {
  test.each([
    ['the enterprise', {}, 207],
    ['the enterprise without its cost centers', { exclude_cost_center_usage: true }, 11],
    ['an organization, in any case', { budget_scope: 'organization', budget_entity_name: 'Octo-Org' }, 7],
    ['a repository', { budget_scope: 'repository', budget_entity_name: 'octo-org/web' }, 2],
    ['a cost center by name', { budget_scope: 'cost_center', budget_entity_name: 'research' }, 4],
    ['a deleted cost center by id', { budget_scope: 'cost_center', budget_entity_name: 'CC-2' }, 64],
    [
      'a deleted cost center, the only one of its name',
      { budget_scope: 'cost_center', budget_entity_name: 'Gone' },
      128,
    ],
    ['a cost center by id', { budget_scope: 'cost-center', budget_entity_name: 'cc-1' }, 4],
    ['a SKU', { budget_type: 'SkuPricing', budget_product_sku: 'actions_linux' }, 205],
    [
      'several SKUs',
      {
        budget_type: 'SkuPricing',
        budget_product_skus: ['actions_windows'],
        budget_product_sku: 'actions_linux',
      },
      207,
    ],
    ['a bundle', { budget_type: 'BundlePricing', budget_product_sku: 'ai_credits' }, 16],
    ['a product without usage', { budget_product_sku: 'packages' }, 0],
  ])('%s', (_, given, expected) => {
    expect(spent(given)).toBe(expected);
  });
});

describe('spending is unknown', () => {
  test.each([
    ['of licenses', { budget_type: 'SkuPricing', budget_product_sku: 'copilot_for_business' }, 'licenses'],
    [
      'of any SKU of licenses',
      { budget_type: 'SkuPricing', budget_product_sku: 'ghas_secret_protection_licenses' },
      'licenses',
    ],
    ['of a product that is licenses', { budget_product_sku: 'ghec' }, 'licenses'],
    ['of each person', { budget_scope: 'multi_user_customer' }, 'scope'],
    ['of each person of a cost center', { budget_scope: 'multi_user_cost_center' }, 'scope'],
    ['of one person, unless GitHub says', { budget_scope: 'user', user: 'mona' }, 'scope'],
    [
      'of a name that several cost centers have',
      { budget_scope: 'cost_center', budget_entity_name: 'twice' },
      'cost-center',
    ],
    [
      'of a cost center that is not listed',
      { budget_scope: 'cost_center', budget_entity_name: 'Nowhere' },
      'cost-center',
    ],
    ['of an organization without a name', { budget_scope: 'organization' }, 'scope'],
    ['of a repository without its owner', { budget_scope: 'repository', budget_entity_name: 'web' }, 'scope'],
    ['of a type that is not documented', { budget_type: 'Other' }, 'scope'],
    ['of no product', { budget_product_sku: '' }, 'scope'],
  ])('%s', (_, given, expected) => {
    expect(spent(given)).toBe(expected);
  });

  test('of whichever scope, while line items are missing', () => {
    const budget = parse({ budget_scope: 'cost_center', budget_entity_name: 'Research' });
    expect(assess(budget, undefined, true)).toMatchObject({ unknown: 'items' });
  });

  test('while line items are missing', () => {
    expect(assess(parse({}), undefined, true)).toMatchObject({
      unknown: 'items',
      spent: undefined,
      over: false,
    });
  });
});

test('GitHub’s own figure wins, unless the period is past', () => {
  expect(spent({ consumed_amount: 99 })).toBe(99);
  expect(spent({ consumed_amount: 0 })).toBe(0);
  expect(spent({ consumed_amount: 99 }, USAGE, false)).toBe(207);
  expect(spent({ consumed_amount: 99, budget_scope: 'user' }, USAGE, false)).toBe('scope');
});

test('a budget is over from the moment that spending reaches it, and never at an amount of 0', () => {
  const over = (consumed_amount: number, budget_amount: number) =>
    assess(parse({ consumed_amount, budget_amount }), USAGE, true);
  expect(over(9.999, 10)).toMatchObject({ over: false });
  expect(over(10, 10)).toMatchObject({ over: true });
  expect(over(5, 0)).toMatchObject({ over: false, percent: undefined });
});

describe('metrics', () => {
  const measuresOf = async (...budgets: object[]) =>
    (
      await reportOn({
        ...METERED,
        budgets: { budgets: budgets.map((given, id) => budget({ id: `b${id}`, ...given })) },
      })
    ).measures;

  test('count the budgets whose spending is known', async () => {
    expect(
      await measuresOf(
        { consumed_amount: 5 },
        { budget_amount: 2 },
        { budget_amount: 0 },
        { budget_scope: 'user' },
      ),
    ).toMatchObject({ 'budgets-over': 1, 'budgets-highest-percent': 500 });
  });

  test('budgets of unknown spending are left out with a notice that says how many, and why', async () => {
    const noticesOf = async (...budgets: object[]) =>
      (
        await reportOn({
          ...METERED,
          budgets: { budgets: budgets.map((given, id) => budget({ id: `b${id}`, ...given })) },
        })
      ).notices;
    expect(
      await noticesOf(
        {},
        { budget_scope: 'user' },
        { budget_product_sku: 'ghec' },
        { budget_scope: 'user', budget_amount: 0 },
      ),
    ).toEqual([
      {
        level: 'notice',
        text:
          '2 of 3 budgets could not be compared with their spending and are not in budgets-over: spending of budgets ' +
          'for each person, or without a name, is not in the line items; budgets of license products are numbers of ' +
          'licenses, not dollars, and are not compared.',
      },
    ]);
    expect((await noticesOf({}, { budget_product_sku: 'ghec' }))[0]?.text).toMatch(
      /^1 of 2 budgets could not be compared with its spending and is not in budgets-over: /,
    );
    expect(await noticesOf({}, { budget_scope: 'user', budget_amount: 0 })).toEqual([]);
    // Then a gate says why there is no value.
    expect(await noticesOf({ budget_scope: 'user' })).toEqual([]);
  });

  test('no budget with an amount is nothing to measure', async () => {
    for (const budgets of [[], [{ budget_amount: 0 }]]) {
      expect((await measuresOf(...budgets))['budgets-over']).toMatchObject({ absent: 'nothing-to-measure' });
    }
  });

  test('budgets that nobody can compare do not let a gate pass', async () => {
    expect((await measuresOf({ budget_scope: 'multi_user_customer' }))['budgets-over']).toMatchObject({
      absent: 'not-delivered',
    });
  });
});

describe('what the reader sees', () => {
  test('a person is named only where the budget is used up', async () => {
    const user = (id: string, user: string, consumed_amount: number) =>
      budget({
        id,
        user,
        consumed_amount,
        budget_scope: 'user',
        budget_type: 'BundlePricing',
        budget_product_sku: 'ai_credits',
      });
    const calm = user('calm', 'calm-person', 0.1);
    const over = Array.from({ length: 12 }, (_, index) =>
      user(`over-${index}`, `over-${index}`, 100 - index),
    );
    const few = await reportOn({ ...METERED, budgets: { budgets: [calm, ...over.slice(0, 2)] } });
    expect(said(few).match(/"person":/g)).toHaveLength(2);
    expect(said(few)).not.toContain('calm-person');
    const many = await reportOn({ ...METERED, budgets: { budgets: [calm, ...over] } });
    expect(said(many).match(/"person":/g)).toHaveLength(10);
    expect(said(many)).toContain('12 of 13 budgets are used up');
  });

  test('estimates are marked, and say what they miss', async () => {
    const report = await reportOn({ ...METERED, budgets: { budgets: [budget({ budget_amount: 0.4 })] } });
    expect(said(report)).toContain('≈ $0.50');
    expect(said(report)).toContain('before a budget was created');
    expect(said(report)).toMatch(/1 of 1 budgets is used up.*1 of them stops further usage/s);
  });

  test('a repository stands as one, so that a person’s can be redacted as a whole', async () => {
    const usage = {
      usageItems: [usageItem(), usageItem({ organizationName: '', repositoryName: 'mona/dotfiles' })],
    };
    const report = await reportOn({ ...METERED, usage });
    expect(said(report)).toContain('{"repository":"mona/dotfiles"}');
    expect(said(report)).toContain('{"repository":"octo-org/app"}');
    expect(report.organizations).toEqual(['acme', 'octo-org']);
  });
});

test('a deleted cost center is marked in the table, and does not count against a budget of its name', async () => {
  const costCenters = {
    costCenters: ['active', 'deleted'].map((state) => ({ id: state, name: 'Team', state, resources: [] })),
  };
  const usage = ({ cost_center_id: id }: { cost_center_id?: unknown }) => ({
    usageItems: id === undefined ? [] : [usageItem({ netAmount: id === 'active' ? 10 : 90 })],
  });
  const budgets = {
    budgets: [budget({ budget_scope: 'cost_center', budget_entity_name: 'Team', budget_amount: 50 })],
  };
  const report = await reportOn({ ...METERED, usage, budgets, 'cost-centers': costCenters });
  expect(report.measures).toMatchObject({ 'budgets-over': 0, 'budgets-highest-percent': 20 });
  expect(said(report)).toContain('["Team (deleted)",');
  expect(said(report)).toContain('["Team",');
});

test('a budget of licenses reads as numbers of licenses', async () => {
  const licenses = budget({
    budget_product_sku: 'ghas_licenses',
    budget_type: 'SkuPricing',
    budget_amount: 1200,
    consumed_amount: 1,
  });
  const report = await reportOn({ ...METERED, budgets: { budgets: [licenses] } });
  expect(said(report)).toContain('"1,200 licenses","1 license"');
});

describe('no budget is lost', () => {
  const idsOf = async (...pages: object[][]) => {
    const budgets = ({ page }: { page?: unknown }) => ({
      budgets: pages[Number(page) - 1],
      has_next_page: Number(page) < pages.length,
    });
    const report = await reportOn({ ...METERED, budgets });
    return (report.tables.find(({ name }) => name === 'budgets')?.rows ?? []).map((row) => row.budget.amount);
  };
  const { id: _, ...nameless } = budget();

  test('to another without an id, or with the same one on the same page', async () => {
    expect(await idsOf([budget({ budget_amount: 1 }), budget({ budget_amount: 2 })])).toEqual([1, 2]);
    expect(await idsOf([budget({ id: '' }), budget({ id: '' }), nameless])).toEqual([1, 1, 1]);
  });

  test('and none is counted twice because it moved to the next page meanwhile', async () => {
    const [first, second, third] = [1, 2, 3].map((budget_amount) =>
      budget({ id: `budget-${budget_amount}`, budget_amount }),
    ) as [object, object, object];
    expect(await idsOf([first, second], [second, third])).toEqual([1, 2, 3]);
  });
});

test('a cost center without an id is no answer that can be used: its usage would be counted twice', async () => {
  const costCenters = { costCenters: [{ id: '', name: 'Team', state: 'active', resources: [] }] };
  const report = await reportOn({ ...METERED, 'cost-centers': costCenters });
  expect(report.errors[0]?.message).toMatch(/^the list of cost centers: /);
});
