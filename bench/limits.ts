/** Life with GitHub's limits: 900 requests a minute, and a secondary limit in the middle of a listing. */
import { report, startGitHub } from './processes.ts';
import { type Benchmark, once } from './row.ts';

const MINUTE = 60_000;

/** More pages than GitHub takes in a minute, from one that refuses the 901st. */
export const minute: Benchmark = async (tell) => {
  await using github = await startGitHub({ seats: 120_000, limits: { perMinute: 900 } });
  tell('takes a little more than a minute');
  using run = await report(github);
  const { refused } = await github.statistics();
  return [
    {
      what: '1,200 pages under an enforced 900 a minute',
      unit: 'ms',
      measured: once(run.cost.wall),
      reference: { what: 'the minute', measured: once(MINUTE) },
      as: 'times',
      goal: { bound: 'at most', value: 1.1 },
      peak: run.cost.peak,
    },
    {
      what: 'the same, refusals',
      unit: 'requests',
      measured: once(refused),
      as: 'alone',
      goal: { bound: 'exactly', value: 0 },
    },
  ];
};

const SEATS = 30_000;
const WINDOW = 5;

export const secondary: Benchmark = async (tell) => {
  const options = { seats: SEATS, latencyMs: 100 };
  async function run(faults: Parameters<typeof startGitHub>[0]['faults']) {
    await using github = await startGitHub({ ...options, ...(faults && { faults }) });
    using done = await report(github);
    if (done.outputs.users !== String(SEATS)) throw new Error(`${done.outputs.users} of ${SEATS} people`);
    return { cost: done.cost, statistics: await github.statistics() };
  }
  tell('undisturbed');
  const undisturbed = (await run(undefined)).cost.wall;
  tell('with a secondary limit on page 150');
  const { cost, statistics } = await run([
    { kind: 'secondary-limit', match: { page: 150 }, times: 1, retryAfter: WINDOW },
  ]);
  return [
    {
      what: `a secondary limit of ${WINDOW} s amid 300 pages at 100 ms`,
      unit: 'ms',
      measured: once(cost.wall),
      reference: { what: 'the window + 2 × undisturbed', measured: once(WINDOW * 1000 + 2 * undisturbed) },
      as: 'times',
      goal: { bound: 'at most', value: 1 },
      peak: cost.peak,
    },
    {
      what: 'the same, requests inside the window',
      unit: 'requests',
      measured: once(statistics.insideWindow),
      as: 'alone',
      goal: { bound: 'exactly', value: 0 },
    },
  ];
};
