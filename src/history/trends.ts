/** What earlier runs say of today: `history-file` in a run. */

import { DAY } from '../common/dates.ts';
import { fold } from '../common/text.ts';
import type { Inputs } from '../inputs/index.ts';
import {
  allAbsent,
  HISTORY_METRICS,
  type HistoryMetric,
  METRICS,
  type Measure,
  type Measures,
  type MetricName,
  notDelivered,
  nothing,
  published,
} from '../metrics.ts';
import type { Metrics } from '../outcome.ts';
import type { Notice, Section } from '../reports/report.ts';
import { readHistory } from './file.ts';
import { type History, lastWith, type RecordedRun, type Run } from './runs.ts';
import { historyNotices, historySections } from './trends-section.ts';

export interface Trends {
  /** The metrics that come of several runs; `undefined` without `history-file` or the licenses report. */
  readonly measures: Readonly<Record<HistoryMetric, Measure>> | undefined;
  readonly notices: readonly Notice[];
  /** What the reader sees, given this run's metrics as published. */
  readonly sections: (metrics: Metrics) => readonly Section[];
  /** What this run adds to the file; `undefined` when there is nothing to add. */
  readonly run: (metrics: Metrics) => RecordedRun | undefined;
  readonly errors: readonly unknown[];
}

const NO_TRENDS: Trends = {
  measures: undefined,
  notices: [],
  sections: () => [],
  run: () => undefined,
  errors: [],
};

/**
 * Reads the trends up to this run, whose other metrics are `measures`. A file that cannot be read is an error of the
 * run, and is not written either: what it holds must not be lost.
 */
export async function readTrends(inputs: Inputs, now: Date, measures: Measures): Promise<Trends> {
  const { historyFile } = inputs;
  if (historyFile === undefined) return NO_TRENDS;
  // Servers without a slug are told apart by their host.
  const enterprise = inputs.enterprise || new URL(inputs.apiUrl).host;
  let history: History;
  try {
    history = await readHistory(historyFile);
  } catch (error) {
    return {
      ...NO_TRENDS,
      measures: allAbsent(HISTORY_METRICS, notDelivered('history-file could not be read')),
      errors: [error],
    };
  }
  const runs = earlierRuns(history, enterprise, now);
  const hasSeats = inputs.reports.includes('licenses');
  return {
    measures: hasSeats
      ? { 'seats-change': seatsChange(runs, measures), 'days-until-full': daysUntilFull(runs, now, measures) }
      : undefined,
    notices: historyNotices(history, enterprise, now),
    sections: (metrics) => historySections(runs, now, presentMetrics(metrics, inputs, now)),
    run: (metrics) => {
      const present = presentMetrics(metrics, inputs, now);
      return Object.keys(present).length === 0
        ? undefined
        : { at: now.getTime(), enterprise, metrics: present };
    },
    errors: [],
  };
}

/** The history is of the present: a bill of another period is left out. */
function presentMetrics(metrics: Metrics, { period }: Inputs, now: Date): Readonly<Record<string, number>> {
  const isPresent = period.year === now.getUTCFullYear() && period.month === now.getUTCMonth() + 1;
  return Object.fromEntries(
    Object.entries(metrics).filter(([name]) => isPresent || METRICS[name as MetricName].report !== 'billing'),
  );
}

/** How far back the trend looks: what happened before says little of what comes. */
const TREND_DAYS = 180;
/** Bounds the work for a file with a run every few minutes: every two of them are compared. */
const TREND_RUNS = 500;
/** Fewer runs, or a shorter time, are no trend. */
const LEAST_RUNS = 3;
const LEAST_DAYS = 3;
/** Seats a day: one in a century is none. */
const LEAST_GROWTH = 1 / 36_500;

/** The runs of `enterprise` up to `now`, oldest first. Those dated later come from a clock that was wrong. */
export const earlierRuns = (history: History, enterprise: string, now: Date): readonly Run[] =>
  history.runs
    .filter((run) => fold(run.enterprise) === fold(enterprise) && run.at <= now.getTime())
    .sort((a, b) => a.at - b.at);

/** `seats-change`: seats consumed now − at the latest earlier run that knew them. */
export function seatsChange(runs: readonly Run[], measures: Measures): Measure {
  const consumed = measured(measures, 'seats-consumed');
  if (typeof consumed !== 'number') return consumed;
  const before = lastWith(runs, 'seats-consumed')?.metrics['seats-consumed'];
  return before === undefined
    ? nothing('history-file has no earlier run with the seats consumed')
    : published(consumed - before);
}

/**
 * `days-until-full`: days until no seat is available, from the seats available now and the trend of the seats
 * consumed; 0 when none is available.
 *
 * The trend is Theil and Sen's: the median of the slopes between every two runs, so that neither a wrong run nor a
 * single step decides it, and runs need not be evenly spaced. It takes the runs of the last 180 days and the present
 * one, and needs three of them over at least three days.
 */
export function daysUntilFull(runs: readonly Run[], now: Date, measures: Measures): Measure {
  const available = measured(measures, 'seats-available');
  if (typeof available !== 'number') return available;
  if (available <= 0) return 0;
  const consumed = measured(measures, 'seats-consumed');
  if (typeof consumed !== 'number') return consumed;

  const present = { day: 0, seats: consumed };
  const points = [...recentPoints(runs, now), present];
  const span = -(points[0] ?? present).day;
  if (points.length < LEAST_RUNS) {
    return nothing(
      `history-file has too few runs for a trend: ${points.length} with this one, ${LEAST_RUNS} are needed`,
    );
  }
  if (span < LEAST_DAYS) return nothing(`the runs in history-file span less than ${LEAST_DAYS} days`);
  const perDay = medianSlope(points);
  return perDay > LEAST_GROWTH ? published(available / perDay) : nothing('the seats consumed do not grow');
}

interface TrendPoint {
  /** Days from the present run, negative. */
  readonly day: number;
  readonly seats: number;
}

const recentPoints = (runs: readonly Run[], now: Date): readonly TrendPoint[] =>
  runs
    .flatMap(({ at, metrics }): TrendPoint[] => {
      const seats = metrics['seats-consumed'];
      const day = (at - now.getTime()) / DAY;
      return seats === undefined || day < -TREND_DAYS ? [] : [{ day, seats }];
    })
    .slice(-(TREND_RUNS - 1));

/** Seats a day. Runs at the same time have no slope between them. */
function medianSlope(points: readonly TrendPoint[]): number {
  const slopes: number[] = [];
  for (const [index, a] of points.entries()) {
    for (const b of points.slice(index + 1)) {
      if (b.day !== a.day) slopes.push((b.seats - a.seats) / (b.day - a.day));
    }
  }
  const sorted = Float64Array.from(slopes).sort();
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] as number) + (sorted[Math.floor(middle)] as number)) / 2;
}

const measured = (measures: Measures, metric: 'seats-consumed' | 'seats-available'): Measure =>
  measures[metric] ?? notDelivered(`${metric} is not known`);
