/** A JSON file, chunk by chunk: never one big string. */
import { toJson } from '../common/record.ts';
import type { Json, JsonFile, Part, Table } from '../reports/report.ts';

const ROWS_A_CHUNK = 500;

/** What every JSON file begins with. */
export interface JsonHead {
  readonly enterprise: string;
  readonly generatedAt: Date;
  readonly apiUrl: string;
  /** The fingerprint of the `redact-key`; absent when people are named. */
  readonly redaction?: string | undefined;
  /** The report's metrics, as published. */
  readonly metrics: Readonly<Record<string, number>>;
}

/**
 * `{enterprise, generated_at, api_url, redaction?, metrics, …parts}`, one row a line. Keys are in column order;
 * `null` stays, `undefined` is left out.
 */
export function* jsonChunks(file: JsonFile, head: JsonHead): Generator<string> {
  const entries = Object.entries({
    enterprise: head.enterprise,
    generated_at: head.generatedAt.toISOString(),
    api_url: head.apiUrl,
    redaction: head.redaction,
    metrics: head.metrics,
  }).filter(([, value]) => value !== undefined);
  yield `{\n${entries.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(',\n')}`;
  for (const part of file.parts) {
    yield `,\n${JSON.stringify(part.name)}: `;
    yield* partChunks(part);
  }
  yield '\n}\n';
}

/** A bare array of rows, or an object `{source, …fields, items}`. */
function* partChunks({ source, fields, table }: Part): Generator<string> {
  if (source === undefined && fields === undefined) {
    yield* rowChunks(table);
    return;
  }
  const object = JSON.stringify({ source, ...fields });
  if (table === undefined) {
    yield object;
    return;
  }
  yield `${object.slice(0, -1)}${object === '{}' ? '' : ','}"items":`;
  yield* rowChunks(table);
  yield '}';
}

function* rowChunks(table: Table | undefined): Generator<string> {
  if (table === undefined || table.rows.length === 0) {
    yield '[]';
    return;
  }
  for (let start = 0; start < table.rows.length; start += ROWS_A_CHUNK) {
    const rows = table.rows.slice(start, start + ROWS_A_CHUNK);
    yield (start === 0 ? '[\n' : ',\n') + rows.map((row) => rowJson(table, row)).join(',\n');
  }
  yield '\n]';
}

function rowJson(table: Table, row: unknown): string {
  const object: Record<string, Json> = {};
  for (const { name, value } of table.columns) object[name] = value(row);
  return toJson(object);
}
