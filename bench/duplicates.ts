/** What looking for duplicate seats costs, and that it grows with the number of people and no faster. */
import { costOfReport, program, startGitHub } from './processes.ts';
import { type Benchmark, once, sample, times } from './row.ts';

const SEATS = 20_000;
const PLANTED = 300;

export const duplicates: Benchmark = async (tell, { repeat }) => {
  await using github = await startGitHub({
    seats: SEATS,
    limits: false,
    duplicates: { count: PLANTED, nearMisses: PLANTED },
  });
  tell('the whole run');
  const whole = await times(repeat, () => costOfReport(github));

  async function stage(seats: number, planted: number) {
    tell(`the stage alone, ${seats.toLocaleString('en-US')} people`);
    const done = await times(repeat, async () => {
      const [output] = await program('duplicates-stage.ts', [String(seats), String(planted)]);
      return output as { groups: number; cpu: number };
    });
    return { groups: done[0]?.groups ?? 0, cpu: sample(done.map(({ cpu }) => cpu)) };
  }
  const { groups, cpu } = await stage(SEATS, PLANTED);
  const small = (await stage(10_000, PLANTED / 2)).cpu;
  const large = (await stage(100_000, PLANTED * 5)).cpu;
  return [
    {
      what: '20,000 people, looking for duplicates, CPU time',
      unit: 'ms',
      measured: cpu,
      reference: { what: 'CPU time of the whole run', measured: sample(whole.map((cost) => cost.cpu)) },
      as: 'percent',
      goal: { bound: 'at most', value: 15 },
      peak: sample(whole.map(({ peak }) => peak)).median,
    },
    {
      what: 'the same, people found to hold several seats',
      unit: 'people',
      measured: once(groups),
      reference: { what: `planted, beside ${PLANTED} near misses`, measured: once(PLANTED) },
      as: 'alone',
      goal: { bound: 'exactly', value: PLANTED },
    },
    {
      what: '100,000 people, looking for duplicates, CPU time',
      unit: 'ms',
      measured: large,
      reference: {
        what: '10 × that of 10,000 people',
        measured: { median: 10 * small.median, least: 10 * small.least },
      },
      as: 'times',
      goal: { bound: 'at most', value: 1.5 },
    },
  ];
};
