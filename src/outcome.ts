/** What a run came to, before it is written anywhere: its status, and the sentences that say so wherever they stand. */

import { count, counted } from './common/words.ts';
import { METRIC_NAMES, type Measures, type MetricName, numberOf } from './metrics.ts';
import type { Chapter, Notice, Report, Table } from './reports/report.ts';
import type { Judgement } from './thresholds.ts';
import type { Page } from './web-pages.ts';

export const STATUSES = ['pass', 'warn', 'fail', 'error'] as const;
export type Status = (typeof STATUSES)[number];

export interface Outcome {
  readonly enterprise: string;
  /** '' when it is not known, or must not be shown. */
  readonly apiUrl: string;
  readonly generatedAt: Date;
  readonly measures: Measures;
  /** The measures that have a value, as published and in the documented order. */
  readonly metrics: Metrics;
  readonly judgements: readonly Judgement[];
  /** What could not be done: sentences with their remedy. */
  readonly errors: readonly string[];
  /** Addresses in the errors that their reader has to open. */
  readonly links: readonly string[];
  /** On the web: the run, and where the enterprise sees its licenses. */
  readonly pages: readonly Page[];
  readonly status: Status;
  /** One sentence or two that stand under the verdict, and the file that has the rows of their numbers. */
  readonly note?: { readonly text: string; readonly file: string } | undefined;
  readonly notices: readonly Notice[];
  readonly reports: readonly Report[];
  /** What comes of several runs or several reports: candidates, trends, changes. */
  readonly extras: readonly Chapter[];
  /** The fingerprint of the `redact-key`, when people are pseudonyms. */
  readonly redaction: string | undefined;
}

export type Metrics = Readonly<Partial<Record<MetricName, number>>>;

/** What is published of the measures: those that have a value. */
export const valuesOf = (measures: Measures): Metrics =>
  Object.fromEntries(
    METRIC_NAMES.flatMap((metric) => {
      const measure = measures[metric];
      return typeof measure === 'number' ? [[metric, measure]] : [];
    }),
  );

export const makeOutcome = (parts: Omit<Outcome, 'status'>): Outcome => ({
  ...parts,
  status: statusOf(parts.judgements, parts.errors),
});

/** The same run, once more could not be done. */
export const addErrors = (outcome: Outcome, errors: readonly string[]): Outcome =>
  makeOutcome({ ...outcome, errors: [...new Set([...outcome.errors, ...errors])] });

/** Every table of the run, one CSV file each. */
export const tablesOf = ({ reports, extras }: Outcome): readonly Table[] =>
  [...reports, ...extras].flatMap(({ tables }) => tables);

/** Error wins over fail over warn: a report that is incomplete has not shown that the bounds hold. */
export function statusOf(judgements: readonly Judgement[], errors: readonly unknown[]): Status {
  if (errors.length > 0) return 'error';
  return (
    (['error', 'fail', 'warn'] as const).find((status) =>
      judgements.some(({ verdict }) => verdict === status),
    ) ?? 'pass'
  );
}

/** `seats-available is -500 (fail-on: below 0)`, or why there is no value to check. */
export function gateSentence({ gate, verdict, value, why }: Judgement): string {
  const bound = `(${gate.level}-on: ${gate.bound})`;
  if (value !== undefined) return `${gate.metric} is ${count(value)} ${bound}`;
  return `${gate.metric} has ${verdict === 'pass' ? 'nothing to measure' : 'no value'} ${bound}: ${why}`;
}

/**
 * The verdict in a few sentences, for the top of the summary: seats over whatever the gates are, what could not be done,
 * and the bounds that were crossed, also where the report could not be completed.
 */
export function headline(
  status: Status,
  judgements: readonly Judgement[],
  errors: readonly string[],
  measures: Measures,
): string {
  const of = (verdict: Judgement['verdict']) =>
    judgements.filter((judgement) => judgement.verdict === verdict);
  const [unchecked, failed, warned] = [of('error'), of('fail'), of('warn')];
  const list = (matching: readonly Judgement[]) => matching.map(gateSentence).join('; ');
  const isIncomplete = errors.length > 0;
  return [
    seatsOver(measures),
    isIncomplete && 'The report could not be completed.',
    !isIncomplete &&
      unchecked.length > 0 &&
      `${counted(unchecked.length, 'gate')} could not be checked: ${list(unchecked)}.`,
    failed.length > 0 && `${counted(failed.length, 'bound')} crossed: ${list(failed)}.`,
    failed.length === 0 && warned.length > 0 && `${counted(warned.length, 'warning')}: ${list(warned)}.`,
    status === 'pass' && (judgements.length > 0 ? allPass(judgements.length) : 'No gate is set.'),
  ]
    .filter((sentence) => typeof sentence === 'string')
    .join(' ');
}

const allPass = (gates: number): string => `${gates === 1 ? 'The gate passes' : `All ${gates} gates pass`}.`;

function seatsOver(measures: Measures): string | undefined {
  const over = numberOf(measures, 'seats-over') ?? 0;
  if (over <= 0) return undefined;
  return `${counted(over, 'more seat is', 'more seats are')} consumed than ${over === 1 ? 'was' : 'were'} purchased.`;
}
