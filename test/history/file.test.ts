import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HistoryError, readHistory, recordRun } from '../../src/history/file.ts';
import { formatRun, parseHistory, type RecordedRun } from '../../src/history/runs.ts';

// The file systems of this machine refuse neither: a file that is mounted answers EBUSY to being replaced.
vi.mock('node:fs/promises', { spy: true });

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'history-'));
  file = path.join(directory, 'history.ndjson');
});
afterEach(() => {
  vi.mocked(fs.rename).mockRestore();
  rmSync(directory, { recursive: true });
});

const run = (day: number, enterprise = 'acme'): RecordedRun => ({
  at: Date.UTC(2026, 2, day, 6),
  enterprise,
  metrics: { users: day },
});
const line = (day: number) => formatRun(run(day));
const read = () => readFileSync(file, 'utf8');
/** A clock that passes only while somebody waits. */
function clockAt(now: number) {
  const waits: number[] = [];
  return {
    waits,
    now: () => now + waits.reduce((sum, wait) => sum + wait, 0),
    sleep: async (milliseconds: number) => void waits.push(milliseconds),
  };
}

describe('reading', () => {
  test('is empty before the first run', async () => {
    await expect(readHistory(file)).resolves.toEqual({ runs: [], damaged: [] });
    writeFileSync(file, ' \r\n\n');
    await expect(readHistory(file)).resolves.toEqual({ runs: [], damaged: [] });
  });

  test('is an error where there is no file but something else', async () => {
    await expect(readHistory(directory)).rejects.toThrow(
      /^history-file: .* cannot be read \(it is no file\)/,
    );
  });

  test.each([
    ['some text', 'precious\n'],
    ['another JSON', '{"dependencies": {}}\n'],
    ['JSON over several lines', JSON.stringify({ a: [1, 2] }, null, 2)],
  ])('%s is no history, is an error, and stays as it is', async (_, text) => {
    writeFileSync(file, text);
    await expect(readHistory(file)).rejects.toThrow(/is no history/);
    await expect(recordRun(file, run(1), 520)).rejects.toThrow(HistoryError);
    expect(read()).toBe(text);
    expect(readdirSync(directory)).toEqual(['history.ndjson']);
  });

  test('a damaged line beside a record is kept', async () => {
    writeFileSync(file, `<<<<<<< HEAD\n${line(1)}`);
    await expect(readHistory(file)).resolves.toMatchObject({ damaged: [1] });
    await recordRun(file, run(2), 520);
    expect(read()).toBe(`<<<<<<< HEAD\n${line(1)}${line(2)}`);
  });
});

describe('recording a run', () => {
  test('appends to the file that is there, and leaves nothing else', async () => {
    await recordRun(file, run(1), 520);
    const { ino } = statSync(file);
    await recordRun(file, run(2), 520);
    expect(read()).toBe(line(1) + line(2));
    expect(statSync(file).ino).toBe(ino);
    expect(readdirSync(directory)).toEqual(['history.ndjson']);
  });

  test('begins a line where the last one has no end, and keeps what it does not drop byte for byte', async () => {
    writeFileSync(file, `\uFEFF${line(1).trimEnd()}\r\n\n${line(2).trimEnd()}`);
    await recordRun(file, run(3), 520);
    expect(read()).toBe(`\uFEFF${line(1).trimEnd()}\r\n\n${line(2).trimEnd()}\n${line(3)}`);
  });

  test('trims by a new file of the same owner and mode', async () => {
    writeFileSync(file, line(1) + line(2));
    chmodSync(file, 0o640);
    // Only root may give a file away.
    if (process.getuid?.() === 0) chownSync(file, 1234, 4321);
    const { ino, mode, uid, gid } = statSync(file);
    await recordRun(file, run(3), 2);
    expect(read()).toBe(line(2) + line(3));
    expect(statSync(file)).toMatchObject({ mode, uid, gid });
    expect(statSync(file).ino).not.toBe(ino);
    expect(readdirSync(directory)).toEqual(['history.ndjson']);
  });

  test.each(['EBUSY', 'EXDEV'])('trims in place where the file cannot be replaced (%s)', async (code) => {
    writeFileSync(file, `${line(1)}${line(2)}${' '.repeat(1000)}\n`);
    const { ino } = statSync(file);
    vi.mocked(fs.rename).mockImplementation(async (from) => {
      // The copy is whole before the file is touched.
      expect(readFileSync(String(from), 'utf8')).toBe(line(2) + line(3));
      throw Object.assign(new Error(code), { code, syscall: 'rename' });
    });
    await recordRun(file, run(3), 2);
    expect(read()).toBe(line(2) + line(3));
    expect(statSync(file).ino).toBe(ino);
    expect(readdirSync(directory)).toEqual(['history.ndjson']);
  });

  test('is told when it cannot be done, and changes nothing', async () => {
    writeFileSync(file, line(1) + line(2));
    vi.mocked(fs.rename).mockRejectedValue(
      Object.assign(new Error('x'), { code: 'ENOSPC', syscall: 'rename' }),
    );
    await expect(recordRun(file, run(3), 2)).rejects.toThrow(
      `Input \`history-file\`: ${file} cannot be written: the disk is full.`,
    );
    expect(read()).toBe(line(1) + line(2));
    expect(readdirSync(directory)).toEqual(['history.ndjson']);
  });

  test('follows links, one to nothing too', async () => {
    const real = path.join(directory, 'real.ndjson');
    const hop = path.join(directory, 'hop');
    symlinkSync('hop', file);
    symlinkSync('real.ndjson', hop);
    for (const day of [1, 2, 3]) await recordRun(file, run(day), 2);
    expect(readFileSync(real, 'utf8')).toBe(line(2) + line(3));
    expect([file, hop].map((one) => lstatSync(one).isSymbolicLink())).toEqual([true, true]);
  });

  test('a link to itself is an error', async () => {
    symlinkSync('history.ndjson', file);
    await expect(recordRun(file, run(1), 520)).rejects.toThrow(HistoryError);
  });

  test('makes the directory', async () => {
    const below = path.join(directory, 'a/b/history.ndjson');
    await recordRun(below, run(1), 520);
    expect(readFileSync(below, 'utf8')).toBe(line(1));
  });
});

describe('the lock', () => {
  const lock = () => `${file}.lock`;
  const heldSince = (seconds: number) => {
    writeFileSync(lock(), 'somebody');
    utimesSync(lock(), seconds, seconds);
  };

  test('is waited for, and not broken before 60 seconds', async () => {
    heldSince(1000);
    const clock = clockAt(1_030_000);
    const sleep = clock.sleep;
    clock.sleep = async (milliseconds) => {
      await sleep(milliseconds);
      expect(existsSync(file)).toBe(false);
      if (clock.now() > 1_055_000) rmSync(lock(), { force: true });
    };
    await recordRun(file, run(1), 520, clock);
    expect(read()).toBe(line(1));
    expect(existsSync(lock())).toBe(false);
  });

  test('is broken once it is older than 60 seconds', async () => {
    heldSince(1000);
    const clock = clockAt(1_061_000);
    await recordRun(file, run(1), 520, clock);
    expect(clock.waits).toEqual([]);
    expect(readdirSync(directory)).toEqual(['history.ndjson']);
  });

  test('is broken after 60 seconds of waiting when its date lies ahead', async () => {
    heldSince(9_000_000);
    const clock = clockAt(1_000_000);
    await recordRun(file, run(1), 520, clock);
    expect(clock.now() - 1_000_000).toBeGreaterThan(60_000);
    expect(clock.now() - 1_000_000).toBeLessThan(61_000);
    expect(read()).toBe(line(1));
  });

  test('of one after the other is not taken for one that stays', async () => {
    let holder = 0;
    const clock = clockAt(1_000_000);
    const sleep = clock.sleep;
    clock.sleep = async (milliseconds) => {
      await sleep(milliseconds * 50);
      holder += 1;
      writeFileSync(lock(), String(holder));
      utimesSync(lock(), clock.now() / 1000, clock.now() / 1000);
      if (clock.now() > 1_200_000) rmSync(lock());
    };
    writeFileSync(lock(), 'first');
    utimesSync(lock(), 1000, 1000);
    await recordRun(file, run(1), 520, clock);
    expect(clock.now()).toBeGreaterThan(1_200_000);
  });

  test('lets runs of one process come one after the other, and none is lost', async () => {
    const days = Array.from({ length: 28 }, (_, index) => index + 1);
    await Promise.all(days.map((day) => recordRun(file, run(day), 20)));
    expect(parseHistory(read()).runs).toHaveLength(20);
    expect(readdirSync(directory)).toEqual(['history.ndjson']);
  });
});
