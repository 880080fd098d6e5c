/**
 * The proxy that the environment names, as the runner reads it:
 * https://docs.github.com/en/actions/how-tos/manage-runners/use-proxy-servers
 */
import { checkBypass } from '@actions/http-client/lib/proxy';
import { type Dispatcher, Pool, ProxyAgent } from 'undici';
import { excerpt, GitHubError } from './errors.ts';

export interface Proxy {
  /** The variable that names it, such as `https_proxy`. */
  readonly variable: string;
  /** Without its login. */
  readonly url: URL;
  /** `Proxy-Authorization`, where the variable has a login. */
  readonly authorization: string | undefined;
  /** Whether the variable says `http://` or `https://` itself. */
  readonly hasScheme: boolean;
}

/**
 * The proxy for requests to this base URL, if they take one.
 *
 * @throws GitHubError `proxy` where the variable names none that can be used; never quotes its login
 */
export function readProxy(apiUrl: string, env: NodeJS.ProcessEnv = process.env): Proxy | undefined {
  const target = new URL(apiUrl);
  const name = target.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const variable = [name, name.toUpperCase()].find((each) => (env[each]?.trim() ?? '') !== '');
  if (variable === undefined || checkBypass(target)) return undefined;

  const value = (env[variable] as string).trim();
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(value)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    throw new GitHubError(
      'proxy',
      `\`${variable}\` names a proxy of the kind ${excerpt(scheme, '', 20)}:, and the action knows only http: and https: ` +
        'ones. Write the URL of a proxy for HTTP, such as http://proxy.example.com:8080, or have `no_proxy` name the host.',
    );
  }
  const url = URL.parse(scheme === undefined ? `http://${value}` : value);
  if (!url || url.hostname === '') {
    throw new GitHubError(
      'proxy',
      `\`${variable}\` is no URL of a proxy. Write it like http://proxy.example.com:8080, with special characters of ` +
        'the login percent-encoded.',
    );
  }
  const login = [url.username, url.password].map(decoded).join(':');
  const authorization = login === ':' ? undefined : `Basic ${Buffer.from(login).toString('base64')}`;
  return { variable, url: new URL(url.origin), authorization, hasScheme: scheme !== undefined };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** There is no tunnel through the proxy. */
export class TunnelError extends Error {
  override readonly name = 'TunnelError';
  readonly proxy: Proxy;
  /** What the proxy refused it with, if it answered. */
  readonly status: number | undefined;

  constructor(proxy: Proxy, { status, cause }: { status?: number; cause?: unknown }) {
    super(status === undefined ? 'the proxy gave no answer' : `the proxy answered ${status}`, { cause });
    this.proxy = proxy;
    this.status = status;
  }
}

/**
 * Sends through tunnels (`CONNECT`), with so many connections at most. `timeout` is for the making of one, milliseconds.
 * `isHanging` says whether a tunnel has been waited for most of that time.
 */
export function createProxyDispatcher(
  proxy: Proxy,
  connections: number,
  timeout: number,
): { dispatcher: Dispatcher; isHanging: () => boolean } {
  const pending = new Set<{ since: number }>();
  /**
   * Makes an error of its own of every tunnel that fails: undici takes a proxy that closes the connection for a
   * hiccup, and connects again at once, thousands of times a second, as long as the request waits.
   */
  class Tunnels extends Pool {
    override connect(options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData>;
    override connect(...parameters: Parameters<Pool['connect']>): void;
    override async connect(options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> {
      const begun = { since: Date.now() };
      pending.add(begun);
      const tunnel = await super
        .connect(options)
        .catch((cause: unknown) => {
          throw new TunnelError(proxy, { cause });
        })
        .finally(() => pending.delete(begun));
      if (tunnel.statusCode === 200) return tunnel;
      tunnel.socket.on('error', () => {}).destroy();
      throw new TunnelError(proxy, { status: tunnel.statusCode });
    }
  }
  const dispatcher = new ProxyAgent({
    uri: proxy.url.href,
    ...(proxy.authorization !== undefined && { token: proxy.authorization }),
    connections,
    proxyTls: { timeout },
    requestTls: { timeout },
    clientFactory: (origin, options) => new Tunnels(origin, { ...options, headersTimeout: timeout }),
  });
  const isHanging = () => [...pending].some(({ since }) => Date.now() - since > timeout / 2);
  return { dispatcher, isHanging };
}
