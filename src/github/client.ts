/** One GitHub, one token: typed GET requests that either deliver what was asked or throw a GitHubError. */
import { serverVersion } from './explain.ts';
import { Limiter } from './limits/limiter.ts';
import { type Page, type Paging, readPages } from './pages.ts';
import { type Line, request } from './request.ts';
import { pathOf, type Resource, searchParams } from './resource.ts';
import { Retries } from './retry.ts';
import { TIME_LIMITS, type TimeLimits } from './time-limits.ts';
import { createTransport, type Reply, type Send } from './transport.ts';

export interface Client {
  /** The `x-github-enterprise-version` of the host, once any answer has said so. */
  readonly serverVersion: string | undefined;

  /** @throws GitHubError */
  get<T>(resource: Resource<T>): Promise<T>;

  /**
   * Every page of a resource, several at a time, handed on in order, one at a time. A page that cannot be read, one in
   * the middle without rows, and one that brings nothing new fail the whole, naming the page: none is ever missing.
   * `paging` says what the rows are, what tells them apart, and where the body tells of further pages instead of `Link`.
   */
  pages<T, Row>(resource: Resource<T>, paging: Paging<T, Row>): AsyncIterable<Page<T>>;
}

export interface ClientOptions {
  readonly token: string;
  /** REST base URL without a trailing slash. */
  readonly apiUrl: string;
  /** `undefined`: no version header. */
  readonly apiVersion?: string | undefined;
  /** Requests in flight at most. */
  readonly concurrency: number;
  /** When given, errors do not repeat what GitHub says, which can be about people. */
  readonly redactKey?: string | undefined;
  readonly log: { readonly info: (line: string) => void; readonly debug: (line: string) => void };
  readonly timeLimits?: TimeLimits;
  /** What sends a request, in place of the network. */
  readonly send?: Send;
}

export interface RunClient extends Client {
  /** When the token expires, once an answer has said so; `unreadable` when it has, in a form that nobody knows. */
  tokenExpiration(): Date | 'unreadable' | undefined;
  /** Ends the connections that are kept, and what is in flight on them. */
  close(): Promise<void>;
}

/**
 * The client of a run: all its requests share one limiter, one allowance of retries and one set of connections.
 *
 * @throws GitHubError `proxy` where the environment names a proxy that cannot be used
 */
export function createClient(options: ClientOptions): RunClient {
  const { token, apiUrl, apiVersion, concurrency, log, timeLimits = TIME_LIMITS } = options;
  const transport = options.send
    ? { send: options.send, close: async () => {} }
    : createTransport({ token, apiUrl, apiVersion, concurrency, connecting: timeLimits.headers });
  let expiration: Date | 'unreadable' | undefined;
  let version: string | undefined;

  const line: Line = {
    send: transport.send,
    limiter: new Limiter(concurrency, log.info),
    retries: new Retries(),
    timeLimits,
    debug: log.debug,
    recordReply(reply: Reply) {
      expiration = expirationDate(reply.headers['github-authentication-token-expiration']) ?? expiration;
      version = serverVersion(reply) ?? version;
    },
    host: { apiUrl, apiVersion, token, quotesGitHub: options.redactKey === undefined },
  };

  return {
    get: ({ path, query = {}, read, access }) =>
      request(line, {
        path: pathOf(path, searchParams(query)),
        access,
        describe: () => `GET ${path}`,
        accept: read,
      }),
    pages: (resource, paging) => readPages(line, resource, paging, 2 * concurrency),
    tokenExpiration: () => expiration,
    get serverVersion() {
      return version;
    },
    close: transport.close,
  };
}

/** `2026-12-31 00:00:00 UTC`, ISO 8601, or with a numeric offset such as `+0200`. */
function expirationDate(header: string | undefined): Date | 'unreadable' | undefined {
  if (header === undefined || header === '') return undefined;
  const parts = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d) ?(?:UTC|GMT|Z|([+-]\d\d):?(\d\d))$/.exec(
    header.trim(),
  );
  if (!parts) return 'unreadable';
  const [, day, time, hours, minutes] = parts;
  const date = new Date(`${day}T${time}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`);
  return Number.isNaN(date.getTime()) ? 'unreadable' : date;
}
