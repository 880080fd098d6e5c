import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Charted } from '../../src/output/chart-points.ts';
import { mermaid } from '../../src/output/mermaid.ts';
import type { Cell, Chart } from '../../src/reports/report.ts';
import { hostileText } from './reading.ts';

const block = (
  type: Chart['type'],
  rows: readonly (readonly Cell[])[],
  given: Partial<Chart> = {},
): Charted => ({
  columns: [
    { label: 'Run', format: 'text' },
    { label: 'People', format: 'number' },
    { label: 'Seats purchased', format: 'number' },
  ],
  rows,
  chart: { type, title: 'People', x: 'Run', y: 'People', ...given },
});
/** The diagram without the line that sets its colours. */
const drawn = (...given: Parameters<typeof block>): string | undefined =>
  mermaid(block(...given), 0)?.replace(/^%%\{init:.*\}%%\n/, '');

test('a pie shows the positive values, the largest first', () => {
  const rows = [
    ['b', 1.5],
    ['none', 0],
    ['a', 3],
    ['c', 1],
    ['unknown', undefined],
  ];
  expect(drawn('pie', rows)).toBe('pie showData title People\n  "a" : 3\n  "b" : 1.5\n  "c" : 1');
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
  [
    'bars without length',
    'bar',
    [
      ['a', 0],
      ['b', 0],
      ['c', 0],
    ],
  ],
  [
    'two bars',
    'bar',
    [
      ['a', 1],
      ['b', 2],
    ],
  ],
  [
    'two points',
    'line',
    [
      ['a', 3],
      ['b', 4],
    ],
  ],
])('draws nothing of %s', (_, type, rows) => {
  expect(drawn(type, rows)).toBeUndefined();
});

test('draws nothing of which the table under it shows more than half', () => {
  const rows = Array.from({ length: 20 }, (_, index) => [`n${index}`, 20 - index]);
  for (const [type, points] of [
    ['pie', 8],
    ['bar', 15],
    ['line', 20],
  ] as const) {
    const half = Math.floor(points / 2);
    expect(mermaid(block(type, rows), half)).toBeDefined();
    expect(mermaid(block(type, rows), half + 1)).toBeUndefined();
  }
});

test('bars start at zero', () => {
  expect(
    drawn('bar', [
      ['a', 400],
      ['b', 390],
      ['c', 380],
    ]),
  ).toBe(
    'xychart-beta horizontal\n  title "People"\n  x-axis ["a", "b", "c"]\n  y-axis 0 --> 400\n  bar [400, 390, 380]',
  );
  expect(
    drawn('bar', [
      ['a', -2],
      ['b', -1],
      ['c', -1],
    ]),
  ).toContain('y-axis -2 --> 0');
});

test('names as long as GitHub allows stay whole, and longer ones keep both ends', () => {
  const name = (end: string, length: number) =>
    `${'acme-international-'.repeat(9).slice(0, length - end.length)}${end}`;
  const rows = (length: number) =>
    Array.from({ length: 15 }, (_, index) => [name(`-${index}`, length), 15 - index]);
  const shown = (length: number) =>
    Array.from(drawn('bar', rows(length))?.matchAll(/"(acme[^"]*)"/g) ?? [], ([, text]) => text);
  expect(shown(39)).toEqual(rows(39).map(([text]) => text));
  expect(new Set(shown(100)).size).toBe(15);
  for (const [index, text] of shown(100).entries())
    expect(text).toMatch(new RegExp(`^acme-.*…[^…]*-${index}$`));
});

test('says how many bars of how many are drawn', () => {
  const rows = Array.from({ length: 20 }, (_, index) => [`n${index}`, 20 - index]);
  expect(drawn('bar', rows)).toContain('title "People (15 of 20)"');
});

test('a line starts at zero, or says that it does not', () => {
  const line = (...values: number[]) =>
    drawn(
      'line',
      values.map((value, index) => [`${index}`, value]),
    );
  expect(line(10, 30, 20)).toContain(
    'title "People"\n  x-axis ["0", "1", "2"]\n  y-axis 0 --> 30\n  line [10, 30, 20]',
  );
  expect(line(1100, 1150, 1240)).toContain('title "People, axis from 1,100"');
  expect(line(1100, 1150, 1240)).toContain('y-axis 1100 --> 1240');
  expect(line(10, 10, 10)).toContain('y-axis 0 --> 10');
  expect(line(0, 0, 0)).toContain('y-axis 0 --> 1');
  expect(line(-5, 3, 4)).toContain('y-axis -5 --> 4');
  expect(line(-5, -3, -4)).toContain('y-axis -5 --> 0');
});

test('a second line is named in the title, and left out where it has gaps', () => {
  const rows = [
    ['a', 10, 30],
    ['b', 12, 30],
    ['c', 14, 31],
  ];
  expect(drawn('line', rows, { against: 'Seats purchased' })).toContain(
    'title "People (blue), Seats purchased (orange)"\n  x-axis ["a", "b", "c"]\n  y-axis 0 --> 31\n  line [10, 12, 14]\n  line [30, 30, 31]',
  );
  expect(drawn('line', [...rows, ['d', 15, undefined]], { against: 'Seats purchased' })).toContain(
    'title "People"\n  x-axis ["a", "b", "c", "d"]\n  y-axis 0 --> 15\n  line [10, 12, 14, 15]',
  );
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
      ['b', 2],
    ]),
  ).toContain('x-axis ["a", "a (2)", "b"]');
});

test('no label leaves its quotes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('pie', 'bar', 'line'),
      fc.array(hostileText),
      hostileText,
      (type, texts, title) => {
        const rows = [['x', 3], ['y', 4], ['z', 5], ...texts.map((text, index) => [text, index + 1])];
        const [first = '', ...lines] = (mermaid(block(type, rows, { title }), 0) ?? '').split('\n');
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
      ['c', 1],
    ]),
  ).toContain('bar [1000000000000000, 0, 1]');
});
