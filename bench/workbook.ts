/** `report.xlsx` of 100,000 people, held against the CSV files of the same run. */
import { type Cost, costOfReport, startGitHub } from './processes.ts';
import { type Benchmark, sample, times } from './row.ts';

export const workbook: Benchmark = async (tell, { repeat }) => {
  await using github = await startGitHub({ seats: 100_000, limits: false });
  tell('in turn with CSV');
  const runs = await times(repeat, async () => ({
    csv: await costOfReport(github, { formats: 'csv' }),
    xlsx: await costOfReport(github, { formats: 'xlsx' }),
  }));
  const of = (format: 'csv' | 'xlsx', what: keyof Cost) => sample(runs.map((run) => run[format][what]));
  return [
    {
      what: '100,000 seats at 0 ms, the workbook written',
      unit: 'ms',
      measured: of('xlsx', 'wall'),
      reference: { what: 'the same run with CSV', measured: of('csv', 'wall') },
      as: 'times',
      goal: { bound: 'at most', value: 2 },
      peak: of('xlsx', 'peak').median,
    },
    {
      what: 'the same, CPU time',
      unit: 'ms',
      measured: of('xlsx', 'cpu'),
      reference: { what: 'with CSV', measured: of('csv', 'cpu') },
      as: 'times',
      goal: { bound: 'at most', value: 2 },
    },
    {
      what: 'the same, peak memory',
      unit: 'MiB',
      measured: of('xlsx', 'peak'),
      reference: { what: 'with CSV', measured: of('csv', 'peak') },
      as: 'times',
      goal: { bound: 'at most', value: 1.5 },
    },
  ];
};
