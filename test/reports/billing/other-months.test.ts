/** Answers about another month than was asked for, or perhaps of another, and accounts that know nothing. */
import { describe, expect, test } from 'vitest';
import { refusal } from '../fake-client.ts';
import { METERED, reportOn, said, summary, summaryRow, usageItem } from './host.ts';

const textsOf = ({ notices }: { notices: readonly { text: string }[] }) => notices.map(({ text }) => text);
const OUTSIDE = { date: '2025-01-05T00:00:00Z', netAmount: 900, quantity: 900 };
const COSTS = ['cost-gross', 'cost-discount', 'cost-net', 'cost-net-forecast'] as const;
const USAGE = ['actions-minutes-used', 'packages-gb-used', 'storage-gb'] as const;
const { usage: _, ...WITHOUT_USAGE } = METERED;
const { 'usage/summary': __, ...WITHOUT_SUMMARY } = METERED;

describe('a summary of another period', () => {
  test.each([
    [{ year: 2025, month: 11 }, '2025-11'],
    [{ year: 2026, month: 10 }, '2026-10'],
    [{ year: 2026, month: 11, day: 5 }, '2026-11-05'],
    [{ year: 2025 }, '2025'],
  ])('%o is left out, with a warning, and costs are the line items’', async (timePeriod, name) => {
    const other = { ...summary(summaryRow({ netAmount: 99 })), timePeriod };
    const report = await reportOn({ ...METERED, 'usage/summary': other });
    expect(report.measures['cost-net']).toBe(0.5);
    expect(report.errors).toEqual([]);
    expect(textsOf(report)).toEqual([
      `The usage summary is of another period: GitHub answered for ${name}, not for November 2026.`,
    ]);
    const alone = await reportOn({ 'usage/summary': other, budgets: METERED.budgets });
    for (const metric of [...COSTS, ...USAGE]) {
      expect(alone.measures[metric]).toEqual({
        absent: 'not-delivered',
        why: 'the usage summary was left out (of another period); usage was left out (not found)',
      });
    }
  });

  test('does not bring back the previous platform, because it shows metered usage', async () => {
    const actions = { total_minutes_used: 5, total_paid_minutes_used: 5, included_minutes: 9 };
    const other = { ...summary(), timePeriod: { year: 2025 } };
    const { measures } = await reportOn({ actions, 'usage/summary': other });
    expect(measures['actions-minutes-used']).toMatchObject({ absent: 'not-delivered' });
  });
});

describe('a summary that names no month', () => {
  const ofYear = (...rows: object[]) => ({ ...summary(...rows), timePeriod: { year: 2026 } });

  test('counts where complete line items agree to the cent', async () => {
    const report = await reportOn({ ...METERED, 'usage/summary': ofYear(summaryRow({ netAmount: 0.504 })) });
    expect(report.measures['cost-net']).toBe(0.5);
    expect(said(report)).toContain('Costs are from the usage summary.');
    expect(report.notices).toEqual([]);
  });

  test.each(['grossAmount', 'discountAmount', 'netAmount'])(
    'gives way to line items that differ by a cent in %s',
    async (field) => {
      const host = { ...METERED, 'usage/summary': ofYear(summaryRow({ [field]: 7 })) };
      const report = await reportOn(host);
      expect(report.measures).toMatchObject({ 'cost-gross': 0.8, 'cost-discount': 0.3, 'cost-net': 0.5 });
      expect(textsOf(report).join()).toMatch(/usage summary names no month, .*: it is not used/);
      expect(said(report)).toContain('Costs are from the line items.');
    },
  );

  test('counts where no line items were delivered, and says that its month is unconfirmed', async () => {
    const host = { ...METERED, 'usage/summary': ofYear(summaryRow({ netAmount: 0.7 })) };
    for (const usage of [refusal('not-found', 404), refusal('server', 500)]) {
      const report = await reportOn({ ...host, usage });
      expect(report.measures).toMatchObject({ 'cost-net': 0.7, 'actions-minutes-used': 100 });
      expect(textsOf(report)).toEqual([
        expect.stringMatching(/^The month of costs and usage is unconfirmed: /),
      ]);
    }
  });

  test.each([
    ['not all there', { 'cost-centers': '' }],
    ['of another month', { usage: { usageItems: [usageItem(OUTSIDE)] } }],
    ['none', { usage: { usageItems: [] } }],
  ])('does not count beside line items that are %s', async (_, others) => {
    const report = await reportOn({ ...METERED, 'usage/summary': ofYear(summaryRow()), ...others });
    for (const metric of [...COSTS, ...USAGE]) {
      expect(report.measures[metric]).toMatchObject({
        absent: 'not-delivered',
        why: expect.stringMatching(/^the usage summary names no month, and no line items confirm it; ./),
      });
    }
  });

  test('Copilot by model says so', async () => {
    const row = { ...summaryRow(), model: 'GPT-5' };
    const report = await reportOn({ ...METERED, 'ai_credit/usage': ofYear(row) });
    expect(said(report)).toContain('AI credits: GitHub names the year alone');
    const other = { ...summary(row), timePeriod: { year: 2026, month: 5 } };
    const left = await reportOn({ ...METERED, 'premium_request/usage': other });
    expect(left.errors).toEqual([]);
    expect(said(left)).toContain('of another period: GitHub answered for 2026-05, not for November 2026');
  });
});

describe('an account that is empty beside one that is not', () => {
  test('a summary is not used, and a warning says so', async () => {
    const report = await reportOn({ ...METERED, 'usage/summary': summary() });
    expect(report.measures['cost-net']).toBe(0.5);
    expect(textsOf(report)).toEqual([expect.stringContaining('usage summary is empty although')]);
    expect(said(report)).toContain('Costs are from the line items.');
  });

  test('a summary beside some of the line items gives no costs', async () => {
    const host = { ...METERED, 'usage/summary': summary(), 'cost-centers': '' };
    expect((await reportOn(host)).measures['cost-net']).toMatchObject({ absent: 'not-delivered' });
  });

  test('line items are not used, and nothing that was used reads 0', async () => {
    const report = await reportOn({ ...METERED, usage: { usageItems: [] } });
    expect(report.measures).toMatchObject({
      'cost-net': 0.5,
      'actions-minutes-used': 100,
      'budgets-over': { absent: 'not-delivered' },
    });
    expect(textsOf(report)).toEqual([expect.stringContaining('lists no billing line items although')]);
  });

  test('both say that nothing was used', async () => {
    const report = await reportOn({ ...METERED, 'usage/summary': summary(), usage: { usageItems: [] } });
    expect(report.measures).toMatchObject({ 'cost-net': 0, 'actions-minutes-used': 0 });
    expect(report.notices).toEqual([]);
  });
});

describe.each([
  [
    'of several months',
    [usageItem(), usageItem({ date: '2026-11-30T00:00:00Z' }), usageItem(OUTSIDE)],
    '1 of 3',
  ],
  ['of another month', [usageItem(OUTSIDE)], '1 of 1'],
  ['without a date', [usageItem({ date: '' })], '1 of 1'],
])('line items %s', (_, usageItems, outside) => {
  const usage = { usageItems };

  test('give no number, and the run warns', async () => {
    const report = await reportOn({ ...WITHOUT_SUMMARY, usage });
    for (const name of [...COSTS, ...USAGE]) {
      expect(report.measures[name]).toEqual({
        absent: 'not-delivered',
        why: 'the usage summary was left out (not found); line items are dated outside November 2026',
      });
    }
    expect(report.measures['budgets-over']).toMatchObject({ absent: 'not-delivered' });
    expect(report.notices[0]).toEqual({
      level: 'warning',
      text: `Billing line items dated outside November 2026: ${outside}, so nothing is summed up from them.`,
    });
    expect(report.costByOrganization.size).toBe(0);
  });

  test('leave the summary’s numbers standing', async () => {
    const report = await reportOn({ ...METERED, usage });
    expect(report.measures).toMatchObject({ 'cost-net': 0.5, 'actions-minutes-used': 100 });
    expect(said(report)).toContain('are left out, because line items are dated outside November 2026.');
    expect(said(report)).not.toContain('Spending by organization');
  });
});

test('an empty summary of the month stands beside line items of another', async () => {
  const host = { ...METERED, 'usage/summary': summary(), usage: { usageItems: [usageItem(OUTSIDE)] } };
  expect((await reportOn(host)).measures).toMatchObject({ 'cost-net': 0, 'actions-minutes-used': 0 });
});

test('without usage the summary suffices', async () => {
  const { measures } = await reportOn(WITHOUT_USAGE);
  expect(measures).toMatchObject({ 'cost-net': 0.5, 'actions-minutes-used': 100, 'storage-gb': 0 });
});

test('of a past month nothing of the present is told', async () => {
  const past = { year: 2025, month: 10 };
  const report = await reportOn(
    {
      ...METERED,
      usage: {
        usageItems: [
          usageItem({ date: '2025-10-15T01:12:28Z', unitType: 'Minutes', repositoryName: 'app' }),
          usageItem({
            date: '2025-10-16',
            sku: 'Actions storage',
            unitType: 'GigabyteHours',
            quantity: 744,
            repositoryName: '',
          }),
          usageItem({
            date: '2025-10-31T23:59:59Z',
            product: 'Copilot',
            sku: 'Copilot Business',
            unitType: 'UserMonths',
          }),
        ],
      },
      'usage/summary': {
        ...summary(summaryRow({ netAmount: 1.5, unitType: 'user-months' })),
        timePeriod: past,
      },
    },
    { inputs: { period: past } },
  );
  expect(report.measures).toMatchObject({
    'cost-net': 1.5,
    'cost-net-forecast': 1.5,
    'actions-minutes-used': 100,
    'storage-gb': 1,
    'billing-days-left': { absent: 'nothing-to-measure' },
    committers: { absent: 'not-delivered' },
  });
  expect(said(report)).toContain('{"repository":"octo-org/app"}');
  expect(report.organizations).toEqual(['acme', 'octo-org']);
});
