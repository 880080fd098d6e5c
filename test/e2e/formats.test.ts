/** The same run in each format. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import MarkdownIt from 'markdown-it';
import { beforeAll, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { csvRecords, gaugesOf } from '../output/reading.ts';
import { readWorkbook, type Value } from '../output/workbook.ts';
import type { ActionRun } from './action.ts';
import { metricsOf, report, startGitHub } from './support.ts';

let result: ActionRun;
beforeAll(async () => {
  const github = await startGitHub({
    now: NOW,
    seats: 120,
    organizations: 4,
    repositories: 40,
    costCenters: 3,
  });
  const formats = 'csv, json, xlsx, markdown, html, prometheus';
  result = await report(github, { report: 'all', formats, 'fail-on': 'seats-over: above 5' });
}, 30_000);

test('summary.md is the job summary', () => {
  expect(result.read('summary.md').trimEnd()).toBe(result.summary.trimEnd());
  expect(result.summary.length).toBeGreaterThan(1000);
});

test('the summary tells the verdict before any number, then each report', () => {
  const titles = result.summary.split('\n').flatMap((line) => /^#{1,2} (.*)/.exec(line)?.[1] ?? []);
  expect(titles[0]).toContain('✅');
  expect(result.summary.indexOf('The gate passes.')).toBeLessThan(result.summary.search(/\d/));
  for (const title of ['Licenses', 'License sync', 'Billing'])
    expect(titles).toContainEqual(expect.stringContaining(title));
  expect(new MarkdownIt({ html: true }).render(result.summary)).toContain('<table>');
});

test('report.html is one page that may load nothing, and runs its own script alone', () => {
  const page = result.read('report.html');
  const [, policy = ''] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/i.exec(page) ?? [];
  const decoded = policy.replaceAll('&#39;', "'").replaceAll('&#x27;', "'");
  expect(decoded).toMatch(/default-src 'none'/);
  expect(decoded).not.toMatch(/unsafe-(inline|eval)|https?:|\*/);
  const scripts = Array.from(
    page.matchAll(/<script(?![^>]*\btype="(?:application\/json|text\/plain)")[^>]*>([\s\S]*?)<\/script>/g),
  );
  expect(scripts.length).toBeGreaterThan(0);
  for (const [, script = ''] of scripts)
    expect(decoded).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  expect(page).not.toMatch(/<(?:link|img|iframe|script|object|embed)\b[^>]*\b(?:src|href)=/i);
  expect(page).not.toMatch(/@import|url\((?!["']?(?:data:|#))/i);
});

test('report.xlsx has the verdict, and every row of every CSV file as a sheet', () => {
  const sheets = readWorkbook(readFileSync(`${result.outputs['report-directory']}/report.xlsx`));
  const [verdict = [], ...tables] = sheets.values();
  for (const [metric, value] of Object.entries(metricsOf(result)))
    expect(verdict).toContainEqual(expect.arrayContaining([metric, value]));
  const files = (result.outputs.files ?? '').split('\n').filter((file) => file.endsWith('.csv'));
  expect(files.length).toBeGreaterThan(5);
  expect(tables).toHaveLength(files.length);
  for (const [index, file] of files.entries()) {
    const [header, ...rows] = csvRecords(readFileSync(file, 'utf8'));
    const [names, ...cells] = tables[index] ?? [];
    expect(names, file).toEqual(header);
    expect(
      cells.map((row) => row.map(asCsv)),
      file,
    ).toEqual(rows.map((row) => row.map((text) => withoutMidnight(inUtc(text)))));
  }
});

/** A workbook knows no zones: what GitHub dates by another is that moment in UTC. */
const inUtc = (text: string) =>
  /^\d{4}-\d\d-\d\dT.*[+-]\d\d:\d\d$/.test(text) ? new Date(text).toISOString() : text;
const withoutMidnight = (text: string) => text.replace(/(?:T00:00:00)?(?:\.000)?Z$/, '');
/** It counts days, so that its reader comes to a moment but for a fraction of a millisecond. */
const toSecond = (date: Date) => new Date(Math.round(date.getTime() / 1000) * 1000);
const asCsv = (value: Value): string =>
  value instanceof Date ? withoutMidnight(toSecond(value).toISOString()) : String(value ?? '');

test('metrics.prom has every metric of the run', () => {
  const gauges = gaugesOf(result.read('metrics.prom'));
  const labels = { enterprise: 'acme', host: expect.stringMatching(/^127\.0\.0\.1:\d+$/) };
  const metrics = Object.entries(metricsOf(result));
  expect(metrics.length).toBeGreaterThan(20);
  for (const [metric, value] of metrics)
    expect(gauges[metric.replaceAll('-', '_')], metric).toEqual([{ labels, value: String(value) }]);
  expect(Object.keys(gauges)).toHaveLength(metrics.length + 2);
});

test('files are named in the output and in the summary', () => {
  const written = (result.outputs.files ?? '').split('\n').map((file) => file.split(/[\\/]/).at(-1) ?? '');
  expect(written.toSorted()).toEqual(result.files);
  for (const file of written) expect(result.summary).toContain(file);
  expect(result.files).toEqual([
    'billing.json',
    'budgets.csv',
    'candidates.csv',
    'committers.csv',
    'copilot.csv',
    'copilot.json',
    'duplicates.csv',
    'licenses.csv',
    'licenses.json',
    'metrics.prom',
    'organizations.csv',
    'report.html',
    'report.xlsx',
    'summary.md',
    'sync-status.csv',
    'sync-status.json',
    'usage.csv',
    'visual-studio.csv',
  ]);
});
