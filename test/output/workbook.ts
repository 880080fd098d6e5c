/** Reading a workbook with other people's readers: its cells, and its parts as text. */
import { type CellObject, read, utils, type WorkBook } from '@e965/xlsx';
import { unzipSync } from 'fflate';

export type Value = string | number | boolean | Date | undefined;

/** The rows of each sheet, in order. */
export function readWorkbook(bytes: Uint8Array): Map<string, Value[][]> {
  const book: WorkBook = read(bytes, { cellDates: true, UTC: true, cellFormula: true, cellNF: true });
  return new Map(
    book.SheetNames.map((name) => {
      const sheet = book.Sheets[name] ?? {};
      const { s, e } = utils.decode_range(sheet['!ref'] ?? 'A1');
      const rows = Array.from({ length: e.r - s.r + 1 }, (_, r) =>
        Array.from({ length: e.c + 1 }, (_, c) => {
          const cell: CellObject | undefined = sheet[utils.encode_cell({ r: s.r + r, c })];
          if (cell?.f !== undefined) throw new Error(`${name}: a formula, ${cell.f}`);
          return cell?.v as Value;
        }),
      );
      return [name, rows];
    }),
  );
}

/** The parts of the file, by their paths. */
export const partsOf = (bytes: Uint8Array): Record<string, string> =>
  Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([path, part]) => [path, Buffer.from(part).toString()]),
  );
