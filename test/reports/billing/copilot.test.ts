import { describe, expect, test } from 'vitest';
import { makeBillingReport } from '../../../src/reports/billing/index.ts';
import { NOW } from '../../clock.ts';
import { fakeClient, inputs, type Reply, refusal } from '../fake-client.ts';

const BASE = '/enterprises/acme/settings/billing';
const item = (sku: string, date: string, pricePerUnit: number, unitType = 'user-months') => ({
  date,
  product: 'copilot',
  sku,
  unitType,
  pricePerUnit,
  quantity: 0.5,
  grossAmount: pricePerUnit / 2,
  discountAmount: 1,
  netAmount: pricePerUnit / 2 - 1,
});

async function read(usage: Reply, more: Record<string, Reply> = {}, given = inputs()) {
  const replies = {
    [`${BASE}/usage`]: usage,
    [`${BASE}/cost-centers`]: { costCenters: [] },
    [`${BASE}/budgets`]: { budgets: [] },
    ...more,
  };
  return (
    await makeBillingReport({ client: fakeClient(replies), inputs: given, now: NOW, progress: () => {} })
  ).copilot;
}
const bill = (...usageItems: ReturnType<typeof item>[]) => read({ usageItems });

test('prices are those of the latest day, by plan, under any of its names', async () => {
  const { prices, plans, money } = await bill(
    item('Copilot Business', '2026-11-19T01:12:28Z', 19, 'UserMonths'),
    item('copilot_for_business', '2026-11-03', 21),
    item('copilot_for_business', '2026-11-19', 19),
    item('copilot_enterprise', '2026-11-02', 39),
  );
  expect(prices).toEqual(
    new Map([
      ['business', 19],
      ['enterprise', 39],
    ]),
  );
  expect([...plans]).toEqual(['business', 'enterprise']);
  expect([money.gross.toNumber(), money.discount.toNumber()]).toEqual([49, 4]);
});

describe('no price', () => {
  test.each([
    [
      'of several on one day',
      [item('copilot_enterprise', '2026-11-02', 39), item('copilot_enterprise', '2026-11-02', 29)],
    ],
    ['of nothing', [item('copilot_enterprise', '2026-11-02', 0)]],
    ['of what is no seat', [item('copilot_ai_credits', '2026-11-02', 0.01, 'ai-credits')]],
    ['of another unit', [item('copilot_enterprise', '2026-11-02', 39, 'requests')]],
    ['of an unknown plan', [item('copilot_platinum', '2026-11-02', 99)]],
  ])('%s', async (_, items) => {
    expect((await bill(...items)).prices).toEqual(new Map());
  });

  test('of another period', async () => {
    const usage = { usageItems: [item('copilot_enterprise', '2026-10-02', 39)] };
    const { prices, plans } = await read(usage, {}, inputs({ period: { year: 2026, month: 10 } }));
    expect(prices).toEqual({
      absent: 'not-delivered',
      why: 'the bill is of October 2026, and Copilot seats are of the present',
    });
    expect(plans).toEqual(new Set(['enterprise']));
  });

  test('where line items are missing or of another month', async () => {
    const items = { usageItems: [item('copilot_enterprise', '2026-11-02', 39)] };
    const { prices } = await read(items, { [`${BASE}/cost-centers`]: refusal('server', 503) });
    expect(prices).toMatchObject({
      why: expect.stringContaining('the list of cost centers could not be read'),
    });
    const other = await bill(item('copilot_enterprise', '2026-10-31', 39));
    expect(other.prices).toMatchObject({ why: expect.stringContaining('dated outside November 2026') });
  });
});

test('the summary alone shows that there are seats', async () => {
  const total = {
    ...item('copilot_for_business', '', 19),
    grossQuantity: 1,
    discountQuantity: 0,
    netQuantity: 1,
  };
  const summary = { timePeriod: { year: 2026, month: 11 }, usageItems: [total] };
  const { plans, prices } = await read(refusal('forbidden', 403), { [`${BASE}/usage/summary`]: summary });
  expect(plans).toEqual(new Set(['business']));
  expect(prices).toMatchObject({ absent: 'not-delivered' });
});
