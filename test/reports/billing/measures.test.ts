/** Why a metric has no value: what the reader of a gate is told. */
import { describe, expect, test } from 'vitest';
import { refusal } from '../fake-client.ts';
import { budget, committers, METERED, reportOn, summary, summaryRow } from './host.ts';

const measuresOf = async (...given: Parameters<typeof reportOn>) => (await reportOn(...given)).measures;
const nothing = (why: string) => ({ absent: 'nothing-to-measure', why });
const notDelivered = (why: string) => ({ absent: 'not-delivered', why });

test('metered billing knows nothing of what was included and paid', async () => {
  const why = notDelivered('metered billing has no such number; only the previous billing platform had it');
  expect(await measuresOf(METERED)).toMatchObject({
    'actions-minutes-included': why,
    'actions-minutes-paid': why,
    'actions-minutes-used-percent': why,
    'packages-gb-included': why,
    'packages-gb-paid': why,
    'storage-gb-paid': why,
  });
});

test.each(['2026-11-01T00:00:00Z', '2026-11-01T23:59:59.999Z'])(
  'the first day of a month has no storage and no forecast yet: %s',
  async (now) => {
    expect(await measuresOf(METERED, { now: new Date(now) })).toMatchObject({
      'storage-gb': nothing('there is no average storage in the first 24 hours of a month'),
      'cost-net-forecast': nothing('there is no forecast before the third day of a month'),
      'billing-days-left': 29,
    });
  },
);

test('from the second day of a month on there is storage', async () => {
  const storage = summaryRow({ sku: 'actions_storage', unitType: 'GigabyteHours', grossQuantity: 48 });
  const host = { ...METERED, usage: refusal('forbidden', 403), 'usage/summary': summary(storage) };
  expect(await measuresOf(host, { now: new Date('2026-11-02T00:00:00Z') })).toMatchObject({
    'storage-gb': 2,
  });
});

test('a month that is over has no days left', async () => {
  const period = { year: 2026, month: 10 };
  const host = { 'usage/summary': { ...summary(summaryRow()), timePeriod: period } };
  const measures = await measuresOf(host, { inputs: { period } });
  expect(measures['billing-days-left']).toEqual(nothing('October 2026 is over'));
});

test('the previous platform has no percentage of no minutes', async () => {
  const actions = { total_minutes_used: 5, total_paid_minutes_used: 5, included_minutes: 0 };
  expect((await measuresOf({ actions }))['actions-minutes-used-percent']).toEqual(
    notDelivered('no minutes are included'),
  );
});

describe('what GitHub refused is named, and nothing else', () => {
  test('one section', async () => {
    const measures = await measuresOf({
      ...METERED,
      'usage/summary': refusal('forbidden', 403),
      usage: refusal('forbidden', 403),
    });
    expect(measures['cost-net']).toEqual(
      notDelivered('the usage summary was left out (no permission); usage was left out (no permission)'),
    );
  });

  test('what an Enterprise Server has retired is not there, and what it refuses may be', async () => {
    const host = (usage: ReturnType<typeof refusal>) =>
      measuresOf({ usage, 'advanced-security': committers() }, { serverVersion: '3.19.1' });
    expect(await host(refusal('gone', 410, '3.19.1'))).toMatchObject({
      'cost-net': { absent: 'wrong-host', why: 'GitHub Enterprise Server 3.19.1 does not offer it' },
    });
    expect(await host(refusal('forbidden', 403, '3.19.1'))).toMatchObject({
      'cost-net': { absent: 'not-delivered' },
    });
  });
});

describe('committers', () => {
  test('of products that are not read say which are', async () => {
    expect((await measuresOf(METERED))['code-security-committers']).toEqual(
      notDelivered('this run reads committers (see advanced-security-product)'),
    );
    const standalone = await measuresOf({
      ...METERED,
      'advanced-security': ({ advanced_security_product: product = '' }) =>
        product === '' ? refusal('invalid', 422) : committers(),
    });
    expect(standalone['committers-over']).toEqual(
      notDelivered(
        'this run reads code-security-committers and secret-protection-committers (see advanced-security-product)',
      ),
    );
  });

  test('have no maximum that GitHub does not state', async () => {
    const measures = await measuresOf({
      ...METERED,
      'advanced-security': committers({ maximum_advanced_security_committers: null }),
    });
    expect(measures['committers-maximum']).toEqual(notDelivered('GitHub does not say'));
  });
});

describe('budgets', () => {
  const over = async (replies: Parameters<typeof reportOn>[0]) =>
    (await measuresOf({ ...METERED, ...replies }))['budgets-over'];

  test('of an amount of 0 limit nothing', async () => {
    expect(await over({ budgets: { budgets: [budget({ budget_amount: 0, consumed_amount: 5 })] } })).toEqual(
      nothing('there is no budget that is shared, in dollars and above $0'),
    );
  });

  test('cannot be estimated without the line items', async () => {
    expect(await over({ usage: refusal('server', 500), 'usage/summary': summary(summaryRow()) })).toEqual(
      notDelivered(
        'the enterprise’s budget for actions may be used up or not, because usage could not be read',
      ),
    );
  });

  test('of licenses alone have no spending that is known', async () => {
    expect(await over({ budgets: { budgets: [budget({ budget_product_sku: 'ghec' })] } })).toEqual(
      notDelivered(
        'the budgets are of licenses or of scopes that are not known, which no bill can be held against',
      ),
    );
  });
});
