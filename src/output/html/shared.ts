/** What the writer of the page and the script in the page agree on. Nothing here needs Node.js or a DOM. */
import { unmasked } from '../../common/text.ts';

/** A value of a table: arrays and objects have become text, `null` is an empty cell. */
export type Value = string | number | boolean | null;

/** `id`: digits that are no amount; `link`: an address that may be opened. */
export type ColumnKind = 'text' | 'number' | 'id' | 'link';

export interface HeadColumn {
  /** As in the CSV file. */
  readonly name: string;
  /** As a person reads it. */
  readonly label: string;
  readonly kind: ColumnKind;
  /** No row has a value. */
  readonly empty: boolean;
  /** Whether it is there before the reader asks for it: not when it is empty, or there is no room. */
  readonly shown: boolean;
}

export interface Head {
  readonly id: string;
  readonly title: string;
  readonly rowCount: number;
  readonly columns: readonly HeadColumn[];
}

/** A run of rows, column by column, which compresses best. */
export type Batch = readonly (readonly Value[])[];

/** Rows of a page of a table, on screen before and after the script runs, and on paper. */
export const PAGE_SIZE = 25;

/**
 * What a search and a filter compare: one form of a text for every case, width and accent of it. Upper case of lower
 * case is where "ß", "ẞ" and "SS", "ı", "i" and "İ", and the two small sigmas meet.
 */
export function foldText(text: string): string {
  if (/^[ -~\s]*$/.test(text)) return text.toUpperCase();
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .toUpperCase();
}

const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 4, signDisplay: 'negative' });

export function valueText(value: Value, kind: ColumnKind): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number')
    return kind === 'number' ? number.format(value).replace('-', '−') : String(value);
  return unmasked(value);
}
