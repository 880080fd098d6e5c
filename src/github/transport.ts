/** One request, one answer: Octokit's authentication and headers over connections that are kept and reused. */
import { text } from 'node:stream/consumers';
import { getOctokit } from '@actions/github';
import { HttpClient } from '@actions/http-client';
import { Agent, type Dispatcher, fetch } from 'undici';
import { GitHubError } from './errors.ts';

export interface Reply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  /** The text of the body; where the status is an error, parsed when it was JSON. */
  readonly body: unknown;
}

/** Sends one GET for `path`, which is relative to the base URL and carries its query. Throws when there is no answer. */
export type Send = (path: string, signal: AbortSignal) => Promise<Reply>;

export interface TransportOptions {
  readonly apiUrl: string;
  readonly token: string;
  /** `undefined`: no version header. */
  readonly apiVersion: string | undefined;
  readonly userAgent: string;
  /** Connections at most. */
  readonly concurrency: number;
}

/**
 * The dispatcher of `@actions/http-client` for this host where the environment names a proxy (`https_proxy`,
 * `no_proxy`), else a pool of kept connections. `getOctokit` would choose by `GITHUB_API_URL` and not by `apiUrl`.
 */
function dispatcherFor({ apiUrl, concurrency }: TransportOptions): Dispatcher {
  const proxied = new HttpClient(undefined, [], { keepAlive: true }).getAgentDispatcher(apiUrl);
  return (proxied as Dispatcher | undefined) ?? new Agent({ connections: concurrency });
}

/** Opens no connection by itself; `close` ends those that were kept, and what is in flight on them. */
export function createTransport(options: TransportOptions): { send: Send; close: () => Promise<void> } {
  const dispatcher = dispatcherFor(options);
  const quiet = () => {};
  const octokit = getOctokit(options.token, {
    baseUrl: options.apiUrl,
    userAgent: options.userAgent,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  const headers = {
    accept: 'application/vnd.github+json',
    ...(options.apiVersion !== undefined && { 'x-github-api-version': options.apiVersion }),
  };
  const request = {
    fetch: (url: string, init: object) => fetch(url, { ...init, dispatcher }),
    log: { warn: quiet },
    // Octokit's parser is slow, and turns a body that was cut off into an empty text without an error.
    parseSuccessResponseBody: false,
    // A redirect is never followed: it could carry the token to another host.
    redirect: 'manual' as const,
  };

  async function send(path: string, signal: AbortSignal): Promise<Reply> {
    // `fetch` would refuse it as well, with a message that quotes the token.
    if (!/^[\x21-\x7e]+$/.test(options.token)) {
      throw new GitHubError(
        'unauthorized',
        'The `token` input holds a line break, a space or another character that no token has. Enter the secret again.',
      );
    }
    try {
      const {
        status,
        headers: received,
        data,
      } = await octokit.request({
        method: 'GET',
        url: path,
        headers,
        request: { ...request, signal },
      });
      return { status, headers: received, body: data ? await text(data) : '' };
    } catch (error) {
      const { response, cause } = error as { response?: Reply & { data: unknown }; cause?: unknown };
      if (response) return { status: response.status, headers: response.headers, body: response.data };
      // Octokit wraps what `fetch` threw, with the whole request in it; the cause alone says what happened.
      throw cause ?? error;
    }
  }

  return { send, close: () => dispatcher.destroy() };
}
