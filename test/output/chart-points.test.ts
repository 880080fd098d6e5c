import { expect, test } from 'vitest';
import { pointsOf, slicesOf } from '../../src/output/chart-points.ts';

const of = (...values: number[]) => values.map((value, index) => ({ label: `n${index}`, value }));
const values = (points: readonly { readonly value: number }[]) => points.map(({ value }) => value);

test('points are the rows that have a number and name no person, in their order', () => {
  const rows = [
    ['b', 'other', 2],
    ['unknown', 'other', undefined],
    ['no number', 'other', Number.NaN],
    ['text', 'other', '7'],
    [2026, 'other', 0],
    [undefined, 'other', -1],
    [['a ', { code: 'c' }], 'other', 3],
    [{ person: 'mona' }, 'other', 4],
    [['user ', { person: 'mona' }], 'other', 5],
  ];
  const columns = ['Name', 'Other', 'Amount'].map((label) => ({ label, format: 'text' as const }));
  const chart = { type: 'bar', title: '', x: 'Name', y: 'Amount' } as const;
  expect(pointsOf({ chart, columns, rows })).toEqual([
    { label: 'b', value: 2 },
    { label: '2026', value: 0 },
    { label: '–', value: -1 },
    { label: 'a c', value: 3 },
  ]);
});

test('slices are the largest, and the rest together', () => {
  expect(values(slicesOf(of(1, 0, 3, 2), 3))).toEqual([3, 2, 1]);
  expect(slicesOf(of(1, 4, 3, 2), 3)).toEqual([
    { label: 'n1', value: 4 },
    { label: 'n2', value: 3 },
    { label: '2 others', value: 3 },
  ]);
});

test('a credit has no share of a whole, so nothing is a slice beside it', () => {
  expect(slicesOf(of(3, -1), 3)).toEqual([]);
  expect(slicesOf(of(0, 0), 3)).toEqual([]);
});
