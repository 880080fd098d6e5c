/** One request, one answer, over connections that are kept and reused. */
import { Agent, type Dispatcher, fetch } from 'undici';
import { createProxyDispatcher, readProxy } from './proxy.ts';

export interface Reply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
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
  /** Connections at most. */
  readonly concurrency: number;
}

/** What the making of a connection may take, milliseconds. */
const CONNECTING = 60_000;

/**
 * Opens no connection by itself; `close` ends those that were kept, and what is in flight on them.
 *
 * @throws GitHubError `proxy` where the environment names a proxy that cannot be used
 */
export function createTransport(options: TransportOptions): { send: Send; close: () => Promise<void> } {
  const { apiUrl, token, apiVersion, concurrency } = options;
  const proxy = readProxy(apiUrl);
  const dispatcher: Dispatcher = proxy
    ? createProxyDispatcher(proxy, concurrency, CONNECTING)
    : new Agent({ connections: concurrency, connect: { timeout: CONNECTING } });
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `token ${token}`,
    'user-agent': 'enterprise-license-report',
    ...(apiVersion !== undefined && { 'x-github-api-version': apiVersion }),
  };

  async function send(path: string, signal: AbortSignal): Promise<Reply> {
    // A redirect is never followed: it could carry the token to another host.
    const response = await fetch(apiUrl + path, { headers, redirect: 'manual', dispatcher, signal });
    const text = await response.text();
    const { status } = response;
    return {
      status,
      headers: Object.fromEntries(response.headers),
      body: status < 400 ? text : parsed(text),
    };
  }

  return { send, close: () => dispatcher.destroy() };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
