import { expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { csvRows } from '../output/reading.ts';
import { report, startGitHub } from './support.ts';

test('20,000 people: every planted duplicate is found, and no near miss', async () => {
  const github = await startGitHub({
    now: NOW,
    seats: 20_000,
    duplicates: { count: 300, nearMisses: 100 },
    servers: ['ok', 'ok'],
    limits: false,
  });
  const { duplicates, nearMisses } = github.enterprise.planted;
  expect(new Set(duplicates.map(({ kind }) => kind)).size).toBe(4);
  expect(nearMisses.length).toBe(100);

  const result = await report(github, { formats: 'csv' });
  expect(result.exitCode).toBe(0);
  const rows = csvRows(result.read('duplicates.csv'));
  const keyOf = (row: Record<string, string>) =>
    row.github_com_login ||
    row.enterprise_server_user_ids?.split(', ')[0] ||
    row.visual_studio_subscription_email ||
    '';
  const groups = (found: readonly string[][]) => found.map((keys) => keys.toSorted().join(' ')).sort();
  const found = [...Map.groupBy(rows, (row) => row.group).values()].map((group) => group.map(keyOf));
  expect(groups(found)).toEqual(groups(duplicates.map((group) => group.rows)));
  const seats = duplicates.reduce((sum, group) => sum + group.rows.length - 1, 0);
  expect(result.outputs['duplicate-seats']).toBe(String(seats));
});
