/** The `previous-report`: an earlier run's `licenses.json`. */
import { ExplainedError } from '../common/explained-error.ts';
import { isRecord } from '../common/record.ts';
import { fold } from '../common/values.ts';

/** A row of `users` as it stands in the file: GitHub's field names, and pseudonyms where a key was given. */
export type UserRow = Readonly<Record<string, unknown>>;

export interface PreviousReport {
  /** As it stands in the file, ISO 8601. */
  readonly generatedAt: string;
  readonly users: readonly UserRow[];
}

/** What the run compares itself with, and therefore must be alike. */
export interface Comparable {
  readonly enterprise: string;
  /** The fingerprint of the `redact-key`; `undefined` when people are named. */
  readonly redaction: string | undefined;
}

/** `previous-report` cannot be compared with this run. The message names the input, the reason and the remedy. */
export class PreviousReportError extends ExplainedError {
  constructor(message: string, cause?: unknown) {
    super('previous-report', `previous-report: ${message}`, cause);
  }
}

/** Throws a PreviousReportError when `text` is no `licenses.json` of the same enterprise under the same key. */
export function readPreviousReport(text: string, run: Comparable): PreviousReport {
  const { enterprise, generated_at, redaction, metrics, users } = parse(text);
  if (isRecord(metrics) && 'seats-consumed' in metrics && users === undefined) {
    throw new PreviousReportError(
      'the file lists nobody: it is of a run with `people: false`, or of an Enterprise Server. Use the licenses.json of a run that lists people',
    );
  }
  if (
    typeof enterprise !== 'string' ||
    typeof generated_at !== 'string' ||
    Number.isNaN(Date.parse(generated_at)) ||
    !Array.isArray(users) ||
    !users.every(isRecord)
  ) {
    throw new PreviousReportError(
      'the file is not the licenses.json of an earlier run (it needs enterprise, generated_at and users)',
    );
  }
  if (fold(enterprise) !== fold(run.enterprise)) {
    throw new PreviousReportError(
      `the file is about the enterprise "${enterprise}", and this run about "${run.enterprise}"`,
    );
  }
  if ((redaction ?? undefined) !== run.redaction)
    throw new PreviousReportError(otherKey(redaction, run.redaction));
  return { generatedAt: generated_at, users };
}

function otherKey(previous: unknown, present: string | undefined): string {
  const remedy = 'Start anew without previous-report, or use the same redact-key as then.';
  if (present === undefined) return `its people are pseudonyms, and this run has no redact-key. ${remedy}`;
  if (previous === undefined || previous === null) {
    return `its people are named, and this run has a redact-key. ${remedy}`;
  }
  return `it was made with another redact-key, so nobody can be recognised. ${remedy}`;
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (isRecord(value)) return value;
  } catch (cause) {
    throw new PreviousReportError('the file is not JSON. Was it cut off, or is it another file?', cause);
  }
  throw new PreviousReportError(
    'the file holds no JSON object. Was the licenses.json of an earlier run meant?',
  );
}
