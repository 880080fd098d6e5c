/** `history-file` in a run: read before the gates are judged, written when the run's metrics are known. */
import type { Inputs } from '../inputs/index.ts';
import type { Measures } from '../metrics.ts';
import type { Notice, Section } from '../reports/report.ts';
import { type Entry, parseHistory, readHistoryFile } from './file.ts';
import { historyNotices, historySections } from './section.ts';
import { daysUntilFull, earlierRuns, type Run, seatsChange } from './trend.ts';

export interface Trends {
  /** The metrics that come of several runs. */
  readonly measures: Measures;
  readonly notices: readonly Notice[];
  /** What the reader sees, given this run's metrics as published. */
  readonly sections: (metrics: Readonly<Record<string, number>>) => readonly Section[];
  /** What this run adds to the file; `undefined` when there is nothing to add. */
  readonly entry: (metrics: Readonly<Record<string, number>>) => Entry | undefined;
  readonly errors: readonly Error[];
}

const NO_TRENDS: Trends = {
  measures: {},
  notices: [],
  sections: () => [],
  entry: () => undefined,
  errors: [],
};

/**
 * Reads the trends up to this run, whose other metrics are `measures`. A file that cannot be read is an error of the
 * run, and is not written either: what it holds must not be lost.
 */
export async function readTrends(inputs: Inputs, now: Date, measures: Measures): Promise<Trends> {
  const { historyFile } = inputs;
  // Servers without a slug are told apart by their host.
  const enterprise = inputs.enterprise || new URL(inputs.apiUrl).host;
  if (historyFile === undefined) return NO_TRENDS;
  let text: string;
  try {
    text = await readHistoryFile(historyFile);
  } catch (error) {
    const absent = { absent: 'not-delivered', why: 'history-file could not be read' } as const;
    return {
      ...NO_TRENDS,
      measures: { 'seats-change': absent, 'days-until-full': absent },
      errors: [error as Error],
    };
  }
  const history = parseHistory(text);
  const runs: readonly Run[] = earlierRuns(history, enterprise, now);
  const hasSeats = inputs.reports.includes('licenses');
  return {
    measures: hasSeats
      ? { 'seats-change': seatsChange(runs, measures), 'days-until-full': daysUntilFull(runs, now, measures) }
      : {},
    notices: historyNotices(history, enterprise, now),
    sections: (metrics) => historySections(runs, now, metrics),
    entry: (metrics) =>
      Object.keys(metrics).length === 0
        ? undefined
        : { generated_at: now.toISOString(), enterprise, metrics },
    errors: [],
  };
}
