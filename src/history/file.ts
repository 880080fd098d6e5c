/**
 * The `history-file`: NDJSON, a line a run, kept between runs by the workflow and perhaps edited by people. Lines that
 * are no record of a run and lines of other enterprises are kept as they are.
 */
import { readFile } from 'node:fs/promises';
import { ExplainedError } from '../explained-error.ts';
import { published } from '../metrics.ts';
import { fold } from '../names.ts';
import { isRecord } from '../record.ts';

/** What a line holds: the metrics that the run published, with two decimals at most. */
export interface Entry {
  /** ISO 8601. */
  readonly generated_at: string;
  /** The enterprise's slug, compared in any case. */
  readonly enterprise: string;
  readonly metrics: Readonly<Record<string, number>>;
}

export interface History {
  readonly entries: readonly Entry[];
  /** Numbers, from 1, of the lines that are no record of a run. */
  readonly damaged: readonly number[];
}

/** `history-file` cannot be read. */
export class HistoryError extends ExplainedError {}

/** Text of the file, '' when there is none yet. Throws a HistoryError when it cannot be read. */
export async function readHistoryFile(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new HistoryError(`history-file: ${path} cannot be read (${(cause as Error).message})`, cause);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new HistoryError(
      `history-file: ${path} cannot be read, because it is not UTF-8. Convert it; it was left as it is.`,
      cause,
    );
  }
}

export function parseHistory(text: string): History {
  const entries: Entry[] = [];
  const damaged: number[] = [];
  for (const [index, line] of linesOf(text).entries()) {
    const entry = parseLine(line);
    if (entry) entries.push(entry);
    else if (line.trim() !== '') damaged.push(index + 1);
  }
  return { entries, damaged };
}

/**
 * The file with one more run. Beyond `limit` runs of its enterprise the oldest of them, by their time, are dropped; 0
 * keeps all. Every other line stays as it is and where it is.
 */
export function appendHistory(text: string, entry: Entry, limit: number): string {
  const lines = linesOf(text).filter((line) => line.trim() !== '');
  const own = lines
    .map((line, index) => ({ index, entry: parseLine(line) }))
    .filter((line) => line.entry && fold(line.entry.enterprise) === fold(entry.enterprise))
    .sort((a, b) => timeOf(a.entry as Entry) - timeOf(b.entry as Entry));
  const surplus = limit === 0 ? 0 : Math.max(0, own.length + 1 - limit);
  const dropped = new Set(own.slice(0, surplus).map(({ index }) => index));
  const { generated_at, enterprise, metrics } = entry;
  return [
    ...lines.filter((_, index) => !dropped.has(index)),
    JSON.stringify({ generated_at, enterprise, metrics }),
    '',
  ].join('\n');
}

/** In milliseconds. */
export const timeOf = (entry: Entry): number => Date.parse(entry.generated_at);

/** Without the byte order mark that some editors put first; a carriage return stays with its line. */
const linesOf = (text: string): readonly string[] => text.replace(/^\uFEFF/, '').split('\n');

/** A moment in full: `Date.parse` alone would take "1" for a year and a time without a zone for the runner's. */
const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

function parseLine(line: string): Entry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || !isRecord(value.metrics)) return undefined;
  const { generated_at, enterprise, metrics } = value;
  if (
    typeof generated_at !== 'string' ||
    !ISO_8601.test(generated_at) ||
    Number.isNaN(Date.parse(generated_at))
  ) {
    return undefined;
  }
  const numbers = Object.entries(metrics);
  if (typeof enterprise !== 'string' || !numbers.every(isMetric)) return undefined;
  return {
    generated_at,
    enterprise,
    metrics: Object.fromEntries(numbers.map(([name, value]) => [name, published(value)])),
  };
}

/** From 1e21 on a number is no plain decimal any more, and no metric comes to it. */
const isMetric = (metric: [string, unknown]): metric is [string, number] =>
  typeof metric[1] === 'number' && Math.abs(metric[1]) < 1e21;
