import { expect, test } from 'vitest';
import { capitalized, count, counted, sentence } from '../../src/common/words.ts';

test.each([
  [0, '0', '0 seats'],
  [1, '1', '1 seat'],
  [2, '2', '2 seats'],
  [1234, '1,234', '1,234 seats'],
])('%d is counted as %s and %s', (amount, plain, seats) => {
  expect(count(amount)).toBe(plain);
  expect(counted(amount, 'seat')).toBe(seats);
});

test('a plural that is more than an "s" is given', () => {
  expect(counted(1, 'more is', 'more are')).toBe('1 more is');
  expect(counted(1234, 'more is', 'more are')).toBe('1,234 more are');
});

test.each([
  ['seats run out', 'Seats run out.'],
  ['Seats run out.', 'Seats run out.'],
  ['why?', 'Why?'],
  ['1 seat', '1 seat.'],
])('%j as a sentence is %j', (text, written) => {
  expect(sentence(text)).toBe(written);
});

test('a capital letter and nothing else', () => {
  expect(capitalized('seats run out')).toBe('Seats run out');
  expect(capitalized('')).toBe('');
});
