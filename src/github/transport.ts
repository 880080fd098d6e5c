/** One request, one answer, over connections that are kept and reused. */
import { constants } from 'node:buffer';
import { Agent, fetch } from 'undici';
import { createProxyDispatcher, readProxy, TunnelError } from './proxy.ts';

export interface Reply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The text of the body; where the status is an error, parsed when it was JSON. */
  readonly body: unknown;
}

/**
 * Sends one GET for `path`, which is relative to the base URL and carries its query. Calls `heard` for the headers and
 * for each piece of the body. Throws when there is no answer, and the reason of `signal` soon after it aborts.
 */
export type Send = (path: string, signal: AbortSignal, heard: () => void) => Promise<Reply>;

/** An answer that no text of Node.js can hold. */
export class TooLongError extends Error {}

export interface TransportOptions {
  readonly apiUrl: string;
  readonly token: string;
  /** `undefined`: no version header. */
  readonly apiVersion: string | undefined;
  /** Connections at most. */
  readonly concurrency: number;
  /** What the making of a connection may take, milliseconds. */
  readonly connecting: number;
  /** Characters of the longest body; by default those of Node's longest string. */
  readonly longest?: number | undefined;
}

/**
 * Opens no connection by itself; `close` ends those that were kept, and what is in flight on them.
 *
 * @throws GitHubError `proxy` where the environment names a proxy that cannot be used
 */
export function createTransport(options: TransportOptions): { send: Send; close: () => Promise<void> } {
  const { apiUrl, token, apiVersion, concurrency, connecting } = options;
  const { longest = constants.MAX_STRING_LENGTH } = options;
  const proxy = readProxy(apiUrl);
  const tunnels = proxy && createProxyDispatcher(proxy, concurrency, connecting);
  const dispatcher =
    tunnels?.dispatcher ?? new Agent({ connections: concurrency, connect: { timeout: connecting } });
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `token ${token}`,
    'user-agent': 'enterprise-license-report',
    ...(apiVersion !== undefined && { 'x-github-api-version': apiVersion }),
  };

  async function send(path: string, signal: AbortSignal, heard: () => void): Promise<Reply> {
    try {
      // A redirect is never followed: it could carry the token to another host.
      const response = await fetch(apiUrl + path, { headers, redirect: 'manual', dispatcher, signal });
      heard();
      const text = await readText(response.body ?? [], longest, heard);
      const { status } = response;
      return {
        status,
        headers: Object.fromEntries(response.headers),
        body: status < 400 ? text : parsed(text),
      };
    } catch (error) {
      throw proxy && tunnels?.isHanging() && signal.aborted
        ? new TunnelError(proxy, { cause: error })
        : error;
    }
  }

  return { send, close: () => dispatcher.destroy() };
}

async function readText(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  longest: number,
  heard: () => void,
) {
  const decoder = new TextDecoder();
  let text = '';
  const add = (piece: string) => {
    if (text.length + piece.length > longest) throw new TooLongError();
    text += piece;
  };
  for await (const chunk of body) {
    heard();
    add(decoder.decode(chunk, { stream: true }));
  }
  add(decoder.decode());
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
