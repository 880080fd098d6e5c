/** Answers that no GitHub means are unreadable, rather than numbers that nobody can write. */
import { describe, expect, test } from 'vitest';
import { makeLicensesReport } from '../../src/reports/licenses/report.ts';
import { budget, committers, METERED, reportOn, summary, summaryRow, usageItem } from './billing/host.ts';
import { fakeClient, inputs } from './fake-client.ts';

describe('a section of the billing report is in error', () => {
  test.each<[string, string, object]>([
    ['an amount beyond all money', 'usage', { usageItems: [usageItem({ netAmount: 1e300 })] }],
    ['an amount below all money', 'usage', { usageItems: [usageItem({ netAmount: -1e13 })] }],
    ['a quantity beyond all use', 'usage/summary', summary(summaryRow({ grossQuantity: 1e21 }))],
    ['a budget without end', 'budgets', { budgets: [budget({ budget_amount: Number.POSITIVE_INFINITY })] }],
    ['half a committer', 'advanced-security', committers({ total_advanced_security_committers: 2.5 })],
    [
      'fewer committers than none',
      'advanced-security',
      committers({ purchased_advanced_security_committers: -1 }),
    ],
    [
      'a list in place of a committer',
      'advanced-security',
      committers({ repositories: [{ name: 'a/b', advanced_security_committers_breakdown: [[]] }] }),
    ],
  ])('for %s', async (_, path, body) => {
    const { errors } = await reportOn({ ...METERED, [path]: body });
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('cannot be read')]);
  });

  test('and not for the largest enterprise', async () => {
    const { errors, measures } = await reportOn({
      ...METERED,
      'usage/summary': summary(summaryRow({ netAmount: 999_999_999_999.99 })),
    });
    expect(errors).toEqual([]);
    expect(measures['cost-net']).toBe(999_999_999_999.99);
  });
});

test.each([{ seats: 1e300 }, { seats_used: 1e300 }, { days_until_expiration: 1e300 }, { seats: 12.5 }])(
  'the license of an Enterprise Server with %j is unreadable',
  async (given) => {
    const license = { seats: 10, seats_used: 5, kind: 'standard', days_until_expiration: 9, ...given };
    const report = makeLicensesReport({
      client: fakeClient({ '/enterprise/settings/license': license }, '3.19.0'),
      inputs: inputs({ enterprise: '', reports: ['licenses'] }),
      now: new Date('2026-11-20T12:00:00Z'),
      progress: () => {},
    });
    await expect(report).rejects.toMatchObject({ kind: 'unreadable' });
  },
);
