/**
 * What the run tells its reader, whatever the format: the verdict first, then the gates, what went wrong, and the
 * reports. The job summary, `summary.md` and `report.html` are written from it. Text is as GitHub sent it; redaction
 * has already happened.
 */
import type { MetricName } from '../metrics.ts';
import type { Status } from '../outcome.ts';
import type { Chapter, Figure, Text } from '../reports/report.ts';

/** Something that the reader must not miss. */
export interface Alert {
  readonly level: 'error' | 'warning' | 'notice';
  readonly text: Text;
}

/** One bound of `fail-on` or `warn-on`, and how the run stands against it. */
export interface Gate {
  readonly level: 'fail-on' | 'warn-on';
  readonly metric: MetricName;
  /** As published; `undefined` when the metric does not exist for this run. */
  readonly value: number | undefined;
  /** As it was written: `below 0`. */
  readonly bound: string;
  readonly verdict: 'pass' | 'warn' | 'fail' | 'error';
  /** Why the verdict is what it is when the value does not say so: a sentence without its full stop. */
  readonly why?: string;
}

export interface Document {
  readonly title: string;
  /** The slug; '' for an Enterprise Server without one. */
  readonly enterprise: string;
  readonly generatedAt: Date;
  readonly apiUrl: string;
  readonly status: Status;
  /** The verdict in one sentence: "12 more seats are consumed than were purchased". */
  readonly headline: string;
  /** The numbers that matter, about three. */
  readonly figures: readonly Figure[];
  readonly alerts: readonly Alert[];
  /** In the order in which they were written; none: no gate was set. */
  readonly gates: readonly Gate[];
  /** Trends are ordinary sections. */
  readonly reports: readonly Chapter[];
  /** Names of the files written, such as `licenses.csv`, without their directory. */
  readonly files: readonly string[];
  /** People are pseudonyms. */
  readonly redacted: boolean;
}
