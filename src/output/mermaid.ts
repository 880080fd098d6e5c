/** A chart as a Mermaid diagram, which GitHub draws: https://mermaid.js.org/syntax/pie.html and xyChart.html */

import { shorten, shortenMiddle, visible } from '../common/text.ts';
import type { Chart } from '../reports/report.ts';
import { axisOf, type Charted, MOST_BARS, type Point, pointsOf, slicesOf } from './chart-points.ts';
import { formatNumber, UNKNOWN } from './format.ts';

const SLICES = 8;
const POINTS = 60;
/** Fewer bars, slices or points are read faster in the table, and so is most of them again. */
const LEAST_POINTS = 3;
const TIMES_THE_TABLE = 2;
/** No name of an organization is longer: https://docs.github.com/en/enterprise-cloud@latest/admin */
const LONGEST_NAME = 39;
/** As many dates as fit side by side. */
const LABELS = 8;
/** The default colours are too pale to see; these stand out on white and on black. */
const [BLUE, ORANGE] = ['#2f7ed8', '#d9682b'];
const COLORS = [BLUE, '#2da44e', '#bf8700', '#cf4a54', '#8250df', '#1b9aaa', ORANGE, '#768390'];

/**
 * The diagram's source, without a fence. `undefined` when the rows hold nothing that can be drawn, or when it would show
 * little more than the table of `shown` rows under it.
 */
export function mermaid(table: Charted, shown: number): string | undefined {
  const { type, title } = table.chart;
  const all = pointsOf(table);
  const points = drawnOf(type, all);
  if (points.length < LEAST_POINTS || points.length < TIMES_THE_TABLE * shown) return undefined;
  const of = type !== 'pie' && points.length < all.length ? ` (${points.length} of ${all.length})` : '';
  const titled = label(title, 80) + of;
  if (type === 'pie') return pie(titled, points);
  return type === 'bar' ? bars(titled, points) : lines(titled, points, table);
}

function drawnOf(type: Chart['type'], points: readonly Point[]): readonly Point[] {
  if (type === 'pie') return slicesOf(points, SLICES);
  if (type === 'line') return points.slice(-POINTS);
  return points.some(({ value }) => value !== 0) ? points.slice(0, MOST_BARS) : [];
}

const pie = (title: string, slices: readonly Point[]): string =>
  [
    init({
      themeVariables: {
        ...Object.fromEntries(COLORS.map((color, index) => [`pie${index + 1}`, color])),
        pieSectionTextColor: '#ffffff',
        pieOpacity: '1',
        pieStrokeWidth: '1px',
        pieOuterStrokeWidth: '0px',
      },
    }),
    `pie showData title ${title}`,
    ...slices.map((slice) => `  "${name(slice.label)}" : ${number(slice.value)}`),
  ].join('\n');

/** Bars are compared by their length, so they start at zero. */
function bars(title: string, points: readonly Point[]): string {
  const values = points.map(({ value }) => value);
  return [
    init(xyChart(90 + 26 * points.length)),
    'xychart-beta horizontal',
    `  title "${title}"`,
    `  x-axis ${categories(points)}`,
    `  y-axis ${number(Math.min(0, ...values))} --> ${number(Math.max(0, ...values))}`,
    `  bar [${values.map(number).join(', ')}]`,
  ].join('\n');
}

/** The second line has no legend, so the title says which is which, and where the axis starts if not at zero. */
function lines(title: string, points: readonly Point[], { chart, columns }: Charted): string {
  const [from, to] = axisOf(points);
  const others = points.flatMap((point) => point.against ?? []);
  const legend = others.length > 0 ? ` (blue), ${label(chart.against ?? '', 40)} (orange)` : '';
  const format = columns.find((column) => column.label === chart.y)?.format ?? 'number';
  const start = from > 0 ? `, axis from ${formatNumber(from, format)}` : '';
  return [
    init(xyChart(240)),
    'xychart-beta',
    `  title "${title}${legend}${start}"`,
    `  x-axis ${points.length > LABELS ? range(points) : categories(points)}`,
    `  y-axis ${number(from)} --> ${number(to)}`,
    `  line [${points.map(({ value }) => number(value)).join(', ')}]`,
    ...(others.length > 0 ? [`  line [${others.map(number).join(', ')}]`] : []),
  ].join('\n');
}

const xyChart = (height: number) => ({
  xyChart: { height },
  themeVariables: { xyChart: { plotColorPalette: `${BLUE}, ${ORANGE}`, backgroundColor: 'transparent' } },
});

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
    const text = name(point.label);
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return count === 1 ? text : `${text} (${count})`;
  });
}

/**
 * Mermaid has no escape that works in every diagram, so what its syntax, its directives or its HTML could take for
 * their own is replaced by what looks alike. The table beside the chart has the exact text.
 */
const label = (text: string, length: number): string => shorten(harmless(text), length) || UNKNOWN;
const name = (text: string): string => shortenMiddle(harmless(text), LONGEST_NAME) || UNKNOWN;

const harmless = (text: string): string =>
  visible(text)
    .replace(/["`]/g, "'")
    .replace(/%+/g, '%')
    .replace(/[<{[]/g, '(')
    .replace(/[>}\]]/g, ')')
    .replace(/;/g, ',')
    .replace(/\\/g, '/');

/** Mermaid reads no exponent. */
const number = (value: number): string => value.toFixed(2).replace(/\.?0+$/, '');
