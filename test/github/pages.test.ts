import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { collect, countRows, later, link, outcome, page, range, reply, rows, scripted } from './scripted.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('pages', () => {
  it('come in order whatever the order of arrival, with their number and how many there are', async () => {
    const { client, sent } = scripted(({ page: number }) => later(1000 - 10 * number, page(number, 40)));
    const seen: [number, number | undefined][] = [];
    const read = async () => {
      for await (const { number, of } of client.pages('/rows', { product: 'x' }, rows, countRows))
        seen.push([number, of]);
    };
    await outcome(read());
    expect(seen).toEqual(range(1, 40).map((number) => [number, 40]));
    expect(sent[0]?.path).toBe('/rows?product=x&per_page=100');
    expect(sent[1]?.path).toBe('/rows?product=x&per_page=100&page=2');
  });

  it('one page alone needs one request', async () => {
    const { client, sent } = scripted(() => page(1, 1));
    expect((await outcome(collect(client))).value).toEqual([1]);
    expect(sent).toHaveLength(1);
  });

  it('no rows at all are one empty page', async () => {
    const { client } = scripted(() => reply(200, { rows: [] }));
    expect((await outcome(collect(client))).value).toEqual([]);
  });

  it('are read to the end when something takes the links away', async () => {
    const full = (number: number) => range(number * 100 - 99, number * 100);
    const { client, sent } = scripted(({ page: number }) =>
      reply(200, { rows: number < 3 ? full(number) : [201] }),
    );
    expect((await outcome(collect(client))).value).toEqual(range(1, 201));
    expect(sent).toHaveLength(3);
  });

  it('that are full and alone are known to be alone', async () => {
    const { client, sent } = scripted(({ page: number }) =>
      reply(200, { rows: number === 1 ? range(1, 100) : [] }),
    );
    expect((await outcome(collect(client))).value).toEqual(range(1, 100));
    expect(sent).toHaveLength(2);
  });

  it('longer than asked for come from a host without pages, and are the whole', async () => {
    const { client, sent } = scripted(() => reply(200, { rows: range(1, 101) }));
    expect((await outcome(collect(client))).value).toEqual(range(1, 101));
    expect(sent).toHaveLength(1);
  });

  it('that say the same again and again are not followed for ever', async () => {
    const { client, sent } = scripted((_, index) =>
      index < 20 ? reply(200, { rows: range(1, 100) }) : reply(404, {}),
    );
    const { error } = await outcome(collect(client));
    expect(error?.message).toMatch(/page 2\) could not be followed: it has the same rows as the page before/);
    expect(sent).toHaveLength(2);
  });

  it('are fetched only so far ahead of the reader', async () => {
    const { client, sent } = scripted(({ page: number }) => page(number, 500), { concurrency: 5 });
    const reader = client.pages('/rows', {}, rows, countRows)[Symbol.asyncIterator]();
    await reader.next();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(11);
    await reader.next();
    await reader.next();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(13);
    await reader.return?.();
  });

  it('that are left early end what is under way', async () => {
    const aborted: number[] = [];
    const { client, sent } = scripted(({ page: number }, _, signal) => {
      signal.addEventListener('abort', () => aborted.push(number));
      return number === 1 ? page(1, 100) : new Promise<never>(() => {});
    });
    const read = async () => {
      for await (const first of client.pages('/rows', {}, rows, countRows)) return first.number;
    };
    expect(await read()).toBe(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(aborted).toEqual(range(2, 11));
    expect(sent).toHaveLength(11);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a page that fails for good ends all the others at once', async () => {
    const from = Date.now();
    const { client, sent } = scripted(({ page: number }) => {
      if (number === 8) return reply(404, { message: 'Not Found' });
      return number === 1 ? page(1, 100) : new Promise<never>(() => {});
    });
    const { error } = await outcome(collect(client));
    expect(error?.message).toContain('GET /rows (page 8 of 100)');
    expect(Date.now()).toBe(from);
    // The place that the failed page leaves may be taken once before the others end.
    expect(sent.length).toBeLessThanOrEqual(12);
  });

  it('that are added meanwhile are fetched', async () => {
    const { client } = scripted(({ page: number }) => page(number, number < 20 ? 20 : 23));
    expect((await outcome(collect(client))).value).toEqual(range(1, 23));
  });

  it('that are added right at the end are fetched', async () => {
    const { client } = scripted(({ page: number }) =>
      page(number, number < 20 ? 20 : number < 25 ? number + 1 : 25),
    );
    expect((await outcome(collect(client))).value).toEqual(range(1, 25));
  });

  it.each([1, 5])('that vanish meanwhile (%i) are no error', async (gone) => {
    const { client } = scripted(({ page: number }, index) => {
      const last = index < 15 ? 40 : 40 - gone;
      return number <= last
        ? page(number, last)
        : later(0, reply(200, { rows: [] }, { link: link(number, 0).link }));
    });
    expect((await outcome(collect(client))).value).toEqual(range(1, 40 - gone));
  });

  it.each([
    ['with a link to the next', (number: number) => link(number, 40)],
    ['without links', () => ({})],
  ])('a page in the middle without rows (%s) is fetched again', async (_, links) => {
    const { client, sent } = scripted(({ page: number }, index) =>
      number === 20 && index < 25 ? reply(200, { rows: [] }, links(number)) : page(number, 40),
    );
    expect((await outcome(collect(client))).value).toEqual(range(1, 40));
    expect(sent.length).toBeGreaterThan(40);
  });

  it('a page in the middle that stays without rows fails the whole', async () => {
    const { client } = scripted(({ page: number }) =>
      number === 20 ? reply(200, { rows: [] }) : page(number, 40),
    );
    const { error } = await outcome(collect(client));
    expect(error).toMatchObject({ kind: 'unreadable' });
    expect(error?.message).toMatch(/page 20 of 40.*after 5 attempts.*a page in the middle has no rows/);
  });

  it('follow `next` one by one where GitHub does not say how many there are', async () => {
    const { client, sent } = scripted(({ page: number }) =>
      reply(
        200,
        { rows: [number] },
        number < 4 ? { link: `<https://x.test/?page=${number + 1}&per_page=100>; rel="next"` } : {},
      ),
    );
    expect((await outcome(collect(client))).value).toEqual([1, 2, 3, 4]);
    expect(sent.map(({ path }) => path)).toEqual([
      '/rows?per_page=100',
      '/rows?page=2&per_page=100',
      '/rows?page=3&per_page=100',
      '/rows?page=4&per_page=100',
    ]);
  });

  it('follow a cursor, by its parameters alone', async () => {
    const { client, sent } = scripted((_, index) =>
      reply(
        200,
        { rows: [index] },
        index < 3
          ? {
              link: `<https://evil.test/other?after=c${index}&baseUrl=https%3A%2F%2Fevil.test>; rel="next", <https://evil.test/?page=9>; rel="last"`,
            }
          : {},
      ),
    );
    expect((await outcome(collect(client))).value).toEqual([0, 1, 2, 3]);
    expect(sent[1]?.path).toBe('/rows?after=c0&baseUrl=https%3A%2F%2Fevil.test');
  });

  it.each([
    ['itself', (number: number) => `page=${number}`],
    ['the page before', (number: number) => `page=${Math.max(1, number - 1)}`],
    ['a page further on', (number: number) => `page=${number + 2}`],
    ['the same cursor', () => 'after=x'],
  ])('a next link that points to %s is an error and no endless loop', async (_, next) => {
    const { client, sent } = scripted((_, index) =>
      reply(
        200,
        { rows: [index] },
        { link: `<https://api.github.test/rows?${next(index + 1)}>; rel="next"` },
      ),
    );
    const { error } = await outcome(collect(client));
    expect(error).toMatchObject({ kind: 'unreadable' });
    expect(sent.length).toBeLessThan(4);
  });

  it('that were left early are needed no more', async () => {
    const limits = {
      'x-ratelimit-remaining': '50',
      'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600),
    };
    const { client } = scripted(({ page: number }, index) =>
      page(number, 30, { ...limits, 'x-ratelimit-remaining': String(50 - index) }),
    );
    const read = async () => {
      for await (const { number } of client.pages('/rows', {}, rows, countRows)) return number;
    };
    expect(await outcome(read())).toEqual({ value: 1 });
    expect((await outcome(collect(client))).value).toEqual(range(1, 30));
  });

  it('deliver every row once and in order, whatever the sizes, the order of arrival and the faults', async () => {
    const fault = fc.constantFrom('502', 'cut', 'empty', 'shape', 'hang', 'throw', 'limit', 'no rows');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.nat({ max: 3000 }), { minLength: 1, maxLength: 20 }),
        fc.dictionary(fc.nat({ max: 60 }).map(String), fault, { maxKeys: 15 }),
        fc.boolean(),
        async (sizes, concurrency, delays, faults, hasLast) => {
          let row = 0;
          const pages = sizes.map((size) => {
            row += size;
            return range(row - size + 1, row);
          });
          const attempts = new Map<number, number>();
          // Five refusals in a row would be the end.
          let refusals = 0;
          const { client, peak } = scripted(
            async ({ page: number }, index) => {
              // At most three faults for a page, and a fault for an attempt.
              const tried = (attempts.get(number) ?? 0) + 1;
              attempts.set(number, tried);
              const kind = tried <= 3 ? faults[String(index)] : undefined;
              await later(delays[index % delays.length] ?? 0, undefined);
              const headers = { ...link(number, pages.length) };
              if (!hasLast && headers.link) headers.link = headers.link.replace(/, [^,]*rel="last"/, '');
              const body = JSON.stringify({ rows: pages[number - 1] });
              if (kind === '502') return reply(502, '<html>');
              if (kind === 'cut') return reply(200, body.slice(0, -2), headers);
              if (kind === 'empty') return reply(200, '', headers);
              if (kind === 'shape') return reply(200, '{"message":"x"}', headers);
              if (kind === 'hang') return new Promise<never>(() => {});
              if (kind === 'throw') return new TypeError('terminated');
              if (kind === 'limit' && refusals++ < 4) return reply(429, {}, { 'retry-after': '2' });
              if (kind === 'no rows' && headers.link?.includes('next'))
                return reply(200, { rows: [] }, headers);
              return reply(200, body, headers);
            },
            // Two hangs of 30 seconds while nothing else is answered would be a dead server.
            { concurrency, timeout: 5000 },
          );
          const read = async () => {
            const all: number[] = [];
            let expected = 1;
            for await (const each of client.pages('/rows', {}, rows, countRows)) {
              expect(each.number).toBe(expected++);
              all.push(...each.data);
            }
            return all;
          };
          expect(await outcome(read())).toEqual({ value: range(1, row) });
          expect(peak()).toBeLessThanOrEqual(
            concurrency + Object.values(faults).filter((kind) => kind === 'hang').length,
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
