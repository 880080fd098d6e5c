/** Answers about another month than was asked for, and a summary that knows nothing. */
import { describe, expect, test } from 'vitest';
import { METERED, reportOn, said, summary, summaryRow, usageItem } from './host.ts';

const textsOf = ({ notices }: { notices: readonly { text: string }[] }) => notices.map(({ text }) => text);
const OUTSIDE = { date: '2025-01-05T00:00:00Z', netAmount: 900, quantity: 900 };

describe('a summary', () => {
  test.each([
    { year: 2025, month: 11 },
    { year: 2026, month: 10 },
  ])(
    'of %o cannot be read when November 2026 was asked for, and costs are the line items’',
    async (timePeriod) => {
      const other = { ...summary(summaryRow({ netAmount: 99 })), timePeriod };
      const report = await reportOn({ ...METERED, 'usage/summary': other });
      expect(report.measures['cost-net']).toBe(0.5);
      expect(report.errors[0]?.message).toMatch(/^the usage summary: /);
      expect((report.errors[0]?.cause as Error | undefined)?.cause).toMatchObject({
        message: 'the answer is of another month than the one asked for',
      });
      const alone = await reportOn({ 'usage/summary': other, budgets: METERED.budgets });
      expect(alone.measures['cost-net']).toMatchObject({ absent: 'not-delivered' });
    },
  );

  test('of a year alone stands, with a warning where the year is another', async () => {
    const ofYear = (year: number) => ({ ...summary(summaryRow({ netAmount: 0.7 })), timePeriod: { year } });
    const other = await reportOn({ ...METERED, 'usage/summary': ofYear(2025) });
    expect(other.measures['cost-net']).toBe(0.7);
    expect(textsOf(other)).toContainEqual(expect.stringContaining('is for 2025, not for November 2026'));
    const same = await reportOn({ ...METERED, 'usage/summary': ofYear(2026) });
    expect(textsOf(same).join()).not.toContain('is for');
  });

  test('that is empty beside line items is not used, and a notice says so', async () => {
    const report = await reportOn({ ...METERED, 'usage/summary': summary() });
    expect(report.measures['cost-net']).toBe(0.5);
    expect(textsOf(report)).toEqual([expect.stringContaining('usage summary is empty although')]);
    expect(said(report)).toContain('Costs are from the line items.');
  });

  test('that is empty beside some of the line items gives no costs', async () => {
    const host = { ...METERED, 'usage/summary': summary(), 'cost-centers': '' };
    expect((await reportOn(host)).measures['cost-net']).toMatchObject({ absent: 'not-delivered' });
  });

  test('that is empty beside no line items says that nothing was used', async () => {
    const report = await reportOn({ ...METERED, 'usage/summary': summary(), usage: { usageItems: [] } });
    expect(report.measures['cost-net']).toBe(0);
    expect(report.notices).toEqual([]);
  });
});

describe('line items of several months', () => {
  const usage = {
    usageItems: [usageItem(), usageItem({ date: '2026-11-30T00:00:00Z' }), usageItem(OUTSIDE)],
  };

  test('give no number, and the run warns', async () => {
    const { 'usage/summary': _, ...host } = METERED;
    const report = await reportOn({ ...host, usage });
    const why = 'line items are dated outside November 2026';
    for (const name of ['cost-net', 'cost-net-forecast', 'actions-minutes-used', 'storage-gb'] as const) {
      expect(report.measures[name]).toEqual({ absent: 'not-delivered', why });
    }
    expect(report.measures['budgets-over']).toMatchObject({ absent: 'not-delivered' });
    expect(report.notices[0]).toEqual({
      level: 'warning',
      text: 'Billing line items dated outside November 2026: 1 of 3, so nothing is summed up from them.',
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

test('line items that are all of another month are shown, with a warning', async () => {
  const report = await reportOn({ ...METERED, usage: { usageItems: [usageItem(OUTSIDE)] } });
  expect(report.measures['actions-minutes-used']).toBe(900);
  expect(textsOf(report)).toContain(
    'Billing line items dated outside November 2026: 1 of 1, so their sums are of another period.',
  );
});
