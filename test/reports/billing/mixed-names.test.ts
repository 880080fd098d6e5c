/** One enterprise, whose line items, summary and budgets call the same things by different names. */
import { expect, test } from 'vitest';
import { METERED, reportOn, said, summary, summaryRow, tableOf, usageItem } from './host.ts';

const item = (sku: string, netAmount: number, given: object = {}) =>
  usageItem({ sku, netAmount, grossAmount: netAmount, discountAmount: 0, ...given });
const row = (product: string, sku: string, netAmount: number) =>
  summaryRow({ product, sku, netAmount, grossAmount: netAmount, discountAmount: 0 });

const COPILOT = { product: 'Copilot', unitType: 'UserMonths', repositoryName: '' };
const USAGE = {
  usageItems: [
    item('Actions macOS 3-core', 620),
    item('actions_macos', 10, { product: 'actions' }),
    item('Copilot Business', 190, COPILOT),
    item('Copilot AI Credits', 31.17, { ...COPILOT, unitType: 'AICredits' }),
    item('Packages data transfer', 5, { product: 'Packages', unitType: 'Gigabytes' }),
  ],
};
const SUMMARY = summary(
  row('actions', 'actions_macos', 630),
  row('copilot', 'copilot_for_business', 209),
  row('copilot', 'copilot_ai_unit', 31.17),
  row('packages', 'packages_bandwidth', 5),
);
const HOST = { ...METERED, usage: USAGE, 'usage/summary': SUMMARY };

test('only the SKU that differs is told, and not those that have two names', async () => {
  const text = said(await reportOn(HOST));
  expect(text).toContain('They differ in Copilot Business (-$19.00).');
});

test('a difference in gross alone is told as one', async () => {
  const text = said(
    await reportOn({
      ...METERED,
      usage: { usageItems: [item('Actions macOS 3-core', 1, { grossAmount: 3, discountAmount: 2 })] },
      'usage/summary': summary(row('actions', 'actions_macos', 1)),
    }),
  );
  expect(text).toContain('They differ in Actions macOS 3-core ($2.00 gross).');
});

test('tables have each product and SKU once, by its name for people', async () => {
  for (const host of [HOST, { ...HOST, 'usage/summary': undefined }]) {
    const { sections } = await reportOn(host);
    const labels = (title: string) => {
      const blocks = sections.find((section) => section.title === title)?.blocks ?? [];
      return blocks.flatMap((block) => (block.kind === 'table' ? block.rows.map(([label]) => label) : []));
    };
    expect(labels('Spending in November 2026 so far')).toEqual(['Actions', 'Copilot', 'Packages']);
    expect(labels('Spending by SKU')).toEqual([
      'Actions macOS 3-core',
      'Copilot Business',
      'Copilot AI Credits',
      'Packages data transfer',
    ]);
    expect(labels('Actions, Packages and storage')).toEqual(['Actions macOS 3-core']);
  }
});

test('usage.csv keeps the names that GitHub sent, and adds the identifier last', async () => {
  const rows = tableOf(await reportOn(HOST), 'usage');
  expect(rows.map(({ sku, canonical_sku }) => [sku, canonical_sku])).toEqual([
    ['Actions macOS 3-core', 'actions_macos'],
    ['actions_macos', 'actions_macos'],
    ['Copilot Business', 'copilot_for_business'],
    ['Copilot AI Credits', 'copilot_ai_credits'],
    ['Packages data transfer', 'packages_bandwidth'],
  ]);
  expect(Object.keys(rows[0] ?? {}).slice(-2)).toEqual(['cost_center', 'canonical_sku']);
});

test('Copilot by model has what both of its listings answer once, and each model once', async () => {
  const ofModel = (model: string, unitType: string, quantity: number) =>
    summaryRow({
      product: 'copilot',
      sku: 'x',
      model,
      unitType,
      grossQuantity: quantity,
      grossAmount: quantity,
    });
  const credits = [ofModel('GPT-5', 'ai-units', 3), ofModel('GPT-5', 'AICredits', 4)];
  const requests = [ofModel('GPT-5', 'Requests', 5)];
  const tablesOf = async (premium: object[], ai: object[]) => {
    const { sections } = await reportOn({
      ...METERED,
      'premium_request/usage': summary(...premium),
      'ai_credit/usage': summary(...ai),
    });
    const blocks = sections.find(({ title }) => title === 'Copilot by model')?.blocks ?? [];
    return blocks.flatMap((block) =>
      block.kind === 'table' ? block.rows.map((cells) => [block.columns[1]?.label, cells[0], cells[1]]) : [],
    );
  };
  const both = [
    ['Premium requests', 'GPT-5', 5],
    ['AI credits', 'GPT-5', 7],
  ];
  expect(await tablesOf([...requests, ...credits], credits)).toEqual(both);
  expect(await tablesOf([...requests, ...credits], [])).toEqual(both);
  expect(await tablesOf(requests, credits)).toEqual(both);
});
