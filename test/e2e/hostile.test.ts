/** Hostile text from GitHub harms neither the log, the summary, the CSV files nor the outputs. */
import { beforeAll, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { csvRows, html } from '../output/reading.ts';
import type { Simulator } from '../simulator/server.ts';
import type { ActionRun } from './action.ts';
import { report, startGitHub } from './support.ts';

let github: Simulator;
let result: ActionRun;

beforeAll(async () => {
  github = await startGitHub({
    now: NOW,
    seats: 400,
    hostile: true,
    servers: ['ok', 'failing', 'unparsable'],
  });
  result = await report(github, {
    report: 'all',
    formats: 'csv, json, xlsx, markdown, html, prometheus',
    'fail-on': 'users: above 1000000',
  });
}, 60_000);

test('no line of the log is a workflow command that the action did not mean', () => {
  const commands = result.log.split(/\r?\n|\r/).filter((line) => /^\s*::|##\[/.test(line));
  for (const command of commands) expect(command).toMatch(/^::(add-mask|notice|warning|error|debug)::/);
  for (const mark of ['\u001b', '\u202e']) expect(result.log).not.toContain(mark);
});

test('outputs are those of the action alone', () => {
  expect(result.outputs.users).toBe('400');
  expect(result.outputs.status).not.toBe('');
  expect(Object.keys(result.outputs).every((name) => /^[a-z-]+$/.test(name))).toBe(true);
});

test('every person is a row of the CSV file, with the text as it came and no formula', () => {
  const rows = csvRows(result.read('licenses.csv'));
  expect(rows).toHaveLength(400);
  const wanted = github.enterprise.people.map((row) => row.github_com_name ?? '');
  expect(rows.map((row) => row.github_com_name?.replace(/^'(?=\s*[=+\-@\t\r＝＋－＠])/, ''))).toEqual(wanted);
  for (const row of rows)
    for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=+@＝＋＠]|^-[^\d]/);
});

test('so is every Visual Studio subscription and every cost center', () => {
  const plain = (text = '') => text.replace(/^'(?=\s*[=+\-@\t\r＝＋－＠])/, '');
  const rows = csvRows(result.read('visual-studio.csv'));
  const { subscriptions } = github.visualStudio;
  expect(rows.map((row) => plain(row.visual_studio_subscription_email))).toEqual(
    subscriptions.map((row) => row.visual_studio_subscription_email),
  );
  expect(rows.map((row) => plain(row.subscription_id))).toEqual(
    subscriptions.map((row) => row.subscription_id),
  );
  const names = github.enterprise.people.flatMap(
    (row) => String(row.github_com_cost_center ?? '').trim() || [],
  );
  const centers = csvRows(result.read('cost-centers.csv'));
  expect(centers.map((row) => plain(row.cost_center)).toSorted()).toEqual([...new Set(names)].toSorted());
  expect(centers.length).toBeGreaterThan(5);
  for (const row of [...rows, ...centers])
    for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=+@＝＋＠]|^-[^\d]/);
});

test('JSON keeps the text as it came', () => {
  const { users } = JSON.parse(result.read('licenses.json'));
  expect(users.map((user: { github_com_name: string }) => user.github_com_name)).toEqual(
    github.enterprise.people.map((row) => row.github_com_name ?? ''),
  );
});

test('the summary has no markup, link or mention that came from a name', () => {
  const tags = html(result.summary).match(/<[a-z!][^>]*>/gi) ?? [];
  expect(tags.length).toBeGreaterThan(100);
  const ours =
    /^<(h[1-6]|p|br|hr|ul|ol|li|table|thead|tbody|tr|t[hd]|strong|code|pre|details|summary|blockquote|span)( (style="text-align:\w+"|class="language-mermaid"))?>$/;
  const link = /^<a href="https:\/\/docs\.github\.com\/[\w@./#-]*">$/;
  expect(tags.filter((tag) => !ours.test(tag) && !link.test(tag))).toEqual([
    '<!-- generator: enterprise-license-report -->',
  ]);
  expect(result.summary).not.toContain('@octocat');
});
