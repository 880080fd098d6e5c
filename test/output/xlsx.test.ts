/** What report.xlsx holds, read by somebody else's reader and by LibreOffice. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/outcome.ts';
import { composeDocument } from '../../src/output/document.ts';
import { sheetNames, workbookChunks } from '../../src/output/xlsx/index.ts';
import { isOurs } from '../../src/report-files.ts';
import type { ColumnUnit, Json, Table } from '../../src/reports/report.ts';
import { NOW } from '../clock.ts';
import { outcomeOf } from '../outcomes.ts';
import { haveTools } from '../tools.ts';
import { HOSTILE, hostileText } from './reading.ts';
import { partsOf, readWorkbook, type Value } from './workbook.ts';

const MOST_ROWS = 1_048_576;

function workbook(tables: readonly Table[], parts: Partial<Outcome> = {}): Buffer {
  const extras = [{ title: 'Everything', sections: [], tables }];
  const outcome = outcomeOf({ extras, ...parts });
  return Buffer.concat([...workbookChunks(outcome, composeDocument(outcome, []))]);
}

/** A table of rows as they stand. */
const table = (
  columns: Readonly<Record<string, ColumnUnit | undefined>>,
  rows: readonly (readonly Json[])[],
  title = 'People',
): Table<readonly Json[]> => ({
  name: 'table',
  title,
  columns: Object.entries(columns).map(([name, unit], index) => ({
    name,
    privacy: 'public',
    value: (row) => row[index],
    ...(unit && { unit }),
  })),
  rows,
});

const cellsOf = (bytes: Buffer, sheet = 'People'): Value[][] => {
  const rows = readWorkbook(bytes).get(sheet);
  if (rows === undefined) throw new Error(`no sheet ${sheet}`);
  return rows;
};

describe('a table', () => {
  test('has typed cells under its header', () => {
    const bytes = workbook([
      table({ login: undefined, seats: undefined, owner: undefined, roles: undefined, other: undefined }, [
        ['mona', 3, true, ['a', 'b'], { x: [1] }],
        ['007', -1.25, false, [], null],
        ['', 0, null, undefined, undefined],
      ]),
    ]);
    expect(cellsOf(bytes)).toEqual([
      ['login', 'seats', 'owner', 'roles', 'other'],
      ['mona', 3, true, 'a, b', '{"x":[1]}'],
      ['007', -1.25, false, undefined, undefined],
      [undefined, 0, undefined, undefined, undefined],
    ]);
  });

  test('has dates where the column says so and the text is one', () => {
    const [, ...rows] = cellsOf(
      workbook([
        table({ at: 'date', name: undefined }, [
          ['2026-11-20', '2026-11-20'],
          ['2026-11-20T06:30:15Z', 'x'],
          ['2026-11-20T06:30:15+02:00', 'x'],
          ['2026-02-30', 'no day'],
          ['2026-11-20T25:00:00Z', 'no time'],
          ['1899-12-31', 'before sheets begin'],
          ['never', 'x'],
        ]),
      ]),
    );
    expect(rows).toEqual([
      [new Date('2026-11-20T00:00:00Z'), '2026-11-20'],
      [new Date('2026-11-20T06:30:15Z'), 'x'],
      [new Date('2026-11-20T04:30:15Z'), 'x'],
      ['2026-02-30', 'no day'],
      ['2026-11-20T25:00:00Z', 'no time'],
      ['1899-12-31', 'before sheets begin'],
      ['never', 'x'],
    ]);
  });

  test('shows money with two decimals, and keeps all of them', () => {
    const bytes = workbook([table({ cost: 'usd' }, [[1234.5678], [0]])]);
    expect(cellsOf(bytes)).toEqual([['cost'], [1234.5678], [0]]);
    const { 'xl/styles.xml': styles = '' } = partsOf(bytes);
    expect(styles).toContain('formatCode="&quot;$&quot;#,##0.00"');
  });

  test('keeps its header in sight, and can be filtered', () => {
    const { 'xl/worksheets/sheet2.xml': sheet = '' } = partsOf(
      workbook([
        table(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`c${i}`, undefined])), [[], []]),
      ]),
    );
    expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(sheet).toContain('<autoFilter ref="A1:AD3"/>');
  });

  test('has columns as wide as what stands in them, within reason', () => {
    const { 'xl/worksheets/sheet2.xml': sheet = '' } = partsOf(
      workbook([table({ a: undefined, b: 'date', c: undefined }, [['x', '2026-11-20', 'y'.repeat(500)]])]),
    );
    expect([...sheet.matchAll(/ width="(\d+)"/g)].map(([, width]) => Number(width))).toEqual([9, 13, 60]);
  });

  test('without rows or columns is an empty sheet', () => {
    const read = readWorkbook(workbook([table({ a: undefined }, []), table({}, [], 'Nothing')]));
    expect([...read.keys()]).toEqual(['Verdict', 'People', 'Nothing']);
    expect(read.get('People')).toEqual([['a']]);
  });
});

/** The reader makes one line feed of each kind of line break. */
const asRead = (text: string) => text.toWellFormed().replaceAll(/\r\n?/g, '\n') || undefined;

describe('text', () => {
  test.each(HOSTILE.filter((text) => text.length < 100))('is text, and nothing else: %j', (text) => {
    expect(cellsOf(workbook([table({ a: undefined }, [[text], ['end']])]))[1]).toEqual([asRead(text)]);
  });

  test('of any kind comes back as it was', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 20 }), (texts) => {
        const rows = cellsOf(
          workbook([
            table(
              { a: undefined, b: undefined },
              texts.map((text) => [text, 1]),
            ),
          ]),
        );
        // A lone carriage return it keeps now and then.
        const read = rows.slice(1).map(([text, one]) => [asRead(String(text ?? '')), one]);
        expect(read).toEqual(texts.map((text) => [asRead(text), 1]));
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['\u0000', '_x0000_'],
    ['a\r\nb', 'a_x000D_\nb'],
    ['_x0041_', '_x005F_x0041_'],
    ['_x0041_x0042_', '_x005F_x0041_x005F_x0042_'],
    ['\uFFFE', '_xFFFE_'],
    ['_x41_', '_x41_'],
  ])('that XML cannot hold is escaped as Excel does it: %j', (text, written) => {
    const parts = partsOf(workbook([table({ a: undefined }, [[text]])]));
    expect(parts['xl/worksheets/sheet2.xml']).toContain(`<t>${written}</t>`);
  });

  test('of 32,767 characters is whole; longer, it is cut, and the first sheet says so', () => {
    const whole = 'x'.repeat(32_767);
    const longer = `${'y'.repeat(32_765)}👩‍💻`;
    const bytes = workbook([table({ a: undefined }, [[whole], [longer]])]);
    expect(cellsOf(bytes).slice(1)).toEqual([[whole], [`${'y'.repeat(32_765)}…`]]);
    expect(cellsOf(bytes, 'Verdict').flat().join('\n')).toMatch(
      /32,767 characters\) were cut and end in …: 1\./,
    );
    expect(
      cellsOf(workbook([table({ a: undefined }, [[whole]])]), 'Verdict')
        .flat()
        .join('\n'),
    ).not.toContain('32,767');
  });
});

describe('names of sheets', () => {
  const name = () => sheetNames();

  test('are those of the tables, without what Excel refuses', () => {
    const next = name();
    expect(
      ['Seats [2026]: a/b\\c?*', "'quoted'", '', 'History', 'People', 'people', 'PEOPLE'].map(next),
    ).toEqual([
      'Seats  2026   a b c',
      'quoted',
      'Sheet',
      'History (2)',
      'People',
      'people (2)',
      'PEOPLE (3)',
    ]);
  });

  test('are allowed and tell sheets apart, whatever the titles', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(hostileText, fc.constantFrom('a'.repeat(40), 'A'.repeat(40)))),
        (titles) => {
          const names = titles.map(name());
          for (const one of names) {
            expect(one.length).toBeGreaterThan(0);
            expect(one.length).toBeLessThanOrEqual(31);
            expect(one).not.toMatch(/[[\]:*?/\\]|^'|'$|^history$/i);
            expect(one.isWellFormed()).toBe(true);
          }
          expect(new Set(names.map((one) => one.toLowerCase())).size).toBe(titles.length);
        },
      ),
    );
  });
});

test('more rows than a sheet can hold stand in several, and the first sheet says so', () => {
  const rows = Array<Json[]>(MOST_ROWS + 1).fill([7]);
  const parts = partsOf(workbook([table({ a: undefined }, rows)]));
  const count = (sheet: string) => (parts[`xl/worksheets/${sheet}.xml`]?.match(/<row /g) ?? []).length;
  expect([count('sheet2'), count('sheet3')]).toEqual([MOST_ROWS, 3]);
  expect(parts['xl/workbook.xml']).toMatch(/name="People".*name="People \(2\)"/);
  expect(parts['xl/worksheets/sheet3.xml']).toContain('<autoFilter ref="A1:A3"/>');
  expect(parts['xl/worksheets/sheet1.xml']).toContain(
    'People has more rows than a sheet can hold (1,048,576)',
  );
}, 60_000);

test('as many rows as a sheet can hold stand in one', () => {
  const rows = Array<Json[]>(MOST_ROWS - 1).fill([7]);
  const parts = partsOf(workbook([table({ a: undefined }, rows)]));
  expect(Object.keys(parts).filter((part) => part.includes('/sheet'))).toHaveLength(2);
  expect(parts['xl/worksheets/sheet1.xml']).not.toContain('has more rows');
}, 60_000);

describe('the first sheet', () => {
  const bytes = workbook([], {
    metrics: { 'seats-available': -3, 'cost-net': 12.5, 'seats-used-percent': 102.25, 'oldest-sync-days': 0 },
    errors: ['GitHub answered 404 to `GET /x`.'],
    notices: [{ level: 'warning', text: 'The token expires.' }],
    judgements: [
      {
        gate: { level: 'fail', metric: 'seats-available', direction: 'below', limit: 0, bound: 'below 0' },
        verdict: 'fail',
        value: -3,
      },
      {
        gate: { level: 'warn', metric: 'servers-stale', direction: 'above', limit: 0, bound: 'above 0' },
        verdict: 'warn',
        value: undefined,
        why: 'GitHub sent none',
      },
    ] as Outcome['judgements'],
  });
  const rows = cellsOf(bytes, 'Verdict');
  const row = (label: string) => rows.find(([first]) => first === label);

  test('says whose report it is, of when, and what it came to', () => {
    expect(row('Enterprise')?.[1]).toBe('acme');
    expect(row('Date (UTC)')?.[1]).toEqual(NOW);
    expect(row('Status')?.[1]).toBe('error');
    expect(row('Verdict')?.[1]).toBe(
      'The report could not be completed. 1 bound crossed: seats-available is -3 (fail-on: below 0).',
    );
    expect(row('error')?.[1]).toBe('GitHub answered 404 to GET /x.');
    expect(row('warning')?.[1]).toBe('The token expires.');
  });

  test('has every gate and every metric, with its unit and meaning', () => {
    const [gate, metric] = rows.filter(([first]) => first === 'seats-available');
    expect(gate).toEqual(['seats-available', -3, 'fail-on: below 0', 'fail', undefined]);
    expect(metric?.slice(0, 4)).toEqual(['seats-available', -3, undefined, 'licenses']);
    expect(row('servers-stale')).toEqual([
      'servers-stale',
      undefined,
      'warn-on: above 0',
      'warn',
      'GitHub sent none',
    ]);
    expect(row('cost-net')?.slice(0, 3)).toEqual(['cost-net', 12.5, 'usd']);
    expect(row('oldest-sync-days')?.slice(0, 3)).toEqual(['oldest-sync-days', 0, 'days']);
  });
});

test('a workbook of this action is known by its first bytes, and no other', () => {
  const start = (bytes: Buffer) => bytes.toString('utf8', 0, 4096);
  const bytes = workbook([]);
  expect(isOurs('report.xlsx', start(bytes))).toBe(true);
  expect(isOurs('report.xlsx', start(bytes).replace('enterprise-license-report', 'openpyxl'))).toBe(false);
});

describe.skipIf(!haveTools('soffice'))('LibreOffice', () => {
  test('reads every cell as it was', () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'workbook-'));
    try {
      const texts = HOSTILE.map((text) => text.toWellFormed()).filter((text) => text !== '');
      const rows = texts.map((text, index) => [
        text,
        index - 2.5,
        index % 2 === 0,
        '2026-11-20T06:30:15Z',
        1.5,
      ]);
      const people = table(
        { text: undefined, number: undefined, flag: undefined, at: 'date', cost: 'usd' },
        rows,
      );
      writeFileSync(
        path.join(directory, 'report.xlsx'),
        workbook([people, table({ a: undefined }, [['b']], 'Two')]),
      );
      // Every sheet, UTF-8, all texts quoted.
      const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1';
      const { status, stderr } = spawnSync(
        'soffice',
        [
          `-env:UserInstallation=file://${directory}/profile`,
          '--headless',
          '--convert-to',
          filter,
          'report.xlsx',
        ],
        { cwd: directory, encoding: 'utf8', timeout: 120_000 },
      );
      expect(status, stderr).toBe(0);
      expect(readdirSync(directory).filter((name) => name.endsWith('.csv'))).toEqual([
        'report-People.csv',
        'report-Two.csv',
        'report-Verdict.csv',
      ]);
      const read = parse(readFileSync(path.join(directory, 'report-People.csv'), 'utf8'));
      expect(read).toEqual([
        ['text', 'number', 'flag', 'at', 'cost'],
        ...rows.map(([text, number, flag]) => [
          asRead(String(text)),
          String(number),
          String(flag).toUpperCase(),
          '2026-11-20 06:30:15',
          '1.5',
        ]),
      ]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  }, 150_000);
});
