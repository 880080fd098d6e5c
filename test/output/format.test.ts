import { expect, test } from 'vitest';
import { formatNumber, plainText } from '../../src/output/format.ts';
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
