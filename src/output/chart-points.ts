/** What a chart draws of a table, the same however it is drawn. */
import type { Cell, TableBlock } from '../reports/report.ts';
import { plainText, UNKNOWN } from './format.ts';

export interface Point {
  readonly label: string;
  readonly value: number;
  /** Of the second line. */
  readonly against?: number;
}

/** More bars than these no reader compares; the table has the rest. */
export const MOST_BARS = 15;

/** A table that has a chart. */
export type Charted = Pick<Required<TableBlock>, 'chart' | 'columns' | 'rows'>;

/** In the order of the rows. One without a number is left out, not drawn as 0; one about a person is in the table alone. */
export function pointsOf({ chart, columns, rows }: Charted): readonly Point[] {
  const indexOf = (name: string | undefined) => columns.findIndex(({ label }) => label === name);
  const [x, y, against] = [indexOf(chart.x), indexOf(chart.y), indexOf(chart.against)];
  const points = rows.flatMap((row): Point[] => {
    const [what, value, other] = [row[x], row[y], row[against]];
    if (!isAmount(value) || namesPerson(what)) return [];
    const label = what ?? UNKNOWN;
    return [
      {
        label: typeof label === 'number' ? String(label) : plainText(label),
        value,
        ...(isAmount(other) && { against: other }),
      },
    ];
  });
  // A line with gaps would seem to fall where nothing is known.
  if (points.every((point) => point.against !== undefined)) return points;
  return points.map(({ label, value }) => ({ label, value }));
}

const isAmount = (cell: Cell): cell is number => typeof cell === 'number' && Number.isFinite(cell);

/**
 * Where the axis of a line begins and ends: at zero, unless what changes would be too small to see then.
 */
export function axisOf(points: readonly Point[]): readonly [from: number, to: number] {
  const values = points.flatMap(({ value, against }) => (against === undefined ? [value] : [value, against]));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (low === high) return low === 0 ? [0, 1] : low > 0 ? [0, low] : [low, 0];
  if (low < 0) return [low, Math.max(0, high)];
  return high - low >= high * LEAST_CHANGE ? [0, high] : [low, high];
}

/** Of the whole height. */
const LEAST_CHANGE = 1 / 4;

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
