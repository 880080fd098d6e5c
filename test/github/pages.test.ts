import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from '../../src/github/client.ts';
import {
  ACCESS,
  at,
  BY_VALUE,
  collect,
  later,
  link,
  outcome,
  page,
  range,
  reply,
  scripted,
} from './scripted.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('pages', () => {
  it('come in order whatever the order of arrival, with their number and how many there are', async () => {
    const { client, sent } = scripted(({ page: number }) => later(1000 - 10 * number, page(number, 40)));
    const seen: [number, number | undefined][] = [];
    const read = async () => {
      for await (const { number, of } of client.pages(at('/rows', { product: 'x' }), BY_VALUE))
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
    expect(error?.message).toMatch(
      /page 2\) could not be followed: everything on this page was on an earlier one/,
    );
    expect(sent).toHaveLength(2);
  });

  it('are fetched only so far ahead of the reader', async () => {
    const { client, sent } = scripted(({ page: number }) => page(number, 500), { concurrency: 5 });
    const reader = client.pages(at('/rows'), BY_VALUE)[Symbol.asyncIterator]();
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
      for await (const first of client.pages(at('/rows'), BY_VALUE)) return first.number;
    };
    expect(await read()).toBe(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(aborted.filter((number) => number > 1)).toEqual(range(2, 11));
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
      for await (const { number } of client.pages(at('/rows'), BY_VALUE)) return number;
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
            { concurrency, timeLimits: { headers: 5000, chunk: 5000, attempt: 5000, request: 600_000 } },
          );
          const read = async () => {
            const all: number[] = [];
            let expected = 1;
            for await (const each of client.pages(at('/rows'), BY_VALUE)) {
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

/** Pages of `{rows, has_next_page, total_count}`, asked for by `page`. */
const BY_BODY = {
  rows: (body: Body) => body.rows,
  key: (row: number) => (row === 0 ? undefined : String(row)),
  following: (body: Body) => ({ hasNext: body.has_next_page, total: body.total_count }),
};
interface Body {
  rows: number[];
  has_next_page?: boolean;
  total_count?: number;
}
async function collectByBody(client: Client): Promise<number[]> {
  const all: number[] = [];
  const resource = { path: '/rows', read: (body: unknown) => body as Body, access: ACCESS };
  for await (const { data } of client.pages(resource, BY_BODY)) all.push(...data.rows);
  return all;
}

describe('pages that the body numbers', () => {
  /** `size` rows a page, whatever is asked for. */
  const part = (number: number, size: number, total: number) => ({
    rows: range((number - 1) * size + 1, Math.min(number * size, total)),
    has_next_page: number * size < total,
    total_count: total,
  });

  it('are read several at a time, by the rows that really come, and handed on in order', async () => {
    const { client, sent, peak } = scripted(({ page: number }) =>
      later(1000 - 10 * number, reply(200, part(number, 10, 273))),
    );
    expect((await outcome(collectByBody(client))).value).toEqual(range(1, 273));
    expect(sent.map(({ path }) => path)).toEqual([
      '/rows?per_page=100',
      ...range(2, 28).map((number) => `/rows?per_page=100&page=${number}`),
    ]);
    expect(peak()).toBe(10);
  });

  it('are read one after the other without a total', async () => {
    const { client, sent, peak } = scripted(({ page: number }) => {
      const { total_count: _, ...body } = part(number, 10, 95);
      return later(100, reply(200, body));
    });
    expect((await outcome(collectByBody(client))).value).toEqual(range(1, 95));
    expect([sent.length, peak()]).toEqual([10, 1]);
  });

  it('go on as long as there is a next one, whatever the total says', async () => {
    const { client } = scripted(({ page: number }) =>
      reply(200, { ...part(number, 10, 95), total_count: 23 }),
    );
    expect((await outcome(collectByBody(client))).value).toEqual(range(1, 95));
  });

  it('are read as far as the total says, and may be empty behind the last', async () => {
    const { client } = scripted(({ page: number }) =>
      reply(200, { ...part(number, 10, 25), has_next_page: false, total_count: 60 }),
    );
    expect((await outcome(collectByBody(client))).value).toEqual(range(1, 25));
  });

  it('are asked for as long as they are full, where the body says nothing of further ones', async () => {
    for (const [size, total] of [
      [10, 34],
      [10, 40],
      [100, 250],
    ] as const) {
      const { client } = scripted(({ page: number }) => reply(200, { rows: part(number, size, total).rows }));
      expect((await outcome(collectByBody(client))).value).toEqual(range(1, total));
    }
    const { client, sent } = scripted(({ page: number }) => reply(200, { rows: part(number, 10, 7).rows }));
    expect((await outcome(collectByBody(client))).value).toEqual(range(1, 7));
    expect(sent).toHaveLength(1);
  });

  it('fail where one in the middle stays without rows', async () => {
    const { client } = scripted(({ page: number }) =>
      reply(200, number === 3 ? { rows: [], has_next_page: true } : part(number, 10, 95)),
    );
    expect((await outcome(collectByBody(client))).error?.message).toMatch(
      /page 3 of 10.*a page in the middle has no rows/,
    );
  });

  it('that bring nothing new end with an error, at once', async () => {
    const { client, sent } = scripted(() => reply(200, { rows: [1], has_next_page: true }));
    const { error } = await outcome(collectByBody(client));
    expect(error).toMatchObject({ kind: 'unreadable' });
    expect(error?.message).toContain('The pages of GET /rows (page 2) could not be followed');
    expect(sent).toHaveLength(2);
  });

  it('may repeat rows that nothing tells apart', async () => {
    const { client } = scripted(({ page: number }) =>
      reply(200, { rows: [0, 0], has_next_page: number < 5 }),
    );
    expect((await outcome(collectByBody(client))).value).toHaveLength(10);
    const mixed = scripted(({ page: number }) =>
      reply(200, { rows: [0, 7, 0, 8], has_next_page: number < 5 }),
    );
    expect((await outcome(collectByBody(mixed.client))).error?.message).toContain('(page 2)');
  });
});

describe('endless pages', () => {
  const next = (number: number) => ({
    link: `<https://x.test/?page=${number + 1}&per_page=100>; rel="next"`,
  });

  it.each([
    ['with one row', [1]],
    ['with many rows', range(1, 100)],
  ])('that repeat themselves end at the second: %s', async (_, same) => {
    const { client, sent } = scripted(({ page: number }) => reply(200, { rows: same }, next(number)));
    const { error } = await outcome(collect(client));
    expect(error?.message).toMatch(
      /page 2\) could not be followed: everything on this page was on an earlier one, so that others must be missing/,
    );
    expect(sent).toHaveLength(2);
  });

  it('end after 10,000, and a resource that announces more is not begun', async () => {
    const { client, sent } = scripted(({ page: number }) => reply(200, { rows: [number] }, next(number)));
    const { error } = await outcome(collect(client));
    expect(error?.message).toMatch(/page 10001\).*: no resource has more than 10,000 pages/);
    expect(sent).toHaveLength(10_000);
    const announced = scripted(({ page: number }) => page(number, 10_001));
    expect((await outcome(collect(announced.client))).error?.message).toContain('10,000 pages');
    expect(announced.sent).toHaveLength(1);
  });

  it('are told from a last page to which one row has moved meanwhile', async () => {
    const { client } = scripted(({ page: number }) =>
      reply(200, { rows: number === 1 ? [1, 2] : [2] }, link(number, 2)),
    );
    expect((await outcome(collect(client))).value).toEqual([1, 2, 2]);
  });
});
