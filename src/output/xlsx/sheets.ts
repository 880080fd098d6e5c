/** The sheets of the workbook, as XML, row by row: the verdict, and the tables. */

import { capitalized } from '../../common/words.ts';
import { METRICS, type MetricName } from '../../metrics.ts';
import type { Outcome } from '../../outcome.ts';
import type { Table } from '../../reports/report.ts';
import { type Document, signOf, titleOf } from '../document.ts';
import { plainText } from '../format.ts';
import {
  type Cuts,
  cellXml,
  LONGEST_TEXT,
  numberStyle,
  type SheetCell,
  type Typed,
  typedCell,
} from './cells.ts';
import type { Style } from './styles.ts';

/** Rows of a sheet at most, the header among them. https://support.microsoft.com/en-us/office/excel-specifications-and-limits */
export const MOST_ROWS = 1_048_576;

/** Widths, in characters. */
const [NARROWEST, WIDEST] = [6, 60];
/** Rows from which the widths are taken. */
const SAMPLE = 500;

type Row = readonly SheetCell[];

interface Layout {
  readonly widths: readonly number[];
  /** The first row stays in sight. */
  readonly frozen?: boolean;
  /** Cells that the filter spans, such as `A1:C9`. */
  readonly filter?: string;
  /** What opens first. */
  readonly selected?: boolean;
}

/** A, B, … Z, AA, … */
const columnName = (index: number): string =>
  (index < 26 ? '' : columnName(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));

function* sheetXml(rows: Iterable<Row>, layout: Layout, cuts: Cuts): Generator<string> {
  const { widths, frozen, filter, selected } = layout;
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  yield '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">';
  yield '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>';
  yield `<sheetViews><sheetView${selected ? ' tabSelected="1"' : ''} workbookViewId="0">${frozen ? pane : ''}</sheetView></sheetViews>`;
  if (columns.length > 0) yield `<cols>${columns.join('')}</cols>`;
  yield '<sheetData>';
  const names = widths.map((_, index) => columnName(index));
  let number = 0;
  for (const row of rows) {
    number += 1;
    let xml = `<row r="${number}">`;
    for (let index = 0; index < row.length; index += 1)
      xml += cellXml(`${names[index]}${number}`, row[index] as SheetCell, cuts);
    yield `${xml}</row>`;
  }
  yield '</sheetData>';
  if (filter !== undefined) yield `<autoFilter ref="${filter}"/>`;
  // Printed, a page is as wide as the sheet.
  yield '<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>';
}

/** The rows of `table` from `start` on that a sheet holds, under its header. */
export function tableSheet({ columns, rows }: Table, start: number, cuts: Cuts): Generator<string> {
  const end = Math.min(rows.length, start + MOST_ROWS - 1);
  const header: Row = columns.map(({ name }) => ({ value: name, style: 'header' }));
  const cells = (row: unknown): Row =>
    columns.map(({ value, unit }) => typedCell(value(row), typeof unit === 'function' ? unit(row) : unit));
  const all = function* () {
    yield header;
    for (let index = start; index < end; index += 1) yield cells(rows[index]);
  };
  const sample = [header, ...rows.slice(start, Math.min(end, start + SAMPLE)).map(cells)];
  const layout: Layout = { widths: widthsOf(sample, columns.length), frozen: true };
  if (columns.length === 0) return sheetXml(all(), layout, cuts);
  const filter = `A1:${columnName(columns.length - 1)}${end - start + 1}`;
  return sheetXml(all(), { ...layout, filter }, cuts);
}

const widthsOf = (rows: readonly Row[], columns: number): number[] =>
  Array.from({ length: columns }, (_, index) =>
    Math.min(WIDEST, Math.max(NARROWEST, ...rows.map((row) => widthOf(row[index]))) + 3),
  );

function widthOf(cell: SheetCell | undefined): number {
  if (cell?.value instanceof Date) return cell.style === 'date' ? 10 : 19;
  return String(cell?.value ?? '').length;
}

/** What a run came to: enterprise, date, verdict, messages, gates and metrics. */
export function verdictSheet(outcome: Outcome, document: Document, splits: readonly string[], cuts: Cuts) {
  const { enterprise, apiUrl, generatedAt, status, headline, note, alerts, judgements } = document;
  const rows = function* (): Generator<Row> {
    yield [cell(titleOf(document), 'title')];
    yield [];
    if (enterprise !== '') yield fact('Enterprise', cell(enterprise));
    yield fact('API', cell(apiUrl));
    yield fact('Date (UTC)', cell(generatedAt, 'time'));
    yield fact('Status', signOf(document) === 'ungated' ? cell('no gate is set') : cell(status, status));
    yield fact('Verdict', cell(headline));
    if (note !== undefined) yield fact('Licenses', cell(plainText(note)));
    if (document.redacted) yield fact('People', cell('are pseudonyms'));
    const messages = [
      ...alerts.map(({ level, text }) => [level, plainText(text)] as const),
      ...notesOn(splits, cuts).map((text) => ['notice', text] as const),
    ];
    yield* part(
      ['Level', 'Message'],
      messages.map(([level, text]) => [cell(level), cell(text)]),
    );
    yield* part(
      ['Gate', 'Value', 'Bound', 'Verdict', 'Why'],
      judgements.map(({ gate: { level, metric, bound }, value, verdict, why }) => [
        cell(metric),
        measured(metric, value),
        cell(`${level}-on: ${bound}`),
        cell(verdict, verdict),
        cell(why),
      ]),
    );
    yield* part(
      ['Metric', 'Value', 'Unit', 'Report', 'Meaning'],
      Object.entries(outcome.metrics).map(([name, value]) => {
        const metric = name as MetricName;
        const { report, unit, description } = METRICS[metric];
        return [
          cell(name),
          measured(metric, value),
          cell(unit === 'number' ? undefined : unit),
          cell(report),
          cell(capitalized(description).replaceAll('`', '')),
        ];
      }),
    );
  };
  return sheetXml(rows(), { widths: [36, 20, 24, 14, 100], selected: true }, cuts);
}

const cell = (value: Typed, style: Style = 'text'): SheetCell => ({ value, style });
const fact = (label: string, value: SheetCell): Row => [cell(label, 'label'), value];
const measured = (metric: MetricName, value: number | undefined): SheetCell =>
  cell(value, value === undefined ? 'text' : numberStyle(value, METRICS[metric].unit));

function* part(header: readonly string[], rows: readonly Row[]): Generator<Row> {
  if (rows.length === 0) return;
  yield [];
  yield header.map((name) => cell(name, 'header'));
  yield* rows;
}

const notesOn = (splits: readonly string[], cuts: Cuts): string[] => [
  ...splits.map(
    (name) =>
      `${name} has more rows than a sheet can hold (${MOST_ROWS.toLocaleString('en-US')}), and stands in several.`,
  ),
  ...(cuts.count === 0
    ? []
    : [
        `Texts longer than a cell can hold (${LONGEST_TEXT.toLocaleString('en-US')} characters) were cut and end in …: ${cuts.count}. The formats csv and json have them whole.`,
      ]),
];
