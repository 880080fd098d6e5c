/**
 * Tables with every row: 25 rows as HTML for readers without JavaScript, and all of them as compressed JSON that the
 * page's script reads. 100,000 people take a few megabytes so, and no text of theirs is ever part of the markup.
 */
import { gzipSync } from 'node:zlib';
import { toJson } from '../../common/record.ts';
import { counted } from '../../common/words.ts';
import type { Column, Json, Table } from '../../reports/report.ts';
import { fileHtml, type Html, html, jsonScript } from './markup.ts';
import { type ColumnKind, type Head, type HeadColumn, PAGE_SIZE, type Value, valueText } from './shared.ts';

const ROWS_PER_BLOCK = 5_000;

const WORDS = new Map([
  ['api', 'API'],
  ['gb', 'GB'],
  ['github', 'GitHub'],
  ['id', 'ID'],
  ['ids', 'IDs'],
  ['orgs', 'organizations'],
  ['saml', 'SAML'],
  ['sku', 'SKU'],
  ['url', 'URL'],
]);
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/github com/, 'GitHub.com'],
  [/enterprise server/, 'Enterprise Server'],
  [/visual studio/, 'Visual Studio'],
  [/two factor auth\b/, 'two-factor authentication'],
];

/** `github_com_saml_name_id` reads "GitHub.com SAML name ID". */
export function label(name: string): string {
  const spaced = name.replaceAll('_', ' ');
  const phrased = PHRASES.reduce((text, [phrase, written]) => text.replace(phrase, written), spaced);
  const text = phrased.replace(/\b[a-z]+\b(?!\.)/g, (word) => WORDS.get(word) ?? word);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function cellValue(value: Json): Value {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'object') return value;
  if (!Array.isArray(value)) return toJson(value);
  if (value.length === 0) return null;
  return value
    .map((item: Json) => (typeof item === 'object' && item !== null ? toJson(item) : String(item)))
    .join(', ');
}

/** An amount, unless any value says otherwise. */
function kind(column: Column<unknown>, rows: readonly unknown[]): Pick<HeadColumn, 'kind' | 'empty'> {
  let empty = true;
  for (const row of rows) {
    const value = cellValue(column.value(row));
    if (value === null) continue;
    if (typeof value !== 'number') return { kind: textKind(column), empty: false };
    empty = false;
  }
  const isId = column.privacy === 'id' || /(^|_)(id|year)$/.test(column.name);
  return { kind: empty ? textKind(column) : isId ? 'id' : 'number', empty };
}

const textKind = ({ privacy }: Column<unknown>): ColumnKind => (privacy === 'url' ? 'link' : 'text');

/** `id` is unique in the document. */
export function tableHead(table: Table, id: string): Head {
  const columns = table.columns.map((column) => ({
    name: column.name,
    label: label(column.name),
    ...kind(column, table.rows),
  }));
  let room = ROOM;
  const sample = table.rows.slice(0, PAGE_SIZE);
  return {
    id,
    title: table.title,
    rowCount: table.rows.length,
    columns: columns.map((column, index) => {
      const { minor, value } = table.columns[index] as Column<unknown>;
      if (column.empty || minor) return { ...column, shown: false };
      const texts = sample.map((row) => valueText(cellValue(value(row)), column.kind));
      const width = widthOf(column.label, texts);
      const shown = index === 0 || width <= room;
      if (shown) room -= width;
      return { ...column, shown };
    }),
  };
}

/** Pixels that the columns of a table have together on a screen 1,280 pixels wide. */
const ROOM = 1100;
/** Of a character and of the space around a cell. */
const [CHARACTER, PADDING] = [7, 25];
/** Characters: where cells and labels are broken. */
const [WIDEST_CELL, WIDEST_LABEL] = [28, 18];

/** About what a column takes: the texts of most rows, and the label with its sign for the order. */
function widthOf(label: string, texts: readonly string[]): number {
  const lengths = texts.map(({ length }) => length).sort((a, b) => a - b);
  const most = lengths[Math.floor(lengths.length * 0.9)] ?? 0;
  const longestWord = Math.max(...label.split(' ').map(({ length }) => length));
  const labelled = Math.max(longestWord, Math.min(label.length, WIDEST_LABEL)) + 2;
  return Math.max(labelled, Math.min(most, WIDEST_CELL)) * CHARACTER + PADDING;
}

/** The first rows, and what the script needs to take over. `files`: those that were written. */
export function tableHtml(table: Table, head: Head, files: ReadonlySet<string>): Html {
  const columns = head.columns.map((column, index) => ({ ...column, index })).filter(({ shown }) => shown);
  const hidden = head.columns.filter(({ shown, empty }) => !shown && !empty).length;
  const file = `${table.name}.csv`;
  const rows = table.rows.slice(0, PAGE_SIZE);
  const of =
    head.rowCount > rows.length ? `The first ${rows.length} of ${counted(head.rowCount, 'row')}` : '';
  return html`<section class="data" id="${head.id}" aria-labelledby="${head.id}-title"><h3 id="${head.id}-title">${head.title} <span class="count">${counted(head.rowCount, 'row')}</span></h3>
<script type="application/json" class="head">${jsonScript(head)}</script>
<div class="scroll" role="group" aria-labelledby="${head.id}-title" tabindex="0"><table><thead><tr>${columns.map(
    (column) =>
      html`<th scope="col"${column.kind === 'number' && html` class="number"`}>${column.label}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${columns.map(
        (column) =>
          html`<td${column.kind === 'number' && html` class="number"`}>${valueText(
            cellValue(table.columns[column.index]?.value(row)),
            column.kind,
          )}</td>`,
      )}</tr>`,
  )}</tbody></table></div>
<p class="where"><span class="range">${of}</span>${hidden > 0 && html` <span class="hidden-columns">${counted(hidden, 'more column')}</span>`}${files.has(file) && html` <span>All rows, for a spreadsheet: ${fileHtml(file, files)}</span>`}</p></section>
`;
}

/** All rows, a few thousand at a time, so that neither side ever holds the whole as one string. */
export function* tableBlocks(table: Table, head: Head): Iterable<Html> {
  for (let start = 0; start < table.rows.length; start += ROWS_PER_BLOCK) {
    const rows = table.rows.slice(start, start + ROWS_PER_BLOCK);
    const block = table.columns.map((column) => rows.map((row) => cellValue(column.value(row))));
    const packed = gzipSync(JSON.stringify(block)).toString('base64');
    yield html`<script type="text/plain" class="block" data-table="${head.id}">${packed}</script>\n`;
  }
}
