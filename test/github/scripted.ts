/** A client whose answers are scripted, for tests that move the clock themselves. */
import { vi } from 'vitest';
import { type ClientOptions, createClient, type RunClient } from '../../src/github/client.ts';
import type { Access, Query, Resource } from '../../src/github/resource.ts';
import type { Reply, Send } from '../../src/github/transport.ts';

/** As the transport delivers it: text for 2xx, parsed JSON for errors. */
export function reply(status: number, body: unknown = {}, headers: Reply['headers'] = {}): Reply {
  return { status, headers, body: status < 300 && typeof body !== 'string' ? JSON.stringify(body) : body };
}

export interface Sent {
  readonly path: string;
  readonly at: number;
  readonly page: number;
}

export interface Scripted {
  readonly client: RunClient;
  /** Every attempt, in the order of sending. */
  readonly sent: Sent[];
  readonly lines: string[];
  /** The most attempts that were in flight at once. */
  readonly peak: () => number;
}

/** `answer` is asked for each attempt: a reply, an error to throw, or a promise of either. */
export function scripted(
  answer: (sent: Sent, index: number, signal: AbortSignal) => Reply | Error | Promise<Reply | Error>,
  { random = 0.5, ...options }: Partial<ClientOptions> & { random?: number } = {},
): Scripted {
  vi.spyOn(Math, 'random').mockReturnValue(random);
  const sent: Sent[] = [];
  const lines: string[] = [];
  let inFlight = 0;
  let peak = 0;
  const send: Send = async (path, signal) => {
    const page = Number(new URLSearchParams(path.split('?')[1]).get('page') ?? 1);
    const one = { path, at: Date.now(), page };
    sent.push(one);
    inFlight += 1;
    peak = Math.max(peak, inFlight);
    try {
      const aborted = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
      const outcome = await Promise.race([aborted, answer(one, sent.length - 1, signal)]);
      if (outcome instanceof Error) throw outcome;
      return outcome;
    } finally {
      inFlight -= 1;
    }
  };
  const log = (line: string) => void lines.push(line);
  const client = createClient({
    token: 'ghp_secret',
    apiUrl: 'https://api.github.test',
    apiVersion: '2022-11-28',
    concurrency: 10,
    log: { info: log, debug: () => {} },
    ...options,
    send,
  });
  return { client, sent, lines, peak: () => peak };
}

/** Runs the faked clock until nothing waits any more, then says how the promise ended. */
export async function outcome<T>(promise: Promise<T>): Promise<{ value?: T; error?: Error }> {
  const settled = promise.then(
    (value) => ({ value }),
    (error: Error) => ({ error }),
  );
  await vi.runAllTimersAsync();
  return settled;
}

export const later = <T>(milliseconds: number, value: T): Promise<T> =>
  new Promise((resolve) => setTimeout(() => resolve(value), milliseconds));

/** The `Link` header of page `number` of `last`. */
export function link(number: number, last: number): Record<string, string> {
  const to = (page: number, rel: string) =>
    `<https://api.github.test/enterprises/1/consumed-licenses?per_page=100&page=${page}>; rel="${rel}"`;
  const links = [
    ...(number > 1 ? [to(number - 1, 'prev'), to(1, 'first')] : []),
    ...(number < last ? [to(number + 1, 'next'), to(last, 'last')] : []),
  ];
  return links.length > 0 ? { link: links.join(', ') } : {};
}

/** Rows of an answer `{rows: […]}`. */
export const rows = (body: unknown): number[] => {
  const { rows } = body as { rows: number[] };
  if (!Array.isArray(rows)) throw new Error('rows: expected an array');
  return rows;
};

export const ACCESS: Access = { scope: 'read:enterprise', role: 'an owner', enterprise: 'acme' };

/** A resource whose answers are `{rows: […]}`. */
export const at = (path: string, query: Query = {}): Resource<number[]> => ({
  path,
  query,
  read: rows,
  access: ACCESS,
});

/** Rows are told apart by their values. */
export const BY_VALUE = { rows: (page: number[]) => page, key: String };

/** Page `number` of `last`, with its own number as its one row. */
export const page = (number: number, last: number, headers: Reply['headers'] = {}): Reply =>
  reply(200, { rows: [number] }, { ...link(number, last), ...headers });

export async function collect(client: RunClient, path = '/rows'): Promise<number[]> {
  const all: number[] = [];
  for await (const { data } of client.pages(at(path), BY_VALUE)) all.push(...data);
  return all;
}

export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
