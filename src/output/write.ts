/** Outcome → files. */
import path from 'node:path';
import type { FormatName, Inputs } from '../inputs.ts';
import { METRIC_NAMES, METRICS, type Measures, type MetricName } from '../metrics.ts';
import { type Outcome, tablesOf } from '../outcome.ts';
import { composeDocument } from './compose.ts';
import { csvChunks } from './csv.ts';
import type { Document } from './document.ts';
import { removeStale, writeFile } from './files.ts';
import { jsonChunks } from './json.ts';
import { summaryMarkdown } from './summary.ts';

export interface PlannedFile {
  readonly name: string;
  readonly chunks: (document: Document) => Iterable<string> | Promise<Iterable<string>>;
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
  // The page's assets are large, and most runs do not want it: they are loaded only here.
  html: () => [
    { name: 'report.html', chunks: async (document) => (await import('./html/index.ts')).htmlPage(document) },
  ],
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

/** Writes the files that the inputs ask for, and the history's new text if there is one. What fails leaves the rest. */
export async function writeOutcome(
  outcome: Outcome,
  inputs: Inputs,
  history: string | undefined,
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
    await attempt(
      async () => void paths.push(await writeFile(reportDirectory, name, await chunks(document))),
    );
  }
  if (historyFile !== undefined && history !== undefined) {
    const { dir, base } = path.parse(historyFile);
    await attempt(async () => void (await writeFile(dir, base, [history], 'history-file')));
  }
  return { paths, errors };
}
