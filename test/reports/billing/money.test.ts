import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { notDelivered } from '../../../src/metrics.ts';
import { byRepository, groupBy, reconcile, sumItems } from '../../../src/reports/billing/costs.ts';
import { cents, dollars, money, Sum } from '../../../src/reports/billing/money.ts';
import { nameKey } from '../../../src/reports/billing/names.ts';
import { daysLeft, forecast, periodAt } from '../../../src/reports/billing/period.ts';
import { measureUsage } from '../../../src/reports/billing/usage.ts';
import { usageItem } from './host.ts';

const sumOf = (values: readonly number[]): string => {
  const sum = new Sum();
  for (const value of values) sum.add(value);
  return sum.total.toFixed();
};

describe('sums', () => {
  test('do not drift as floating point does', () => {
    expect(sumOf(Array.from({ length: 10 }, () => 0.1))).toBe('1');
    expect(sumOf([0.1, 0.2])).toBe('0.3');
    expect(sumOf(Array.from({ length: 3 }, () => 0.000336022))).toBe('0.001008066');
  });

  test('are exact beyond nine decimals, and beyond what integers hold', () => {
    expect(sumOf([0.00008333325, 0.1])).toBe('0.10008333325');
    expect(sumOf([9_007_199.254740991, 9_007_199.254740991])).toBe('18014398.50948198');
    expect(sumOf(Array.from({ length: 101 }, () => 999_999.999999999))).toBe('100999999.999999899');
    expect(sumOf([1e-7, -1e-7])).toBe('0');
  });

  test('are those of big.js, whatever is added', () => {
    const amount = fc.oneof(
      fc.integer({ min: 1e15, max: 9e15 }).map((whole) => Number(`${whole}e-9`)),
      fc.integer({ min: -1e6, max: 1e9 }).map((whole) => Number(`${whole}e-9`)),
      fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
    );
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 50 }), (values) => {
        expect(sumOf(values)).toBe(values.reduce((sum, value) => sum.plus(value), new Big(0)).toFixed());
      }),
    );
  });

  test('are rounded to the cent once, half away from zero', () => {
    expect([1.005, 2.675, -1.005, 0.004].map((value) => cents(new Big(value)))).toEqual([
      1.01, 2.68, -1.01, 0,
    ]);
    expect(Object.is(cents(new Big('-0.001')), 0)).toBe(true);
    expect(dollars(1234.5)).toBe('$1,234.50');
  });
});

test('names are one whatever their case, spaces, hyphens and underscores', () => {
  expect(
    new Set(['GigabyteHours', 'gigabyte-hours', 'Gigabyte_Hours', 'gigabyte hours'].map(nameKey)).size,
  ).toBe(1);
  expect(nameKey('actions_linux')).not.toBe(nameKey('actions_linux_arm'));
});

test('only Actions minutes are minutes, and only storage of Actions and Packages is storage', () => {
  const item = (product: string, unitType: string, quantity: number) => ({
    product,
    sku: unitType,
    unitType,
    quantity,
  });
  const quantities = measureUsage([
    item('actions', 'Minutes', 1.5),
    item('Actions', 'minute', 1),
    item('Codespaces', 'minutes', 1000),
    item('Packages', 'gigabytes', 2),
    item('git_lfs', 'gigabytes', 1000),
    item('Actions', 'gigabyte-hours', 3),
    item('packages', 'GigabyteHours', 4),
    item('git_lfs', 'GigabyteHours', 1000),
  ]);
  expect(quantities).toMatchObject({
    minutes: new Big(2.5),
    transfer: new Big(2),
    storage: new Big(7),
  });
});

describe('a known SKU in a unit that is not its own', () => {
  const linux = { product: 'actions', sku: 'actions_linux', unitType: 'Minutes', quantity: 10 };
  const storage = { product: 'Packages', sku: 'Packages storage', unitType: 'GigabyteHours', quantity: 5 };
  const why = (counted: string) =>
    notDelivered(`the bill counts ${counted}, so that nobody can tell the sum`);

  test.each([
    [
      { ...linux, unitType: 'mins', quantity: 600 },
      { minutes: why('Actions Linux in mins of actions'), storage: new Big(5), minutesBySku: [] },
    ],
    [
      { ...storage, unitType: 'GB-Hours' },
      { minutes: new Big(10), storage: why('Packages storage in GB-Hours of Packages') },
    ],
    [
      { ...linux, unitType: 'GigabyteHours' },
      {
        minutes: why('Actions Linux in GigabyteHours of actions'),
        storage: why('Actions Linux in GigabyteHours of actions'),
      },
    ],
    [
      { ...linux, product: '<script>', unitType: 'Minutes' },
      { minutes: why('Actions Linux in Minutes of unknown') },
    ],
  ])('leaves no sum: %j', (odd, quantities) => {
    expect(measureUsage([linux, odd, storage])).toMatchObject(quantities);
  });

  test('changes nothing where none of it was used', () => {
    const unused = { ...linux, unitType: 'mins', quantity: 0 };
    expect(measureUsage([linux, unused])).toMatchObject({ minutes: new Big(10) });
  });
});

describe('the period', () => {
  const at = (now: string, year: number, month: number) => periodAt({ year, month }, new Date(now));

  test.each([
    ['2026-11-20T12:00:00Z', 2026, 11, { isCurrent: true, daysInMonth: 30, hoursPassed: 468, day: 20 }],
    ['2026-11-01T00:00:00Z', 2026, 11, { isCurrent: true, daysInMonth: 30, hoursPassed: 0, day: 1 }],
    ['2026-11-01T00:00:00Z', 2026, 10, { isCurrent: false, daysInMonth: 31, hoursPassed: 744, day: 31 }],
    ['2026-10-31T23:59:59.999Z', 2026, 10, { isCurrent: true, daysInMonth: 31, day: 31 }],
    ['2027-01-01T00:00:00Z', 2026, 12, { isCurrent: false, daysInMonth: 31, hoursPassed: 744 }],
    ['2028-02-29T00:00:00Z', 2028, 2, { isCurrent: true, daysInMonth: 29, hoursPassed: 672, day: 29 }],
    ['2027-03-05T00:00:00Z', 2027, 2, { isCurrent: false, daysInMonth: 28, hoursPassed: 672 }],
    // The month of a clock change in many places has its 31 full days in UTC.
    ['2026-04-02T00:00:00Z', 2026, 3, { isCurrent: false, daysInMonth: 31, hoursPassed: 744 }],
  ])('%s looking at %i-%i', (now, year, month, expected) => {
    expect(at(now, year, month)).toMatchObject(expected);
  });

  test('the last day of a month has no day left', () => {
    expect(daysLeft(at('2026-11-30T10:00:00Z', 2026, 11))).toBe(0);
    expect(daysLeft(at('2026-11-01T00:00:00Z', 2026, 11))).toBe(29);
  });

  test('a forecast begins with the third day', () => {
    const cost = new Big(20);
    expect(forecast(cost, at('2026-11-02T23:59:59Z', 2026, 11))).toBeUndefined();
    expect(forecast(cost, at('2026-11-03T00:00:00Z', 2026, 11))?.toNumber()).toBe(300);
    expect(forecast(cost, at('2026-11-01T00:00:00Z', 2026, 10))?.toNumber()).toBe(20);
  });
});

describe('reconciliation', () => {
  const row = (sku: string, net: number, gross = net) => ({
    product: 'Actions',
    sku,
    money: money({ grossAmount: gross, discountAmount: gross - net, netAmount: net }),
  });

  test('agrees across spellings, and within half a cent', () => {
    const found = reconcile(
      [row('Actions Linux', 1), row('actions_linux', 2.004)],
      [row('actions-linux', 3)],
    );
    expect(found).toMatchObject({ agree: true, skus: [] });
  });

  test('states what is missing on either side, the widest first', () => {
    const found = reconcile([row('a', 1), row('b', 5)], [row('a', 1.5), row('c', 2)]);
    expect(found.agree).toBe(false);
    expect(found.difference.net.toNumber()).toBe(2.5);
    expect(found.skus.map(({ label, difference }) => [label, difference.net.toNumber()])).toEqual([
      ['b', 5],
      ['c', -2],
      ['a', -0.5],
    ]);
  });

  test('differs when only the gross does, or when SKUs cancel out', () => {
    expect(reconcile([row('a', 1, 2)], [row('a', 1, 3)]).agree).toBe(false);
    expect(reconcile([row('a', 1), row('b', 2)], [row('a', 2), row('b', 1)])).toMatchObject({
      agree: true,
      skus: [{ label: 'b' }, { label: 'a' }],
    });
  });
});

test('a day is one however its date is written, and so is a repository', () => {
  const item = (given: object) => ({ ...usageItem(given), costCenter: '', costCenterId: '' });
  const { byDay, costs } = sumItems([
    item({ date: '2026-11-06' }),
    item({ date: '2026-11-05' }),
    item({ date: '2026-11-05T00:00:00Z', repositoryName: 'app' }),
  ]);
  expect(byDay.map((day) => [day.label, day.money.net.toNumber()])).toEqual([
    ['2026-11-05', 1],
    ['2026-11-06', 0.5],
  ]);
  expect(byRepository(costs).map((row) => [row.label, row.money.net.toNumber()])).toEqual([
    ['octo-org/app', 1.5],
  ]);
});

test('groups are ordered by what they cost, and ties by name', () => {
  const entry = (label: string, netAmount: number) => ({
    label,
    money: money({ grossAmount: 9, discountAmount: 0, netAmount }),
  });
  const rows = groupBy(
    [entry('b', 1), entry('a', 1), entry('c', 2), entry('B', 0.5)],
    (one) => one.label.toLowerCase(),
    (one) => one.label,
  );
  expect(rows.map((row) => [row.label, row.money.net.toNumber()])).toEqual([
    ['c', 2],
    ['b', 1.5],
    ['a', 1],
  ]);
});
