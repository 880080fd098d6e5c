import { expect, test } from 'vitest';
import { isMet, once, type Row, resultOf, sample, table } from '../../bench/row.ts';

const row: Row = {
  what: 'reading',
  unit: 'ms',
  measured: { median: 1375, least: 1200 },
  reference: { what: 'the floor', measured: once(1100) },
  as: 'times',
  goal: { bound: 'at most', value: 1.25 },
  peak: 210.4,
};

test('a sample is the median and the least', () => {
  expect(sample([5, 1, 4])).toEqual({ median: 4, least: 1 });
  expect(sample([8, 2, 4, 6])).toEqual({ median: 5, least: 2 });
});

test('medians are compared with medians, and the least with the least', () => {
  const reference = { what: 'baseline', measured: { median: 2000, least: 1000 } };
  const results = (['times', 'faster', 'more', 'percent', 'alone'] as const).map((as) =>
    resultOf({ what: '', unit: 'ms', measured: { median: 500, least: 500 }, reference, as }),
  );
  expect(results).toEqual([
    { median: 0.25, least: 0.5 },
    { median: 4, least: 2 },
    { median: -1500, least: -500 },
    { median: 25, least: 50 },
    { median: 500, least: 500 },
  ]);
  expect(resultOf({ what: '', unit: 'ms', measured: once(1) })).toBeUndefined();
});

test('a goal is met at its bound and not beyond', () => {
  const met = (bound: 'at most' | 'at least' | 'exactly', value: number) =>
    isMet({ what: '', unit: 'requests', measured: once(value), as: 'alone', goal: { bound, value: 5 } });
  expect([4, 5, 6].map((value) => met('at most', value))).toEqual([true, true, false]);
  expect([4, 5, 6].map((value) => met('at least', value))).toEqual([false, true, true]);
  expect([4, 5, 6].map((value) => met('exactly', value))).toEqual([false, true, false]);
  expect(isMet({ what: '', unit: 'ms', measured: once(1) })).toBeUndefined();
});

test('the table shows medians, and the fastest in brackets where it differs', () => {
  const [, , line] = table([row]).split('\n');
  expect(line?.split('|').map((cell) => cell.trim())).toEqual([
    '',
    'reading',
    '1.38 s (1.20 s)',
    'the floor',
    '1.10 s',
    '1.25 × (1.09 ×)',
    '≤ 1.25 ×',
    'yes',
    '210 MiB',
    '',
  ]);
});
