/** The demo: an enterprise with everything in it, over its seats, with half a year of Mondays behind it. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DAY } from '../../src/common/dates.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator/server.ts';
import type { ActionRun } from './action.ts';

const SEATS = 1240;
const PURCHASED = 1200;
const WEEKS = 26;

const ENTERPRISE = {
  slug: 'acme',
  seed: 7,
  // As real enterprises answer, with the cost centers of people among it.
  dialect: 'field',
  organizations: 12,
  servers: ['ok', 'stale', 'failing'],
  duplicates: { count: 14, nearMisses: 5 },
  costCenters: 5,
  budgets: 9,
} satisfies Partial<SimulatorOptions>;

/** Runs the action against the simulator with these inputs, in the directory of the demo. */
type RunOnce = (github: Simulator, inputs: Readonly<Record<string, string>>) => Promise<ActionRun>;

/** Last week's run, then this week's, which is returned. `directory` is empty; `report` is that input of this week. */
export async function runDemo(
  directory: string,
  now: Date,
  run: RunOnce,
  report = 'all',
): Promise<ActionRun> {
  const runAgainst = async (seats: number, inputs: Readonly<Record<string, string>>) => {
    const github = await startSimulator({ ...ENTERPRISE, seats, purchased: PURCHASED, now });
    try {
      return await run(github, inputs);
    } finally {
      await github.close();
    }
  };
  writeFileSync(path.join(directory, 'history.ndjson'), history(now.getTime()));
  await runAgainst(SEATS - 11, {
    report: 'licenses, copilot',
    formats: 'json',
    'report-directory': 'last-week',
  });
  const lastWeek = new Date(now.getTime() - 7 * DAY).toISOString();
  for (const name of ['licenses.json', 'copilot.json'])
    backdate(path.join(directory, 'last-week', name), lastWeek);
  return await runAgainst(SEATS, {
    report,
    formats: 'csv, json, xlsx, markdown, html, prometheus',
    'history-file': 'history.ndjson',
    'previous-report': 'last-week/licenses.json',
    'fail-on': 'seats-available: below 0\nservers-failing: above 0',
    'warn-on': 'seats-used-percent: above 95\nbudgets-over: above 0\ncost-net-forecast: above 1000000',
  });
}

/** A run has the date of its day: what it wrote says that it is older. */
const backdate = (file: string, date: string): void =>
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(/(?<="generated_at": )"[^"]*"/, JSON.stringify(date)),
  );

/** Slow growth, so that there is a trend to see. */
function history(now: number): string {
  const entries = Array.from({ length: WEEKS }, (_, index) => {
    const week = WEEKS - index;
    const consumed = SEATS - week * 7 - (week % 3) * 4;
    const metrics = {
      'seats-purchased': PURCHASED,
      'seats-consumed': consumed,
      'seats-available': PURCHASED - consumed,
      'seats-used-percent': Math.round((consumed / PURCHASED) * 10_000) / 100,
      'copilot-seats': 440 - week * 3,
      'copilot-seats-inactive': 90 + week,
    };
    return { generated_at: new Date(now - week * 7 * DAY).toISOString(), enterprise: 'acme', metrics };
  });
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}
