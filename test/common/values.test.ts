import { expect, test } from 'vitest';
import { byName, fold } from '../../src/common/values.ts';

test('names are the same in any case, with or without space around them', () => {
  expect(fold(' Octo-Cat\n')).toBe('octo-cat');
});

test('names are put in order by code unit', () => {
  expect(['b', 'a', 'B', 'ab', ''].sort(byName)).toEqual(['', 'B', 'a', 'ab', 'b']);
  expect(byName('a', 'a')).toBe(0);
});
