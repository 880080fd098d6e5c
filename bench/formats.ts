/** The formats that take most: the workbook and the page of 100,000 people. */
import { costOfReport, costRows, report, startGitHub } from './processes.ts';
import { type Benchmark, once, times } from './row.ts';

const ENTERPRISE = { seats: 100_000, limits: false } as const;

export const workbook: Benchmark = async (tell, { repeat }) => {
  await using github = await startGitHub(ENTERPRISE);
  tell('in turn with CSV');
  const turns = await times(repeat, async () => ({
    reference: await costOfReport(github, { formats: 'csv' }),
    measured: await costOfReport(github, { formats: 'xlsx' }),
  }));
  const goals = { wall: 2, cpu: 2, peak: 1.5 };
  return costRows('100,000 seats at 0 ms, the workbook written', 'the same run with CSV', turns, goals);
};

const MEBIBYTE = 1024 * 1024;

export const page: Benchmark = async (tell) => {
  await using github = await startGitHub(ENTERPRISE);
  tell('CSV, JSON and HTML');
  using run = await report(github, { formats: 'csv, json, html' });
  const size = (name: string) => once(Buffer.byteLength(run.read(name)) / MEBIBYTE);
  return [
    {
      what: '100,000 seats at 0 ms, HTML written as well',
      unit: 'ms',
      measured: once(run.cost.wall),
      peak: run.cost.peak,
    },
    {
      what: 'the same, size of report.html',
      unit: 'MiB',
      measured: size('report.html'),
      reference: { what: 'size of licenses.json', measured: size('licenses.json') },
    },
  ];
};
