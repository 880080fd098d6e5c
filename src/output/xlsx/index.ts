/** `report.xlsx`: the verdict as the first sheet, then every table as a sheet, written as a stream. */
import { constants, crc32, deflateRawSync } from 'node:zlib';
import { Zip, type ZipInputFile } from 'fflate';
import { type Outcome, tablesOf } from '../../outcome.ts';
import { GENERATOR } from '../../report-files.ts';
import type { Table } from '../../reports/report.ts';
import type { Document } from '../document.ts';
import { OutputError } from '../files.ts';
import { type Cuts, escaped } from './cells.ts';
import { MOST_ROWS, tableSheet, verdictSheet } from './sheets.ts';
import { stylesXml } from './styles.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const LEVEL = 3;
const NOTHING = new Uint8Array();
/** Sheets are compressed in pieces of about this many characters. */
const PIECE = 128 * 1024;
/** What a ZIP file holds without an extension that few readers know. */
const MOST_BYTES = 2 ** 32 - 1;

interface Sheet {
  readonly name: string;
  readonly xml: () => Iterable<string>;
}
interface ZipEntry {
  readonly path: string;
  readonly xml: Iterable<string>;
  /** 0: as it is, though in the wrapping of what is compressed. */
  readonly level?: 0;
}

/** The bytes of the workbook. */
export function workbookChunks(outcome: Outcome, document: Document): Generator<Uint8Array> {
  const cuts: Cuts = { count: 0 };
  const name = sheetNames();
  const tables = tablesOf(outcome);
  const splits = tables.filter(({ rows }) => rows.length >= MOST_ROWS).map(({ title }) => title);
  const verdict: Sheet = {
    name: name('Verdict'),
    xml: () => verdictSheet(outcome, document, splits, cuts),
  };
  const sheets = tables.flatMap((table) =>
    startsOf(table).map(
      (start): Sheet => ({ name: name(table.title), xml: () => tableSheet(table, start, cuts) }),
    ),
  );
  return zipped(entries([verdict, ...sheets], outcome.generatedAt), outcome.generatedAt);
}

/** The first row of each sheet that a table takes. */
const startsOf = ({ rows }: Table): number[] =>
  Array.from(
    { length: Math.max(1, Math.ceil(rows.length / (MOST_ROWS - 1))) },
    (_, index) => index * (MOST_ROWS - 1),
  );

/**
 * Names within Excel's rules: 31 characters at most, none of `[]:*?/\`, no `'` at either end, not `History`, and none
 * twice, whatever its case.
 */
export function sheetNames(): (title: string) => string {
  const taken = new Set(['history']);
  return (title) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no name may have them
    const wanted = title.toWellFormed().replace(/[[\]:*?/\\\0-\x1F\x7F\uFFFE\uFFFF]/g, ' ');
    for (let count = 1; ; count += 1) {
      const suffix = count === 1 ? '' : ` (${count})`;
      const start = wanted.trim().slice(0, 31 - suffix.length);
      const name = `${start.replace(/^'+|[\uD800-\uDBFF]$|'+$/g, '').trim() || 'Sheet'}${suffix}`;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  };
}

/** The parts of the file. The first is how it is known for ours, so it is not compressed; the verdict knows all others. */
function* entries([verdict, ...tables]: readonly Sheet[], created: Date): Generator<ZipEntry> {
  const sheets = verdict === undefined ? tables : [verdict, ...tables];
  const part = (path: string, xml: string): ZipEntry => ({ path, xml: [DECLARATION, xml] });
  const each = (text: (number: number, sheet: Sheet) => string) =>
    sheets.map((sheet, index) => text(index + 1, sheet)).join('');
  yield {
    ...part(
      'docProps/core.xml',
      `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>${GENERATOR}</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">${created.toISOString()}</dcterms:created></cp:coreProperties>`,
    ),
    level: 0,
  };
  yield part(
    '[Content_Types].xml',
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>${each((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${TYPES}.worksheet+xml"/>`)}</Types>`,
  );
  yield part(
    '_rels/.rels',
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
  );
  yield part(
    'xl/workbook.xml',
    `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships"><bookViews><workbookView/></bookViews><sheets>${each((number, { name }) => `<sheet name="${escaped(name)}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets></workbook>`,
  );
  yield part(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${PACKAGE}/relationships">${each((number) => `<Relationship Id="rId${number}" Type="${OFFICE}/relationships/worksheet" Target="worksheets/sheet${number}.xml"/>`)}<Relationship Id="styles" Type="${OFFICE}/relationships/styles" Target="styles.xml"/></Relationships>`,
  );
  yield part('xl/styles.xml', stylesXml());
  for (const [index, sheet] of [...sheets.entries()].reverse())
    yield { path: `xl/worksheets/sheet${index + 1}.xml`, xml: withDeclaration(sheet.xml()) };
}

function* withDeclaration(xml: Iterable<string>): Generator<string> {
  yield DECLARATION;
  yield* xml;
}

function* zipped(parts: Iterable<ZipEntry>, mtime: Date): Generator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    ready.push(bytes);
  });
  let size = 0;
  for (const { path, xml, level = LEVEL } of parts) {
    const file = compressed(path, level);
    file.mtime = mtime;
    zip.add(file);
    for (const piece of pieces(xml)) {
      size += piece.length;
      if (size > MOST_BYTES) throw tooLarge();
      file.push(piece, false);
      yield* ready.splice(0);
    }
    file.push(NOTHING, true);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}

interface Compressed extends ZipInputFile {
  push(piece: Uint8Array, isLast: boolean): void;
}

/** An entry compressed by Node.js, several times as fast. Its pieces stand by themselves, so that none waits for another. */
function compressed(filename: string, level: number): Compressed {
  const options = { level, finishFlush: constants.Z_SYNC_FLUSH };
  return {
    filename,
    compression: 8,
    crc: 0,
    size: 0,
    push(piece, isLast) {
      this.crc = crc32(piece, this.crc);
      this.size += piece.length;
      this.ondata?.(null, deflateRawSync(piece, isLast ? { level } : options), isLast);
    },
  };
}

const tooLarge = () =>
  new OutputError(
    'report.xlsx would be larger than the 4 GiB that such a file can hold. Leave `xlsx` out of `formats`; the CSV files have every row.',
  );

function* pieces(texts: Iterable<string>): Generator<Buffer> {
  let piece = '';
  for (const text of texts) {
    piece += text;
    if (piece.length < PIECE) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(piece);
}
