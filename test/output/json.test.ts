import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type JsonHead, jsonChunks } from '../../src/output/json.ts';
import type { Json, JsonFile, Table } from '../../src/reports/report.ts';
import { hostileText } from './reading.ts';

const HEAD: JsonHead = {
  enterprise: 'acme',
  generatedAt: new Date('2026-11-20T06:00:00Z'),
  apiUrl: 'https://api.github.com',
  metrics: { users: 2 },
};
const table = (names: string[], rows: readonly (readonly Json[])[]): Table => ({
  name: 't',
  title: 'T',
  columns: names.map((name, at) => ({ name, privacy: 'public', value: (row) => row[at] })),
  rows,
});
const json = (parts: JsonFile['parts'], head = HEAD): string =>
  [...jsonChunks({ name: 'x', parts }, head)].join('');

test('begins with the run, then its parts, one row a line', () => {
  const users = table(
    ['login', 'flag'],
    [
      ['a', null],
      ['b', true],
    ],
  );
  expect(json([{ name: 'users', table: users }])).toBe(
    `{
"enterprise": "acme",
"generated_at": "2026-11-20T06:00:00.000Z",
"api_url": "https://api.github.com",
"metrics": {"users":2},
"users": [
{"login":"a","flag":null},
{"login":"b","flag":true}
]
}
`,
  );
});

test('a part with a source or fields is an object with its rows as items', () => {
  const parts = [
    { name: 'costs', source: 'usage', fields: { total: 3, none: undefined }, table: table(['n'], [[1]]) },
    { name: 'bare', fields: {}, table: table(['n'], []) },
    { name: 'only', source: 'actions', fields: { total_minutes_used: 12 } },
    { name: 'named', source: 'budgets', table: table(['n'], [[2]]) },
    { name: 'empty', table: table(['n'], []) },
    { name: 'nothing' },
  ];
  expect(JSON.parse(json(parts))).toEqual({
    enterprise: 'acme',
    generated_at: '2026-11-20T06:00:00.000Z',
    api_url: 'https://api.github.com',
    metrics: { users: 2 },
    costs: { source: 'usage', total: 3, items: [{ n: 1 }] },
    bare: { items: [] },
    only: { source: 'actions', total_minutes_used: 12 },
    named: { source: 'budgets', items: [{ n: 2 }] },
    empty: [],
    nothing: [],
  });
});

test('names the key that made pseudonyms of people', () => {
  expect(JSON.parse(json([], { ...HEAD, redaction: 'abc' }))).toMatchObject({ redaction: 'abc' });
  expect(JSON.parse(json([]))).not.toHaveProperty('redaction');
});

test('keeps the text and the order of the columns, whatever the text is', () => {
  const value = fc.oneof(hostileText, fc.integer(), fc.boolean(), fc.constant(null), fc.array(hostileText));
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { maxLength: 5 }), (rows) => {
      const read = JSON.parse(json([{ name: 'rows', table: table(['z', 'a'], rows) }])).rows;
      expect(read).toEqual(rows.map(([z, a]) => ({ z, a })));
      for (const row of read) expect(Object.keys(row)).toEqual(['z', 'a']);
    }),
  );
});

test('leaves out what is undefined', () => {
  const read = JSON.parse(json([{ name: 'rows', table: table(['a', 'b'], [[undefined, 1]]) }]));
  expect(read.rows).toEqual([{ b: 1 }]);
});

test('hands on many rows in pieces', () => {
  const rows = Array.from({ length: 2000 }, (_, index) => [index]);
  const chunks = [...jsonChunks({ name: 'x', parts: [{ name: 'rows', table: table(['n'], rows) }] }, HEAD)];
  expect(chunks.length).toBeGreaterThan(4);
  expect(JSON.parse(chunks.join('')).rows).toHaveLength(2000);
});
