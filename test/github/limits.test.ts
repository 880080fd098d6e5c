import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GitHubError } from '../../src/github/errors.ts';
import { at, collect, later, outcome, page, range, reply, type Sent, scripted } from './scripted.ts';

const NOW = Date.UTC(2026, 10, 20, 12, 0, 0);
const MINUTE = 60_000;
const epoch = (milliseconds: number) => String(Math.floor((NOW + milliseconds) / 1000));
const limits = (remaining: number, reset = 30 * MINUTE) => ({
  'x-ratelimit-limit': '5000',
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': epoch(reset),
});
const secondary = (headers: Record<string, string> = {}) =>
  reply(403, { message: 'You have exceeded a secondary rate limit.' }, headers);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The most attempts within any 60 seconds. */
function busiestMinute(sent: readonly Sent[]): number {
  let first = 0;
  let most = 0;
  sent.forEach(({ at }, index) => {
    while ((sent[first]?.at ?? 0) <= at - MINUTE) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

describe('requests in flight', () => {
  it('are as many as allowed, and never more', async () => {
    const { client, peak } = scripted(({ page: number }) => later(100, page(number, 50)), { concurrency: 7 });
    expect((await outcome(collect(client))).value).toEqual(range(1, 50));
    expect(peak()).toBe(7);
  });
});

describe('the minute', () => {
  it('holds 900 requests where the server announces limits, the first ones included', async () => {
    const { client, sent, lines } = scripted(({ page: number }) =>
      later(10, page(number, 1200, limits(5000 - number))),
    );
    expect((await outcome(collect(client))).value).toEqual(range(1, 1200));
    expect(busiestMinute(sent)).toBe(900);
    expect(Date.now() - NOW).toBeLessThan(1.1 * MINUTE);
    expect(lines).toEqual([
      expect.stringMatching(
        /^Waiting \d\d seconds, because GitHub allows 900 requests a minute \(\d+ requests/,
      ),
    ]);
  });

  it('counts a request until a minute after its answer, because the server may have counted it late', async () => {
    const arrivals: number[] = [];
    const { client } = scripted(
      async ({ page: number }) => {
        // The first hundred travel for 20 seconds, the others for none.
        await later(number <= 100 ? 20_000 : 0, undefined);
        arrivals.push(Date.now());
        return page(number, 1900, limits(5000 - number));
      },
      { concurrency: 100 },
    );
    await outcome(collect(client));
    expect(arrivals).toHaveLength(1900);
    expect(busiestMinute(arrivals.map((at) => ({ at, path: '', page: 0 })))).toBeLessThanOrEqual(900);
  });

  it('counts failed attempts too', async () => {
    const { client, sent } = scripted(({ page: number }, index) =>
      later(10, index % 5 === 4 ? reply(502, 'bad') : page(number, 800, limits(4000))),
    );
    expect((await outcome(collect(client))).value).toEqual(range(1, 800));
    expect(sent.length).toBeGreaterThan(900);
    expect(busiestMinute(sent)).toBeLessThanOrEqual(900);
  });

  it('does not matter where the server announces no limits', async () => {
    const { client, sent } = scripted(({ page: number }) => later(10, page(number, 2000)));
    await outcome(collect(client));
    expect(sent).toHaveLength(2000);
    expect(Date.now() - NOW).toBeLessThan(10_000);
  });

  it('leaves no timer behind that would keep the process alive', async () => {
    const { client } = scripted(({ page: number }) => page(number, 900, limits(4000)));
    expect(await collect(client)).toHaveLength(900);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the primary limit', () => {
  it('is waited for when it will not suffice, and that is said at once', async () => {
    const { client, sent, lines } = scripted(({ page: number, at }) =>
      page(number, 40, at < NOW + 10 * MINUTE ? limits(21 - number, 10 * MINUTE) : limits(5000, 70 * MINUTE)),
    );
    const done = collect(client);
    await vi.advanceTimersByTimeAsync(1);
    expect(lines).toEqual([
      "The token's primary rate limit does not suffice: 39 more requests are needed, 20 left, and it resets in " +
        '11 minutes, at 12:10 UTC. The run waits for it where it has to.',
    ]);
    expect(sent).toHaveLength(21);
    expect((await outcome(done)).value).toEqual(range(1, 40));
    expect(sent.filter(({ at }) => at > NOW && at < NOW + 10 * MINUTE)).toEqual([]);
    expect(lines).toHaveLength(1);
  });

  it('fails at once when it will not suffice and resets too late', async () => {
    const { client, sent } = scripted(({ page: number }) => page(number, 40, limits(20, 43 * MINUTE)));
    const { error } = await outcome(collect(client));
    expect(error).toMatchObject({ kind: 'rate-limited' });
    expect(error?.message).toBe(
      "The token's primary rate limit does not suffice: 39 more requests are needed, 20 left, and it resets in " +
        '44 minutes, at 12:43 UTC. A run waits 15 minutes at most. Run again after that, or with a token that ' +
        'nothing else uses.',
    );
    expect(sent).toHaveLength(1);
    expect(Date.now()).toBe(NOW);
  });

  it('is not overdrawn by requests in flight', async () => {
    const { client, sent } = scripted(({ at }, index) =>
      index === 0
        ? reply(200, { rows: [] }, limits(3, 5 * MINUTE))
        : later(1000, reply(200, { rows: [] }, at > NOW + 5 * MINUTE ? limits(4000, 65 * MINUTE) : {})),
    );
    await client.get(at('/first'));
    const all = Promise.all(range(1, 8).map((number) => client.get(at(`/${number}`))));
    expect((await outcome(all)).error).toBeUndefined();
    expect(sent.filter(({ at }) => at < NOW + 5 * MINUTE)).toHaveLength(4);
  });

  it('counts a request in flight once when a second report says what it needs', async () => {
    let remaining = 101;
    const { client, lines } = scripted(({ page: number, path }) => {
      remaining -= 1;
      const answer = page(number, path.startsWith('/a') ? 40 : 52, limits(remaining, 43 * MINUTE));
      return number === 1 ? answer : later(1000, answer);
    });
    const first = collect(client, '/a');
    await vi.advanceTimersByTimeAsync(1);
    const second = collect(client, '/b');
    expect((await outcome(Promise.all([first, second]))).error).toBeUndefined();
    expect(lines).toEqual([]);
  });

  it('is no explanation for a refusal that asks for SAML authorization', async () => {
    const sso = { 'x-github-sso': 'required; url=https://github.test/sso', ...limits(0) };
    const { client } = scripted(() => reply(403, {}, sso));
    expect((await outcome(client.get(at('/rows')))).error).toMatchObject({ kind: 'sso' });
  });

  it('does not count what another report needed and has fetched', async () => {
    const { client } = scripted(({ page: number }) => page(number, 40, limits(70, 43 * MINUTE)));
    expect((await outcome(collect(client))).value).toHaveLength(40);
    const second = scripted(({ page: number }, index) => page(number, 40, limits(100 - index, 43 * MINUTE)));
    await outcome(collect(second.client));
    expect((await outcome(collect(second.client))).error).toBeUndefined();
  });

  it.each([403, 429])('that is used up (%i) is waited for until it resets', async (status) => {
    const { client, sent } = scripted((_, index) =>
      index === 0
        ? reply(status, { message: 'API rate limit exceeded' }, limits(0, 5 * MINUTE))
        : reply(200, { rows: [1] }, limits(4999, 65 * MINUTE)),
    );
    expect((await outcome(client.get(at('/rows')))).value).toEqual([1]);
    expect((sent[1]?.at ?? 0) - NOW).toBeGreaterThanOrEqual(5 * MINUTE);
    expect((sent[1]?.at ?? 0) - NOW).toBeLessThan(5 * MINUTE + 3000);
  });

  it("is reckoned by the server's clock where ours is wrong", async () => {
    const date = new Date(NOW - 20 * MINUTE).toUTCString();
    const { client, sent } = scripted((_, index) =>
      index === 0
        ? reply(403, {}, { ...limits(0, -18 * MINUTE), date })
        : reply(200, { rows: [1] }, limits(4999, 65 * MINUTE)),
    );
    await outcome(client.get(at('/rows')));
    expect(Math.round(((sent[1]?.at ?? 0) - NOW) / MINUTE)).toBe(2);
  });

  it('that is used up and resets too late fails every request without sending it', async () => {
    const { client, sent } = scripted(() => reply(403, {}, limits(0, 50 * MINUTE)));
    expect((await outcome(client.get(at('/rows')))).error?.message).toMatch(
      /0 left.*51 minutes, at 12:50 UTC/,
    );
    expect((await outcome(client.get(at('/others')))).error).toMatchObject({ kind: 'rate-limited' });
    expect(sent).toHaveLength(1);
  });
});

describe('the secondary limit', () => {
  const CASES: [string, Record<string, string>, number][] = [
    ['retry-after in seconds', { 'retry-after': '7' }, 7000],
    ['retry-after as a date', { 'retry-after': new Date(NOW + 90_000).toUTCString() }, 90_000],
    [
      'retry-after as a date by a clock that is ahead',
      {
        'retry-after': new Date(NOW + 600_000).toUTCString(),
        date: new Date(NOW + 570_000).toUTCString(),
      },
      30_000,
    ],
    ['no retry-after', {}, MINUTE],
    ['a retry-after that cannot be read', { 'retry-after': 'soon' }, MINUTE],
  ];

  it.each(CASES)('stops the whole run: %s', async (_, headers, window) => {
    let refusedAt = 0;
    const { client, sent, lines } = scripted(async ({ page: number }, index) => {
      await later(100, undefined);
      if (index !== 150) return page(number, 300);
      refusedAt = Date.now();
      return secondary(headers);
    });
    // The date is as of NOW: start where the refusal comes at that moment.
    vi.setSystemTime(NOW - 1600);
    expect((await outcome(collect(client))).value).toEqual(range(1, 300));
    expect(refusedAt).toBe(NOW);
    expect(sent.filter(({ at }) => at > refusedAt && at < refusedAt + window)).toEqual([]);
    const next = Math.min(...sent.map(({ at }) => at).filter((at) => at > refusedAt));
    expect(next - refusedAt - window).toBeLessThan(2000);
    expect(lines).toEqual([
      expect.stringMatching(
        /^GitHub's secondary rate limit was hit. All requests stop for \d+ seconds, then go on with at most 5 at a/,
      ),
    ]);
    // The window and at most twice the undisturbed time.
    expect(Date.now() - (NOW - 1600)).toBeLessThan(window + 2000 + 2 * 3100);
  });

  it('holds retries that wait out their backoff, too', async () => {
    const { client, sent } = scripted(({ path }, index) => {
      if (index === 0) return reply(502, 'bad');
      return index === 1 ? secondary({ 'retry-after': '30' }) : reply(200, { rows: [path.length] });
    });
    const both = Promise.all([client.get(at('/a')), client.get(at('/b'))]);
    expect((await outcome(both)).error).toBeUndefined();
    expect(sent.slice(2).map(({ at }) => at - NOW >= 30_000)).toEqual([true, true]);
  });

  it('goes on with half the requests in flight, and slowly comes back to all of them', async () => {
    const inFlight: [number, number][] = [];
    let now = 0;
    const { client } = scripted(async ({ page: number }, index) => {
      now += 1;
      inFlight.push([index, now]);
      await later(100, undefined);
      now -= 1;
      return index === 0 ? secondary({ 'retry-after': '1' }) : page(number, 400);
    });
    await outcome(collect(client));
    const peak = (from: number, to: number) =>
      Math.max(...inFlight.slice(from, to).map(([, count]) => count));
    expect(peak(1, 18)).toBe(5);
    expect(peak(20, 38)).toBe(6);
    expect(peak(200, 400)).toBe(10);
  });

  it('counts the answers to requests that were under way as one refusal', async () => {
    const { client, lines } = scripted(({ page: number }, index) =>
      later(100 + index, index >= 1 && index <= 10 ? secondary({ 'retry-after': '5' }) : page(number, 30)),
    );
    expect((await outcome(collect(client))).value).toEqual(range(1, 30));
    expect(lines).toHaveLength(1);
  });

  it('waits longer and longer without retry-after, then gives up and says how far it came', async () => {
    const { client, sent } = scripted(({ page: number }) => (number === 1 ? page(1, 3) : secondary()), {
      concurrency: 1,
    });
    const { error } = await outcome(collect(client));
    expect(error).toBeInstanceOf(GitHubError);
    expect(error).toMatchObject({ kind: 'rate-limited' });
    expect(error?.message).toMatch(/secondary rate limit 5 times in a row.*1 request answered so far/);
    const waits = sent
      .slice(2)
      .map(({ at }, index) => Math.round((at - (sent[index + 1]?.at ?? 0)) / MINUTE));
    expect(waits).toEqual([1, 2, 4, 8]);
    expect((await outcome(client.get(at('/others')))).error).toMatchObject({ kind: 'rate-limited' });
    expect(sent).toHaveLength(6);
  });

  it('is not waited for longer than 15 minutes', async () => {
    const { client } = scripted(() => secondary({ 'retry-after': '3600' }));
    const { error } = await outcome(client.get(at('/rows')));
    expect(error?.message).toMatch(/asks to wait 60 minutes, longer than the 15 minutes/);
    expect(Date.now()).toBe(NOW);
  });

  it('starts to count anew after an answer', async () => {
    const { client } = scripted(({ page: number }, index) =>
      index % 2 === 0 ? secondary({ 'retry-after': '1' }) : page(number, 20),
    );
    expect((await outcome(collect(client))).value).toEqual(range(1, 20));
  });
});
