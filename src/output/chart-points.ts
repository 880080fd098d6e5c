/** What a chart draws of a table, the same however it is drawn. */
import type { Cell, TableBlock } from '../reports/report.ts';
import { plainText, UNKNOWN } from './format.ts';

export interface Point {
  readonly label: string;
  readonly value: number;
}

/** More bars than these no reader compares; the table has the rest. */
export const MOST_BARS = 15;

/** A table that has a chart. */
export type Charted = Pick<Required<TableBlock>, 'chart' | 'columns' | 'rows'>;

/** In the order of the rows. One without a number is left out, not drawn as 0; one about a person is in the table alone. */
export function pointsOf({ chart, columns, rows }: Charted): readonly Point[] {
  const [x, y] = [chart.x, chart.y].map((name) => columns.findIndex(({ label }) => label === name));
  return rows.flatMap((row): Point[] => {
    const [what, value] = [row[x ?? -1], row[y ?? -1]];
    if (typeof value !== 'number' || !Number.isFinite(value) || namesPerson(what)) return [];
    const label = what ?? UNKNOWN;
    return [{ label: typeof label === 'number' ? String(label) : plainText(label), value }];
  });
}

const namesPerson = (cell: Cell): boolean =>
  Array.isArray(cell) ? cell.some(namesPerson) : typeof cell === 'object' && 'person' in cell;

/**
 * Shares of a whole, the largest first and the smallest of more than `most` together. None when there is no whole:
 * nothing is above 0, or something, such as a credit, is below it.
 */
export function slicesOf(points: readonly Point[], most: number): readonly Point[] {
  if (points.some(({ value }) => value < 0)) return [];
  const slices = points.filter(({ value }) => value > 0).sort((a, b) => b.value - a.value);
  if (slices.length <= most) return slices;
  const others = slices.splice(most - 1);
  const value = others.reduce((sum, other) => sum + other.value, 0);
  return [...slices, { label: `${others.length} others`, value }];
}
