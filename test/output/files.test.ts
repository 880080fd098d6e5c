import {
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile as write,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { discardUnfinished, OutputError, removeStale, writeFile } from '../../src/output/files.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'report-'));
});
afterEach(() => rm(directory, { recursive: true }));

const at = (...names: string[]): string => path.join(directory, ...names);
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error) => error,
  );

describe('writing a file', () => {
  test('creates the directory and returns the path', async () => {
    const file = await writeFile(at('a', 'b'), 'licenses.csv', ['one\n', 'two\n']);
    expect(file).toBe(at('a', 'b', 'licenses.csv'));
    expect(await readFile(file, 'utf8')).toBe('one\ntwo\n');
    expect(await readdir(at('a', 'b'))).toEqual(['licenses.csv']);
  });

  test('writes long files in order', async () => {
    const lines = Array.from({ length: 50_000 }, (_, index) => `line ${index} é\n`);
    const file = await writeFile(directory, 'licenses.csv', lines);
    expect(await readFile(file, 'utf8')).toBe(lines.join(''));
  });

  test('writes an empty file', async () => {
    expect(await readFile(await writeFile(directory, 'usage.csv', []), 'utf8')).toBe('');
  });

  test('shows nothing until it is complete, and then all of it', async () => {
    await write(at('licenses.csv'), 'old');
    const seen: string[] = [];
    async function* chunks() {
      yield 'x'.repeat(300_000);
      seen.push(await readFile(at('licenses.csv'), 'utf8'));
      yield 'end';
    }
    await writeFile(directory, 'licenses.csv', chunks());
    expect(seen).toEqual(['old']);
    expect(await readFile(at('licenses.csv'), 'utf8')).toHaveLength(300_003);
  });

  test('leaves what was there, and nothing else, when its content fails', async () => {
    await write(at('licenses.csv'), 'old');
    function* chunks() {
      yield 'x'.repeat(300_000);
      throw new RangeError('no such row');
    }
    expect(await failure(writeFile(directory, 'licenses.csv', chunks()))).toBeInstanceOf(RangeError);
    expect(await readdir(directory)).toEqual(['licenses.csv']);
    expect(await readFile(at('licenses.csv'), 'utf8')).toBe('old');
  });

  test('replaces a link and not what it points to', async () => {
    await write(at('elsewhere'), 'precious');
    await symlink(at('elsewhere'), at('licenses.csv'));
    await link(at('elsewhere'), at('usage.csv'));
    await writeFile(directory, 'licenses.csv', ['new']);
    await writeFile(directory, 'usage.csv', ['new']);
    expect(await readFile(at('elsewhere'), 'utf8')).toBe('precious');
    expect(await readFile(at('licenses.csv'), 'utf8')).toBe('new');
  });

  test.each([
    ['a directory in its place', async () => void (await mkdir(at('licenses.csv'))), '', 'it is a directory'],
    ['a file in place of the directory', () => write(at('x'), ''), 'x', 'a part of this path is a file'],
    ['a file above the directory', () => write(at('x'), ''), 'x/y', 'a part of this path is a file'],
  ])('tells of %s', async (_, prepare, below, message) => {
    await prepare();
    const error = await failure(writeFile(at(below), 'licenses.csv', ['x']));
    expect(error).toBeInstanceOf(OutputError);
    expect((error as Error).message).toMatch(`Input \`report-directory\`: ${at(below, 'licenses.csv')}`);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).cause).toBeInstanceOf(Error);
    expect((await readdir(directory)).filter((name) => name.includes('unfinished'))).toEqual([]);
  });
});

test('a run that is told to end leaves nothing half written', async () => {
  async function* chunks() {
    yield 'x'.repeat(300_000);
    expect((await readdir(directory)).some((name) => name.endsWith('.unfinished'))).toBe(true);
    discardUnfinished();
    expect(await readdir(directory)).toEqual([]);
    throw new Error('ended');
  }
  await expect(writeFile(directory, 'licenses.csv', chunks())).rejects.toThrow('ended');
  expect(await readdir(directory)).toEqual([]);
});

describe('removing what an earlier run left', () => {
  test('removes its files and what it did not finish, and nothing else', async () => {
    const own = ['licenses.csv', 'billing.json', 'report.html', '.usage.csv.0a1b2c3d.unfinished'];
    const others = ['notes.csv', 'licenses.csv.bak', '.x.csv.0a1b2c3d.unfinished', 'history.ndjson'];
    for (const name of [...own, ...others]) {
      await write(at(name), '');
      await utimes(at(name), 0, 0);
    }
    await removeStale(directory);
    expect(await readdir(directory)).toEqual(others.toSorted());
  });

  test('leaves what another run is writing right now', async () => {
    await write(at('.usage.csv.0a1b2c3d.unfinished'), '');
    await removeStale(directory);
    expect(await readdir(directory)).toEqual(['.usage.csv.0a1b2c3d.unfinished']);
  });

  test('goes on after a file that cannot be removed, and says so', async () => {
    await mkdir(at('billing.json'));
    await write(at('usage.csv'), '');
    await expect(removeStale(directory)).rejects.toThrow('billing.json');
    expect(await readdir(directory)).toEqual(['billing.json']);
  });

  test('keeps the files it is told to, however their path is spelt', async () => {
    await write(at('licenses.json'), '');
    await write(at('usage.csv'), '');
    await symlink(directory, `${directory}-link`);
    try {
      await removeStale(directory, [undefined, path.join(`${directory}-link`, 'licenses.json')]);
      await removeStale(`${directory}-link`, [at('licenses.json')]);
    } finally {
      await rm(`${directory}-link`);
    }
    expect(await readdir(directory)).toEqual(['licenses.json']);
  });

  test('finds nothing to do in a directory that is missing', async () => {
    await expect(removeStale(at('missing'))).resolves.toBeUndefined();
  });

  test('tells of a file in place of the directory', async () => {
    await write(at('x'), '');
    await expect(removeStale(at('x'))).rejects.toThrow(
      `Input \`report-directory\`: ${at('x')} cannot be written: a part`,
    );
  });

  test('tells of a directory in the place of a file', async () => {
    await mkdir(at('licenses.csv'));
    await expect(removeStale(directory)).rejects.toThrow(
      `${at('licenses.csv')} cannot be written: it is a directory`,
    );
  });
});
