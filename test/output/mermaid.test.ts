import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mermaid } from '../../src/output/mermaid.ts';
import type { Cell, Chart } from '../../src/reports/report.ts';
import { hostileText } from './reading.ts';

const COLUMNS = [
  { label: 'Name', format: 'text' },
  { label: 'Amount', format: 'number' },
] as const;
const draw = (type: Chart['type'], rows: readonly (readonly Cell[])[], title = 'People') =>
  mermaid({ columns: COLUMNS, rows, chart: { type, title, x: 'Name', y: 'Amount' } });
/** The diagram without the line that sets its colours. */
const drawn = (type: Chart['type'], rows: readonly (readonly Cell[])[]): string | undefined =>
  draw(type, rows)?.replace(/^%%\{init:.*\}%%\n/, '');

test('a pie shows the positive values, the largest first', () => {
  const rows = [
    ['b', 1.5],
    ['none', 0],
    ['a', 3],
    ['unknown', undefined],
  ];
  expect(drawn('pie', rows)).toBe('pie showData title People\n  "a" : 3\n  "b" : 1.5');
});

test('a pie of many slices keeps its sum', () => {
  const rows = Array.from({ length: 20 }, (_, index) => [`n${index}`, index + 1]);
  const source = drawn('pie', rows) ?? '';
  const values = Array.from(source.matchAll(/ : (\d+)/g), ([, value]) => Number(value));
  expect(values).toHaveLength(8);
  expect(values.reduce((sum, value) => sum + value, 0)).toBe(210);
  expect(source).toContain('"13 others" : 91');
});

test.each<[string, Chart['type'], readonly (readonly Cell[])[]]>([
  ['no rows', 'pie', []],
  ['only zeros', 'pie', [['a', 0]]],
  [
    'a negative share',
    'pie',
    [
      ['a', 3],
      ['b', -1],
    ],
  ],
  ['only unknown values', 'bar', [['a', undefined]]],
  ['bars without length', 'bar', [['a', 0]]],
  ['a line of one point', 'line', [['a', 3]]],
])('draws nothing of %s', (_, type, rows) => {
  expect(draw(type, rows)).toBeUndefined();
});

test('bars start at zero', () => {
  expect(
    drawn('bar', [
      ['a', 400],
      ['b', 390],
    ]),
  ).toBe(
    'xychart-beta horizontal\n  title "People"\n  x-axis ["a", "b"]\n  y-axis 0 --> 400\n  bar [400, 390]',
  );
  expect(
    drawn('bar', [
      ['a', -2],
      ['b', -1],
    ]),
  ).toContain('y-axis -2 --> 0');
});

test('says how many bars of how many are drawn', () => {
  const rows = Array.from({ length: 20 }, (_, index) => [`n${index}`, 20 - index]);
  expect(drawn('bar', rows)).toContain('title "People (15 of 20)"');
});

test('a line shows its changes, also when there are none', () => {
  expect(
    drawn('line', [
      ['a', 10],
      ['b', 12],
    ]),
  ).toContain('y-axis 10 --> 12\n  line [10, 12]');
  expect(
    drawn('line', [
      ['a', 10],
      ['b', 10],
    ]),
  ).toContain('y-axis 9 --> 11');
});

test('a long line names its ends', () => {
  const rows = Array.from({ length: 70 }, (_, index) => [`run ${index}`, index]);
  expect(drawn('line', rows)).toContain('title "People (60 of 70)"\n  x-axis "run 10 to run 69" 1 --> 60');
});

test('equal labels stay apart', () => {
  expect(
    drawn('bar', [
      ['a', 1],
      ['a', 2],
    ]),
  ).toContain('x-axis ["a", "a (2)"]');
});

test('no label leaves its quotes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('pie', 'bar', 'line'),
      fc.array(hostileText),
      hostileText,
      (type, texts, title) => {
        const rows = [['x', 3], ['y', 4], ...texts.map((text, index) => [text, index + 1])];
        const [first = '', ...lines] = (draw(type, rows, title) ?? '').split('\n');
        expect(() => JSON.parse(first.slice(8, -3))).not.toThrow();
        const label = /"[^"`%;#\\<>{}[\]]*"|"(?:[^"`;\\<>{}[\]%]|%(?!%)|#)*"/g;
        const shapes = [
          /^pie showData title [^"`;\\<>{}]*$/,
          /^ {2}Q : \d+(\.\d+)?$/,
          /^xychart-beta( horizontal)?$/,
          /^ {2}title Q$/,
          /^ {2}x-axis (\[Q(, Q)*\]|Q 1 --> \d+)$/,
          /^ {2}y-axis -?\d+ --> \d+$/,
          /^ {2}(bar|line) \[\d+(, \d+)*\]$/,
        ];
        for (const line of lines) {
          const shape = line.replace(label, 'Q');
          expect(
            shapes.some((known) => known.test(shape)),
            line,
          ).toBe(true);
          expect(line).not.toContain('%%');
        }
      },
    ),
  );
});

test('writes no exponent', () => {
  expect(
    drawn('bar', [
      ['a', 1e15],
      ['b', 0.001],
    ]),
  ).toContain('bar [1000000000000000, 0]');
});
