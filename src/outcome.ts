/** What a run came to, before it is written anywhere: its status, and the sentences that say so wherever they stand. */

import { counted } from './common/words.ts';
import { METRIC_NAMES, type Measures, type MetricName } from './metrics.ts';
import type { Chapter, Notice, Report, Table } from './reports/report.ts';
import type { Judgement } from './thresholds.ts';

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
  if (value !== undefined) return `${gate.metric} is ${value} ${bound}`;
  return `${gate.metric} has ${verdict === 'pass' ? 'nothing to measure' : 'no value'} ${bound}: ${why}`;
}

/** The verdict in a sentence or two, for the top of the summary. */
export function headline(
  status: Status,
  judgements: readonly Judgement[],
  errors: readonly string[],
  measures: Measures,
): string {
  const of = (verdict: Judgement['verdict']) =>
    judgements.filter((judgement) => judgement.verdict === verdict);
  const list = (matching: readonly Judgement[]) => matching.map(gateSentence).join('; ');
  switch (status) {
    case 'error':
      return errors.length > 0
        ? 'The report could not be completed.'
        : `${counted(of('error').length, 'gate')} could not be checked: ${list(of('error'))}.`;
    case 'fail':
      return `${counted(of('fail').length, 'bound')} crossed: ${list(of('fail'))}.`;
    case 'warn':
      return `${counted(of('warn').length, 'warning')}: ${list(of('warn'))}.`;
    case 'pass':
      return judgements.length > 0
        ? `${judgements.length === 1 ? 'The gate passes' : `All ${judgements.length} gates pass`}.`
        : withoutGates(measures);
  }
}

function withoutGates(measures: Measures): string {
  const over = measures['seats-over'];
  return typeof over === 'number' && over > 0
    ? `${counted(over, 'seat')} more than purchased ${over === 1 ? 'is' : 'are'} consumed; no gate is set.`
    : 'No gate is set.';
}
