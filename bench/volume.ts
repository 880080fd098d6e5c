/** 100,000 seats as fast as they come: time and memory of our own, and what the totals alone cost. */
import { TOKEN } from '../test/simulator/server.ts';
import { type Cost, costOfReport, program, startGitHub } from './processes.ts';
import { type Benchmark, once, sample, times } from './row.ts';

const SEATS = 100_000;
const CONCURRENCY = '10';

export const volume: Benchmark = async (tell, { repeat }) => {
  await using github = await startGitHub({ seats: SEATS, limits: false });
  const listing = `${github.url}/enterprises/acme/consumed-licenses`;
  tell('in turn with a bare fetch and JSON.parse of the same pages');
  const runs = await times(repeat, async () => {
    const [people, bare] = await program('bare.mjs', [listing, TOKEN, String(SEATS / 100), CONCURRENCY]);
    if (people !== SEATS) throw new Error(`the bare fetch read ${people} of ${SEATS} people`);
    return { bare, action: await costOfReport(github, { concurrency: CONCURRENCY }) };
  });
  tell('with people: false');
  const totals = await times(repeat, async () => {
    const before = (await github.statistics()).requests;
    const cost = await costOfReport(github, { people: 'false' });
    return { ...cost, requests: (await github.statistics()).requests - before };
  });
  const wall = sample(totals.map((run) => run.wall));
  const of = (who: 'bare' | 'action', what: keyof Cost) => sample(runs.map((run) => run[who][what]));
  return [
    {
      what: '100,000 seats at 0 ms, CSV and JSON written',
      unit: 'ms',
      measured: of('action', 'wall'),
      reference: { what: 'bare fetch and JSON.parse, people kept', measured: of('bare', 'wall') },
      as: 'times',
      goal: { bound: 'at most', value: 4 },
      peak: of('action', 'peak').median,
    },
    {
      what: 'the same, CPU time',
      unit: 'ms',
      measured: of('action', 'cpu'),
      reference: { what: 'its CPU time', measured: of('bare', 'cpu') },
      as: 'times',
    },
    {
      what: 'the same, peak memory',
      unit: 'MiB',
      measured: of('action', 'peak'),
      reference: { what: 'its peak memory', measured: of('bare', 'peak') },
      as: 'times',
      goal: { bound: 'at most', value: 2 },
    },
    {
      what: 'the same with people: false, start to exit',
      unit: 'ms',
      measured: wall,
      reference: { what: 'the run that reads everybody', measured: of('action', 'wall') },
      as: 'faster',
      goal: { bound: 'at least', value: 5 },
      peak: sample(totals.map(({ peak }) => peak)).median,
    },
    {
      what: 'the same, within half a second',
      unit: 'ms',
      measured: wall,
      as: 'alone',
      goal: { bound: 'at most', value: 500 },
    },
    {
      what: 'the same, requests',
      unit: 'requests',
      measured: once(Math.max(...totals.map(({ requests }) => requests))),
      as: 'alone',
      goal: { bound: 'exactly', value: 1 },
    },
  ];
};
