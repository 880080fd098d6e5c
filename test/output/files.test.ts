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
import { discardUnfinished } from '../../src/common/files.ts';
import { clearDirectory, OutputError, withdrawFile, writeFile } from '../../src/output/files.ts';

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

test('bytes are written as they are, in their place among texts', async () => {
  const file = await writeFile(directory, 'report.xlsx', [
    'a',
    Buffer.from([0, 255, 128]),
    new Uint8Array([1]),
    'b',
  ]);
  expect(await readFile(file)).toEqual(Buffer.from([97, 0, 255, 128, 1, 98]));
});

// Only Linux has a file system that refuses so.
test.runIf(process.platform === 'linux')(
  'a directory that cannot be made is an error, and no endless try',
  async () => {
    const error = await failure(writeFile('/proc/report/below', 'licenses.csv', ['x']));
    expect((error as Error).message).toMatch(/\/proc\/report\/below\/licenses\.csv cannot be written: /);
  },
);

describe('taking back a file', () => {
  test('removes it, and is content where there is none', async () => {
    await write(at('summary.md'), 'pass');
    await withdrawFile(at('summary.md'));
    await withdrawFile(at('summary.md'));
    expect(await readdir(directory)).toEqual([]);
  });

  test('leaves a directory in its place, which says nothing, and tells of it', async () => {
    await mkdir(at('summary.md'));
    await expect(withdrawFile(at('summary.md'))).rejects.toThrow('it is a directory');
  });
});

describe('clearing the directory', () => {
  const NOW = new Date('2026-11-20T12:00:00Z');
  const OURS = {
    'licenses.csv': 'github_com_login,github_com_name,license_type\r\n',
    'licenses.json': '{\n"enterprise": "acme",\n',
    'usage.csv': 'date,product,sku\r\n',
    'changes.csv': 'kind,change,github_com_login\r\n',
    'report.html':
      '<!doctype html>\n<html><head>\n<meta name="generator" content="enterprise-license-report">',
    'summary.md': '<!-- generator: enterprise-license-report -->\n\n# Report\n',
  };
  const clear = (
    names: readonly string[] = [],
    kept: readonly (string | undefined)[] = [],
    from = directory,
  ) => clearDirectory(from, { names, kept, now: NOW });
  const place = async (files: Readonly<Record<string, string>>, date = NOW) => {
    for (const [name, text] of Object.entries(files)) {
      await write(at(name), text);
      await utimes(at(name), date, date);
    }
  };

  test('removes files of any version, checked out with any line ends, and what a killed run left', async () => {
    await place(OURS);
    await place({ '.usage.csv.0a1b2c3d.unfinished': '' }, new Date(0));
    await expect(clear()).resolves.toEqual([]);
    expect(await readdir(directory)).toEqual([]);
    for (const convert of [
      (text: string) => text.replaceAll('\r\n', '\n'),
      (text: string) => `\uFEFF${text}`.replaceAll(/\r?\n/g, '\r\n'),
    ]) {
      await place(Object.fromEntries(Object.entries(OURS).map(([name, text]) => [name, convert(text)])));
      await clear();
      expect(await readdir(directory)).toEqual([]);
    }
  });

  test('leaves everything else, whatever its name', async () => {
    const others = {
      'notes.csv': OURS['licenses.csv'],
      'licenses.csv': '',
      'usage.csv': 'date,amount\n',
      'summary.md': '# What we did this summer\n',
      'report.html': '<!doctype html><title>Ours</title>',
      'licenses.json': '{"licenses": []}',
      'organizations.csv': 'organizations\n',
      '.x.csv.0a1b2c3d.unfinished': '',
      '.notes.unfinished': '',
    };
    await place(others, new Date(0));
    await mkdir(at('billing.json'));
    await symlink('nowhere', at('.usage.csv.0a1b2c3d.unfinished'));
    await symlink('nowhere', at('budgets.csv'));
    await expect(clear()).resolves.toEqual([]);
    expect(await readdir(directory)).toEqual(
      [...Object.keys(others), '.usage.csv.0a1b2c3d.unfinished', 'billing.json', 'budgets.csv'].toSorted(),
    );
  });

  test('is an error where the run would write over what is not ours, and removes what is', async () => {
    await place({ ...OURS, 'licenses.csv': 'mine', 'usage.csv': '' });
    await mkdir(at('billing.json'));
    const error = await failure(clear(['licenses.csv', 'usage.csv', 'billing.json', 'licenses.json']));
    expect(error).toBeInstanceOf(OutputError);
    expect((error as Error).message).toMatch(/^Input `report-directory`: in .* of its own: (.*)\. Choose/);
    for (const name of ['licenses.csv', 'usage.csv', 'billing.json']) expect(String(error)).toContain(name);
    expect(await readdir(directory)).toEqual(['billing.json', 'licenses.csv', 'usage.csv']);
    expect(await readFile(at('licenses.csv'), 'utf8')).toBe('mine');
  });

  test('removes a link where the run would write, and not what it leads to', async () => {
    await place({ elsewhere: 'precious' });
    await symlink(at('elsewhere'), at('licenses.csv'));
    await symlink(at('nowhere'), at('summary.md'));
    await expect(clear(['licenses.csv', 'summary.md'])).resolves.toEqual([]);
    expect(await readdir(directory)).toEqual(['elsewhere']);
  });

  test('leaves what another run is writing right now', async () => {
    await place({ '.usage.csv.0a1b2c3d.unfinished': '' });
    await clear();
    expect(await readdir(directory)).toEqual(['.usage.csv.0a1b2c3d.unfinished']);
  });

  test('keeps the files it is told to, however their path is spelt', async () => {
    await place({ 'licenses.json': OURS['licenses.json'], 'usage.csv': OURS['usage.csv'] });
    await symlink(directory, `${directory}-link`);
    try {
      await clear(['licenses.json'], [undefined, path.join(`${directory}-link`, 'licenses.json')]);
      await clear(['licenses.json'], [at('licenses.json')], `${directory}-link`);
    } finally {
      await rm(`${directory}-link`);
    }
    expect(await readdir(directory)).toEqual(['licenses.json']);
  });

  test('finds nothing to do in a directory that is missing', async () => {
    await expect(clear([], [], at('missing'))).resolves.toEqual([]);
  });

  test('tells of a file in place of the directory', async () => {
    await write(at('x'), '');
    const [error] = await clear([], [], at('x'));
    expect((error as Error).message).toMatch(
      `Input \`report-directory\`: ${at('x')} cannot be written: a part`,
    );
  });
});
