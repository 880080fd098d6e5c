import http from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createClient } from '../../src/github/client.ts';
import { readProxy } from '../../src/github/proxy.ts';
import { at } from './scripted.ts';

const closers: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** A proxy that does this with every connection, and how many there were. */
async function badProxy(answer: (socket: Socket) => void) {
  const log: number[] = [];
  const sockets = new Set<Socket>();
  const server = net.createServer((socket) => {
    log.push(log.length);
    sockets.add(socket);
    socket.on('error', () => {});
    // Whatever it does, it does not go on for ever here.
    if (log.length > 100) server.close();
    answer(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, log };
}

const says = (text: string) => (socket: Socket) => socket.once('data', () => socket.end(text));
const closed = async () => {
  const { host } = await badProxy(() => {});
  await closers.pop()?.();
  return { host, log: [] };
};

interface Kind {
  readonly proxy?: () => Promise<{ host: string; log: readonly number[] }>;
  readonly variable?: (host: string) => string;
  readonly connections: number;
  readonly kind: string;
  readonly message: RegExp;
}

const KINDS: Record<string, Kind> = {
  'closes the connection without an answer': {
    proxy: () => badProxy((socket) => socket.once('data', () => socket.end())),
    connections: 5,
    kind: 'network',
    message:
      /after 5 attempts: the proxy HOST closed the connection without an answer\. Check that `https_proxy`/,
  },
  'closes the connection at once': {
    proxy: () => badProxy((socket) => socket.end()),
    connections: 5,
    kind: 'network',
    message: /the proxy HOST closed the connection without an answer/,
  },
  'resets the connection': {
    proxy: () => badProxy((socket) => socket.once('data', () => socket.resetAndDestroy())),
    connections: 5,
    kind: 'network',
    message: /the proxy HOST closed the connection without an answer/,
  },
  'closes the connection after half an answer': {
    proxy: () => badProxy(says('HTTP/1.1 20')),
    connections: 5,
    kind: 'network',
    message: /the proxy HOST closed the connection without an answer/,
  },
  'closes the tunnel once it is made': {
    proxy: () => badProxy(says('HTTP/1.1 200 OK\r\n\r\n')),
    connections: 5,
    kind: 'network',
    message: /the connection to github\.invalid broke or could not be made/,
  },
  'never answers': {
    proxy: () => badProxy(() => {}),
    connections: 2,
    kind: 'network',
    message:
      /after 2 attempts: the proxy HOST took too long over a tunnel to github\.invalid\. Check `https_proxy`/,
  },
  'answers nonsense': {
    proxy: () => badProxy(says('SSH-2.0-OpenSSH\r\n')),
    connections: 5,
    kind: 'network',
    message: /the connection to the proxy HOST broke or could not be made \(HPE_/,
  },
  'refuses connections': {
    proxy: closed,
    connections: 0,
    kind: 'network',
    message:
      /after 5 attempts: the proxy HOST refuses connections \(ECONNREFUSED\)\. Check host and port in `https_proxy`\.$/,
  },
  'refuses connections and is named without a scheme': {
    proxy: closed,
    variable: (host) => host,
    connections: 0,
    kind: 'network',
    message:
      /the proxy HOST refuses.*`https_proxy` says neither http:\/\/ nor https:\/\/, and was read as http:\/\/\./,
  },
  'answers 403': {
    proxy: () => badProxy(says('HTTP/1.1 403 Forbidden\r\n\r\n')),
    connections: 1,
    kind: 'proxy',
    message: /the proxy HOST refused the connection to github\.invalid \(403\)\. Have it allow this host/,
  },
  'answers 407': {
    proxy: () => badProxy(says('HTTP/1.1 407 Authenticate\r\n\r\n')),
    connections: 1,
    kind: 'proxy',
    message: /the proxy HOST asks for a login \(407\)\. Write it into `https_proxy`/,
  },
  'answers 407 to a login': {
    proxy: () => badProxy(says('HTTP/1.1 407 Authenticate\r\n\r\n')),
    variable: (host) => `http://mona:s3cr%40t@${host}`,
    connections: 1,
    kind: 'proxy',
    message: /the proxy HOST does not accept the login \(407\) that stands in `https_proxy`/,
  },
  'answers 502': {
    proxy: () => badProxy(says('HTTP/1.1 502 Bad Gateway\r\n\r\n')),
    connections: 5,
    kind: 'network',
    message: /after 5 attempts: the proxy HOST did not get through to github\.invalid \(502\)/,
  },
  'speaks no TLS although the variable says https': {
    proxy: () => badProxy(says('HTTP/1.1 400 Bad Request\r\n\r\n')),
    variable: (host) => `https://${host}`,
    connections: 1,
    kind: 'tls',
    message: /the secure connection to the proxy HOST could not be made.*write http:\/\/ into `https_proxy`/,
  },
  'has no such name': {
    variable: () => 'http://mona:s3cr%40t@proxy.invalid:8080',
    connections: 0,
    kind: 'dns',
    message: /the name of the proxy proxy\.invalid:8080 could not be resolved/,
  },
};

describe('a proxy that', () => {
  test.each(Object.entries(KINDS))('%s', async (_, { proxy, variable, connections, kind, message }) => {
    const { host, log } = (await proxy?.()) ?? { host: '', log: [] };
    vi.stubEnv('https_proxy', variable?.(host) ?? `http://${host}`);
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const lines: string[] = [];
    const line = (text: string) => void lines.push(text);
    const client = createClient({
      token: 'ghp_secret',
      apiUrl: 'https://github.invalid/api/v3',
      concurrency: 4,
      timeLimits: { headers: 1000, chunk: 1000, attempt: 5000, request: 60_000 },
      log: { info: line, debug: line },
    });
    closers.push(() => client.close());
    const error = await client.get(at('/x')).catch((caught) => caught);
    expect(error.message).toMatch(new RegExp(message.source.replace('HOST', host.replaceAll('.', '\\.'))));
    expect(error.kind).toBe(kind);
    expect(log).toHaveLength(connections);
    expect(`${error.stack}${lines}${JSON.stringify(error)}`).not.toMatch(/s3cr|mona/);
  });
});

describe('the proxy of a host', () => {
  const HOST = 'https://api.github.test/x';
  const read = (env: Record<string, string>, url = HOST) => {
    // What decides about no_proxy reads the environment itself.
    for (const name of ['no_proxy', 'NO_PROXY']) vi.stubEnv(name, env[name] ?? '');
    return readProxy(url, env);
  };

  test.each([
    [{ https_proxy: 'http://proxy.test:8080' }, 'http://proxy.test:8080/', undefined],
    [{ HTTPS_PROXY: 'https://proxy.test' }, 'https://proxy.test/', undefined],
    [{ https_proxy: ' proxy.test:8080 ' }, 'http://proxy.test:8080/', undefined],
    [{ https_proxy: '10.0.0.1:8080' }, 'http://10.0.0.1:8080/', undefined],
    [{ https_proxy: '[::1]:8080' }, 'http://[::1]:8080/', undefined],
    [{ https_proxy: 'mona:pass@proxy.test:8080' }, 'http://proxy.test:8080/', 'mona:pass'],
    [{ https_proxy: 'http://mona:p%40ss@proxy.test:8080/x' }, 'http://proxy.test:8080/', 'mona:p@ss'],
    [{ https_proxy: 'http://mona:100%@proxy.test' }, 'http://proxy.test/', 'mona:100%'],
    [{ https_proxy: 'http://mona@proxy.test' }, 'http://proxy.test/', 'mona:'],
  ])('%j is %s with the login %j', (env, url, login) => {
    const proxy = read(env);
    expect(proxy?.url.href).toBe(url);
    const basic = login === undefined ? undefined : `Basic ${Buffer.from(login).toString('base64')}`;
    expect(proxy?.authorization).toBe(basic);
  });

  test.each([
    [{}],
    [{ https_proxy: '', HTTPS_PROXY: ' ' }],
    [{ http_proxy: 'http://proxy.test' }],
    [{ https_proxy: 'socks5://proxy.test', no_proxy: '.github.test' }],
  ])('is none: %j', (env) => {
    expect(read(env)).toBeUndefined();
  });

  test('is none for a loopback address', () => {
    expect(read({ http_proxy: '::' }, 'http://127.0.0.1:80')).toBeUndefined();
  });

  test.each([
    ['socks5://mona:s3cret@proxy.test:1080', /^`https_proxy` names a proxy of the kind socks5:/],
    ['SOCKS5h://mona:s3cret@proxy.test:1080', /^`https_proxy` names a proxy of the kind socks5h:/],
    ['ftp://mona:s3cret@proxy.test', /of the kind ftp:/],
    ['http://', /^`https_proxy` is no URL of a proxy\. Write it like http:\/\/proxy\.example\.com:8080/],
    ['http://mona:s3cret@', /is no URL of a proxy/],
    ['http://mona:s3cret@proxy test:8080', /is no URL of a proxy/],
    ['proxy.test:s3cret', /is no URL of a proxy/],
  ])('%j cannot be used, and its login is not shown', (https_proxy, message) => {
    expect(() => read({ https_proxy })).toThrow(message);
    expect(() => read({ https_proxy })).not.toThrow(/s3cret|mona/);
  });
});

test('a client goes through the proxy that the environment names', async () => {
  const asked: string[] = [];
  const server = http.createServer().on('connect', ({ url }, socket) => {
    asked.push(String(url));
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  vi.stubEnv('https_proxy', `127.0.0.1:${(server.address() as AddressInfo).port}`);
  const log = { info: () => {}, debug: () => {} };
  const client = createClient({ token: 'x', apiUrl: 'https://api.github.test', concurrency: 1, log });
  closers.push(() => client.close());
  await expect(client.get(at('/x'))).rejects.toThrow('refused the connection to api.github.test (403)');
  expect(asked).toEqual(['api.github.test:443']);
});
