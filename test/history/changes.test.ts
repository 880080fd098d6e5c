import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { explain } from '../../src/failures.ts';
import { readChanges } from '../../src/history/changes.ts';
import type { Column, Report } from '../../src/reports/report.ts';
import { inputs } from '../reports/fake-client.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'changes-'));
afterAll(() => rmSync(directory, { recursive: true }));
const previousReport = path.join(directory, 'licenses.json');
writeFileSync(
  previousReport,
  '{"enterprise": "acme", "generated_at": "2026-10-01T00:00:00Z", "users": [{"github_com_login": "ana"}]}',
);

/** A licenses report of one row. */
const licenses = (...columns: Column<unknown>[]): Report => ({
  name: 'licenses',
  title: 'Licenses',
  measures: {},
  figures: [],
  sections: [],
  tables: [{ name: 'licenses', title: 'People', columns, rows: [{}] }],
  files: [],
  notices: [],
  errors: [],
  organizations: [],
});
const column = (value: () => string): Column<unknown> => ({
  name: 'github_com_login',
  privacy: 'login',
  value,
});

test('the people of both reports are compared', async () => {
  const changes = await readChanges(inputs({ previousReport }), [licenses(column(() => 'ben'))], undefined);
  expect(changes.report?.tables[0]?.rows.map(({ change }) => change)).toEqual(['gained', 'lost']);
});

test("a fault of the comparing is told as the action's own, not as the file's", async () => {
  const broken = column(() => {
    throw new TypeError('value is not iterable');
  });
  const { errors, report } = await readChanges(inputs({ previousReport }), [licenses(broken)], undefined);
  expect(report).toBeUndefined();
  expect(errors.map(explain)).toEqual([
    expect.stringMatching(/^Unexpected error: value is not iterable\. This is a fault of the action/),
  ]);
});

test('a file that cannot be read is an error that names it', async () => {
  const { errors } = await readChanges(
    inputs({ previousReport: directory }),
    [licenses(column(() => 'ben'))],
    undefined,
  );
  expect(errors.map(explain)).toEqual([
    expect.stringMatching(/^previous-report: .* cannot be read \(EISDIR/),
  ]);
});
