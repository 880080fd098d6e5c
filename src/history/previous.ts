/** The `previous-report`: an earlier run's `licenses.json`, and the `copilot.json` beside it. */
import { ExplainedError } from '../common/documents.ts';
import { isRecord } from '../common/record.ts';
import { fold } from '../common/text.ts';

/** A row as it stands in a file: the names of its columns, and pseudonyms where a key was given. */
export type FileRow = Readonly<Record<string, unknown>>;

export interface PreviousReport {
  /** As it stands in the file, ISO 8601. */
  readonly generatedAt: string;
  readonly rows: readonly FileRow[];
  /** How many seats GitHub counted. */
  readonly total: number | undefined;
}

/** The table that each file lists under the name of `rows`, the metric of its total, and what has no list. */
export const PREVIOUS_FILES = {
  'licenses.json': {
    table: 'licenses',
    rows: 'users',
    isPerson: () => true,
    total: 'seats-consumed',
    unlisted: 'of a run with `people: false`, or of an Enterprise Server',
  },
  'copilot.json': {
    table: 'copilot',
    rows: 'seats',
    // A grant of nobody is no person who could have gained or lost it.
    isPerson: ({ login }: FileRow) => typeof login === 'string' && login.trim() !== '',
    total: 'copilot-seats',
    unlisted: 'of a run with `people: false`',
  },
} as const;
export type PreviousFile = keyof typeof PREVIOUS_FILES;

/** What the run compares itself with, and therefore must be alike. */
export interface Comparable {
  readonly enterprise: string;
  /** The fingerprint of the `redact-key`; `undefined` when people are named. */
  readonly redaction: string | undefined;
}

/** `previous-report` cannot be compared with this run. The message names the input, the reason and the remedy. */
export class PreviousReportError extends ExplainedError {
  constructor(file: PreviousFile, message: string, cause?: unknown) {
    const which = file === 'licenses.json' ? '' : `${file} beside it: `;
    super('previous-report', `previous-report: ${which}${message}`, cause);
  }
}

/** Throws a PreviousReportError when `text` is not that file of the same enterprise under the same key. */
export function readPreviousReport(text: string, file: PreviousFile, run: Comparable): PreviousReport {
  const refusal = (why: string) => new PreviousReportError(file, why);
  const { enterprise, generated_at, redaction, metrics, ...parts } = parse(text, file);
  const { rows: name, total: metric, unlisted } = PREVIOUS_FILES[file];
  const rows = parts[name];
  const total = isRecord(metrics) ? metrics[metric] : undefined;
  if (total !== undefined && rows === undefined) {
    throw refusal(`the file lists nobody: it is ${unlisted}. Use the ${file} of a run that lists people`);
  }
  if (
    typeof enterprise !== 'string' ||
    typeof generated_at !== 'string' ||
    Number.isNaN(Date.parse(generated_at)) ||
    !Array.isArray(rows) ||
    !rows.every(isRecord)
  ) {
    throw refusal(
      `the file is not the ${file} of an earlier run (it needs enterprise, generated_at and ${name})`,
    );
  }
  if (fold(enterprise) !== fold(run.enterprise)) {
    throw refusal(`the file is about the enterprise "${enterprise}", and this run about "${run.enterprise}"`);
  }
  if ((redaction ?? undefined) !== run.redaction) throw refusal(otherKey(redaction, run.redaction));
  return { generatedAt: generated_at, rows, total: typeof total === 'number' ? total : undefined };
}

function otherKey(previous: unknown, present: string | undefined): string {
  const remedy = 'Start anew without previous-report, or use the same redact-key as then.';
  if (present === undefined) return `its people are pseudonyms, and this run has no redact-key. ${remedy}`;
  if (previous === undefined || previous === null) {
    return `its people are named, and this run has a redact-key. ${remedy}`;
  }
  return `it was made with another redact-key, so nobody can be recognised. ${remedy}`;
}

function parse(text: string, file: PreviousFile): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (isRecord(value)) return value;
  } catch (cause) {
    throw new PreviousReportError(
      file,
      'the file is not JSON. Was it cut off, or is it another file?',
      cause,
    );
  }
  throw new PreviousReportError(
    file,
    `the file holds no JSON object. Was the ${file} of an earlier run meant?`,
  );
}
