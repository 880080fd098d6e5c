/** Nothing of the environment crashes the action before it can speak. */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runAction } from './action.ts';
import { annotations, report, startGitHub, workspace } from './support.ts';

const now = new Date('2026-11-20T12:00:00Z');
const clock = { now };
const NOWHERE = { url: 'https://github.invalid/api/v3', clock };

/** A file with this text. */
function file(text: string): string {
  const made = path.join(workspace(), 'file');
  writeFileSync(made, text);
  return made;
}

describe.concurrent('a run goes on as if nothing were wrong', () => {
  test.each([
    ['an event file that is no JSON', () => ({ GITHUB_EVENT_PATH: file('{"cut') })],
    ['an event file that is missing', () => ({ GITHUB_EVENT_PATH: '/nowhere/event.json' })],
    ['an unreadable GITHUB_API_URL beside an api-url', () => ({ GITHUB_API_URL: '::' })],
    ['a socks5 proxy that is for other hosts', () => ({ https_proxy: 'socks5://127.0.0.1:1080' })],
    ['a proxy variable that is no URL', () => ({ https_proxy: 'http://[', http_proxy: 'http://[' })],
    ['a workspace that does not exist', () => ({ GITHUB_WORKSPACE: path.join(workspace(), 'new') })],
  ])('%s', async (_, env) => {
    const github = await startGitHub({ seats: 3, now });
    const result = await report(github, {}, { env: env() });
    expect([result.exitCode, result.outputs.status, result.outputs.users]).toEqual([0, 'pass', '3']);
    expect(result.log).not.toContain('nowhere');
  });
});

describe.concurrent('what is wrong is said in the outputs, the summary and an annotation', () => {
  test('an unreadable GITHUB_API_URL alone', async () => {
    const env = { GITHUB_API_URL: '::' };
    using result = await runAction({ token: 'ghp_x', enterprise: 'acme' }, { env, clock });
    expect([result.exitCode, result.outputs.status]).toEqual([1, 'error']);
    expect(annotations(result, 'error').join('\n')).toContain('Input `api-url` ');
    expect(result.summary).toContain('api-url');
  });
});

test('a missing GITHUB_OUTPUT file is an error, and everything else is made', async () => {
  const github = await startGitHub({ seats: 3, now });
  const place = workspace();
  const GITHUB_OUTPUT = path.join(place, 'no', 'output');
  const options = { workspace: place, env: { GITHUB_OUTPUT } };
  const result = await report(github, { formats: 'json, html' }, options);
  expect(result.exitCode).toBe(1);
  const [said] = annotations(result, 'error');
  expect(said).toBe(
    `The outputs could not be written (Missing file at path: ${GITHUB_OUTPUT}), so later steps do not have them. Check the runner. See docs/troubleshooting.md#runner-files`,
  );
  expect(result.log).toContain('Status: error');
  expect(result.log).toContain('seats-consumed: ');
  expect(result.summary).toContain('outputs could not be written');
  expect(result.files).toEqual(['licenses.json', 'report.html']);
  expect(result.read('report.html')).toContain('outputs could not be written');
});

describe('an older Node.js', () => {
  const said = (version: string) =>
    `This action needs Node.js 24 and was started with ${version}. Update the runner to version 2.327.1 or later, ` +
    'which brings it, or start dist/index.js with Node.js 24. See docs/troubleshooting.md#node';

  async function expectRefusal(options: { node?: string; env?: Record<string, string> }, version: string) {
    const github = await startGitHub({ seats: 3, now });
    const inputs = { token: 'ghp_x', enterprise: 'acme', 'api-url': github.url, 'report-directory': 'here' };
    using result = await runAction(inputs, { clock: 'machine', ...options });
    expect(result.exitCode).toBe(1);
    expect(annotations(result, 'error')).toEqual([said(version)]);
    expect(result.outputs).toEqual({
      status: 'error',
      'report-directory': path.join(result.workspace, 'here'),
    });
    expect(result.summary).toContain('needs Node.js 24');
    expect(existsSync(path.join(result.workspace, 'here'))).toBe(false);
    expect(github.requests).toEqual([]);
  }

  test('is refused, whatever it lacks', async () => {
    // What came after Node.js 20, missing from the start.
    const lacks = `
      Object.defineProperty(process, 'version', { value: 'v20.1.0' });
      Object.defineProperty(process.versions, 'node', { value: '20.1.0' });
      for (const name of ['union', 'difference', 'intersection', 'isSubsetOf']) delete Set.prototype[name];
      for (const name of ['groupBy']) { delete Object[name]; delete Map[name]; }
      for (const [holder, name] of [[Promise, 'withResolvers'], [Promise, 'try'], [Array, 'fromAsync'], [RegExp, 'escape'], [URL, 'parse']])
        delete holder[name];
      delete globalThis.Iterator;
      const iterator = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
      for (const name of ['map', 'filter', 'take', 'drop', 'flatMap', 'reduce', 'toArray', 'forEach', 'some', 'every', 'find'])
        delete iterator[name];`;
    const preload = `data:text/javascript,${encodeURIComponent(lacks)}`;
    await expectRefusal({ env: { NODE_OPTIONS: `--import=${preload}` } }, 'v20.1.0');
  });

  /** The machine's own, where it is older than that of the tests. */
  const own = ['/usr/local/bin/node', '/usr/bin/node'].filter(existsSync).flatMap((node) => {
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    return Number(/^v(\d+)/.exec(version)?.[1]) < 24 ? [{ node, version }] : [];
  });
  test.runIf(own.length > 0)('of this machine is refused', async () => {
    for (const { node, version } of own) await expectRefusal({ node }, version);
  });
});

test('a proxy that speaks SOCKS is refused in words', async () => {
  const result = await report(NOWHERE, {}, { env: { https_proxy: 'socks5://u:secret@127.0.0.1:1080' } });
  expect([result.exitCode, result.outputs.status]).toEqual([1, 'error']);
  expect(annotations(result, 'error').join('\n')).toContain(
    '`https_proxy` names a proxy of the kind socks5:',
  );
  expect(result.log + result.summary).not.toContain('secret');
});
