/**
 * The simulator as a process: prints `{"url": …}` and runs until it is killed.
 *
 *   node test/simulator/main.ts --seats 5000 --latencyMs 100 --limits false --faults '[{"kind":"502-html"}]'
 *
 * Every option of `startSimulator` is a flag of the same name; values are JSON, or text where that is no JSON.
 */
import { parseArgs } from 'node:util';
import { type SimulatorOptions, startSimulator } from './server.ts';

const OPTIONS = [
  'advancedSecurity',
  'budgets',
  'committersPurchased',
  'consumed',
  'costCenters',
  'duplicates',
  'faults',
  'hostile',
  'kind',
  'latencyMs',
  'limits',
  'metered',
  'now',
  'organizations',
  'overrides',
  'port',
  'prepare',
  'previousPlatform',
  'purchased',
  'repositories',
  'seats',
  'seed',
  'serverLicense',
  'servers',
  'shares',
  'shift',
  'slug',
  'summaryDiffers',
  'tokens',
] as const;

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const { values } = parseArgs({
  options: Object.fromEntries(OPTIONS.map((name) => [name, { type: 'string' as const }])),
});
const options: Record<string, unknown> = Object.fromEntries(
  Object.entries(values).map(([name, value]) => [name, parsed(String(value))]),
);
if (typeof options.now === 'string') options.now = new Date(options.now);

const simulator = await startSimulator(options as SimulatorOptions);
console.log(JSON.stringify({ url: simulator.url }));
