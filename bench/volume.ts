/** 100,000 seats as fast as they come: time and memory of our own, and what the totals alone cost. */
import { TOKEN } from '../test/simulator/server.ts';
import { costOfReport, costRows, program, startGitHub } from './processes.ts';
import { type Benchmark, once, sample, times } from './row.ts';

const SEATS = 100_000;

export const volume: Benchmark = async (tell, { repeat }) => {
  await using github = await startGitHub({ seats: SEATS, limits: false });
  const pages = Array.from(
    { length: SEATS / 100 },
    (_, index) => `enterprises/acme/consumed-licenses?per_page=100&page=${index + 1}`,
  );
  tell('in turn with a bare fetch and JSON.parse of the same pages');
  const turns = await times(repeat, async () => {
    const [people, reference] = await program('bare.mjs', [github.url, TOKEN, ...pages]);
    if (people !== SEATS) throw new Error(`the bare fetch read ${people} of ${SEATS} people`);
    return { reference, measured: await costOfReport(github) };
  });
  tell('with people: false');
  const totals = await times(repeat, async () => {
    const before = (await github.statistics()).requests;
    const cost = await costOfReport(github, { people: 'false' });
    return { ...cost, requests: (await github.statistics()).requests - before };
  });
  const wall = sample(totals.map((run) => run.wall));
  return [
    ...costRows(
      '100,000 seats at 0 ms, CSV and JSON written',
      'bare fetch and JSON.parse, people kept',
      turns,
      { wall: 4, peak: 2 },
    ),
    {
      what: 'the same with people: false, start to exit',
      unit: 'ms',
      measured: wall,
      reference: {
        what: 'the run that reads everybody',
        measured: sample(turns.map(({ measured }) => measured.wall)),
      },
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
      what: 'the same, CPU time',
      unit: 'ms',
      measured: sample(totals.map(({ cpu }) => cpu)),
      reference: {
        what: 'of the run that reads everybody',
        measured: sample(turns.map(({ measured }) => measured.cpu)),
      },
      as: 'faster',
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
