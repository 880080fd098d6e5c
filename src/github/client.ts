/** One GitHub, one token: typed GET requests that either deliver what was asked or throw a GitHubError. */
import { setMaxListeners } from 'node:events';
import { GitHubError } from './errors.ts';
import { serverVersion } from './explain.ts';
import { Limiter, type Log } from './limits.ts';
import { type Paging, PER_PAGE, pages } from './pages.ts';
import { type Line, request } from './request.ts';
import { Retries } from './retry.ts';
import { createTransport, type Reply, type Send } from './transport.ts';

export type Query = Readonly<Record<string, string | number | undefined>>;

/**
 * Checks an answer's body and returns it typed. Throws (anything) when the shape is not what it should be: the
 * request is then retried like a 502, because a cut-off answer looks the same.
 */
export type Read<T> = (body: unknown) => T;

export interface Answer<T> {
  readonly data: T;
  /** The Link header's relations: `next`, `last`, … as query parameters. */
  readonly links: Readonly<Record<string, URLSearchParams>>;
}

export interface Client {
  /** The `x-github-enterprise-version` of the host, once any answer has said so. */
  readonly serverVersion: string | undefined;

  /**
   * GET one resource. `path` is relative to the base URL and already encoded, such as
   * `/enterprises/acme/license-sync-status`.
   */
  get<T>(path: string, query: Query, read: Read<T>): Promise<Answer<T>>;

  /**
   * GET every page of a resource that is paged by `Link` (`per_page=100`), several at a time, handed on in order,
   * one at a time. A page that cannot be read fails the whole, naming the page: none is ever missing. `countRows` tells
   * how many rows a page has: none before the last page is as bad as a page that cannot be read, and a full page
   * without any link may have a successor all the same.
   */
  pages<T>(path: string, query: Query, read: Read<T>, countRows: (data: T) => number): AsyncIterable<Page<T>>;
}

export interface Page<T> extends Answer<T> {
  /** 1, 2, 3, … */
  readonly number: number;
  /** How many pages there are, as far as GitHub has said. */
  readonly of: number | undefined;
}

export interface ClientOptions {
  readonly token: string;
  /** REST base URL without a trailing slash. */
  readonly apiUrl: string;
  /** `undefined`: no version header. */
  readonly apiVersion?: string | undefined;
  /** Requests in flight at most. */
  readonly concurrency: number;
  readonly log: Log;
  /** Cancels the run: what waits and what is in flight ends at once with a GitHubError `cancelled`. */
  readonly signal?: AbortSignal;
  /** What an attempt may take, headers and body together; milliseconds. */
  readonly timeout?: number;
  /** 0 ≤ random < 1, for the jitter of retries. */
  readonly random?: () => number;
  /** What sends a request, in place of the network. */
  readonly send?: Send;
}

export interface RunClient extends Client {
  /** When the token expires, once an answer has said so; `unreadable` when it has, in a form that nobody knows. */
  tokenExpiration(): Date | 'unreadable' | undefined;
  /** Attempts so far. */
  readonly requestsSent: number;
  /** Ends the connections that are kept. */
  close(): Promise<void>;
}

/** The client of a run: all its requests share one limiter, one allowance of retries and one set of connections. */
export function createClient(options: ClientOptions): RunClient {
  const { token, apiUrl, apiVersion, concurrency, log, timeout = 30_000 } = options;
  const transport = options.send
    ? { send: options.send, close: async () => {} }
    : createTransport({ token, apiUrl, apiVersion, concurrency });
  const limiter = new Limiter({ concurrency, log, timeout });
  let expiration: Date | 'unreadable' | undefined;
  let version: string | undefined;

  const learn = (reply: Reply) => {
    expiration = expirationDate(reply.headers['github-authentication-token-expiration']) ?? expiration;
    version = serverVersion(reply) ?? version;
  };
  const line: Line = {
    send: transport.send,
    limiter,
    retries: new Retries(options.random),
    log,
    learn,
    about: { apiUrl, apiVersion, token },
    timeout,
  };

  const run = new AbortController();
  setMaxListeners(0, run.signal);
  const cancel = () => run.abort(new GitHubError('cancelled', 'The run was cancelled.'));
  if (options.signal?.aborted) cancel();
  options.signal?.addEventListener('abort', cancel, { once: true });

  /** A part of the run that can be given up alone. */
  function scope() {
    const controller = new AbortController();
    setMaxListeners(0, controller.signal);
    const end = () => controller.abort(run.signal.reason);
    if (run.signal.aborted) end();
    run.signal.addEventListener('abort', end);
    return { controller, done: () => run.signal.removeEventListener('abort', end) };
  }

  return {
    get: (path, query, read) =>
      request(line, {
        path: withQuery(path, searchParams(query)),
        what: () => `GET ${path}`,
        accept: read,
        signal: run.signal,
      }),

    pages<T>(path: string, query: Query, read: Read<T>, countRows: (data: T) => number) {
      const what = (number: number, of: number | undefined) =>
        `GET ${path} (page ${number}${of === undefined ? '' : ` of ${of}`})`;
      const fetch: Paging<T, Answer<T>>['fetch'] = ({ number, query, of, check, signal }) =>
        request(line, {
          path: withQuery(path, query),
          what: () => what(number, of()),
          accept: (body, links) => {
            const data = read(body);
            check(data, links);
            return data;
          },
          signal,
        });
      return pages<T, Answer<T>>({
        query: searchParams({ ...query, per_page: PER_PAGE }),
        fetch,
        countRows,
        lookAhead: 2 * concurrency,
        need: (count) => limiter.need(count),
        broken: (number, why) =>
          new GitHubError(
            'unreadable',
            `The pages of ${what(number, undefined)} could not be followed: ${why}.`,
          ),
        scope,
      });
    },

    tokenExpiration: () => expiration,
    get serverVersion() {
      return version;
    },
    get requestsSent() {
      return limiter.requestsSent;
    },
    async close() {
      options.signal?.removeEventListener('abort', cancel);
      await transport.close();
    },
  };
}

function searchParams(query: Query): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  return parameters;
}

const withQuery = (path: string, query: URLSearchParams): string =>
  query.size === 0 ? path : `${path}?${query}`;

/** `2026-12-31 00:00:00 UTC`, ISO 8601, or with a numeric offset such as `+0200`. */
function expirationDate(header: string | undefined): Date | 'unreadable' | undefined {
  if (header === undefined || header === '') return undefined;
  const parts = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d) ?(?:UTC|GMT|Z|([+-]\d\d):?(\d\d))$/.exec(
    String(header).trim(),
  );
  if (!parts) return 'unreadable';
  const [, day, time, hours, minutes] = parts;
  const date = new Date(`${day}T${time}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`);
  return Number.isNaN(date.getTime()) ? 'unreadable' : date;
}
