import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { explain } from '../../src/failures.ts';
import { readChanges, readCopilotBefore } from '../../src/history/changes.ts';
import type { Measures } from '../../src/metrics.ts';
import type { Column, Report } from '../../src/reports/report.ts';
import { inputs } from '../reports/fake-client.ts';

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true });
});

const HEAD = { enterprise: 'acme', generated_at: '2026-10-01T00:00:00Z' };
const LICENSES = { ...HEAD, users: [{ github_com_login: 'ana' }, { github_com_login: 'ben' }] };
const COPILOT = { ...HEAD, seats: [{ login: 'ana' }] };

/** The earlier run left these files; `undefined`: not this one. */
function leave(files: { licenses?: unknown; copilot?: unknown }): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'changes-'));
  directories.push(directory);
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    writeFileSync(path.join(directory, `${name}.json`), text);
  }
  return path.join(directory, 'licenses.json');
}

const column = (name: string): Column<string> => ({ name, privacy: 'login', value: (login) => login });
function report(
  name: 'licenses' | 'copilot',
  of: Column<string>,
  logins: readonly string[],
  measures: Measures,
): Report {
  const table = { name, title: name, columns: [of], rows: logins };
  const nothing = { figures: [], sections: [], files: [], notices: [], errors: [], organizations: [] };
  return { ...nothing, name, title: name, measures, tables: [table] };
}
const licenses = (...logins: string[]) =>
  report('licenses', column('github_com_login'), logins, { 'seats-consumed': 5 });
const copilot = (...logins: string[]) => report('copilot', column('login'), logins, { 'copilot-seats': 5 });

/** "seat gained ben" for each row of `changes.csv`, the notices, and the errors. */
async function changesOf(
  previousReport: string,
  reports: readonly Report[],
  redaction: string | undefined = undefined,
) {
  const given = inputs({ previousReport, reports: ['licenses', 'copilot'] });
  const changes = await readChanges(given, reports, redaction, await readCopilotBefore(given));
  const rows = changes.report?.tables[0]?.rows;
  return {
    rows: rows?.map(({ kind, change, person }) => `${kind} ${change} ${person.github_com_login}`),
    sections: changes.report?.sections.map(({ title }) => title),
    notices: changes.notices.map(({ text }) => text),
    errors: changes.errors.map(explain),
  };
}

test('the people and the Copilot seats of both runs are compared', async () => {
  const previous = leave({
    licenses: LICENSES,
    copilot: { ...COPILOT, generated_at: '2026-10-08T00:00:00Z' },
  });
  expect(await changesOf(previous, [licenses('ana', 'cy'), copilot('cy', '')])).toEqual({
    rows: ['seat gained cy', 'seat lost ben', 'copilot gained cy', 'copilot lost ana'],
    sections: ['People since 2026-10-01', 'Copilot seats since 2026-10-08'],
    notices: [],
    errors: [],
  });
});

test('without a licenses.json nothing is compared, with one notice', async () => {
  const previous = leave({ copilot: COPILOT });
  expect(await changesOf(previous, [licenses('ana'), copilot('ana')])).toEqual({
    rows: undefined,
    sections: undefined,
    notices: [expect.stringMatching(/there is no .*licenses\.json yet/)],
    errors: [],
  });
});

describe('without Copilot seats to compare with, those of people are compared, and', () => {
  const seats = { rows: ['seat lost ben'], sections: ['People since 2026-10-01'] };

  test('an earlier run without a copilot.json is a notice', async () => {
    expect(await changesOf(leave({ licenses: LICENSES }), [licenses('ana'), copilot('ana', 'cy')])).toEqual({
      ...seats,
      notices: [expect.stringMatching(/^previous-report: there is no .*copilot\.json yet/)],
      errors: [],
    });
  });

  test('a copilot report that was not made is told elsewhere', async () => {
    const previous = leave({ licenses: LICENSES, copilot: COPILOT });
    expect(await changesOf(previous, [licenses('ana')])).toEqual({ ...seats, notices: [], errors: [] });
  });

  test.each([
    ['of a run with people: false', { ...HEAD, metrics: { 'copilot-seats': 3 } }, 'the file lists nobody'],
    ['of another enterprise', { ...COPILOT, enterprise: 'globex' }, 'about the enterprise "globex"'],
    ['of a run with a key', { ...COPILOT, redaction: 'f1' }, 'its people are pseudonyms'],
    ['cut off', '{"enterprise": "acme", "seats": [', 'the file is not JSON'],
    ['of another report', HEAD, 'not the copilot.json of an earlier run'],
    ['a list', [], 'holds no JSON object'],
    [
      'of seats that name nobody',
      { ...COPILOT, seats: [{ login: '' }] },
      'GitHub listed nobody in the earlier run',
    ],
  ])('a copilot.json %s is an error that names it', async (_, content, why) => {
    const previous = leave({ licenses: LICENSES, copilot: content });
    const { errors, ...rest } = await changesOf(previous, [licenses('ana'), copilot('ana')]);
    expect(rest).toEqual({ ...seats, notices: [] });
    expect(errors).toEqual([expect.stringMatching(/^previous-report: copilot\.json beside it: /)]);
    expect(errors[0]).toContain(why);
  });
});

test.each([
  ['people', [licenses(), copilot('ana')], 'previous-report: GitHub listed nobody in this run'],
  [
    'Copilot seats',
    [licenses('ana', 'ben'), copilot('')],
    'copilot.json beside it: GitHub listed nobody in this',
  ],
])('%s that GitHub counts and does not list are not lost', async (_, reports, why) => {
  const { errors, rows } = await changesOf(leave({ licenses: LICENSES, copilot: COPILOT }), reports);
  expect(rows ?? []).toEqual([]);
  expect(errors).toEqual([expect.stringContaining(why)]);
});

test('where no seat is left, all of them are lost', async () => {
  const none = report('copilot', column('login'), [], { 'copilot-seats': 0 });
  const { rows } = await changesOf(leave({ licenses: LICENSES, copilot: COPILOT }), [
    licenses('ana', 'ben'),
    none,
  ]);
  expect(rows).toEqual(['copilot lost ana']);
});

test("a fault of the comparing is told as the action's own, not as the file's", async () => {
  const broken: Column<string> = {
    ...column('github_com_login'),
    value: () => {
      throw new TypeError('value is not iterable');
    },
  };
  const { errors, rows } = await changesOf(leave({ licenses: LICENSES }), [
    report('licenses', broken, ['ana'], {}),
  ]);
  expect(rows).toBeUndefined();
  expect(errors).toEqual([
    expect.stringMatching(/^Unexpected error: value is not iterable\. This is a fault of the action/),
  ]);
});

test('a file that cannot be read is an error that names it', async () => {
  const directory = path.dirname(leave({}));
  const { errors } = await changesOf(directory, [licenses('ben')]);
  expect(errors).toEqual([expect.stringMatching(/^previous-report: .* cannot be read \(EISDIR/)]);
});
