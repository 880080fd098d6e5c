/**
 * What the `history-file` holds: NDJSON, a line a run, kept between runs by the workflow and perhaps edited by people.
 * Lines that are no record of a run and lines of other enterprises are kept as they are.
 */

import { isRecord } from '../common/record.ts';
import { fold } from '../common/text.ts';
import { published } from '../metrics.ts';

export interface Run {
  /** In milliseconds. */
  readonly at: number;
  /** As the run published them, with two decimals at most. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** A line of the file. */
export interface RecordedRun extends Run {
  /** The enterprise's slug, compared in any case. */
  readonly enterprise: string;
}

export interface History {
  readonly runs: readonly RecordedRun[];
  /** Numbers, from 1, of the lines that are no record of a run. */
  readonly damaged: readonly number[];
}

export function parseHistory(text: string): History {
  const runs: RecordedRun[] = [];
  const damaged: number[] = [];
  for (const [index, line] of linesOf(text).entries()) {
    const run = parseLine(line);
    if (run) runs.push(run);
    else if (line.trim() !== '') damaged.push(index + 1);
  }
  return { runs, damaged };
}

/** The line of a run, with its line end. */
export const formatRun = ({ at, enterprise, metrics }: RecordedRun): string =>
  `${JSON.stringify({ generated_at: new Date(at).toISOString(), enterprise, metrics })}\n`;

/**
 * The file once there is room for one more run of the enterprise: the oldest of its runs, by their time, are dropped,
 * and every other line stays as it is and where it is. `undefined` when there is room; a limit of 0 keeps all.
 */
export function trimHistory(text: string, enterprise: string, limit: number): string | undefined {
  if (limit === 0) return undefined;
  const lines = linesOf(text).filter((line) => line.trim() !== '');
  const own = lines
    .flatMap((line, index) => {
      const run = parseLine(line);
      return run && fold(run.enterprise) === fold(enterprise) ? [{ index, at: run.at }] : [];
    })
    .sort((a, b) => a.at - b.at);
  const surplus = own.length + 1 - limit;
  if (surplus <= 0) return undefined;
  const dropped = new Set(own.slice(0, surplus).map(({ index }) => index));
  return lines
    .filter((_, index) => !dropped.has(index))
    .map((line) => `${line}\n`)
    .join('');
}

/** The latest run that has the metric. */
export const lastWith = (runs: readonly Run[], metric: string): Run | undefined =>
  runs.findLast((run) => run.metrics[metric] !== undefined);

/** Without the byte order mark that some editors put first; a carriage return stays with its line. */
const linesOf = (text: string): readonly string[] => text.replace(/^\uFEFF/, '').split('\n');

/** A moment in full: `Date.parse` alone would take "1" for a year and a time without a zone for the runner's. */
const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

function parseLine(line: string): RecordedRun | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || !isRecord(value.metrics)) return undefined;
  const { generated_at, enterprise, metrics } = value;
  const at = typeof generated_at === 'string' && ISO_8601.test(generated_at) ? Date.parse(generated_at) : NaN;
  const numbers = Object.entries(metrics);
  if (Number.isNaN(at) || typeof enterprise !== 'string' || !numbers.every(isMetric)) return undefined;
  return {
    at,
    enterprise,
    metrics: Object.fromEntries(numbers.map(([name, value]) => [name, published(value)])),
  };
}

/** From 1e21 on a number is no plain decimal any more, and no metric comes to it. */
const isMetric = (metric: [string, unknown]): metric is [string, number] =>
  typeof metric[1] === 'number' && Math.abs(metric[1]) < 1e21;
