import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvChunks } from '../../src/output/csv.ts';
import type { Json, Table } from '../../src/reports/report.ts';
import { CSV_READERS, csvRecords, HOSTILE, hostileText } from './reading.ts';

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
  return csvRecords(text)[1] ?? [];
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

const separated = fc
  .array(fc.constantFrom(...',;\t|"\'\n\r\v\f\u0085\u2028\u2029\u001e\u001f =x'.split('')), { maxLength: 6 })
  .map((parts) => parts.join(''));

test.each(Object.entries(CSV_READERS))('%s reads the same text back, whatever it is', (_, read) => {
  const anyText = fc.oneof(hostileText, separated);
  const rowsOf = fc.array(fc.tuple(anyText, anyText, fc.integer()), { maxLength: 8 });
  fc.assert(
    fc.property(rowsOf, (rows) => {
      const given = rows.map(([a, b, n]) => [`${n}`, a, b]);
      const [header, ...records] = read(csv(table(['n', 'a', 'b'], given)));
      expect(header).toEqual(['n', 'a', 'b']);
      expect(records.map((row) => row.map(unquoted))).toEqual(given.map((row) => row.map(unquoted)));
    }),
  );
});
/** UTF-8 has no half characters. */
const unquoted = (text: string): string => text.replace(/^'+/, '').toWellFormed();

const hasPython = spawnSync('python3', ['--version']).status === 0;
test.skipIf(!hasPython)("Python's csv module reads the same text back", () => {
  const breaks = ['\n', '\r', '\r\n', '\v', '\u0085', '\u2028'].map((end) => `x${end}=cmd|' /C calc'!A0`);
  const rows = [...HOSTILE, ...breaks].map((text, index) => [text, `${index}`, text]);
  const program =
    'import csv,io,json,sys; print(json.dumps(list(csv.reader(io.TextIOWrapper(sys.stdin.buffer, "utf-8", newline="")))))';
  const { stdout } = spawnSync('python3', ['-c', program], { input: csv(table(['a', 'b', 'c'], rows)) });
  const [, ...records]: string[][] = JSON.parse(stdout.toString());
  expect(records.map((row) => row.map(unquoted))).toEqual(rows.map((row) => row.map(unquoted)));
});

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
  expect(csvRecords(chunks.join(''))).toHaveLength(2001);
});

test.each([...[';', '\t', '|', '\n', '\r', '\r\n', '\v', '\f', '\u0085', '\u2028', '\u2029']])(
  'quotes %j, so that nobody begins a cell or a row there',
  (separator) => {
    const text = csv(table(['a', 'b', 'c'], [[`x${separator}=1+1`, 'y', 'z']]));
    expect(text).toBe(`a,b,c\r\n"x${separator}=1+1",y,z\r\n`);
  },
);
