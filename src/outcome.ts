import type { Measures } from './metrics.ts';
import type { Chapter, Notice, Report, Table } from './reports/report.ts';
import type { Judgement } from './thresholds.ts';

/** What a run came to, before it is written anywhere. */
export interface Outcome {
  readonly enterprise: string;
  readonly apiUrl: string;
  readonly generatedAt: Date;
  readonly measures: Measures;
  readonly judgements: readonly Judgement[];
  /** What could not be done: sentences with their remedy. */
  readonly errors: readonly string[];
  readonly notices: readonly Notice[];
  readonly reports: readonly Report[];
  /** What comes of several runs or several reports: trends, changes, cost per organization. */
  readonly extras: readonly Chapter[];
  /** The fingerprint of the `redact-key`, when people are pseudonyms. */
  readonly redaction: string | undefined;
}

/** Every table of the run, one CSV file each. */
export const tablesOf = ({ reports, extras }: Outcome): readonly Table[] =>
  [...reports, ...extras].flatMap(({ tables }) => tables);
