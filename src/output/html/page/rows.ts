/** The rows of a table, unpacked from the page. */
import { type Batch, foldText, type Head, type Value } from '../shared.ts';

export interface Row {
  readonly cells: readonly Value[];
  /** Everything that a search looks at, folded. */
  readonly text: string;
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  const { fromBase64 }: Partial<typeof Uint8Array> = Uint8Array;
  if (fromBase64) return fromBase64.call(Uint8Array, base64);
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

async function unpack(base64: string): Promise<Batch> {
  const stream = new Blob([bytes(base64)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
}

/** "Yes" and "No" would be found everywhere. */
const isSearched = (value: Value): boolean => typeof value !== 'boolean' && value !== null;

/** Reads the blocks of a table and lets go of their text. */
export async function readRows(head: Head): Promise<Row[]> {
  const rows: Row[] = [];
  for (const script of document.querySelectorAll(`script.block[data-table="${head.id}"]`)) {
    const block = await unpack(script.textContent ?? '');
    const amount = block[0]?.length ?? 0;
    for (let index = 0; index < amount; index++) {
      const cells = block.map((column) => column[index] ?? null);
      rows.push({ cells, text: foldText(cells.filter(isSearched).join('\n')) });
    }
    script.remove();
  }
  if (rows.length !== head.rowCount)
    throw new Error(`${rows.length} of ${head.rowCount} rows are in the page`);
  return rows;
}
