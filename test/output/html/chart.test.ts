import { expect, test } from 'vitest';
import { chart } from '../../../src/output/html/chart.ts';
import type { Cell, Chart, Format } from '../../../src/reports/report.ts';
import { pageWith } from './sample.ts';

function draw(type: Chart['type'], rows: readonly (readonly [Cell, Cell])[], format: Format = 'number') {
  const columns = [
    { label: 'Name', format: 'text' },
    { label: 'Amount', format },
  ] as const;
  return chart({ columns, rows, chart: { type, title: 'Things', x: 'Name', y: 'Amount' } })?.html;
}

const widths = (html = '') => [...html.matchAll(/width="([\d.]+)%"/g)].map(([, width]) => Number(width));
const starts = (html = '') => [...html.matchAll(/ x="([\d.]+)%"/g)].map(([, start]) => Number(start));

test('bars are as long as their values, from 0', () => {
  expect(
    widths(
      draw('bar', [
        ['a', 200],
        ['b', 50],
      ]),
    ),
  ).toEqual([100, 25]);
});

test('bars below 0 go the other way', () => {
  const html = draw('bar', [
    ['a', 75],
    ['b', -25],
  ]);
  expect(starts(html)).toEqual([25, 0]);
  expect(widths(html)).toEqual([75, 25]);
});

test('bars of days stand side by side in the order of time', () => {
  const html =
    draw(
      'bar',
      [
        ['2026-10-01', 1],
        ['2026-10-02', 3],
      ],
      'usd',
    ) ?? '';
  expect(html.match(/<rect /g)).toHaveLength(2);
  expect(html).toContain('<title>2026-10-02: $3.00</title>');
  expect(html).toContain('>Oct 2</text>');
});

test('a value that is not known is left out, not drawn as 0', () => {
  const html =
    draw('line', [
      ['2026-10-01', 5],
      ['2026-10-02', undefined],
      ['2026-10-03', 7],
    ]) ?? '';
  expect(html.match(/<circle /g)).toHaveLength(2);
});

test('a line keeps the distances of time', () => {
  const html =
    draw('line', [
      ['2026-10-01', 1],
      ['2026-10-02', 1],
      ['2026-10-11', 1],
    ]) ?? '';
  const [first = 0, second = 0, third = 0] = [...html.matchAll(/cx="([\d.]+)"/g)].map(([, x]) => Number(x));
  expect((third - first) / (second - first)).toBeCloseTo(10, 1);
});

test('shares add up to the whole, small ones together', () => {
  const html =
    draw('pie', [
      ['a', 50],
      ['b', 20],
      ['c', 10],
      ['d', 8],
      ['e', 6],
      ['f', 4],
      ['g', 2],
    ]) ?? '';
  expect(html.match(/<path /g)).toHaveLength(6);
  expect([...html.matchAll(/<b>([\d.]+)/g)].map(([, share]) => Number(share))).toEqual([50, 20, 10, 8, 6, 6]);
  expect(html).toContain('2 others');
});

test.each([
  ['pie', []],
  ['pie', [['a', 0]]],
  [
    'pie',
    [
      ['a', 3],
      ['credits', -1],
    ],
  ],
  ['bar', []],
  ['bar', [['a', undefined]]],
  ['line', [['a', 1]]],
] as const)('no %s is drawn of %j', (type, rows) => {
  expect(draw(type, rows)).toBeUndefined();
});

test.each(['pie', 'bar', 'line'] as const)('no %s has a coordinate that is not a number', (type) => {
  const odd: [Cell, Cell][] = [
    ['a', 0],
    ['b', 0],
    ['2026-13-45', 1e15],
    [undefined, 3],
    ['c', Number.NaN],
  ];
  for (const rows of [odd, odd.slice(0, 2), odd.slice(2)])
    expect(draw(type, rows) ?? '').not.toMatch(/NaN|Infinity|undefined/);
});

test('labels of a chart are escaped', () => {
  for (const type of ['pie', 'bar', 'line'] as const)
    expect(
      draw(type, [
        ['<script>', 1],
        ['"><b>', 2],
      ]),
    ).not.toMatch(/<script|"><b>(?!\d)/);
});

test('a chart is never shown without its table', () => {
  const html = pageWith({
    kind: 'table',
    columns: [
      { label: 'Name', format: 'text' },
      { label: 'Amount', format: 'number' },
    ],
    rows: [['only here', 1]],
    chart: { type: 'bar', title: 'Things', x: 'Name', y: 'Amount' },
  });
  expect(html).toContain('<figcaption>Things</figcaption>');
  expect(html).toContain('<td>only here</td>');
});
