import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRun, parseHistory, type RecordedRun, trimHistory } from '../../src/history/runs.ts';

const run = (day: number, seats = 1, enterprise = 'acme'): RecordedRun => ({
  at: Date.UTC(2026, 2, day, 6),
  enterprise,
  metrics: { 'seats-consumed': seats },
});
const line = (...args: Parameters<typeof run>) => formatRun(run(...args)).trimEnd();
/** A line with some of its fields replaced. */
const odd = (fields: object) => JSON.stringify({ ...JSON.parse(line(1)), ...fields });

describe('reading the history', () => {
  it('finds a run a line', () => {
    expect(parseHistory(`${line(1, 10)}\n${line(2, 11)}\n`)).toEqual({
      runs: [run(1, 10), run(2, 11)],
      damaged: [],
    });
    expect(parseHistory('')).toEqual({ runs: [], damaged: [] });
  });

  it('bears a byte order mark, Windows line ends, blank lines and a missing last line end', () => {
    expect(parseHistory(`\uFEFF${line(1)}\r\n\r\n${line(2)}`)).toEqual({
      runs: [run(1), run(2)],
      damaged: [],
    });
  });

  it('takes numbers as metrics are published, with two decimals at most', () => {
    const metrics = { 'cost-net': 1.005e2, 'storage-gb': 1e-300, users: -0 };
    const [read] = parseHistory(odd({ metrics })).runs;
    expect(read?.metrics).toEqual({ 'cost-net': 100.5, 'storage-gb': 0, users: 0 });
  });

  it.each([
    ['cut off', line(1).slice(0, 40)],
    ['no object', '12'],
    ['null', 'null'],
    ['a merge conflict', '<<<<<<< HEAD'],
    ['no time', odd({ generated_at: undefined })],
    ['a time that is none', odd({ generated_at: '2026-13-01T00:00:00Z' })],
    ['a year', odd({ generated_at: '2026' })],
    ['a time without a zone', odd({ generated_at: '2026-03-01T00:00:00' })],
    ['no enterprise', odd({ enterprise: null })],
    ['no metrics', odd({ metrics: [] })],
    ['a metric that is no number', odd({ metrics: { users: '12' } })],
    [
      'a metric without end',
      `{"generated_at":"2026-03-01T00:00:00Z","enterprise":"acme","metrics":{"users":1e999}}`,
    ],
    ['a metric that no run has published', odd({ metrics: { users: -1e300 } })],
  ])('names the line of a record that is %s', (_, damaged) => {
    expect(parseHistory(`${line(1)}\n${damaged}\n${line(2)}\n`)).toEqual({
      runs: [run(1), run(2)],
      damaged: [2],
    });
  });
});

describe('a line of the history', () => {
  it('has what the contract names and nothing else', () => {
    expect(formatRun({ ...run(1), note: 'x' } as RecordedRun)).toBe(
      '{"generated_at":"2026-03-01T06:00:00.000Z","enterprise":"acme","metrics":{"seats-consumed":1}}\n',
    );
  });

  it('can be read again', () => {
    const metrics = fc.dictionary(fc.string(), fc.integer());
    const record = fc.record({
      at: fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2100, 0) }),
      enterprise: fc.string(),
      metrics,
    });
    fc.assert(
      fc.property(record, (one) => {
        const { runs, damaged } = parseHistory(formatRun(one));
        expect(JSON.stringify(runs)).toBe(
          JSON.stringify([{ at: one.at, enterprise: one.enterprise, metrics: one.metrics }]),
        );
        expect(damaged).toEqual([]);
      }),
    );
  });
});

describe('making room in the history', () => {
  it('is not needed below the limit, and never with a limit of 0', () => {
    const text = Array.from({ length: 28 }, (_, index) => line(index + 1)).join('\n');
    expect(trimHistory(text, 'acme', 29)).toBeUndefined();
    expect(trimHistory(text, 'acme', 0)).toBeUndefined();
    expect(trimHistory('', 'acme', 1)).toBeUndefined();
    expect(parseHistory(trimHistory(text, 'acme', 28) ?? '').runs).toHaveLength(27);
  });

  it('keeps the lines of others, damaged ones too, as they are and where they are', () => {
    const text = `\uFEFFdamaged\r\n${line(1)}\r\n{"cut\n${line(1, 1, 'other')}`;
    expect(trimHistory(text, 'acme', 1)).toBe(`damaged\r\n{"cut\n${line(1, 1, 'other')}\n`);
  });

  it('drops the oldest runs of this enterprise, by their time, in any case', () => {
    const text = [line(5), line(1, 1, 'ACME'), line(2, 1, 'other'), line(3)].join('\n');
    expect(parseHistory(trimHistory(text, 'acme', 3) ?? '').runs).toEqual([
      run(5),
      run(2, 1, 'other'),
      run(3),
    ]);
  });

  it('leaves room for one more and loses nothing else, whatever stands there', () => {
    const days = fc.integer({ min: 1, max: 28 });
    const lines = fc.array(
      fc.oneof(
        fc.string(),
        fc.tuple(days, fc.constantFrom('acme', 'other')).map(([day, name]) => line(day, 1, name)),
      ),
    );
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 5 }), (before, limit) => {
        const old = parseHistory(before.join('\n'));
        const text = trimHistory(before.join('\n'), 'acme', limit);
        const own = ({ enterprise }: RecordedRun) => enterprise === 'acme';
        if (text === undefined) {
          expect(old.runs.filter(own).length).toBeLessThan(limit);
          return;
        }
        const { runs, damaged } = parseHistory(text);
        expect(runs.filter(own)).toHaveLength(limit - 1);
        expect(runs.filter((one) => !own(one))).toEqual(old.runs.filter((one) => !own(one)));
        expect(damaged).toHaveLength(old.damaged.length);
      }),
    );
  });
});
