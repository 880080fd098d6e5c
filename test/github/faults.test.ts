import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TunnelError } from '../../src/github/proxy.ts';
import { at, collect, later, outcome, page, range, reply, scripted } from './scripted.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const network = (code: string, message = code) =>
  Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(message), { code }) });
const never = () => new Promise<never>(() => {});

const FAULTS: Record<string, () => ReturnType<typeof reply> | Error | Promise<never>> = {
  '502 with HTML': () => reply(502, '<html>Unicorn</html>', { 'content-type': 'text/html' }),
  '503 with JSON': () => reply(503, { message: 'busy' }),
  reset: () => network('ECONNRESET'),
  'proxy that gets no answer': () =>
    Object.assign(new TypeError('fetch failed'), {
      cause: new TunnelError(
        {
          variable: 'https_proxy',
          url: new URL('http://proxy.test'),
          authorization: undefined,
          hasScheme: true,
        },
        { status: 502 },
      ),
    }),
  'refused connection': () => network('ECONNREFUSED'),
  'no name': () => network('EAI_AGAIN'),
  'unknown host': () => network('ENOTFOUND'),
  hang: never,
  'connection closed in the body': () => network('UND_ERR_SOCKET', 'other side closed'),
  'cut-off gzip': () => network('Z_BUF_ERROR', 'unexpected end of file'),
  'cut-off body': () => reply(200, '{"rows":[1'),
  'empty body': () => reply(200, ''),
  'body that is no JSON': () => reply(200, 'oops'),
  'body of the wrong shape': () => reply(200, { message: 'ok' }),
  'body that is null': () => reply(200, 'null'),
};

describe('faults', () => {
  it.each(Object.entries(FAULTS))('%s: every fifth answer over 200 pages loses no row', async (_, fault) => {
    const { client } = scripted(({ page: number }, index) =>
      index % 5 === 4 ? fault() : later(50, page(number, 200)),
    );
    expect(await outcome(collect(client))).toEqual({ value: range(1, 200) });
  });

  it('of all kinds, in turn, lose no row', async () => {
    const kinds = Object.values(FAULTS);
    const { client } = scripted(({ page: number }, index) =>
      index % 5 === 4
        ? (kinds[((index - 4) / 5) % kinds.length]?.() ?? never())
        : later(50, page(number, 200)),
    );
    expect(await outcome(collect(client))).toEqual({ value: range(1, 200) });
  });

  it.each(Object.entries(FAULTS))(
    '%s that stays fails after 5 attempts at most, naming the page',
    async (_, fault) => {
      const { client, sent } = scripted(({ page: number }) => (number === 37 ? fault() : page(number, 120)));
      const { error } = await outcome(collect(client));
      expect(error?.message).toMatch(/GET \/rows \(page 37 of 120\)/);
      expect(error?.message).toMatch(/after 5 attempts/);
      expect(sent.filter(({ page }) => page === 37)).toHaveLength(5);
    },
  );

  it('are waited out longer and longer, by chance', async () => {
    const { client, sent } = scripted(() => reply(500, {}), { random: 0.75 });
    await outcome(client.get(at('/rows')));
    const waits = sent.slice(1).map(({ at }, index) => at - (sent[index]?.at ?? 0));
    expect(waits).toEqual([750, 1500, 3000, 6000]);
  });

  it('are made good before anything new is asked for', async () => {
    const { client, sent } = scripted(
      (_, index) => later(100, index === 0 ? reply(500, {}) : reply(200, { rows: [] })),
      { concurrency: 1, random: 0 },
    );
    await outcome(Promise.all(range(1, 6).map((number) => client.get(at(`/${number}`)))));
    expect(sent.map(({ path }) => path)).toEqual(['/1', '/2', '/1', '/3', '/4', '/5', '/6']);
  });

  it('are waited out as long as the server asks', async () => {
    const { client, sent } = scripted((_, index) =>
      index === 0 ? reply(503, {}, { 'retry-after': '20' }) : reply(200, { rows: [] }),
    );
    await outcome(client.get(at('/rows')));
    expect((sent[1]?.at ?? 0) - (sent[0]?.at ?? 0)).toBe(20_000);
  });

  it.each([
    ['hang', 2, 121_000],
    ['refused connection', 5, 15_000],
    ['503 with JSON', 5, 15_000],
  ])('a dead server (%s) fails after %i attempts', async (name, attempts, within) => {
    const from = Date.now();
    const { client, sent } = scripted(() => FAULTS[name]?.() ?? never());
    const { error } = await outcome(collect(client));
    expect(error?.message).toContain('GET /rows (page 1)');
    expect(sent).toHaveLength(attempts);
    expect(Date.now() - from).toBeLessThan(within);
  });

  it('spend a bounded number of attempts over the whole run', async () => {
    const { client, sent } = scripted(({ path }, index) =>
      path.startsWith('/bad') && index > 0 ? reply(500, {}) : reply(200, { rows: [] }),
    );
    await outcome(
      Promise.allSettled(Array.from({ length: 500 }, (_, index) => client.get(at(`/bad/${index}`)))),
    );
    // 500 requests, and 100 retries, and half a retry for each that was sent.
    expect(sent.length).toBeLessThanOrEqual(1200);
  });

  it.each([400, 401, 404, 410, 422, 451])('%i is not tried again', async (status) => {
    const { client, sent } = scripted(() => reply(status, { message: 'no' }));
    expect((await outcome(client.get(at('/rows')))).error).toMatchObject({ status });
    expect(sent).toHaveLength(1);
  });

  it('of TLS are not tried again', async () => {
    const { client, sent } = scripted(() => network('SELF_SIGNED_CERT_IN_CHAIN'));
    expect((await outcome(client.get(at('/rows')))).error).toMatchObject({ kind: 'tls' });
    expect(sent).toHaveLength(1);
  });

  it('a web page instead of JSON is tried once more', async () => {
    const html = reply(200, '<!DOCTYPE html><p>Please log in', { 'content-type': 'text/html' });
    const { client, sent } = scripted(() => html);
    expect((await outcome(client.get(at('/rows')))).error).toMatchObject({ kind: 'not-github' });
    expect(sent).toHaveLength(2);
    const once = scripted((_, index) => (index === 0 ? html : reply(200, { rows: [1] })));
    expect((await outcome(once.client.get(at('/rows')))).value).toEqual([1]);
  });

  it('an attempt that takes too long is cut off: the signal of its transport aborts', async () => {
    const aborted: number[] = [];
    const { client } = scripted(
      (_, index, signal) => {
        signal.addEventListener('abort', () => aborted.push(index));
        return index === 0 ? never() : reply(200, { rows: [] });
      },
      { timeLimits: { headers: 5000, chunk: 5000, attempt: 5000, request: 60_000 } },
    );
    expect((await outcome(client.get(at('/rows')))).error).toBeUndefined();
    expect(aborted).toEqual([0]);
  });
});

describe('what an answer teaches', () => {
  it.each([
    ['2026-12-31 00:00:00 UTC', '2026-12-31T00:00:00.000Z'],
    ['2026-12-31 01:30:00 +0200', '2026-12-30T23:30:00.000Z'],
    ['2026-12-31 01:30:00 -0800', '2026-12-31T09:30:00.000Z'],
    ['2026-12-31T01:30:00Z', '2026-12-31T01:30:00.000Z'],
    ['2026-12-31 01:30:00 GMT', '2026-12-31T01:30:00.000Z'],
    ['', undefined],
    ['soon', 'unreadable'],
    ['2026-13-45 00:00:00 UTC', 'unreadable'],
  ])('the token expires at %s', async (header, expected) => {
    const { client } = scripted(() =>
      reply(200, { rows: [] }, { 'github-authentication-token-expiration': header }),
    );
    expect(client.tokenExpiration()).toBeUndefined();
    await outcome(client.get(at('/rows')));
    const expires = client.tokenExpiration();
    expect(expires instanceof Date ? expires.toISOString() : expires).toBe(expected);
  });

  it('an Enterprise Server tells its version, also with an error', async () => {
    const { client } = scripted(() => reply(404, {}, { 'x-github-enterprise-version': '3.17.2' }));
    const { error } = await outcome(client.get(at('/rows')));
    expect(error).toMatchObject({ serverVersion: '3.17.2' });
    expect(client.serverVersion).toBe('3.17.2');
  });

  it('unset parameters are not sent, and others are encoded', async () => {
    const { client, sent } = scripted(() => reply(200, { rows: [] }));
    await outcome(client.get(at('/rows', { year: 2026, month: undefined, name: 'a b&c' })));
    expect(sent.map(({ path }) => path)).toEqual(['/rows?year=2026&name=a+b%26c']);
  });
});
