/** A chart as a Mermaid diagram, which GitHub draws: https://mermaid.js.org/syntax/pie.html and xyChart.html */

import { shorten, visible } from '../common/text.ts';
import { type Charted, MOST_BARS, type Point, pointsOf, slicesOf } from './chart-points.ts';
import { UNKNOWN } from './format.ts';

const SLICES = 8;
const POINTS = 60;
/** As many dates as fit side by side. */
const LABELS = 8;
/** The default colours are too pale to see; these stand out on white and on black. */
const COLORS = ['#2f7ed8', '#2da44e', '#bf8700', '#cf4a54', '#8250df', '#1b9aaa', '#d9682b', '#768390'];

/** The diagram's source, without a fence; `undefined` when the rows hold nothing that can be drawn. */
export function mermaid(table: Charted): string | undefined {
  const { type, title } = table.chart;
  const points = pointsOf(table);
  return type === 'pie' ? pie(title, points) : xyChart(type, title, points);
}

function pie(title: string, points: readonly Point[]): string | undefined {
  const slices = slicesOf(points, SLICES);
  if (slices.length === 0) return undefined;
  return [
    init({
      themeVariables: {
        ...Object.fromEntries(COLORS.map((color, index) => [`pie${index + 1}`, color])),
        pieSectionTextColor: '#ffffff',
        pieOpacity: '1',
        pieStrokeWidth: '1px',
        pieOuterStrokeWidth: '0px',
      },
    }),
    `pie showData title ${label(title, 80)}`,
    ...slices.map((slice) => `  "${label(slice.label, 40)}" : ${number(slice.value)}`),
  ].join('\n');
}

function xyChart(type: 'bar' | 'line', title: string, all: readonly Point[]): string | undefined {
  const points = type === 'bar' ? all.slice(0, MOST_BARS) : all.slice(-POINTS);
  if (points.length < (type === 'line' ? 2 : 1)) return undefined;
  const values = points.map(({ value }) => value);
  // Bars are compared by their length, so they start at zero; a line shows its changes.
  const low = Math.min(...values, ...(type === 'bar' ? [0] : []));
  const high = Math.max(...values, ...(type === 'bar' ? [0] : []));
  if (type === 'bar' && low === high) return undefined;
  const margin = low === high ? 1 : 0;
  const of = points.length < all.length ? ` (${points.length} of ${all.length})` : '';
  return [
    init({
      xyChart: { height: type === 'bar' ? 90 + 26 * points.length : 320 },
      themeVariables: { xyChart: { plotColorPalette: COLORS[0], backgroundColor: 'transparent' } },
    }),
    type === 'bar' ? 'xychart-beta horizontal' : 'xychart-beta',
    `  title "${label(title, 80)}${of}"`,
    `  x-axis ${type === 'line' && points.length > LABELS ? range(points) : categories(points)}`,
    `  y-axis ${number(low - margin)} --> ${number(high + margin)}`,
    `  ${type} [${values.map(number).join(', ')}]`,
  ].join('\n');
}

const init = (config: object): string => `%%{init: ${JSON.stringify(config)}}%%`;

const categories = (points: readonly Point[]): string =>
  `[${distinct(points)
    .map((text) => `"${text}"`)
    .join(', ')}]`;

/** Numbers instead of labels that would lie on top of each other. */
function range(points: readonly Point[]): string {
  const [first, last] = [points[0], points.at(-1)].map((point) => label(point?.label ?? '', 24));
  return `"${first} to ${last}" 1 --> ${points.length}`;
}

/** The axis draws equal labels at the same place, so a second "a" becomes "a (2)". */
function distinct(points: readonly Point[]): string[] {
  const seen = new Map<string, number>();
  return points.map((point) => {
    const text = label(point.label, 24);
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return count === 1 ? text : `${text} (${count})`;
  });
}

/**
 * Mermaid has no escape that works in every diagram, so what its syntax, its directives or its HTML could take for
 * their own is replaced by what looks alike. The table beside the chart has the exact text.
 */
function label(text: string, length: number): string {
  const replaced = visible(text)
    .replace(/["`]/g, "'")
    .replace(/%+/g, '%')
    .replace(/[<{[]/g, '(')
    .replace(/[>}\]]/g, ')')
    .replace(/;/g, ',')
    .replace(/\\/g, '/');
  return shorten(replaced, length) || UNKNOWN;
}

/** Mermaid reads no exponent. */
const number = (value: number): string => value.toFixed(2).replace(/\.?0+$/, '');
