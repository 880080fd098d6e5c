/** `npm run demo`: the shipped action against a simulated enterprise that is over its seats. Leaves `demo-output/`. */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DAY } from '../src/common/values.ts';
import { runAction } from '../test/e2e/action.ts';
import { type SimulatorOptions, startSimulator, TOKEN } from '../test/simulator/server.ts';

const SEATS = 1240;
const PURCHASED = 1200;
const WEEKS = 26;

const directory = fileURLToPath(new URL('../demo-output/', import.meta.url));
const now = new Date();
const enterprise = {
  slug: 'acme',
  seed: 7,
  organizations: 12,
  servers: ['ok', 'stale', 'failing'],
  duplicates: { count: 14, nearMisses: 5 },
  costCenters: 5,
  budgets: 9,
} satisfies Partial<SimulatorOptions>;

async function runAgainst(
  options: Partial<SimulatorOptions>,
  inputs: Record<string, string>,
  expires?: string,
) {
  const tokens = { [TOKEN]: { scopes: ['admin:enterprise'], ...(expires && { expires }) } };
  const github = await startSimulator({ ...enterprise, ...options, now, tokens });
  try {
    return await runAction(
      { token: TOKEN, enterprise: 'acme', 'api-url': github.url, ...inputs },
      { workspace: directory, clock: 'machine' },
    );
  } finally {
    await github.close();
  }
}

/** Half a year of Mondays with slow growth, so that there is a trend to see. */
function history(now: number): string {
  const entries = Array.from({ length: WEEKS }, (_, index) => {
    const week = WEEKS - index;
    const consumed = SEATS - week * 7 - (week % 3) * 4;
    const metrics = {
      'seats-purchased': PURCHASED,
      'seats-consumed': consumed,
      'seats-available': PURCHASED - consumed,
      'seats-used-percent': Math.round((consumed / PURCHASED) * 10_000) / 100,
    };
    return { generated_at: new Date(now - week * 7 * DAY).toISOString(), enterprise: 'acme', metrics };
  });
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

rmSync(directory, { recursive: true, force: true });
mkdirSync(directory, { recursive: true });
writeFileSync(path.join(directory, 'history.ndjson'), history(now.getTime()));

// Last week's licenses.json, to compare with.
await runAgainst({ seats: SEATS - 11, purchased: PURCHASED }, { formats: 'json' });
copyFileSync(
  path.join(directory, 'enterprise-report', 'licenses.json'),
  path.join(directory, 'last-week.json'),
);

const result = await runAgainst(
  { seats: SEATS, purchased: PURCHASED },
  {
    report: 'all',
    formats: 'csv, json, xlsx, markdown, html, prometheus',
    'history-file': 'history.ndjson',
    'previous-report': 'last-week.json',
    'fail-on': 'seats-available: below 0\nservers-failing: above 0',
    'warn-on': 'seats-used-percent: above 95\nbudgets-over: above 0\ncost-net-forecast: above 1000000',
  },
);

process.stdout.write(result.log);
console.log(
  `\nThe step ended with exit status ${result.exitCode}, as the enterprise is over its seats. Look at:`,
);
console.log(`  ${path.join(directory, 'enterprise-report', 'report.html')}  the report as a page`);
console.log(`  ${path.join(directory, 'enterprise-report', 'summary.md')}   the job summary`);
console.log(`  ${path.join(directory, 'enterprise-report')}  every file`);
if (result.outputs.status !== 'fail') {
  console.error(`Expected the status fail, but it is ${result.outputs.status}.`);
  process.exitCode = 1;
}
