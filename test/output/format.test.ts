import { expect, test } from 'vitest';
import { formatNumber, plainText, shorten, visible } from '../../src/output/format.ts';
import type { Format } from '../../src/reports/report.ts';

test.each<[number, Format, string]>([
  [1234, 'number', '1,234'],
  [-12.345, 'number', '-12.35'],
  [12.5, 'percent', '12.5 %'],
  [3, 'days', '3 days'],
  [1, 'days', '1 day'],
  [1200, 'minutes', '1,200 minutes'],
  [5, 'gigabytes', '5 GB'],
  [1234.5, 'usd', '$1,234.50'],
  [-0.001, 'usd', '$0.00'],
  [-0.001, 'number', '0'],
  [-0.001, 'days', '0 days'],
  [-1, 'days', '-1 day'],
  [0.999, 'days', '1 day'],
  [1.004, 'minutes', '1 minute'],
  [0.5, 'days', '0.5 days'],
  [7, 'text', '7'],
  [Number.NaN, 'number', '–'],
  [Number.POSITIVE_INFINITY, 'usd', '–'],
])('%d as %s reads %j', (value, format, text) => {
  expect(formatNumber(value, format)).toBe(text);
});

test('a text without its markup', () => {
  const text = ['a ', { strong: 'b' }, { code: 'c' }, { person: 'd' }, { link: 'https://x', text: 'e' }];
  expect(plainText(text)).toBe('a bcde');
});

test.each([
  [' a \r\n\t b ', 'a b'],
  ['\u202Eevil\u202C', '\uFFFDevil\uFFFD'],
  ['zero\u200Bwidth', 'zero\uFFFDwidth'],
  ['jo\u200Diner', 'jo\uFFFDiner'],
  ['\u0000\u0007\u009B', '\uFFFD\uFFFD\uFFFD'],
  ['half \uD83D', 'half \uFFFD'],
  ['👩‍💻 👩🏽‍💻 José 日本語', '👩‍💻 👩🏽‍💻 José 日本語'],
])('%j is shown as %j', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('shortens by whole characters', () => {
  expect(shorten('12345', 5)).toBe('12345');
  expect(shorten('123456', 5)).toBe('1234…');
  expect(shorten('😀😀😀😀😀', 5)).toBe('😀😀😀😀😀');
  expect(shorten('😀😀😀😀😀😀', 5)).toBe('😀😀😀😀…');
  expect(Array.from(shorten('x'.repeat(10_000), 200))).toHaveLength(200);
});
