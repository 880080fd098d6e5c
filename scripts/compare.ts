/**
 * `npm run compare -- BEFORE [AFTER]`: whether `dist/index.js` of one checkout does what that of another one does, which is
 * this one unless it is named. Both run against the same simulated enterprises at the same moment: files, outputs, summary
 * and log must be the same bytes.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { NOW } from '../test/clock.ts';
import { runAction, temporaryDirectory } from '../test/e2e/action.ts';
import { DIALECTS } from '../test/simulator/dialects.ts';
import { type SimulatorOptions, startSimulator, TOKEN } from '../test/simulator/server.ts';

const entryOf = (checkout: string) => path.resolve(checkout, 'dist', 'index.js');
const before = entryOf(process.argv[2] ?? '.');
const after = entryOf(process.argv[3] ?? fileURLToPath(new URL('..', import.meta.url)));
const workspace = temporaryDirectory('compare');
const remembered = temporaryDirectory('compare-before');

/** The demo's enterprise, smaller: long enough for several pages of everything. */
const ENTERPRISE = {
  now: NOW,
  seed: 7,
  seats: 340,
  purchased: 330,
  organizations: 12,
  servers: ['ok', 'stale', 'failing'],
  duplicates: { count: 9, nearMisses: 5 },
  costCenters: 5,
  budgets: 27,
} satisfies SimulatorOptions;
const INPUTS = {
  token: TOKEN,
  enterprise: 'acme',
  report: 'all',
  formats: 'csv, json, xlsx, markdown, html, prometheus',
  'fail-on': 'seats-available: below 0\nservers-failing: above 0',
  'warn-on': 'seats-used-percent: above 95\ndays-until-full: below 30\ncost-net-forecast: above 100',
  'history-file': 'history.ndjson',
  'previous-report': 'last-week.json',
} as const;

const WEEK = 7 * 24 * 60 * 60 * 1000;
const ALONE = { 'fail-on': '', 'warn-on': '', 'previous-report': '' };

const ENTERPRISES: Readonly<Record<string, Partial<SimulatorOptions>>> = {
  ...Object.fromEntries(DIALECTS.map((dialect) => [dialect, { dialect }])),
  hostile: { hostile: true },
  standalone: { advancedSecurity: 'standalone', committersPurchased: 40 },
  'previous billing platform': { metered: '404' },
  server: { kind: 'server' },
};
const EVERYWHERE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'every report': {},
  redacted: { 'redact-key': '0123456789abcdef0123456789abcdef' },
  'without people': { people: 'false', 'previous-report': '' },
};
const ONCE: typeof EVERYWHERE = {
  licenses: { report: 'licenses', 'warn-on': '', 'fail-on': '' },
  'sync-status': { report: 'sync-status', ...ALONE },
  'billing of last month': { report: 'billing', period: 'previous', ...ALONE },
  copilot: { report: 'copilot', ...ALONE },
  'wrong inputs': { formats: 'pdf', 'fail-on': 'seats-avaliable: under 3', period: 'May' },
  'wrong token': { token: 'ghp_wrong' },
  'wrong enterprise': { enterprise: 'acmee' },
};

function empty(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory);
}

/** What an earlier run leaves: a list of people to compare with, and a history. */
async function prepare(options: Partial<SimulatorOptions>): Promise<void> {
  empty(remembered);
  const earlier = new Date(NOW.getTime() - WEEK);
  const github = await startSimulator({ ...ENTERPRISE, seed: 8, ...options, now: earlier });
  const { report, formats, 'history-file': history, enterprise, token } = INPUTS;
  const inputs = { token, enterprise, report, formats, 'history-file': history, 'api-url': github.url };
  await runAction(inputs, { entry: before, workspace: remembered, clock: { now: earlier } });
  await github.close();
  const licenses = path.join(remembered, 'enterprise-report', 'licenses.json');
  cpSync(licenses, path.join(remembered, 'last-week.json'));
}

/** All that a run leaves, by what it is called; but for stack traces, which name the checkout. */
async function traces(entry: string, inputs: Readonly<Record<string, string>>): Promise<Map<string, string>> {
  empty(workspace);
  cpSync(remembered, workspace, { recursive: true });
  const run = await runAction(inputs, { entry, workspace, clock: { now: NOW } });
  return new Map([
    ['exit status', String(run.exitCode)],
    ['log', run.log.replaceAll(/^::debug::.*\n/gm, '')],
    ['summary', run.summary],
    ['outputs', JSON.stringify(run.outputs)],
    ...readdirSync(workspace, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => path.join(parentPath, name))
      .map((file) => [path.relative(workspace, file), readFileSync(file, 'latin1')] as const),
  ]);
}

function firstDifference(was: string, is: string): string {
  let at = 0;
  while (at < was.length && was[at] === is[at]) at += 1;
  return [was, is]
    .map((text) => `\n    … ${JSON.stringify(text.slice(Math.max(0, at - 40), at + 80))}`)
    .join('');
}

let runs = 0;
const differing: string[] = [];
for (const [enterprise, options] of Object.entries(ENTERPRISES)) {
  await prepare(options);
  const github = await startSimulator({ ...ENTERPRISE, ...options });
  for (const [variation, inputs] of Object.entries({ ...EVERYWHERE, ...(enterprise === 'field' && ONCE) })) {
    const all = { ...INPUTS, 'api-url': github.url, ...inputs };
    const [one, other] = [await traces(before, all), await traces(after, all)];
    runs += 1;
    for (const name of new Set([...one.keys(), ...other.keys()])) {
      const [was, is] = [one.get(name) ?? '(nothing)', other.get(name) ?? '(nothing)'];
      if (was !== is) differing.push(`${enterprise}, ${variation}: ${name}${firstDifference(was, is)}`);
    }
  }
  await github.close();
}
rmSync(workspace, { recursive: true });
rmSync(remembered, { recursive: true });
if (differing.length > 0) {
  console.error(`These differ:\n${differing.join('\n')}`);
  process.exitCode = 1;
} else {
  console.log(`${runs} runs of each: the same bytes.`);
}
