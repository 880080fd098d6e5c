import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvChunks } from '../../src/output/csv.ts';
import type { Json, Table } from '../../src/reports/report.ts';
import { hostileText } from './reading.ts';

const table = (names: string[], rows: readonly (readonly Json[])[]): Table => ({
  name: 't',
  title: 'T',
  columns: names.map((name, at) => ({ name, privacy: 'public', value: (row) => row[at] })),
  rows,
});
const csv = (given: Table): string => [...csvChunks(given)].join('');
const cells = (...row: Json[]): string[] => {
  const text = csv(
    table(
      row.map((_, at) => `c${at}`),
      [row],
    ),
  );
  return parse(text, { from_line: 2 })[0] ?? [];
};

test('writes a header and a row a line, each ended by CRLF', () => {
  const rows = [
    ['octocat', 3],
    ['a,b', -1.5],
  ];
  expect(csv(table(['login', 'count'], rows))).toBe('login,count\r\noctocat,3\r\n"a,b",-1.5\r\n');
});

test('writes the header of a table without rows', () => {
  expect(csv(table(['login', 'count'], []))).toBe('login,count\r\n');
});

test('joins lists, writes objects as JSON, and leaves unknown values empty', () => {
  const lists = [['a', 'b'], [], [{ a: 1 }, null, undefined, 5], [true, '"x"']];
  const row = ['x', ...lists, { key: [1, 'two'] }, true, false, null, undefined, 0];
  expect(cells(...row)).toEqual([
    'x',
    'a, b',
    '',
    '{"a":1}, , , 5',
    'true, "x"',
    '{"key":[1,"two"]}',
    'true',
    'false',
    '',
    '',
    '0',
  ]);
});

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\rx',
  '\n=1',
  ' =1',
  '"=1"',
  "'=1",
  '\u200B=1',
  '\uFEFF=1',
  '＝1',
  '＋1',
  '－1',
  '＠1',
])('neutralises the formula %j', (text) => {
  expect(cells('x', text)).toEqual(['x', `'${text}`]);
});

test.each([['=a', 'b'], '-'])('neutralises a formula in %j', (value) => {
  expect(cells('x', value)[1]).toMatch(/^'/);
});

test.each(['octo-cat', 'a=b', '1+1', '<x>', 'é', "it's", '2026-11-20'])('leaves %j alone', (text) => {
  expect(cells('x', text)).toEqual(['x', text]);
});

test('leaves negative numbers numbers', () => {
  expect(cells('x', -12.5)).toEqual(['x', '-12.5']);
});

test('neutralises a column name too', () => {
  expect(csv(table(['a', '=cmd'], []))).toBe("a,'=cmd\r\n");
});

test('parses back to the same text, whatever it is', () => {
  const rowsOf = fc.array(fc.tuple(hostileText, hostileText, fc.integer()), { maxLength: 8 });
  fc.assert(
    fc.property(rowsOf, (rows) => {
      const read: string[][] = parse(
        csv(
          table(
            ['n', 'a', 'b'],
            rows.map(([a, b, n]) => [n, a, b]),
          ),
        ),
        {
          from_line: 2,
          relax_column_count: false,
        },
      );
      const expected = rows.map(([a, b, n]) => [`${n}`, a, b]);
      expect(read.map((row) => row.map(unquoted))).toEqual(expected.map((row) => row.map(unquoted)));
    }),
  );
});
/** UTF-8 has no half characters. */
const unquoted = (text: string): string => text.replace(/^'+/, '').toWellFormed();

test('no cell is left that a spreadsheet runs', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      expect(cells('x', text)[1] ?? '').not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/);
    }),
  );
});

test('hands on many rows in pieces', () => {
  const rows = Array.from({ length: 2000 }, (_, index) => [index, 'x'.repeat(100)]);
  const chunks = [...csvChunks(table(['a', 'b'], rows))];
  expect(chunks.length).toBeGreaterThan(3);
  expect(chunks.filter((chunk) => chunk === '')).toEqual([]);
  expect(parse(chunks.join(''))).toHaveLength(2001);
});

test('quotes what separates cells where a comma is the decimal point', () => {
  const [, line] = csv(table(['a', 'b', 'c'], [['a;=1+1', 'x\t=1+1', 'y']])).split('\r\n');
  expect(line).toBe('"a;=1+1","x\t=1+1",y');
});
