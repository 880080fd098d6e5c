/** A table as CSV (RFC 4180), row by row. */
import { toJson } from '../common/record.ts';
import type { Json, Table } from '../reports/report.ts';

/** Rows that are handed on together: few enough that no string grows big. */
const ROWS_A_CHUNK = 500;

/**
 * What a spreadsheet may run as a formula: `= + - @`, full-width or not, a tab or a carriage return, also after
 * whitespace, quotes or invisible marks (https://owasp.org/www-community/attacks/CSV_Injection).
 */
const FORMULA = /^(?:[\s"'\p{Cc}\p{Cf}]*[=+\-@\u2212\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r])/u;

/**
 * The header and the rows. Lists are joined by `, `, objects are JSON, unknown is empty. Text that a spreadsheet
 * would run as a formula gets a leading `'`; numbers stay numbers.
 */
export function* csvChunks(table: Table): Generator<string> {
  const values = table.columns.map((column) => column.value);
  yield toLine(table.columns.map((column) => harmless(column.name)));
  for (let start = 0; start < table.rows.length; start += ROWS_A_CHUNK) {
    const rows = table.rows.slice(start, start + ROWS_A_CHUNK);
    yield rows.map((row) => toLine(values.map((value) => cell(value(row))))).join('');
  }
}

/**
 * What RFC 4180 quotes, and what else some reader ends a cell or a row at: `;` and tabs where a comma is the decimal
 * point, `|` where it guesses, and every line break. In quotes none of them does.
 */
const SPECIAL = /[",;\t|\n\v\f\r\u0085\u2028\u2029]/;

const quote = (text: string): string => (SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const toLine = (cells: readonly string[]): string => `${cells.map(quote).join(',')}\r\n`;

const cell = (value: Json): string =>
  typeof value === 'string' || Array.isArray(value) ? harmless(flatText(value)) : flatText(value);

/** A value in one cell: lists joined by `, `, objects as JSON, unknown as ''. */
export const flatText = (value: Json): string =>
  Array.isArray(value) ? value.map(item).join(', ') : item(value);

/** One value of a list, or the only one. */
function item(value: Json): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? toJson(value) : String(value);
}

const harmless = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
