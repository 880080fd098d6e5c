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
    'All rows, for a spreadsheet: <a href="./things.csv"><code>things.csv</code></a>',
  );
  expect(pageOf({ reports, files: ['other.csv'] })).not.toContain('for a spreadsheet');
});

test('text of a table is escaped in its head and in its first rows', () => {
  const hostile = '</script><img src=x onerror=alert(1)>';
  const table = { ...tableOf([[hostile]], [hostile]), title: hostile };
  const html = tableHtml(table, tableHead(table, 'id'), new Set([hostile])).html;
  expect(html).not.toContain('<img');
  expect(html.match(/<\/script>/g)).toHaveLength(1);
});

describe('the columns that are there at first', () => {
  const shownOf = (columns: readonly (readonly [name: string, value: unknown])[]) => {
    const table = tableOf(
      Array.from({ length: 30 }, () => columns.map(([, value]) => value)),
      columns.map(([name]) => name),
    );
    return tableHead(table, 'id')
      .columns.filter(({ shown }) => shown)
      .map(({ name }) => name);
  };

  test('are those that fit, in their order, and the first whatever it holds', () => {
    const wide = Array.from({ length: 30 }, (_, index) => [`column_${index}`, 'x'.repeat(20)] as const);
    const shown = shownOf(wide);
    expect(shown).toEqual(wide.slice(0, shown.length).map(([name]) => name));
    expect(shown.length).toBeGreaterThan(4);
    expect(shown.length).toBeLessThan(9);
    expect(shownOf([['only', 'x'.repeat(5000)]])).toEqual(['only']);
  });

  test('are all of a narrow table, but for empty and minor ones', () => {
    expect(
      shownOf([
        ['a', 1],
        ['b', null],
        ['c', 'x'],
      ]),
    ).toEqual(['a', 'c']);
    const table = tableOf([['x', 'y']], ['a', 'b']);
    const columns = table.columns.map((column) =>
      column.name === 'a' ? { ...column, minor: true as const } : column,
    );
    const html = pageOf({ reports: [{ title: 'R', sections: [], tables: [{ ...table, columns }] }] });
    expect(html).not.toContain('>A</th>');
    expect(html).toContain('1 more column');
  });
});

describe('rows that a section tells one by one', () => {
  const reportsOf = (amount: number) => {
    const rows = Array.from({ length: amount }, (_, index) => [`row-${index}`]);
    const table = tableOf(rows, ['a']);
    const block = {
      kind: 'table',
      columns: [{ label: 'A', format: 'text' }],
      rows,
      limit: 5,
      file: 'things.csv',
      isFile: true,
    } as const;
    return [{ title: 'R', sections: [{ title: 'S', blocks: [block] }], tables: [table] }];
  };
  const times = (html: string, text: string) => html.split(`<td>${text}</td>`).length - 1;

  test('stand there alone while they are few', () => {
    const html = pageOf({ reports: reportsOf(25), files: ['things.csv'] });
    expect([times(html, 'row-0'), times(html, 'row-24')]).toEqual([1, 1]);
    expect(html).not.toContain('class="data"');
  });

  test('are the first of a table to search when they are many', () => {
    const html = pageOf({ reports: reportsOf(26) });
    expect([times(html, 'row-4'), times(html, 'row-5')]).toEqual([2, 1]);
    expect(html).toContain('<a href="#table-0-0">All 26</a>');
    expect(html).toContain('id="table-0-0"');
  });
});

test('a table without rows is left out', () => {
  expect(pageOf({ reports: [{ title: 'R', sections: [], tables: [tableOf([])] }] })).not.toContain('Things');
});
