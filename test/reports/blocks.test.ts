import { expect, test } from 'vitest';
import type { Measures } from '../../src/metrics.ts';
import { toneOfLeft } from '../../src/reports/blocks.ts';
import { seatFigures } from '../../src/reports/licenses/sections/seats.ts';

test.each([
  [-1, 100, 'bad'],
  [0, 100, 'warn'],
  [5, 100, 'warn'],
  [6, 100, 'good'],
  [0, 0, 'warn'],
  [1, 10, 'good'],
])('%d left of %d purchased is %s', (left, purchased, tone) => {
  expect(toneOfLeft(left, purchased)).toBe(tone);
});

test('the first figure says how many seats are left or over, in the colour of that', () => {
  const figure = (measures: Measures) => seatFigures(measures)[0];
  const seats = (consumed: number, purchased: number) =>
    figure({ 'seats-available': purchased - consumed, 'seats-purchased': purchased });
  expect(seats(1240, 1200)).toMatchObject({
    label: 'Seats over',
    value: 40,
    tone: 'bad',
    hint: 'of 1,200 purchased',
  });
  expect(seats(1200, 1200)).toMatchObject({ label: 'Seats available', value: 0, tone: 'warn' });
  expect(seats(1140, 1200)).toMatchObject({ value: 60, tone: 'warn' });
  expect(seats(1139, 1200)).toMatchObject({ value: 61, tone: 'good' });
  expect(figure({})).not.toHaveProperty('tone');
});
