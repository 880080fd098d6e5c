/** `report.html` of 100,000 people. */
import { report, startGitHub } from './processes.ts';
import { type Benchmark, once } from './row.ts';

const MEBIBYTE = 1024 * 1024;

export const page: Benchmark = async (tell) => {
  await using github = await startGitHub({ seats: 100_000, limits: false });
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
