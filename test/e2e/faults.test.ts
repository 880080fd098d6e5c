/** The report comes out the same whatever happens on the way, or the run says what is missing. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { NOW } from '../clock.ts';
import type { FaultKind, FaultRule } from '../simulator/faults.ts';
import { annotations, filesOf, report, startGitHub } from './support.ts';

/** 40 pages. Waits pass twenty times as fast, so that a hung connection costs a second and a half, not thirty. */
const SEATS = 4000;
const clock = { now: NOW, speed: 20 };
const EVERY = 5;
const KINDS: readonly FaultKind[] = [
  // First, because it waits while the others work.
  'hang',
  '500-json',
  '502-html',
  '503-json',
  'reset',
  'reset-body',
  'cut-off',
  'empty',
  'invalid-json',
  'wrong-shape',
];

describe.concurrent('every fifth answer is broken', () => {
  const run = async (faults: readonly FaultRule[]) => {
    const github = await startGitHub({ seats: SEATS, now: NOW, faults });
    const result = await report(github, {}, { clock });
    const left = JSON.stringify([result.exitCode, result.outputs.metrics, filesOf(result), result.summary]);
    return {
      result,
      left: left.replaceAll(github.url, 'URL'),
      broken: github.requests.flatMap(({ fault }) => fault ?? []),
    };
  };
  let sound: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    sound = await run([]);
    expect([sound.result.exitCode, sound.result.outputs.users]).toEqual([0, String(SEATS)]);
  }, 30_000);

  test.each(KINDS)(
    '%s: the same files, byte for byte',
    async (kind) => {
      const { left, broken } = await run([{ kind, match: { every: EVERY } }]);
      expect(broken.length).toBeGreaterThanOrEqual(8);
      expect(left === sound.left).toBe(true);
    },
    30_000,
  );

  test('all kinds mixed: the same files, byte for byte', async () => {
    const mixed = KINDS.map((kind, index) => ({
      kind,
      match: { request: Array.from({ length: 40 }, (_, turn) => EVERY * (turn * KINDS.length + index + 1)) },
    }));
    const { left, broken } = await run(mixed);
    expect(new Set(broken).size).toBeGreaterThanOrEqual(9);
    expect(left === sound.left).toBe(true);
  }, 30_000);

  test.each(['502-html', 'reset', 'cut-off'] as const)(
    'a page that stays broken fails the report and is named: %s',
    async (kind) => {
      const { result } = await run([{ kind, match: { page: 17 } }]);
      expect([result.exitCode, result.outputs.status, result.files]).toEqual([1, 'error', []]);
      expect(annotations(result, 'error')).toEqual([
        expect.stringContaining('consumed-licenses (page 17 of 40)'),
      ]);
      expect([result.outputs.users, result.outputs['seats-consumed']]).toEqual(['', '']);
    },
    30_000,
  );
});

test('https goes through the proxy of the environment, and past it where no_proxy says so', async () => {
  const asked: string[] = [];
  const proxy = createServer().on('connect', ({ url }, socket) => {
    asked.push(String(url));
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  const host = { url: 'https://github.invalid/api/v3', clock };
  const https_proxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;

  const refused = await report(host, {}, { env: { https_proxy } });
  expect(annotations(refused, 'error').join('\n')).toContain(
    'refused the connection to github.invalid (403)',
  );
  expect(asked).toEqual(['github.invalid:443']);
  const past = await report(host, {}, { env: { https_proxy, no_proxy: 'github.invalid' } });
  expect(annotations(past, 'error').join('\n')).toContain('the name of the host could not be resolved');
  expect(asked).toHaveLength(1);
});
