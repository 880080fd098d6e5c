import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Run } from '../../src/history/runs.ts';
import { daysUntilFull, earlierRuns, seatsChange } from '../../src/history/trends.ts';
import type { Measures } from '../../src/metrics.ts';

const NOW = new Date('2026-06-30T06:00:00Z');
const DAY = 86_400_000;

/** "30:100 20:120": runs 30 and 20 days before now, with 100 and 120 seats consumed. */
const runs = (points: string): Run[] =>
  points
    .split(' ')
    .filter(Boolean)
    .map((point) => point.split(':').map(Number))
    .map(([daysAgo = 0, seats = 0]) => ({
      at: NOW.getTime() - daysAgo * DAY,
      metrics: { 'seats-consumed': seats },
    }));
const now = (consumed: number, available: number): Measures => ({
  'seats-consumed': consumed,
  'seats-available': available,
});
const nothing = (why: RegExp) => ({ absent: 'nothing-to-measure', why: expect.stringMatching(why) });

describe('days until full', () => {
  test.each<[string, string, Measures, number]>([
    // 2 seats a day between any two runs: 100 / 2
    ['steady growth', '30:100 20:120 10:140', now(160, 100), 50],
    // 1 a day over gaps of 40, 3, 2 and 1 days: 30 / 1
    ['steady growth, unevenly spaced', '46:10 6:50 3:53 1:55', now(56, 30), 30],
    // slopes 1 1 1 5⁄3 5⁄3 2 2 2 3 3, the median 11⁄6: 22 ÷ 11⁄6
    ['growth with noise', '4:100 3:103 2:104 1:105', now(108, 22), 12],
    // slopes −797 −398 1 1 1 1 1 1 400 799, the median 1: 20 ÷ 1
    ['one run that was wrong', '4:100 3:101 2:900 1:103', now(104, 20), 20],
    // 9 slopes of 0 and 12 of 50 ÷ (8, 7, 6, 5, 4, 4, 3, 3, 3, 2, 2, 1), the median 50⁄7: 60 ÷ 50⁄7
    ['a step with half the runs behind it', '8:100 7:100 6:100 5:150 4:150 3:150', now(150, 60), 8.4],
    // slopes 1 1 1 1.5 2, and none between the two of one time: 10 ÷ 1
    ['equal times among others', '4:98 4:100 2:102', now(104, 10), 10],
    ['nothing left, whatever the history', '', now(10, 0), 0],
    ['more consumed than purchased', '30:30', now(10, -5), 0],
  ])('are known from %s', (_, history, measures, days) => {
    expect(daysUntilFull(runs(history), NOW, measures)).toBeCloseTo(days, 2);
  });

  test.each<[string, string, Measures, RegExp]>([
    ['no run', '', now(100, 10), /too few runs .*: 1 with this one, 3 are needed/],
    ['one earlier run', '30:90', now(100, 10), /too few runs .*: 2 with this one, 3 are needed/],
    ['runs of two days', '2:90 1:95', now(100, 10), /less than 3 days/],
    ['equal times', '0:90 0:95 0:99', now(100, 10), /less than 3 days/],
    ['a fall', '30:130 20:120 10:110', now(100, 10), /do not grow/],
    ['standstill', '30:100 20:100 10:100', now(100, 10), /do not grow/],
    // the one step is behind 7 of 28 slopes
    ['a recent step', '7:100 6:100 5:100 4:100 3:100 2:100 1:100', now(150, 60), /do not grow/],
    ['runs of long ago', '300:10 250:20 200:30', now(100, 10), /too few runs/],
  ])('do not exist for %s', (_, history, measures, why) => {
    expect(daysUntilFull(runs(history), NOW, measures)).toEqual(nothing(why));
  });

  test('do not exist where seats are unlimited or unknown, for the same reason', () => {
    const unlimited = { absent: 'nothing-to-measure', why: 'the license has unlimited seats' } as const;
    const history = runs('30:100 20:120 10:140');
    expect(daysUntilFull(history, NOW, { 'seats-consumed': 160, 'seats-available': unlimited })).toBe(
      unlimited,
    );
    expect(daysUntilFull(history, NOW, {})).toMatchObject({ absent: 'not-delivered' });
    expect(daysUntilFull(history, NOW, { 'seats-available': 5 })).toMatchObject({ absent: 'not-delivered' });
  });

  test('are published with two decimals, and are none where growth is too slow for any seat', () => {
    // 3 seats a week: 100 ÷ 3⁄7
    expect(daysUntilFull(runs('21:91 14:94 7:97'), NOW, now(100, 100))).toBe(233.33);
    expect(daysUntilFull(runs('21:0 14:1e-300 7:2e-300'), NOW, now(3e-300, 100))).toEqual(
      nothing(/do not grow/),
    );
  });

  test('are those of the growth, however unevenly runs are spaced along it', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 179 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(
        days,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 5000 }),
        (ago, growth, left) => {
          const oldestFirst = [...ago].sort((a, b) => b - a);
          const history = runs(oldestFirst.map((day) => `${day}:${10_000 - growth * day}`).join(' '));
          const expected =
            (oldestFirst[0] as number) < 3
              ? nothing(/less than 3 days/)
              : Math.round((left / growth) * 100) / 100;
          expect(daysUntilFull(history, NOW, now(10_000, left))).toEqual(expected);
        },
      ),
    );
  });

  test('are a time to come or none, whatever the history', () => {
    const points = fc.array(fc.tuple(fc.nat(400), fc.double({ min: -1e20, max: 1e20, noNaN: true })));
    fc.assert(
      fc.property(points, fc.nat(), fc.integer(), (history, consumed, available) => {
        const days = daysUntilFull(
          runs(history.map(([day, seats]) => `${day}:${seats}`).join(' ')),
          NOW,
          now(consumed, available),
        );
        if (typeof days === 'number') expect(days).toBeGreaterThanOrEqual(0);
        else expect(days).toEqual(nothing(/./));
      }),
    );
  });

  test('pass over runs that did not know the seats', () => {
    const other = { at: NOW.getTime() - 5 * DAY, metrics: { 'cost-net': 12 } };
    const history = [...runs('30:100 20:120 10:140'), other];
    expect(daysUntilFull(history, NOW, now(160, 100))).toBe(50);
  });

  test('take a file with a run a minute', () => {
    const history = Array.from({ length: 100_000 }, (_, index) => `${100 - index / 1000}:${index / 1000}`);
    expect(daysUntilFull(runs(history.join(' ')), NOW, now(100, 10))).toEqual(nothing(/less than 3 days/));
  });
});

describe('the change of seats', () => {
  test('is against the latest run that knew them', () => {
    const other = { at: NOW.getTime() - DAY, metrics: { 'cost-net': 12 } };
    expect(seatsChange([...runs('30:100 20:120'), other], now(115, 10))).toBe(-5);
  });

  test('is published with two decimals, whatever an edited file says', () => {
    expect(seatsChange(runs('3:0.1'), now(0.3, 1))).toBe(0.2);
  });

  test('does not exist on the first run', () => {
    expect(seatsChange([], now(115, 10))).toEqual(nothing(/no earlier run/));
    expect(seatsChange(runs('3:1'), {})).toMatchObject({ absent: 'not-delivered' });
  });
});

describe('earlier runs', () => {
  const run = (at: string, enterprise: string, seats: number) => ({
    at: Date.parse(at),
    enterprise,
    metrics: { 'seats-consumed': seats },
  });

  test('are those of this enterprise up to now, oldest first', () => {
    const [second, first, third] = [
      run('2026-06-20T00:00:00Z', 'Acme', 2),
      run('2026-06-10T02:00:00+02:00', 'acme', 1),
      run('2026-06-30T06:00:00Z', 'ACME', 3),
    ];
    const others = [run('2026-06-25T00:00:00Z', 'other', 9), run('2027-01-01T00:00:00Z', 'acme', 9)];
    const history = { runs: [second, first, ...others, third], damaged: [] };
    expect(earlierRuns(history, 'acme', NOW)).toEqual([first, second, third]);
  });
});
