/** Answers that no GitHub means are unreadable, rather than numbers that nobody can write. */
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { makeLicensesReport } from '../../src/reports/licenses/index.ts';
import { natural, number, object, reader } from '../../src/reports/schemas.ts';
import { budget, committers, METERED, reportOn, summary, summaryRow, usageItem } from './billing/host.ts';
import { fakeClient, inputs } from './fake-client.ts';

describe('a section of the billing report is in error', () => {
  test.each<[string, string, object]>([
    ['an amount beyond all money', 'usage', { usageItems: [usageItem({ netAmount: 1e300 })] }],
    ['an amount below all money', 'usage', { usageItems: [usageItem({ netAmount: -1e13 })] }],
    ['a quantity beyond all use', 'usage/summary', summary(summaryRow({ grossQuantity: 1e21 }))],
    ['a budget without end', 'budgets', { budgets: [budget({ budget_amount: Number.POSITIVE_INFINITY })] }],
    ['a budget of next to nothing', 'budgets', { budgets: [budget({ budget_amount: 5e-324 })] }],
    [
      'next to no minutes included',
      'actions',
      { total_minutes_used: 1, total_paid_minutes_used: 0, included_minutes: 5e-324 },
    ],
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

describe('an answer of another shape is told by the field and what it is not, never by its value', () => {
  const read = reader(
    object({
      rows: v.array(object({ login: v.string(), seats: natural, cost: number })),
      limit: v.optional(v.union([v.literal('unlimited'), v.number()])),
    }),
  );
  const sound = { login: 'mona', seats: 1, cost: 2 };

  test.each<[unknown, string]>([
    ['mona@example.com', 'the answer is no object'],
    [['mona@example.com'], 'the answer is no object'],
    [{ users: 'mona@example.com' }, 'rows is missing'],
    [{ rows: 'mona@example.com' }, 'rows is no array'],
    [{ rows: [sound, ['mona@example.com']] }, 'rows.1 is no object'],
    [{ rows: [sound, { ...sound, login: { email: 'mona@example.com' } }] }, 'rows.1.login is no string'],
    [{ rows: [{ ...sound, login: undefined }] }, 'rows.0.login is missing'],
    [{ rows: [{ ...sound, login: null }] }, 'rows.0.login is no string'],
    [{ rows: [{ ...sound, seats: 'mona' }] }, 'rows.0.seats is no number'],
    [{ rows: [{ ...sound, seats: 1.5 }] }, 'rows.0.seats is no safe integer'],
    [{ rows: [{ ...sound, seats: -1 }] }, 'rows.0.seats is no number >=0'],
    [{ rows: [], limit: 'mona' }, 'limit is no ("unlimited" | number)'],
  ])('%j: %s', (body, message) => {
    expect(() => read(body)).toThrow(new TypeError(message));
  });

  test('and a sound one is read', () => {
    expect(read({ rows: [{ ...sound, other: 1 }] })).toEqual({ rows: [sound] });
  });
});
