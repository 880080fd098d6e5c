/** Outcome → files. */
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { appendHistory, type Entry, readHistoryFile } from '../history/file.ts';
import type { FormatName, Inputs } from '../inputs/index.ts';
import { METRIC_NAMES, METRICS, type Measures, type MetricName } from '../metrics.ts';
import { type Outcome, tablesOf } from '../outcome.ts';
import { composeDocument } from './compose.ts';
import { csvChunks } from './csv.ts';
import type { Document } from './document.ts';
import { removeStale, writeFile } from './files.ts';
import { htmlPage } from './html/index.ts';
import { jsonChunks } from './json.ts';
import { summaryMarkdown } from './summary.ts';

export interface PlannedFile {
  readonly name: string;
  readonly chunks: (document: Document) => Iterable<string>;
}

/** How each format is written. Adding one touches this table alone, and no report. */
const FORMATS: Record<FormatName, (outcome: Outcome) => readonly PlannedFile[]> = {
  csv: (outcome) =>
    tablesOf(outcome).map((table) => ({ name: `${table.name}.csv`, chunks: () => csvChunks(table) })),
  json: ({ reports, measures, redaction }) =>
    reports.flatMap((report) =>
      report.files.map((file) => ({
        name: `${file.name}.json`,
        chunks: ({ enterprise, generatedAt, apiUrl }) => {
          const metrics = numbers(measures, (metric) => METRICS[metric].report === report.name);
          return jsonChunks(file, { enterprise, generatedAt, apiUrl, redaction, metrics });
        },
      })),
    ),
  markdown: () => [{ name: 'summary.md', chunks: (document) => [summaryMarkdown(document)] }],
  html: () => [{ name: 'report.html', chunks: htmlPage }],
};

export const planFiles = (formats: readonly FormatName[], outcome: Outcome): readonly PlannedFile[] =>
  formats.flatMap((format) => FORMATS[format](outcome));

/** The metrics that have a value, in the documented order. */
export function numbers(
  measures: Measures,
  wanted: (metric: MetricName) => boolean = () => true,
): Record<string, number> {
  return Object.fromEntries(
    METRIC_NAMES.flatMap((metric) => {
      const measure = measures[metric];
      return typeof measure === 'number' && wanted(metric) ? [[metric, measure]] : [];
    }),
  );
}

export interface Written {
  /** Absolute paths, in the order of the formats. */
  readonly paths: readonly string[];
  readonly errors: readonly unknown[];
}

/** Writes the files that the inputs ask for, and adds the run's `entry` to the history. What fails leaves the rest. */
export async function writeOutcome(
  outcome: Outcome,
  inputs: Inputs,
  entry: Entry | undefined,
): Promise<Written> {
  const { reportDirectory, historyFile, previousReport } = inputs;
  const files = planFiles(inputs.formats, outcome);
  const document = composeDocument(
    outcome,
    files.map(({ name }) => name),
  );
  const errors: unknown[] = [];
  const attempt = (step: () => Promise<void>): Promise<void> =>
    step().catch((error) => void errors.push(error));

  await attempt(() => removeStale(reportDirectory, [historyFile, previousReport]));
  const paths: string[] = [];
  for (const { name, chunks } of files) {
    await attempt(async () => void paths.push(await writeFile(reportDirectory, name, chunks(document))));
  }
  if (historyFile !== undefined && entry !== undefined) {
    await attempt(() => recordRun(historyFile, entry, inputs.historyLimit));
  }
  return { paths, errors };
}

/** Reads the file anew, because another run may have added to it meanwhile. A link stays one: its target is written. */
async function recordRun(historyFile: string, entry: Entry, limit: number): Promise<void> {
  const text = appendHistory(await readHistoryFile(historyFile), entry, limit);
  const { dir, base } = path.parse(await realpath(historyFile).catch(() => historyFile));
  await writeFile(dir, base, [text], 'history-file');
}
