import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byName, fold, oneLine, quote, shorten, unmasked, visible } from '../../src/common/text.ts';

describe('visible text', () => {
  test.each([
    [' a \r\n\t b ', 'a b'],
    ['\u202Eevil\u202C', '\uFFFDevil\uFFFD'],
    ['zero\u200Bwidth', 'zero\uFFFDwidth'],
    ['jo\u200Diner', 'jo\uFFFDiner'],
    ['👩\u200D', '👩\uFFFD'],
    ['\u200D👩', '\uFFFD👩'],
    ['\u0000\u0007\u009B', '\uFFFD\uFFFD\uFFFD'],
    ['half \uD83D', 'half \uFFFD'],
    ['tag \u{E0041}', 'tag \uFFFD'],
    ['👩‍💻 👩🏽‍💻 José 日本語', '👩‍💻 👩🏽‍💻 José 日本語'],
  ])('of %j is %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('keeps its spaces and line ends where it is a piece of more', () => {
    expect(unmasked(' a\r\n\tb\u200B\u202E ')).toBe(' a\r\n\tb\uFFFD\uFFFD ');
  });
});

describe('text on one line', () => {
  test('is without marks that mislead, and short', () => {
    expect(oneLine('::error::\r\n\u001B[31mred \u202Eevil\u0000', 100)).toBe('::error:: [31mred evil');
    expect(oneLine('a\u2028b\u{E0041}c\uD83D', 100)).toBe('a b c');
    expect(oneLine(`${'x'.repeat(10)}\u0007`, 10)).toBe('xxxxxxxxxx');
    expect(oneLine('x'.repeat(11), 10)).toBe('xxxxxxxxx…');
  });
});

describe('quoted text', () => {
  test.each([
    ['a\n"b"', '"a\\n\\"b\\""'],
    ['a\u202Ec\u2028\u00AD\u009B\u0000\u007F', '"a<U+202E>c<U+2028><U+00AD><U+009B><U+0000><U+007F>"'],
    ['a\u00A0b\u3000c\u3164\u2800\u2011', '"a<U+00A0>b<U+3000>c<U+3164><U+2800><U+2011>"'],
    ['tag \u{E0041}', '"tag <U+E0041>"'],
    ['no \\u0007 escape', '"no \\\\u0007 escape"'],
    ['tab\tbed', '"tab\\tbed"'],
    ['half \uD83D', '"half \\ud83d"'],
    ['José 日本語 🚀', '"José 日本語 🚀"'],
  ])('of %j is %s', (text, quoted) => {
    expect(quote(text)).toBe(quoted);
  });

  test('is not longer than a line, and ends at a whole character', () => {
    expect(quote('x'.repeat(100))).toBe(`"${'x'.repeat(100)}"`);
    expect(quote('x'.repeat(101))).toBe(`"${'x'.repeat(99)}…"`);
    expect(quote(`${'x'.repeat(98)}🚀🚀🚀`)).toBe(`"${'x'.repeat(98)}🚀…"`);
  });
});

test('no mark that misleads is left in any text', () => {
  const hostile = fc.string({
    unit: fc.constantFrom('a', ' ', '\n', '"', '\u0000', '\u009B', '\u202E', '\u200B', '\u{E0041}', '\uD83D'),
  });
  fc.assert(
    fc.property(hostile, (text) => {
      for (const shown of [visible(text), oneLine(text, 20), quote(text)])
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test('shortens by whole characters', () => {
  expect(shorten('12345', 5)).toBe('12345');
  expect(shorten('123456', 5)).toBe('1234…');
  expect(shorten('😀😀😀😀😀', 5)).toBe('😀😀😀😀😀');
  expect(shorten('😀😀😀😀😀😀', 5)).toBe('😀😀😀😀…');
  expect(Array.from(shorten('x'.repeat(10_000), 200))).toHaveLength(200);
});

test('names are the same in any case, with or without space around them', () => {
  expect(fold(' Octo-Cat\n')).toBe('octo-cat');
});

test('names are put in order by code unit', () => {
  expect(['b', 'a', 'B', 'ab', ''].sort(byName)).toEqual(['', 'B', 'a', 'ab', 'b']);
  expect(byName('a', 'a')).toBe(0);
});
