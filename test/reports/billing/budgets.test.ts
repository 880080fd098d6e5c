import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { groupSpending } from '../../../src/reports/billing/budget-coverage.ts';
import { assessBudget, type BudgetSpending } from '../../../src/reports/billing/budgets.ts';
import type { UsageCost } from '../../../src/reports/billing/costs.ts';
import { cents, money } from '../../../src/reports/billing/money.ts';
import * as schemas from '../../../src/reports/billing/schemas.ts';
import { budget, METERED, reportOn, said, tableOf, usageItem } from './host.ts';

const parse = (given: object) => {
  const [first] = v.parse(schemas.budgets, { budgets: [budget(given)] }).budgets;
  if (first === undefined) throw new Error('no budget');
  return first;
};

const cost = (netAmount: number, given: Partial<UsageCost> = {}): UsageCost => ({
  product: 'Actions',
  sku: 'Actions Linux',
  unit: 'minutes',
  organization: 'octo-org',
  repository: 'octo-org/app',
  costCenter: '',
  costCenterId: '',
  money: money({ grossAmount: netAmount * 2, discountAmount: netAmount, netAmount }),
  ...given,
});

const COSTS = [
  cost(1),
  cost(2, { sku: 'actions_windows', repository: 'octo-org/web' }),
  cost(4, { costCenter: 'Research', costCenterId: 'cc-1' }),
  cost(8, { organization: 'Other', repository: 'Other/tool' }),
  cost(128, { costCenter: 'Gone', costCenterId: 'cc-5', organization: 'Other', repository: 'Other/older' }),
  cost(64, { costCenter: 'research', costCenterId: 'cc-2', organization: 'Other', repository: 'Other/old' }),
  cost(16, { product: 'copilot', sku: 'Copilot AI Credits', organization: '', repository: '' }),
  cost(32, { product: 'Copilot', sku: 'copilot_for_business', organization: '', repository: '' }),
];

const COST_CENTERS = [
  { id: 'cc-1', name: 'Research', state: 'active' },
  { id: 'cc-2', name: 'research', state: 'deleted' },
  { id: 'cc-3', name: 'Twice', state: 'active' },
  { id: 'cc-4', name: 'Twice', state: 'active' },
  { id: 'cc-5', name: 'Gone', state: 'deleted' },
];
/** In cents where it is certain; else the lowest and the highest, or why nobody can tell. */
function told({ spent, doubt, kind }: BudgetSpending): unknown {
  if (spent === undefined) return doubt ?? kind;
  const [lowest, highest] = [cents(spent.lowest), cents(spent.highest)];
  return lowest === highest ? lowest : [lowest, highest, doubt];
}
function spent(given: object, costs: readonly UsageCost[] = COSTS, isCurrent = true) {
  const parsed = parse(given);
  return told(assessBudget(parsed, groupSpending(costs, COST_CENTERS, [parsed]), isCurrent));
}

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

test('a bill and a budget that call one SKU differently meet', () => {
  const pairs = [
    ['Actions macOS 3-core', 'actions_macos'],
    ['Codespaces compute 8-core', 'codespaces_compute_d8'],
    ['Copilot AI Credits', 'copilot_ai_unit'],
    ['copilot_ai_unit', 'copilot_ai_credits'],
    ['spark_ai_unit', 'spark_ai_credits'],
  ];
  for (const [sku = '', budget_product_sku = ''] of pairs) {
    const usage = [cost(620, { sku })];
    expect(spent({ budget_type: 'SkuPricing', budget_product_sku }, usage)).toBe(620);
    expect(spent({ budget_type: 'SkuPricing', budget_product_sku: 'actions_linux' }, usage)).toBe(0);
  }
});

describe('a SKU that nobody recognises may count', () => {
  const usage = [
    cost(10, { sku: 'Actions macOS 3-core' }),
    cost(600, { sku: 'Actions quantum', costCenter: 'Research', costCenterId: 'cc-1' }),
    cost(7, { product: 'Code Quality', sku: 'Code Quality credits', unit: 'ai-units' }),
    cost(5, { product: 'copilot', sku: 'coding_agent_ai_unit' }),
  ];
  const quantum = 'nobody recognises “Actions quantum”';
  test.each([
    [
      'within its product',
      { budget_type: 'SkuPricing', budget_product_sku: 'actions_macos' },
      [10, 610, quantum],
    ],
    [
      'within its scope',
      { budget_type: 'SkuPricing', budget_product_sku: 'actions_macos', exclude_cost_center_usage: true },
      10,
    ],
    ['and not in another product', { budget_type: 'SkuPricing', budget_product_sku: 'packages_storage' }, 0],
    ['and always for its product', {}, 610],
    [
      'and for itself in any spelling',
      { budget_type: 'SkuPricing', budget_product_sku: 'actions_quantum' },
      [600, 607, 'nobody recognises “Code Quality credits”'],
    ],
    [
      'in a bundle by its unit',
      { budget_type: 'BundlePricing', budget_product_sku: 'ai_credits' },
      [5, 12, 'nobody recognises “Code Quality credits”'],
    ],
    [
      'in a SKU of AI credits by its product alone',
      { budget_type: 'SkuPricing', budget_product_sku: 'copilot_ai_credits' },
      0,
    ],
    [
      'in a bundle that nobody recognises',
      { budget_type: 'BundlePricing', budget_product_sku: 'everything' },
      [0, 622, 'it does not say for which product or SKU it is, or in a way that is not known'],
    ],
  ])('%s', (_, given, expected) => {
    expect(spent(given, usage)).toEqual(expected);
  });

  test('credits make it less, and nothing that comes to nothing is in doubt', () => {
    const costs = [
      cost(-30, { sku: 'a' }),
      cost(20, { sku: 'b' }),
      cost(0, { sku: 'c' }),
      cost(1, { sku: 'actions_macos' }),
    ];
    const given = { budget_type: 'SkuPricing', budget_product_sku: 'actions_macos' };
    expect(spent(given, costs)).toEqual([-29, 21, 'nobody recognises “a”, “b”']);
    expect(spent(given, costs.slice(2))).toBe(1);
  });
});

describe('spending is not certain', () => {
  const unclear = 'it does not say for which product or SKU it is, or in a way that is not known';
  test.each([
    [
      'of a name that several cost centers have',
      { budget_scope: 'cost_center', budget_entity_name: 'twice' },
      [cost(3, { costCenterId: 'cc-3' }), cost(4, { costCenterId: 'cc-4' })],
      [0, 7, 'several cost centers have its name'],
    ],
    [
      'of a cost center that is not listed',
      { budget_scope: 'cost_center', budget_entity_name: 'Nowhere' },
      COSTS,
      'no cost center of its name is listed',
    ],
    [
      'of an organization without a name',
      { budget_scope: 'organization' },
      COSTS,
      [0, 207, 'it names no organization'],
    ],
    [
      'of a repository without its owner',
      { budget_scope: 'repository', budget_entity_name: 'web' },
      COSTS,
      [0, 2, 'repositories are named without their owner'],
    ],
    [
      'of a repository that the bill names without its owner',
      { budget_scope: 'repository', budget_entity_name: 'octo-org/web' },
      [cost(1, { repository: 'octo-org/web' }), cost(2, { organization: '', repository: 'web' })],
      [1, 3, 'repositories are named without their owner'],
    ],
    ['of a type that is not documented', { budget_type: 'Other' }, COSTS, [0, 255, unclear]],
    ['of no product', { budget_product_sku: '' }, COSTS, [0, 255, unclear]],
  ])('%s', (_, given, usage, expected) => {
    expect(spent(given, usage)).toEqual(expected);
  });

  test.each([
    ['a product budget that names a SKU', { budget_product_sku: 'actions_macos' }],
    ['a SKU budget that names a product', { budget_type: 'SkuPricing', budget_product_sku: 'actions' }],
  ])('of %s', (_, given) => {
    expect(spent(given, [cost(620, { sku: 'Actions macOS 3-core' })])).toEqual([0, 620, unclear]);
  });

  test('of a product that nobody recognises, where the bill has another such', () => {
    const usage = [cost(620, { product: 'GitHub Code Quality', sku: 'Reviews' }), cost(1)];
    const given = { budget_product_sku: 'code_quality' };
    expect(spent(given, usage)).toEqual([0, 620, 'nobody recognises “Reviews”']);
    expect(spent(given, [cost(620, { product: 'Code Quality' }), cost(1)])).toBe(620);
  });

  test('and none where nothing could be its', () => {
    expect(spent({ budget_scope: 'repository', budget_entity_name: 'nowhere' })).toBe(0);
  });

  test('of whichever scope, while line items are missing', () => {
    const why = 'line items are dated outside November 2026';
    for (const given of [{}, { budget_scope: 'cost_center', budget_entity_name: 'Research' }]) {
      expect(assessBudget(parse(given), why, true)).toMatchObject({ doubt: why, spent: undefined });
    }
  });
});

describe('a budget is of a kind', () => {
  test.each([
    ['licenses', { budget_type: 'SkuPricing', budget_product_sku: 'copilot_for_business' }],
    ['licenses', { budget_type: 'SkuPricing', budget_product_sku: 'Copilot Business' }],
    ['licenses', { budget_type: 'SkuPricing', budget_product_sku: 'ghas_secret_protection_licenses' }],
    ['licenses', { budget_type: 'SkuPricing', budget_product_sku: 'code_quality_licenses' }],
    ['licenses', { budget_product_sku: 'ghec' }],
    ['people', { budget_scope: 'multi_user_customer', budget_product_sku: 'copilot' }],
    ['people', { budget_scope: 'multi_user_cost_center' }],
    ['people', { budget_scope: 'user', user: 'mona' }],
    ['unknown', { budget_scope: 'galaxy' }],
    ['unknown', { budget_scope: '' }],
  ])('%s: %j', (kind, given) => {
    expect(spent(given)).toBe(kind);
  });
});

test('GitHub’s own figure wins, unless the period is past', () => {
  expect(spent({ consumed_amount: 99 })).toBe(99);
  expect(spent({ consumed_amount: 0 })).toBe(0);
  expect(spent({ consumed_amount: 99 }, COSTS, false)).toBe(207);
  expect(spent({ consumed_amount: 99, budget_scope: 'user' }, COSTS, false)).toBe('people');
});

test('what all people together spent is never held against the amount for each of them', () => {
  expect(spent({ consumed_amount: 35_000, budget_amount: 220, budget_scope: 'multi_user_customer' })).toBe(
    'people',
  );
});

/** The report on an enterprise with these budgets and these line items. */
const reportWith = (budgets: object[], usageItems = [usageItem()]) =>
  reportOn({
    ...METERED,
    usage: { usageItems },
    'usage/summary': undefined,
    budgets: { budgets: budgets.map((given, id) => budget({ id: `b${id}`, ...given })) },
  });

describe('metrics', () => {
  const MACOS = { budget_type: 'SkuPricing', budget_product_sku: 'actions_macos' };
  const macos = (netAmount: number) => usageItem({ sku: 'Actions macOS 3-core', netAmount });
  const quantum = (netAmount: number) => usageItem({ sku: 'Actions quantum', netAmount });
  const measuresOf = async (budgets: object[], usageItems?: object[]) => {
    const { measures } = await reportWith(budgets, usageItems as never);
    return [measures['budgets-over'], measures['budgets-highest-percent']];
  };
  const absent = (state: string) => expect.objectContaining({ absent: state });

  test('count shared budgets, and not those of people, of licenses and of $0', async () => {
    const budgets = [
      { consumed_amount: 5 },
      { budget_amount: 2 },
      { budget_amount: 0 },
      { budget_scope: 'user', user: 'mona', consumed_amount: 1.02 },
      { budget_scope: 'multi_user_customer', consumed_amount: 35_000, budget_amount: 220 },
      { budget_product_sku: 'ghec' },
    ];
    expect(await measuresOf(budgets)).toEqual([1, 500]);
  });

  test('exist where every budget lies on one side of its amount, whatever is not recognised', async () => {
    const budgets = [
      { ...MACOS, budget_amount: 100 },
      { ...MACOS, budget_amount: 1000 },
    ];
    expect(await measuresOf(budgets, [macos(620)])).toEqual([1, 620]);
    expect(await measuresOf(budgets, [macos(620), quantum(100)])).toEqual([1, absent('not-delivered')]);
    expect(await measuresOf(budgets, [macos(620), quantum(0)])).toEqual([1, 620]);
    // The highest is certain although another is not.
    const both = [{ ...MACOS, budget_amount: 1000 }, { budget_amount: 10 }];
    expect(await measuresOf(both, [macos(620), quantum(100)])).toEqual([1, 7200]);
  });

  test('are not delivered where a budget may be used up, and name it and what is not recognised', async () => {
    const budgets = [{ ...MACOS, budget_amount: 1000 }];
    const why = (what: string) => ({
      absent: 'not-delivered',
      why:
        `the enterprise’s budget for actions_macos ${what}: between $620.00 and $1,020.00 of $1,000.00 are spent, ` +
        'because nobody recognises “Actions quantum”',
    });
    expect(await measuresOf(budgets, [macos(620), quantum(400)])).toEqual([
      why('may be used up or not'),
      why('may be the highest or not'),
    ]);
  });

  test('name a budget for each reason, and never a repository, which can be a person’s', async () => {
    const budgets = ['mona/a', 'mona/b', 'mona/c', 'mona/d', 'mona/e'].map((budget_entity_name) => ({
      ...MACOS,
      budget_scope: 'repository',
      budget_entity_name,
    }));
    const items = budgets.map(({ budget_entity_name: repositoryName }) => ({
      ...quantum(4),
      repositoryName,
    }));
    const [over] = await measuresOf(budgets, items);
    expect(over).toMatchObject({
      why: expect.stringMatching(
        /^the repository budget b0 for actions_macos and 4 more budgets may be used up or not, because nobody/,
      ),
    });
    expect(JSON.stringify(over)).not.toContain('mona');
  });

  test('of a cost center that is not listed are not known', async () => {
    const [over, highest] = await measuresOf([{ budget_scope: 'cost_center', budget_entity_name: 'Gone' }]);
    const why =
      'the budget of cost center Gone for actions may be used up or not, because no cost center of its name is listed';
    expect(over).toEqual({ absent: 'not-delivered', why });
    expect(highest).toEqual(absent('not-delivered'));
  });

  test('what no metric sees is told in a notice', async () => {
    const noticesOf = async (...budgets: object[]) =>
      (await reportWith(budgets)).notices.filter(({ text }) => text.includes('budget'));
    const licenses = { budget_product_sku: 'ghec' };
    const unknown = { budget_scope: 'galaxy' };
    expect(await noticesOf({}, licenses, licenses, unknown)).toEqual([
      {
        level: 'notice',
        text: '2 budgets are numbers of licenses and not of dollars, so not in budgets-over.',
      },
      {
        level: 'notice',
        text: '1 budget has a scope that this version does not know (galaxy), so not in budgets-over.',
      },
    ]);
    expect(
      await noticesOf({}, { ...licenses, budget_amount: 0 }, { budget_scope: 'user', user: 'mona' }),
    ).toEqual([]);
  });

  test('no shared budget with an amount is nothing to measure', async () => {
    for (const budgets of [[], [{ budget_amount: 0 }], [{ budget_scope: 'multi_user_customer' }]]) {
      expect(await measuresOf(budgets)).toEqual([absent('nothing-to-measure'), absent('nothing-to-measure')]);
    }
  });

  test('budgets that nobody can compare do not let a gate pass', async () => {
    for (const budgets of [[{ budget_product_sku: 'ghec' }], [{ budget_scope: 'galaxy' }]]) {
      expect(await measuresOf(budgets)).toEqual([absent('not-delivered'), absent('not-delivered')]);
    }
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
    expect(said(many).match(/"person":/g)).toHaveLength(5);
    expect(said(many)).toContain('12 people have used up a budget of their own.');
  });

  test('estimates are marked, and say what they miss', async () => {
    const report = await reportOn({ ...METERED, budgets: { budgets: [budget({ budget_amount: 0.4 })] } });
    expect(said(report)).toContain('≈ $0.50');
    expect(said(report)).toContain('before a budget was created');
    expect(said(report)).toMatch(/1 of 1 shared budget is used up.*1 of them stops further usage/s);
  });

  test('what is not certain is a range, in the table as in a note, and an empty cell in budgets.csv', async () => {
    const report = await reportWith(
      [{ budget_type: 'SkuPricing', budget_product_sku: 'actions_linux', budget_amount: 2 }],
      [usageItem({ netAmount: 1 }), usageItem({ sku: 'Actions quantum', netAmount: 4 })],
    );
    expect(said(report)).toContain('"$2.00","≈ $1.00 to $5.00","50 to 250 %"');
    expect(said(report)).toContain(
      'What a budget has spent is not certain, because nobody recognises “Actions quantum”.',
    );
    expect(tableOf(report, 'budgets')).toMatchObject([
      { amount: 2, unit: 'USD', spent: undefined, spent_percent: undefined, spent_source: undefined },
    ]);
  });

  test('how many budgets are shared is explained where others are listed too', async () => {
    const report = await reportWith([
      { budget_amount: 0.4 },
      { budget_amount: 90 },
      { budget_scope: 'user' },
    ]);
    expect(said(report)).toContain('1 of 2 shared budgets is used up.');
    expect(said(report)).toContain('2 of 3 budgets count as shared');
    expect(report.figures).toContainEqual(
      expect.objectContaining({ label: 'Budgets used up', hint: 'of 2' }),
    );
  });

  test('a budget of $0 says whether anything was spent', async () => {
    const used = async (given: object) => {
      const report = await reportWith([{ budget_amount: 0, ...given }]);
      return said(report).match(/"\$0\.00","≈ [^"]+",("[^"]*")/)?.[1];
    };
    expect(await used({})).toBe('"more than $0"');
    expect(await used({ budget_product_sku: 'packages' })).toBe('"nothing"');
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
