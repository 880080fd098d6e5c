import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { cellValue, label, tableBlocks, tableHead, tableHtml } from '../../../src/output/html/data.ts';
import { htmlPage } from '../../../src/output/html/index.ts';
import { emptyDocument, pageOf, tableOf } from './sample.ts';

const unpack = (block: string): unknown =>
  JSON.parse(gunzipSync(Buffer.from(block.replace(/<[^>]*>/g, ''), 'base64')).toString());

const kindsOf = (rows: readonly unknown[][], names?: string[]) =>
  tableHead(tableOf(rows, names), 'id').columns.map(({ kind }) => kind);

test.each([
  ['github_com_saml_name_id', 'GitHub.com SAML name ID'],
  ['enterprise_server_user_ids', 'Enterprise Server user IDs'],
  ['github_com_two_factor_auth', 'GitHub.com two-factor authentication'],
  ['github_com_orgs_with_pending_invites', 'GitHub.com organizations with pending invites'],
  ['constructor', 'Constructor'],
  ['organization', 'Organization'],
  ['sku', 'SKU'],
  ['unit_price', 'Unit price'],
])('%s reads "%s"', (name, text) => {
  expect(label(name)).toBe(text);
});

test('values become what a cell can show: nothing is null, lists and objects are text', () => {
  expect([undefined, null, '', []].map(cellValue)).toEqual([null, null, null, null]);
  expect([0, false, 'x', ['a', 'b'], { a: 1 }, [{ a: 1 }, 2]].map(cellValue)).toEqual([
    0,
    false,
    'x',
    'a, b',
    '{"a":1}',
    '{"a":1}, 2',
  ]);
});

describe('a column', () => {
  test('is of amounts when every value is a number', () => {
    expect(
      kindsOf([
        [1, 'x', null],
        [undefined, 'y', 2.5],
        [3, 4, ''],
      ]),
    ).toEqual(['number', 'text', 'number']);
  });

  test('of numbers that are no amounts keeps their digits', () => {
    expect(kindsOf([[12345, 2026, 1]], ['server_id', 'year', 'paid'])).toEqual(['id', 'id', 'number']);
  });

  test('without any value is not shown, and one with a zero or a "no" is', () => {
    const html = pageOf({
      reports: [
        { title: 'R', sections: [], tables: [tableOf([[null, 0, false]], ['empty', 'zero', 'flag'])] },
      ],
    });
    expect(html).toContain('>Zero</th>');
    expect(html).toContain('>Flag</th>');
    expect(html).not.toContain('>Empty</th>');
  });
});

test('every row is in the blocks, in order, whatever the number of blocks', () => {
  const rows = Array.from({ length: 12_001 }, (_, index) => [index, `</script>${index}`, null]);
  const table = tableOf(rows);
  const blocks = [...tableBlocks(table, tableHead(table, 'things'))].map(({ html }) => html);
  expect(blocks).toHaveLength(3);
  const columns = blocks.map((block) => unpack(block) as unknown[][]);
  expect(columns.flatMap(([first]) => first)).toEqual(rows.map(([first]) => first));
  expect(columns.flatMap((block) => block[1])).toEqual(rows.map((row) => row[1]));
});

test('the page is written in pieces, none of which holds all rows', () => {
  const rows = Array.from({ length: 40_000 }, (_, index) => [
    index,
    `person-${(index * 7919) % 99_991}`,
    null,
  ]);
  const document = { ...emptyDocument, reports: [{ title: 'R', sections: [], tables: [tableOf(rows)] }] };
  const sizes = [...htmlPage(document)].map((piece) => piece.length);
  expect(Math.max(...sizes)).toBeLessThan(100_000);
  expect(sizes.length).toBeGreaterThan(10);
});

test('only the first 25 rows are markup', () => {
  const html = pageOf({
    reports: [
      {
        title: 'R',
        sections: [],
        tables: [tableOf(Array.from({ length: 60 }, (_, index) => [`row-${index}`]))],
      },
    ],
  });
  expect(html).toContain('<td>row-24</td>');
  expect(html).not.toContain('row-25');
  expect(html).toContain('The first 25 of 60 rows');
});

test('names the file with every row only when it was written', () => {
  const table = tableOf([['x']]);
  const reports = [{ title: 'R', sections: [], tables: [table] }];
  expect(pageOf({ reports, files: ['things.csv'] })).toContain(
    'All rows, for a spreadsheet: <code>things.csv</code>',
  );
  expect(pageOf({ reports, files: ['other.csv'] })).not.toContain('for a spreadsheet');
});

test('text of a table is escaped in its head and in its first rows', () => {
  const hostile = '</script><img src=x onerror=alert(1)>';
  const table = { ...tableOf([[hostile]], [hostile]), title: hostile };
  const html = tableHtml(table, tableHead(table, 'id'), hostile).html;
  expect(html).not.toContain('<img');
  expect(html.match(/<\/script>/g)).toHaveLength(1);
});

test('a table without rows is left out', () => {
  expect(pageOf({ reports: [{ title: 'R', sections: [], tables: [tableOf([])] }] })).not.toContain('Things');
});
