/** How each format is written. Adding one touches this table and its own file, and no report. */

import { METRICS, type MetricName } from '../metrics.ts';
import { type Outcome, tablesOf } from '../outcome.ts';
import type { FormatName } from '../report-files.ts';
import { csvChunks } from './csv.ts';
import type { Document } from './document.ts';
import type { Chunks } from './files.ts';
import { jsonChunks } from './json.ts';
import { prometheusText } from './prometheus.ts';
import { summaryMarkdown } from './summary.ts';

export interface OutputFile {
  readonly name: string;
  readonly chunks: () => Chunks;
}

/** Files that say nothing of the verdict: written first, and never again. */
interface DataWriter {
  readonly stage: 'data';
  readonly files: (outcome: Outcome) => readonly OutputFile[];
}

/** A file that states the verdict: written again when something later cannot be done. */
export interface VerdictWriter {
  readonly stage: 'verdict';
  readonly name: string;
  /** `document` is what a person reads of the outcome. */
  readonly chunks: (outcome: Outcome, document: Document) => Chunks;
}

/**
 * Within a stage, in the order in which they are written. What is big and seldom wanted is evaluated when it is written:
 * a run's first request does not wait for it.
 */
const WRITERS: Readonly<Record<FormatName, DataWriter | VerdictWriter>> = {
  csv: {
    stage: 'data',
    files: (outcome) =>
      tablesOf(outcome).map((table) => ({ name: `${table.name}.csv`, chunks: () => csvChunks(table) })),
  },
  json: { stage: 'data', files: jsonFiles },
  prometheus: { stage: 'verdict', name: 'metrics.prom', chunks: (outcome) => [prometheusText(outcome)] },
  xlsx: {
    stage: 'verdict',
    name: 'report.xlsx',
    async *chunks(outcome, document) {
      const { workbookChunks } = await import(/* webpackMode: "eager" */ './xlsx/index.ts');
      yield* workbookChunks(outcome, document);
    },
  },
  html: {
    stage: 'verdict',
    name: 'report.html',
    async *chunks(_, document) {
      const { htmlPage } = await import(/* webpackMode: "eager" */ './html/index.ts');
      yield* htmlPage(document);
    },
  },
  markdown: {
    stage: 'verdict',
    name: 'summary.md',
    chunks: (_, document) => [summaryMarkdown(document)],
  },
};

function jsonFiles(outcome: Outcome): readonly OutputFile[] {
  const { metrics, reports } = outcome;
  return reports.flatMap(({ name, files }) => {
    const own = Object.entries(metrics).filter(([metric]) => METRICS[metric as MetricName].report === name);
    const head = { ...outcome, metrics: Object.fromEntries(own) };
    return files.map((file) => ({ name: `${file.name}.json`, chunks: () => jsonChunks(file, head) }));
  });
}

const selected = (formats: readonly FormatName[]) =>
  Object.entries(WRITERS).flatMap(([format, writer]) =>
    formats.includes(format as FormatName) ? [writer] : [],
  );

export const dataFiles = (formats: readonly FormatName[], outcome: Outcome): readonly OutputFile[] =>
  selected(formats).flatMap((writer) => (writer.stage === 'data' ? writer.files(outcome) : []));

export const verdictWriters = (formats: readonly FormatName[]): readonly VerdictWriter[] =>
  selected(formats).filter((writer) => writer.stage === 'verdict');
