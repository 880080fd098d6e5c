import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { annotate, logLine, openJobSummary, setOutputs } from '../../src/output/step.ts';
import { hostileText } from './reading.ts';

let directory: string;
let printed: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'step-'));
  for (const name of ['output', 'summary']) await writeFile(path.join(directory, name), '');
  vi.stubEnv('GITHUB_OUTPUT', path.join(directory, 'output'));
  vi.stubEnv('GITHUB_STEP_SUMMARY', path.join(directory, 'summary'));
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
});
const written = (name: string): Promise<string> => readFile(path.join(directory, name), 'utf8');

test('no line of the log is a workflow command', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const line = logLine(text);
      expect(line).not.toMatch(/^\s*::|##\[|[\r\n\u2028\u2029]/);
    }),
  );
  expect(logLine(' ::error::x')).toBe(': :error::x');
  expect(logLine('a\n::error::x')).toBe('a ::error::x');
  expect(logLine('x ##[group]y')).toBe('x # #[group]y');
  expect(logLine('12:30 :: fine')).toBe('12:30 :: fine');
});

test('sets outputs, those without a value to nothing', async () => {
  setOutputs({ status: 'pass', users: 3, servers: undefined, files: 'a\nb\nghadelimiter' });
  const outputs = Array.from(
    (await written('output')).matchAll(/^(.+)<<(ghadelimiter_.+)\r?\n([\s\S]*?)\r?\n\2$/gm),
    ([, name, , value]) => [name, value],
  );
  expect(outputs).toEqual([
    ['status', 'pass'],
    ['users', '3'],
    ['servers', ''],
    ['files', 'a\nb\nghadelimiter'],
  ]);
});

describe('annotations', () => {
  const messages = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => `message ${index}`);
  const lines = (): string[] => printed.trim().split(/\r?\n/);

  test('are one a message', () => {
    annotate('warning', messages(10));
    expect(lines()).toEqual(messages(10).map((message) => `::warning::${message}`));
  });

  test('are ten at most, the last of them holding the rest', () => {
    annotate('error', messages(12));
    expect(lines()).toHaveLength(10);
    expect(lines()[9]).toBe('::error::• message 9%0A• message 10%0A• message 11');
  });

  test('are as many as there is room for', () => {
    annotate('notice', messages(12), 9);
    expect(lines()).toHaveLength(9);
    annotate('notice', []);
    expect(lines()).toHaveLength(9);
  });

  test('that are too long are in the log as a whole', () => {
    const long = ['first', 'x'.repeat(5000), 'last'];
    annotate('error', [long.join('\n')]);
    expect(lines().slice(0, 3)).toEqual(long);
    expect(lines()[3]).toMatch(/^::error::first%0Ax+…$/);
  });

  test('cannot start a command of their own', () => {
    annotate('error', ['line\n::set-output name=status::pass\r\n##[error]x']);
    expect(lines()).toHaveLength(1);
    expect(printed).not.toContain('##[');
  });
});

describe('the job summary', () => {
  test('stands behind what the step has written already, and only as it was stated last', async () => {
    await writeFile(path.join(directory, 'summary'), 'before\n');
    const summary = openJobSummary();
    await summary?.write('# Passed, and a good deal longer\n');
    await summary?.write('# Failed\n');
    expect(await written('summary')).toBe('before\n# Failed\n');
    await summary?.withdraw();
    expect(await written('summary')).toBe('before\n');
  });

  test('that was never written has nothing to take back', async () => {
    await writeFile(path.join(directory, 'summary'), 'before\n');
    await openJobSummary()?.withdraw();
    expect(await written('summary')).toBe('before\n');
  });

  test('is missing where the runner has none', () => {
    vi.stubEnv('GITHUB_STEP_SUMMARY', '');
    expect(openJobSummary()).toBeUndefined();
  });
});
