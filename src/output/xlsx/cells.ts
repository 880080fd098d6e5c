/** Values as cells of a sheet: numbers, dates and booleans are typed, and text is text, whatever it begins with. */

import { DAY } from '../../common/dates.ts';
import type { ColumnUnit, Json } from '../../reports/report.ts';
import { flatText } from '../csv.ts';
import { type Style, styleNumber } from './styles.ts';

/** UTF-16 units. https://support.microsoft.com/en-us/office/excel-specifications-and-limits */
export const LONGEST_TEXT = 32_767;

/** Counts the texts that were cut. */
export interface Cuts {
  count: number;
}

/** A value as it stands in a cell; `undefined`: an empty one. */
export type Typed = string | number | boolean | Date | undefined;

export interface SheetCell {
  readonly value: Typed;
  readonly style: Style;
}

/** A value of a table, typed. Lists are joined by `, `, objects are JSON, unknown is empty. */
export function typedCell(value: Json, unit: ColumnUnit | undefined): SheetCell {
  if (typeof value === 'number')
    return { value, style: unit === undefined ? 'plain' : numberStyle(value, unit) };
  if (typeof value === 'boolean') return { value, style: 'boolean' };
  const date = unit === 'date' && typeof value === 'string' ? sheetDate(value) : undefined;
  if (date !== undefined) return { value: date, style: date.getTime() % DAY === 0 ? 'date' : 'time' };
  return { value: flatText(value) || undefined, style: 'text' };
}

/** Whole numbers have no decimals but in money and percentages. */
export function numberStyle(value: number, unit: ColumnUnit): Style {
  if (unit === 'usd' || unit === 'percent') return unit;
  return Number.isInteger(value) ? 'integer' : 'decimal';
}

const ISO_DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;
/** Spreadsheets take 1900 for a leap year, and count no day before it. */
const FIRST_DATE = Date.UTC(1900, 2, 1);

/** `undefined` where it is no day of the calendar or no moment, or none that a sheet can hold: then it stays text. */
function sheetDate(text: string): Date | undefined {
  const day = new Date(text.slice(0, 10));
  if (
    !ISO_DATE.test(text) ||
    !Number.isFinite(day.getTime()) ||
    !day.toISOString().startsWith(text.slice(0, 10))
  )
    return undefined;
  const date = new Date(text);
  return date.getTime() >= FIRST_DATE ? date : undefined;
}

/** Days since the last day of 1899, as spreadsheets count them; UTC. */
const serial = (date: Date): number => date.getTime() / DAY + 25_569;

/** The cell as XML, '' when it is empty. `reference` is such as `B7`. */
export function cellXml(reference: string, { value, style }: SheetCell, cuts: Cuts): string {
  const head = `<c r="${reference}" s="${styleNumber(style)}"`;
  switch (typeof value) {
    case 'string':
      return `${head} t="inlineStr"><is>${textXml(cut(value, cuts))}</is></c>`;
    case 'boolean':
      return `${head} t="b"><v>${Number(value)}</v></c>`;
    case 'number':
      return `${head}><v>${value}</v></c>`;
    case 'object':
      return `${head}><v>${serial(value)}</v></c>`;
    default:
      return '';
  }
}

function cut(text: string, cuts: Cuts): string {
  if (text.length <= LONGEST_TEXT) return text;
  cuts.count += 1;
  return `${text.slice(0, LONGEST_TEXT - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

const textXml = (text: string): string =>
  /^\s|\s$/.test(text) ? `<t xml:space="preserve">${escaped(text)}</t>` : `<t>${escaped(text)}</t>`;

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has none of them
const SPECIAL = /[&<>"\0-\x08\x0B-\x1F\uFFFE\uFFFF]|_(?=x[\dA-Fa-f]{4}_)/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Text as XML. What XML 1.0 cannot hold, or reads as a line feed, becomes `_x000D_`, and what would read as that
 * `_x005F_x000D_` (ECMA-376 part 1, 22.9.2.19). Half characters become U+FFFD, as in every file of UTF-8.
 */
export const escaped = (text: string): string =>
  text.toWellFormed().replace(SPECIAL, (special) => ENTITIES[special] ?? `_x${hex(special.charCodeAt(0))}_`);

const hex = (code: number): string => code.toString(16).toUpperCase().padStart(4, '0');
