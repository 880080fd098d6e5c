/** docs/files.md and what runs write: every file, every column in order, and values of the type that is said. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readDate } from '../../src/common/dates.ts';
import { REPORT_FILES } from '../../src/report-files.ts';
import { NOW } from '../clock.ts';
import type { ActionRun } from '../e2e/action.ts';
import { runHere } from '../e2e/in-process.ts';
import { startGitHub, workspace } from '../e2e/support.ts';
import { csvRecords } from '../output/reading.ts';
import { read } from './repository.ts';

const page = read('docs/files.md');

/** The rows of the table below a heading of a file: name and type of each column. */
function columnsOf(file: string): readonly (readonly [name: string, type: string])[] {
  const section = page.split(`\n### \`${file}\`\n`)[1]?.split(/\n##/)[0] ?? '';
  return [...section.matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm)].map(([, name = '', type = '']) => [
    name,
    type,
  ]);
}

const number = (text: string) => /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text);
const TYPES: Readonly<Record<string, (text: string) => boolean>> = {
  text: () => true,
  list: () => true,
  flag: (text) => text === 'true' || text === 'false',
  number,
  days: number,
  '%': number,
  USD: number,
  date: (text) => readDate(text) !== undefined,
};

/** Runs that write every file: of enterprises whose answers differ, with an earlier run to compare with. */
async function runs(): Promise<readonly ActionRun[]> {
  const inputs = { report: 'all', formats: 'csv, json', 'job-summary': 'false' };
  const done: ActionRun[] = [];
  for (const dialect of ['documented', 'field', 'ghe.com'] as const) {
    const options = { now: NOW, seats: 300, organizations: 6, dialect, costCenters: 3, budgets: 9, seed: 3 };
    const duplicates = { count: 8, nearMisses: 2 };
    const place = workspace();
    const before = await runHere(await startGitHub({ ...options, seats: 290 }), inputs);
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, 'before.json'), before.read('licenses.json'));
    const github = await startGitHub({ ...options, duplicates, servers: ['ok', 'stale', 'failing'] });
    const more = { 'previous-report': 'before.json' };
    done.push(await runHere(github, { ...inputs, ...more }, { workspace: place }));
  }
  const previous = { previousPlatform: 'served', metered: '404' } as const;
  done.push(await runHere(await startGitHub({ now: NOW, seats: 20, ...previous }), inputs));
  return done;
}

test('docs/files.md has each file', () => {
  for (const file of REPORT_FILES.keys()) expect(page, file).toContain(`\`${file}\``);
  const described = [...page.matchAll(/^### `([\w.-]+)`$/gm)].map(([, file]) => file);
  expect(described.filter((file = '') => !REPORT_FILES.has(file))).toEqual([]);
  const tables = [...REPORT_FILES.keys()].filter((file) => file.endsWith('.csv'));
  expect(tables.filter((file) => columnsOf(file).length === 0)).toEqual([]);
});

test.each([...REPORT_FILES].filter(([file]) => file.endsWith('.csv')))(
  'docs/files.md says which report %s is of, and whether it lists people',
  (file, { of, ofPeople }) => {
    const [, first = ''] = page.split(`\n### \`${file}\`\n\n`)[1]?.match(/^([^.]+)\./) ?? [];
    expect(first.endsWith('people')).toBe(ofPeople === true);
    if (of === undefined || !first.startsWith('Report')) return;
    for (const report of [of].flat()) expect(first).toContain(`\`${report}\``);
  },
);

test('docs/files.md has every column of every table that a run writes, in order, with its type', async () => {
  const written = new Map<string, Set<string>>();
  for (const run of await runs()) {
    for (const file of run.files.filter((name) => name.endsWith('.csv'))) {
      const [header = [], ...rows] = csvRecords(run.read(file));
      const columns = columnsOf(file);
      expect(header, file).toEqual(columns.map(([name]) => name));
      for (const [index, [name, type]] of columns.entries()) {
        const values = rows.map((row) => row[index] ?? '').filter((value) => value !== '');
        expect(values.filter((value) => !TYPES[type]?.(value)).slice(0, 3), `${file}: ${name}`).toEqual([]);
        if (values.length > 0) written.set(file, (written.get(file) ?? new Set()).add(name));
      }
    }
  }
  // Who reads the page finds values in most columns; the rest is for what these enterprises do not have.
  const seen = [...written.values()].reduce((sum, names) => sum + names.size, 0);
  const all = [...written.keys()].reduce((sum, file) => sum + columnsOf(file).length, 0);
  expect(written.size).toBeGreaterThan(7);
  expect(seen / all).toBeGreaterThan(0.85);
});

/** The names in a cell. */
const namesIn = (cell = ''): string[] => [...cell.matchAll(/`([\w.…-]+)`/g)].map(([, name = '']) => name);

test('docs/files.md has every part of every JSON file that a run writes, and every key of the bill', async () => {
  const cells = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  const partsOf = (file: string) => namesIn(cells.find(([, first]) => first === `\`${file}\``)?.[2]);
  /** The row of a part of the bill: a name that ends in … begins others. */
  const rowOf = (part: string) =>
    cells.find(([, names]) =>
      namesIn(names).some(
        (name) => name === part || (name.endsWith('…') && part.startsWith(name.slice(0, -1))),
      ),
    );
  const keysIn = (cell = ''): string[] =>
    namesIn(cell).flatMap((name) =>
      name.endsWith('.csv')
        ? columnsOf(name).map(([column]) => column)
        : [name, ...(name === 'usage_summary' ? namesIn(rowOf(name)?.[3]) : [])],
    );
  const HEAD = ['enterprise', 'generated_at', 'api_url', 'metrics'];
  const seen = new Set<string>();
  for (const run of await runs()) {
    for (const file of run.files.filter((name) => name.endsWith('.json'))) {
      const parts = Object.entries<Record<string, unknown>>(JSON.parse(run.read(file)));
      for (const [part, content] of parts.filter(([name]) => !HEAD.includes(name))) {
        if (file !== 'billing.json') {
          expect(partsOf(file), `${file}: ${part}`).toContain(part);
          continue;
        }
        const [, , own, ofItems] = rowOf(part) ?? [];
        const isList = Array.isArray(content);
        const items = (isList ? content : (content.items ?? [])) as object[];
        const keys = isList ? [] : Object.keys(content).filter((key) => key !== 'source' && key !== 'items');
        expect(keysIn(own), part).toEqual(expect.arrayContaining(keys));
        expect(keysIn(ofItems), part).toEqual(
          expect.arrayContaining([...new Set(items.flatMap(Object.keys))]),
        );
        seen.add(part);
      }
    }
  }
  expect([...seen].length).toBeGreaterThan(12);
});
