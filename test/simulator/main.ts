/**
 * The simulator as a process: prints `{"url": …}` and runs until it is killed.
 *
 *   node test/simulator/main.ts --seats 5000 --latencyMs 100 --limits false --faults '[{"kind":"502-html"}]'
 *
 * Every option of `startSimulator` is a flag of the same name; its value is JSON, or text where the option is a text.
 * Without `--now` it is the day that it is.
 */
import { parseArgs } from 'node:util';
import { type SimulatorOptions, startSimulator } from './server.ts';

const FLAGS = {
  advancedSecurity: 'text',
  budgets: 'json',
  committersPurchased: 'json',
  consumed: 'json',
  copilotGrants: 'json',
  copilotSeats: 'json',
  copilotTotal: 'json',
  dialect: 'text',
  costCenters: 'json',
  duplicates: 'json',
  faults: 'json',
  hostile: 'json',
  kind: 'text',
  latencyMs: 'json',
  limits: 'json',
  metered: 'text',
  now: 'text',
  organizations: 'json',
  overrides: 'json',
  port: 'json',
  prepare: 'json',
  previousPlatform: 'text',
  purchased: 'json',
  repositories: 'json',
  seats: 'json',
  seed: 'json',
  serverLicense: 'json',
  servers: 'json',
  shares: 'json',
  shift: 'json',
  slug: 'text',
  subscriptionsOfNobody: 'json',
  subscriptionsTotal: 'json',
  summaryDiffers: 'json',
  tokens: 'json',
  unpurchased: 'json',
} satisfies Record<keyof SimulatorOptions, 'text' | 'json'>;

const { values } = parseArgs({
  options: Object.fromEntries(Object.keys(FLAGS).map((name) => [name, { type: 'string' as const }])),
});
const options: Record<string, unknown> = Object.fromEntries(
  Object.entries(values).map(([name, value]) => [
    name,
    FLAGS[name as keyof typeof FLAGS] === 'json' ? JSON.parse(String(value)) : value,
  ]),
);
const now = typeof options.now === 'string' ? new Date(options.now) : new Date();

const simulator = await startSimulator({ ...options, now } as SimulatorOptions);
console.log(JSON.stringify({ url: simulator.url }));
