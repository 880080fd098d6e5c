import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendHistory, type Entry, parseHistory, readHistoryFile } from '../../src/history/file.ts';

const entry = (day: number, seats = 1, enterprise = 'acme'): Entry => ({
  generated_at: `2026-03-${String(day).padStart(2, '0')}T06:00:00.000Z`,
  enterprise,
  metrics: { 'seats-consumed': seats },
});
const line = (...args: Parameters<typeof entry>) => JSON.stringify(entry(...args));

describe('reading the history', () => {
  it('finds a run a line', () => {
    expect(parseHistory(`${line(1, 10)}\n${line(2, 11)}\n`)).toEqual({
      entries: [entry(1, 10), entry(2, 11)],
      damaged: [],
    });
    expect(parseHistory('')).toEqual({ entries: [], damaged: [] });
  });

  it('bears a byte order mark, Windows line ends, blank lines and a missing last line end', () => {
    expect(parseHistory(`\uFEFF${line(1)}\r\n\r\n${line(2)}`)).toEqual({
      entries: [entry(1), entry(2)],
      damaged: [],
    });
  });

  it('takes numbers as metrics are published, with two decimals at most', () => {
    const metrics = { 'cost-net': 1.005e2, 'storage-gb': 1e-300, users: -0 };
    const [read] = parseHistory(JSON.stringify({ ...entry(1), metrics })).entries;
    expect(read?.metrics).toEqual({ 'cost-net': 100.5, 'storage-gb': 0, users: 0 });
  });

  it.each([
    ['cut off', line(1).slice(0, 40)],
    ['no object', '12'],
    ['null', 'null'],
    ['a merge conflict', '<<<<<<< HEAD'],
    ['no time', JSON.stringify({ ...entry(1), generated_at: undefined })],
    ['a time that is none', JSON.stringify({ ...entry(1), generated_at: '2026-13-01T00:00:00Z' })],
    ['a year', JSON.stringify({ ...entry(1), generated_at: '2026' })],
    ['a time without a zone', JSON.stringify({ ...entry(1), generated_at: '2026-03-01T00:00:00' })],
    ['no enterprise', JSON.stringify({ ...entry(1), enterprise: null })],
    ['no metrics', JSON.stringify({ ...entry(1), metrics: [] })],
    ['a metric that is no number', JSON.stringify({ ...entry(1), metrics: { users: '12' } })],
    [
      'a metric without end',
      `{"generated_at":"2026-03-01T00:00:00Z","enterprise":"acme","metrics":{"users":1e999}}`,
    ],
    ['a metric that no run has published', JSON.stringify({ ...entry(1), metrics: { users: -1e300 } })],
  ])('names the line of a record that is %s', (_, damaged) => {
    expect(parseHistory(`${line(1)}\n${damaged}\n${line(2)}\n`)).toEqual({
      entries: [entry(1), entry(2)],
      damaged: [2],
    });
  });

  it('is empty before the first run, and an error when the file cannot be read', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'history-'));
    await expect(readHistoryFile(join(directory, 'none.ndjson'))).resolves.toBe('');
    await writeFile(join(directory, 'history.ndjson'), line(1));
    await expect(readHistoryFile(join(directory, 'history.ndjson'))).resolves.toBe(line(1));
    await expect(readHistoryFile(directory)).rejects.toThrow(/^history-file: .* cannot be read/);
    await rm(directory, { recursive: true });
  });
});

describe('appending to the history', () => {
  it('adds a line', () => {
    expect(appendHistory('', entry(1), 520)).toBe(`${line(1)}\n`);
    expect(appendHistory(`${line(1)}\n`, entry(2), 520)).toBe(`${line(1)}\n${line(2)}\n`);
    expect(appendHistory(line(1), entry(2), 520)).toBe(`${line(1)}\n${line(2)}\n`);
  });

  it('writes what the contract names and nothing else', () => {
    expect(appendHistory('', { ...entry(1), note: 'x' } as Entry, 520)).toBe(`${line(1)}\n`);
  });

  it('keeps the lines of others, damaged ones too, as they are and where they are', () => {
    const text = `\uFEFFdamaged\r\n${line(1)}\r\n{"cut\n${line(1, 1, 'other')}`;
    expect(appendHistory(text, entry(2), 1)).toBe(`damaged\r\n{"cut\n${line(1, 1, 'other')}\n${line(2)}\n`);
  });

  it('drops the oldest runs of this enterprise, by their time, in any case', () => {
    const text = [line(5), line(1, 1, 'ACME'), line(2, 1, 'other'), line(3)].join('\n');
    expect(parseHistory(appendHistory(text, entry(6), 3)).entries).toEqual([
      entry(5),
      entry(2, 1, 'other'),
      entry(3),
      entry(6),
    ]);
  });

  it('keeps all with a limit of 0', () => {
    const text = Array.from({ length: 28 }, (_, index) => line(index + 1)).join('\n');
    expect(parseHistory(appendHistory(text, entry(29), 0)).entries).toHaveLength(29);
  });

  it('can be read again, whatever stood there before', () => {
    const metrics = fc.dictionary(fc.string(), fc.integer());
    const record = fc.record({ day: fc.integer({ min: 1, max: 28 }), enterprise: fc.string(), metrics });
    const lines = fc.array(
      fc.oneof(
        fc.string(),
        fc.integer({ min: 1, max: 28 }).map((day) => line(day)),
      ),
    );
    fc.assert(
      fc.property(lines, record, fc.nat(5), (before, { day, enterprise, metrics: numbers }, limit) => {
        const added = { ...entry(day), enterprise, metrics: numbers };
        const old = parseHistory(before.join('\n'));
        const text = appendHistory(before.join('\n'), added, limit);
        const { entries, damaged } = parseHistory(text);
        expect(JSON.stringify(entries.at(-1))).toBe(JSON.stringify(added));
        expect(damaged).toHaveLength(old.damaged.length);
        if (limit === 0) expect(entries).toHaveLength(old.entries.length + 1);
        else {
          const own = entries.filter(
            (one) => one.enterprise.trim().toLowerCase() === enterprise.trim().toLowerCase(),
          );
          expect(own.length).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });
});
