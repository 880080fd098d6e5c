/**
 * Measures `dist/index.js` against a simulated GitHub on this machine, each value beside a floor or a baseline of the
 * same run. About five minutes.
 *
 *     node bench/bench.ts [--json] [--only NAME,…] [--repeat 5]
 *
 * Goals are told and not enforced: time on a shared machine is no test.
 */
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { parseArgs } from 'node:util';
import { billing } from './billing.ts';
import { duplicates } from './duplicates.ts';
import { faults } from './faults.ts';
import { page, workbook } from './formats.ts';
import { latency } from './latency.ts';
import { minute, secondary } from './limits.ts';
import { type Benchmark, isMet, type Row, resultOf, table } from './row.ts';
import { startUp } from './start-up.ts';
import { volume } from './volume.ts';

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  latency,
  volume,
  billing,
  'start-up': startUp,
  minute,
  secondary,
  faults,
  duplicates,
  page,
  workbook,
};

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: Object.keys(BENCHMARKS).join() },
    repeat: { type: 'string', default: '5' },
  },
});
const repeat = Number(values.repeat);
if (!Number.isInteger(repeat) || repeat < 1)
  throw new Error(`--repeat ${values.repeat}: a whole number from 1 on`);
const chosen = values.only.split(',').map((name) => {
  const benchmark = BENCHMARKS[name];
  if (!benchmark) throw new Error(`--only ${name}: there are ${Object.keys(BENCHMARKS).join(', ')}`);
  return { name, benchmark };
});

/** What the numbers were measured on. */
const facts = {
  node: process.version,
  system: `${type()} ${release()} ${process.arch}`,
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memory: `${Math.round(totalmem() / 1024 ** 3)} GiB`,
  /** Of the last minute, before the benchmark began: what else kept the machine busy. */
  load: loadavg()[0] ?? 0,
};
const rows: (Row & { readonly benchmark: string })[] = [];
for (const { name, benchmark } of chosen) {
  const tell = (line: string) => console.error(`${name}: ${line}`);
  for (const row of await benchmark(tell, { repeat })) rows.push({ benchmark: name, ...row });
}

if (values.json) {
  const told = rows.map((row) => ({ ...row, result: resultOf(row), met: isMet(row) }));
  console.log(JSON.stringify({ machine: facts, repeat, rows: told }, undefined, 2));
} else {
  const { node, system, processor, cores, memory, load } = facts;
  console.log(
    `Node.js ${node}, ${system}, ${processor}, ${cores} cores, ${memory}, load ${load.toFixed(1)} before. ` +
      `Medians of ${repeat} where runs are short (start-up: ${7 * repeat}), in brackets the least.\n\n${table(rows)}`,
  );
}
