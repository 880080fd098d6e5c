/** 10,000 seats from a GitHub that takes 100 ms to answer: what reading many pages at a time is worth. */
import { report, startGitHub } from './processes.ts';
import { type Benchmark, once, sample, times } from './row.ts';

const LATENCY = 100;
const PAGES = 100;
const CONCURRENCY = 10;

export const latency: Benchmark = async (tell, { repeat }) => {
  async function run(concurrency: number) {
    await using github = await startGitHub({ seats: 100 * PAGES, latencyMs: LATENCY });
    using done = await report(github, { concurrency: String(concurrency) });
    return { ...done.cost, reading: (await github.statistics()).elapsed };
  }
  tell('10 pages at a time');
  const runs = await times(repeat, () => run(CONCURRENCY));
  tell('one page at a time');
  const serial = await run(1);

  const whole = sample(runs.map(({ wall }) => wall));
  // The first page says how many there are.
  const rounds = 1 + Math.ceil((PAGES - 1) / CONCURRENCY);
  const floor = { what: `${rounds} rounds of ${LATENCY} ms`, measured: once(rounds * LATENCY) };
  return [
    {
      what: '10,000 seats at 100 ms, first request to last answer',
      unit: 'ms',
      measured: sample(runs.map(({ reading }) => reading)),
      reference: floor,
      as: 'times',
      goal: { bound: 'at most', value: 1.25 },
    },
    {
      what: 'the same, the whole run with start-up and files',
      unit: 'ms',
      measured: whole,
      reference: floor,
      as: 'times',
      goal: { bound: 'at most', value: 1.5 },
      peak: sample(runs.map(({ peak }) => peak)).median,
    },
    {
      what: 'the same, against one page at a time',
      unit: 'ms',
      measured: whole,
      reference: { what: 'the whole run, one page at a time', measured: once(serial.wall) },
      as: 'faster',
      goal: { bound: 'at least', value: 6 },
    },
  ];
};
