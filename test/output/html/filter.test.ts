import { expect, test } from 'vitest';
import { predicate, words } from '../../../src/output/html/page/filter.ts';
import { type ColumnKind, type Value, valueText } from '../../../src/output/html/shared.ts';

const matching = (has: string, kind: ColumnKind, values: readonly Value[]) =>
  values.filter(predicate({ has }, kind));

test('a search is its words, in any case', () => {
  expect(words('  Grace\tHOPPER ')).toEqual(['GRACE', 'HOPPER']);
  expect(matching('hopper gr', 'text', ['Grace Hopper', 'Grace Kelly', null])).toEqual(['Grace Hopper']);
});

test.each<[string, readonly number[]]>([
  ['> 5', [6]],
  ['>=5', [5, 6]],
  ['< 0', [-2]],
  ['<= −2', [-2]],
  ['= 5', [5]],
  ['5', [5]],
])('%s of amounts', (has, found) => {
  expect(matching(has, 'number', [-2, 0, 5, 6, null])).toEqual(found);
});

test.each([
  ['İstanbul', ['istanbul', 'ISTANBUL', 'İSTANBUL', 'ıstanbul']],
  ['Straße', ['STRASSE', 'strasse', 'STRAẞE', 'straße']],
  ['José', ['jose', 'JOSE\u0301']],
  ['ΟΔΟΣ', ['οδος', 'οδοσ']],
  ['ﬁn', ['FIN']],
])('%s is found in any case: %j', (text, typed) => {
  for (const has of typed) {
    expect(matching(has, 'text', [text, 'other'])).toEqual([text]);
    expect(matching(text, 'text', [has, 'other'])).toEqual([has]);
    expect([text, 'other'].filter(predicate({ is: has }, 'text'))).toEqual([text]);
  }
});

test('an amount is found with and without its comma', () => {
  expect(matching('1234', 'number', [1234.5, 234])).toEqual([1234.5]);
  expect(matching('1,234', 'number', [1234.5, 234])).toEqual([1234.5]);
});

test('a comparison in a column of text is text', () => {
  expect(matching('> 5', 'text', ['a > 5', '6'])).toEqual(['a > 5']);
});

test('a choice is exact, and the empty choice finds empty cells alone', () => {
  expect(['a', 'A', 'ab', null].filter(predicate({ is: 'a' }, 'text'))).toEqual(['a', 'A']);
  expect(['a', false, 0, null].filter(predicate({ is: '' }, 'text'))).toEqual([null]);
  expect([true, false, null].filter(predicate({ is: 'No' }, 'text'))).toEqual([false]);
});

test('values read as a person writes them', () => {
  expect([true, false, null, 1234.5, -1].map((value) => valueText(value, 'number'))).toEqual([
    'Yes',
    'No',
    '',
    '1,234.5',
    '−1',
  ]);
  expect(valueText(-0.00001, 'number')).toBe('0');
  expect(valueText(1234567, 'id')).toBe('1234567');
  expect(valueText('a\u202eb', 'text')).toBe('a\ufffdb');
  expect(valueText('a\u200bb', 'text')).toBe('a\ufffdb');
});
