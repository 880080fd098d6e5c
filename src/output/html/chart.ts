/**
 * Charts as SVG and HTML that the style sheet colours: sharp in print, in both themes and in forced colours, and there
 * without JavaScript. A chart stands beside its table, so to assistive technology it is one image with a name.
 */
import { scaleBand, scaleLinear, scaleUtc } from 'd3-scale';
import { arc, line, pie } from 'd3-shape';
import type { Format } from '../../reports/report.ts';
import { axisOf, type Charted, MOST_BARS, type Point, pointsOf, slicesOf } from '../chart-points.ts';
import { type Html, html, numberText } from './markup.ts';

/** As many shares as a reader can still tell apart. */
const MOST_SLICES = 6;
const ISO_DAY = /^\d{4}-\d{2}-\d{2}/;

/** `undefined` when there is nothing to draw. */
export function chart(table: Charted): Html | undefined {
  const { type, title, y } = table.chart;
  const format = table.columns.find(({ label }) => label === y)?.format ?? 'number';
  const points = pointsOf(table);
  const dated =
    points.length > 1 &&
    points.every(({ label }) => ISO_DAY.test(label) && Number.isFinite(Date.parse(label)));
  if (type === 'line') {
    if (points.length < 2) return undefined;
    const names = points[0]?.against === undefined ? [] : [y, table.chart.against ?? ''];
    return timeline(title, points, { format, dated, names });
  }
  if (type === 'bar' && dated) return frame(title, columns(points, format));
  if (type === 'bar') return points.length > 0 ? frame(title, bars(points, format)) : undefined;
  const slices = slicesOf(points, MOST_SLICES);
  return slices.length > 0 ? frame(title, donut(slices, format)) : undefined;
}

/** `caption`: what stands beside the title. */
function frame(title: string, picture: Html, caption?: Html): Html {
  return html`<figure class="chart"><figcaption>${title}${caption}</figcaption><div role="img" aria-label="Chart: ${title}. The table has its values.">${picture}</div></figure>`;
}

/* ── Shares of a whole ─────────────────────────────────────────────────────────────────────────────────────────── */

function donut(slices: readonly Point[], format: Format): Html {
  const total = slices.reduce((sum, { value }) => sum + value, 0);
  const percent = (value: number) => numberText(Math.round((value / total) * 1000) / 10, 'percent');
  const shape = arc<{ startAngle: number; endAngle: number }>()
    .innerRadius(52)
    .outerRadius(88)
    .padAngle(0.015);
  const arcs = pie<Point>()
    .sort(null)
    .value(({ value }) => value)([...slices]);
  return html`<div class="donut"><svg viewBox="-90 -90 180 180">${arcs.map(
    (slice, index) =>
      html`<path class="s${index}" d="${shape(slice) ?? ''}"><title>${slice.data.label}: ${numberText(slice.value, format)}</title></path>`,
  )}</svg><ul>${slices.map(
    ({ label, value }, index) =>
      html`<li><svg class="key" viewBox="0 0 10 10"><rect class="s${index}" width="10" height="10" rx="2"/></svg><span>${label}</span> <b>${percent(value)}</b></li>`,
  )}</ul></div>`;
}

/* ── Amounts side by side ──────────────────────────────────────────────────────────────────────────────────────── */

function bars(points: readonly Point[], format: Format): Html {
  const shown = points.slice(0, MOST_BARS);
  const scale = scaleLinear(extent(shown), [0, 100]);
  const zero = scale(0);
  return html`<ul class="bars">${shown.map(({ label, value }) => {
    const end = scale(value);
    return html`<li><span class="name">${label}</span><svg><rect class="bar" x="${percentage(Math.min(zero, end))}" width="${percentage(Math.abs(end - zero))}" height="100%" rx="2"/></svg><span class="amount">${numberText(value, format)}</span></li>`;
  })}</ul>${points.length > shown.length && html`<p class="where">The first ${shown.length} of ${points.length}</p>`}`;
}

/* ── Over time ─────────────────────────────────────────────────────────────────────────────────────────────────── */

const WIDTH = 640;
const HEIGHT = 240;
const LEFT = 64;
const RIGHT = WIDTH - 14;
const TOP = 10;
const BOTTOM = HEIGHT - 30;

function columns(points: readonly Point[], format: Format): Html {
  const x = scaleBand(
    points.map((_, index) => index),
    [LEFT, RIGHT],
  ).paddingInner(0.2);
  const y = scaleLinear(extent(points), [BOTTOM, TOP]).nice(4);
  const step = Math.ceil(points.length / 6);
  return html`<svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}">${grid(y, format)}${points.map(
    ({ label, value }, index) =>
      html`<rect class="bar" x="${round(x(index) ?? 0)}" width="${round(x.bandwidth())}" y="${round(Math.min(y(0), y(value)))}" height="${round(Math.abs(y(0) - y(value)))}"><title>${label}: ${numberText(value, format)}</title></rect>`,
  )}${points.map(
    ({ label }, index) =>
      index % step === 0 && tick((x(index) ?? 0) + x.bandwidth() / 2, dayLabel(new Date(label))),
  )}</svg>`;
}

/** `names`: of the lines, when there are two. */
function timeline(
  title: string,
  points: readonly Point[],
  {
    format,
    dated,
    names,
  }: { readonly format: Format; readonly dated: boolean; readonly names: readonly string[] },
): Html {
  const times = points.map(({ label }, index) => (dated ? Date.parse(label) : index));
  const time = scaleUtc([Math.min(...times), Math.max(...times)], [LEFT + 8, RIGHT - 8]);
  const y = scaleLinear(axisOf(points), [BOTTOM, TOP]).nice(4);
  const at = (index: number) => time(times[index] as number);
  const path = (value: (point: Point) => number) =>
    line<Point>(
      (_, index) => at(index),
      (point) => y(value(point)),
    ).digits(1)(points) ?? '';
  const step = Math.ceil(points.length / 6);
  const labels = dated
    ? time.ticks(5).map((date) => tick(time(date), dayLabel(date)))
    : points.map(({ label }, index) => index % step === 0 && tick(at(index), label));
  const [start = 0] = y.domain();
  const legend = names.map(
    (name, index) =>
      html` <span class="line-name"><svg class="key" viewBox="0 0 10 10"><rect class="l${index}" width="10" height="10" rx="2"/></svg>${name}</span>`,
  );
  return frame(
    title,
    html`<svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}">${grid(y, format)}${
      names.length > 0 && html`<path class="line against" d="${path(({ against = 0 }) => against)}"/>`
    }<path class="line" d="${path(({ value }) => value)}"/>${points.map(
      ({ label, value }, index) =>
        html`<circle class="dot" cx="${round(at(index))}" cy="${round(y(value))}" r="3"><title>${label}: ${numberText(value, format)}</title></circle>`,
    )}${labels}</svg>`,
    html`${start > 0 && `, axis from ${numberText(start, format)}`}${legend}`,
  );
}

function grid(y: ReturnType<typeof scaleLinear<number>>, format: Format): Html {
  // The unit is in the title and the table; on the axis only money and percentages carry theirs.
  const unit = format === 'usd' || format === 'percent' ? format : 'number';
  return html`${y
    .ticks(4)
    .map(
      (value) =>
        html`<line class="grid" x1="${LEFT}" x2="${RIGHT}" y1="${round(y(value))}" y2="${round(y(value))}"/><text class="axis" x="${LEFT - 8}" y="${round(y(value) + 4)}" text-anchor="end">${numberText(value, unit).replace(/\.00$/, '')}</text>`,
    )}`;
}

function tick(x: number, label: string): Html {
  return html`<text class="axis" x="${round(x)}" y="${HEIGHT - 10}" text-anchor="middle">${label}</text>`;
}

/* ── Numbers ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/** Bars start at 0: a bar that does not is a lie. */
function extent(points: readonly Point[]): [number, number] {
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  return low === high ? [0, 1] : [low, high];
}

const round = (value: number): number => Math.round(value * 10) / 10;
const percentage = (value: number): string => `${round(value)}%`;
const day = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' });
const dayLabel = (date: Date): string => (Number.isNaN(date.getTime()) ? '' : day.format(date));
