/** The files and the summary of a run: whole, in agreement with the metrics, and without values that are none. */
import { expect } from 'vitest';
import { csvRows, gaugesOf } from '../output/reading.ts';
import type { Run } from './run.ts';
import type { Scenario } from './scenario.ts';

/** What a number or a text becomes when a value is missing: never meant, and no text of the answers has it. */
const NO_VALUE = /\b(?:NaN|undefined|Infinity)\b|∞|\[object /;

export function checkFiles(run: Run, scenario: Scenario): void {
  const { contents, outputs, metrics, summary } = run;
  const named = (outputs.files ?? '').split('\n').filter((file) => file !== '');
  expect(named.map((file) => file.replace(/^.*[/\\]/, '')).sort()).toEqual(run.files);

  // What the reading of an answer expected and what it got is quoted in errors.
  const page = contents['report.html']?.replace(/<(script|style)\b.*?<\/\1>/gs, '') ?? '';
  for (const text of [summary, page]) {
    for (const line of text.split('\n').filter((one) => !/received/i.test(one)))
      expect(line).not.toMatch(NO_VALUE);
  }
  for (const text of [outputs.metrics, outputs.breaches, run.history])
    expect(text ?? '').not.toMatch(NO_VALUE);

  for (const [name, text] of Object.entries(contents)) {
    if (name.endsWith('.json')) {
      expect(text, name).not.toMatch(NO_VALUE);
      for (const [metric, value] of Object.entries(JSON.parse(text).metrics)) {
        expect(value, `${metric} in ${name}`).toBe(metrics[metric]);
      }
    }
    if (name === 'metrics.prom') {
      expect(text).not.toMatch(NO_VALUE);
      const { status, last_run_timestamp_seconds: _, ...gauges } = gaugesOf(text);
      expect(status?.filter(({ value }) => value === '1').map(({ labels }) => labels?.status)).toEqual([
        outputs.status,
      ]);
      const values = Object.entries(gauges).map(([gauge, [sample]]) => [
        gauge.replaceAll('_', '-'),
        Number(sample?.value),
      ]);
      expect(Object.fromEntries(values)).toEqual(metrics);
    }
    if (name.endsWith('.csv')) {
      expect(text, name).not.toMatch(NO_VALUE);
      expect(() => csvRows(text), name).not.toThrow();
    }
    if (scenario.isRedacted) expect(text, name).not.toContain('mail.example');
  }
  if (scenario.isRedacted) expect(summary).not.toContain('mail.example');
  checkPeople(run);
  if (!scenario.people) checkNobody(run);
}

/** With `people: false` nobody is listed anywhere. */
function checkNobody({ contents, files }: Run): void {
  expect(files.filter((name) => LISTS.includes(name))).toEqual([]);
  for (const [name, text] of Object.entries(contents)) {
    if (!name.endsWith('.json')) continue;
    const { users, seats, organizations, duplicates } = JSON.parse(text);
    expect({ users, seats, organizations, duplicates }, name).toEqual({});
  }
}
const LISTS = [
  ...['licenses.csv', 'organizations.csv', 'duplicates.csv', 'cost-centers.csv', 'candidates.csv'],
  ...['visual-studio.csv', 'changes.csv', 'committers.csv', 'copilot.csv'],
];

/** Every person and every subscription is a row, and what holds several seats adds up. */
function checkPeople({ contents, metrics }: Run): void {
  const rows = (name: string): Record<string, string>[] =>
    contents[name] === undefined ? [] : csvRows(contents[name]);
  const subscriptions = metrics['visual-studio-subscriptions'];
  if (subscriptions !== undefined) {
    const listed = rows('visual-studio.csv');
    expect(listed).toHaveLength(subscriptions);
    // A tab alone is neutralised by a quote.
    const unmatched = listed.filter(({ username }) => /^'?\s+$|^$/.test(username ?? ''));
    expect(unmatched).toHaveLength(metrics['visual-studio-unmatched'] ?? -1);
  }
  if (metrics.users === undefined) return;
  const people = rows('licenses.csv');
  expect(people).toHaveLength(metrics.users);
  expect(JSON.parse(contents['licenses.json'] ?? '').users).toHaveLength(metrics.users);
  const ofCenters = people.filter(
    ({ github_com_cost_center: name = '' }) => !/^(true|false|\s*)$/.test(name),
  );
  const counted = rows('cost-centers.csv').map((center) => Number(center.people));
  expect(counted.reduce((sum, number) => sum + number, 0)).toBe(ofCenters.length);
  const duplicates = rows('duplicates.csv');
  const groups = new Set(duplicates.map(({ group }) => group));
  expect(duplicates.length - groups.size).toBe(metrics['duplicate-seats']);
}
