import { readFileSync } from 'node:fs';
import http, { type IncomingMessage, type RequestListener, type Server } from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ClientOptions, createClient } from '../../src/github/client.ts';
import type { TimeLimits } from '../../src/github/time-limits.ts';
import { createTransport } from '../../src/github/transport.ts';
import { at, collect, link, range } from './scripted.ts';

const closers: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

async function listen(server: Server | net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    (server as Server).closeAllConnections?.();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

const serve = (listener: RequestListener) => listen(http.createServer(listener));

/** Retries at once: what is tested here is the network. */
function connect(apiUrl: string, options: Partial<ClientOptions> = {}) {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const client = createClient({
    token: 'ghp_secret',
    apiUrl,
    apiVersion: '2022-11-28',
    concurrency: 4,
    log: { info: log, debug: log },
    ...options,
  });
  closers.push(() => client.close());
  return { client, lines };
}

const page = (request: IncomingMessage): number =>
  Number(new URL(request.url ?? '', 'http://x').searchParams.get('page') ?? 1);

describe('a request', () => {
  it('carries the token, the version, the media type, and asks for compression', async () => {
    let received: IncomingMessage | undefined;
    const port = await serve((request, response) => {
      received = request;
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end('{"rows":[1]}');
    });
    const { client } = connect(`http://127.0.0.1:${port}/api/v3`);
    expect(await client.get(at('/enterprises/a%2Fb/x', { per_page: 100 }))).toEqual([1]);
    expect(received?.url).toBe('/api/v3/enterprises/a%2Fb/x?per_page=100');
    expect(received?.headers).toMatchObject({
      authorization: 'token ghp_secret',
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
      'accept-encoding': expect.stringContaining('gzip'),
      'user-agent': 'enterprise-license-report',
    });
  });

  it('carries no version header where none is wanted', async () => {
    let received: IncomingMessage | undefined;
    const port = await serve((request, response) => {
      received = request;
      response.end('{"rows":[]}');
    });
    await connect(`http://127.0.0.1:${port}`, { apiVersion: undefined }).client.get(at('/x'));
    expect(received?.headers).not.toHaveProperty('x-github-api-version');
  });

  it('reuses connections: no more than there are requests in flight', async () => {
    let connections = 0;
    const server = http.createServer((request, response) => {
      const number = page(request);
      response.writeHead(200, link(number, 100)).end(JSON.stringify({ rows: [number] }));
    });
    server.on('connection', () => {
      connections += 1;
    });
    const { client } = connect(`http://127.0.0.1:${await listen(server)}`);
    expect(await collect(client)).toEqual(range(1, 100));
    expect(connections).toBeLessThanOrEqual(4);
  });

  it('with a token that no header can hold fails without showing it', async () => {
    const port = await serve((_, response) => response.end('{}'));
    const { client, lines } = connect(`http://127.0.0.1:${port}`, { token: 'ghp_se\nqzx' });
    const error = await client.get(at('/x')).catch((caught) => caught);
    expect(`${error.message}${error.stack}${error.cause}${lines}`).not.toContain('qzx');
  });
});

describe('an answer', () => {
  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('is unpacked: %s', async (encoding, compress) => {
    const port = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(compress('{"rows":["ä€😀"]}'));
    });
    expect(await connect(`http://127.0.0.1:${port}`).client.get(at('/x'))).toEqual(['ä€😀']);
  });

  it('keeps characters whole that are cut by its chunks', async () => {
    const port = await serve(async (_, response) => {
      const body = Buffer.from('{"rows":["ä€😀"]}');
      for (const byte of body) {
        response.write(Buffer.of(byte));
        await new Promise(setImmediate);
      }
      response.end();
    });
    expect(await connect(`http://127.0.0.1:${port}`).client.get(at('/x'))).toEqual(['ä€😀']);
  });

  it.each<[string, RequestListener]>([
    ['reset before the headers', (request) => request.socket.destroy()],
    [
      'reset within the body',
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"rows":', () => response.destroy());
      },
    ],
    [
      'cut off where it ends by the end of the connection',
      (_, response) => {
        response.writeHead(200, { connection: 'close' });
        response.end('{"rows":[1');
      },
    ],
    [
      'cut off within its gzip',
      (_, response) => {
        const packed = gzipSync(JSON.stringify({ rows: range(1, 1000) }));
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed.subarray(0, packed.length / 2));
      },
    ],
    ['no HTTP', (request) => request.socket.end('nonsense\r\n\r\n')],
    ['headers that hang', () => {}],
    ['a body that hangs', (_, response) => void response.writeHead(200).write('{"rows":[')],
    ['empty', (_, response) => response.end()],
    ['204', (_, response) => response.writeHead(204).end()],
    [
      '502 with HTML',
      (_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<html>'),
    ],
    [
      '503 of a content type that is none',
      (_, response) => response.writeHead(503, { 'content-type': ';;' }).end('x'),
    ],
  ])('that is broken is asked for again: %s', async (_, broken) => {
    let requests = 0;
    const port = await serve((request, response) => {
      requests += 1;
      const number = page(request);
      if (requests % 3 === 2) broken(request, response);
      else response.writeHead(200, link(number, 10)).end(JSON.stringify({ rows: [number] }));
    });
    const { client } = connect(`http://127.0.0.1:${port}`, {
      timeLimits: { headers: 150, chunk: 150, attempt: 5000, request: 60_000 },
    });
    expect(await collect(client)).toEqual(range(1, 10));
    expect(requests).toBeGreaterThan(10);
  });

  it('that no text can hold is refused as such, once', async () => {
    let requests = 0;
    const port = await serve((_, response) => {
      requests += 1;
      response.end(JSON.stringify({ rows: range(1, 1000) }));
    });
    const { send, close } = createTransport({
      apiUrl: `http://127.0.0.1:${port}`,
      token: 'x',
      apiVersion: undefined,
      concurrency: 1,
      connecting: 5000,
      longest: 1000,
    });
    closers.push(close);
    const error = await connect('http://127.0.0.1', { send })
      .client.get(at('/x'))
      .catch((caught) => caught);
    expect(error).toMatchObject({ kind: 'too-long' });
    expect(error).toHaveProperty(
      'message',
      expect.stringMatching(/^GitHub's answer to GET \/x is longer than the 512 MB.*Leave the report/),
    );
    expect(requests).toBe(1);
  });

  it.each<[string, RequestListener, Partial<TimeLimits>, RegExp, number]>([
    ['says nothing', () => {}, {}, /after 2 attempts: nothing came within 1 second, connecting included/, 2],
    [
      'stops in the middle',
      (_, response) => void response.writeHead(200).write('{'),
      {},
      /after 5 attempts: it began, and then nothing came for 1 second/,
      5,
    ],
    [
      'trickles without end',
      (_, response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
      },
      { attempt: 200 },
      /after 5 attempts: it was not complete after 1 second\./,
      5,
    ],
    [
      'trickles without end, for as long as a request may take',
      (_, response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
      },
      { attempt: 200, request: 300 },
      /after 2 attempts: it was not complete after 1 second, repetitions and waits included/,
      2,
    ],
  ])('that %s meets the time limit that is named', async (_, answer, given, message, attempts) => {
    let requests = 0;
    const port = await serve((request, response) => {
      requests += 1;
      answer(request, response);
    });
    const timeLimits = { headers: 100, chunk: 100, attempt: 60_000, request: 60_000, ...given };
    const { client } = connect(`http://127.0.0.1:${port}`, { timeLimits });
    const error = await client.get(at('/x')).catch((caught) => caught);
    expect(error).toHaveProperty('message', expect.stringMatching(message));
    expect(requests).toBe(attempts);
  });

  it('that redirects is not followed, and the token goes nowhere', async () => {
    const visits: unknown[] = [];
    const other = await serve((request, response) => {
      visits.push(request.headers);
      response.end('{"rows":[]}');
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const port = await serve((_, response) =>
        response.writeHead(status, { location: `http://127.0.0.1:${other}/x` }).end(),
      );
      const error = await connect(`http://127.0.0.1:${port}`)
        .client.get(at('/x'))
        .catch((caught) => caught);
      expect(error).toMatchObject({ kind: 'not-github', status });
      expect(error.message).toContain(`redirects to http://127.0.0.1:${other}/x`);
    }
    expect(visits).toEqual([]);
  });

  it('that echoes the token does not bring it into the message', async () => {
    const port = await serve((request, response) =>
      response
        .writeHead(422, { 'content-type': 'application/json' })
        .end(JSON.stringify({ message: `Got ${request.headers.authorization}` })),
    );
    const error = await connect(`http://127.0.0.1:${port}`)
      .client.get(at('/x'))
      .catch((caught) => caught);
    expect(error.message).toContain('“Got token ***”');
    expect(`${error.stack}${JSON.stringify(error)}`).not.toContain('ghp_secret');
  });
});

describe('the connection', () => {
  it('that is refused is told as such', async () => {
    const server = net.createServer();
    const port = await listen(server);
    await closers.pop()?.();
    const error = await connect(`http://127.0.0.1:${port}`)
      .client.get(at('/x'))
      .catch((caught) => caught);
    expect(error).toMatchObject({ kind: 'network' });
    expect(error.message).toContain(`127.0.0.1:${port} refuses connections`);
  });

  it.each([
    ['a certificate of its own', true, /DEPTH_ZERO_SELF_SIGNED_CERT.*NODE_EXTRA_CA_CERTS/],
    ['no TLS', false, /does not speak TLS/],
  ])('to a host with %s fails at once', async (_, secure, expected) => {
    let connections = 0;
    const file = (name: string) => readFileSync(new URL(`./tls/${name}.pem`, import.meta.url));
    const server = secure
      ? https.createServer({ key: file('key'), cert: file('certificate') })
      : http.createServer();
    server.on('connection', () => {
      connections += 1;
    });
    const port = await listen(server);
    const error = await connect(`https://127.0.0.1:${port}`)
      .client.get(at('/x'))
      .catch((caught) => caught);
    expect(error.message).toMatch(expected);
    expect(error).toMatchObject({ kind: 'tls' });
    expect(connections).toBe(1);
  });

  it('is cut when the client is closed', async () => {
    const closed = Promise.withResolvers<void>();
    const port = await serve((request) => {
      request.socket.on('close', () => closed.resolve());
      void client.close();
    });
    const { client } = connect(`http://127.0.0.1:${port}`);
    client.get(at('/x')).catch(() => {});
    await closed.promise;
  });
});

describe('a proxy', () => {
  /** Tunnels to `target` whatever name was asked for. */
  async function proxy(target: number) {
    const asked: string[] = [];
    const server = http.createServer();
    server.on('connect', (request, socket) => {
      asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
      const upstream = net.connect(target, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      for (const end of [upstream, socket]) end.on('error', () => {});
    });
    return { port: await listen(server), asked };
  }

  const github = () =>
    serve((request, response) => {
      const number = page(request);
      response.writeHead(200, link(number, 20)).end(JSON.stringify({ rows: [number] }));
    });

  it('that the environment names is used, with its login, and its connections are kept', async () => {
    const { port, asked } = await proxy(await github());
    vi.stubEnv('http_proxy', `http://user:pass@127.0.0.1:${port}`);
    vi.stubEnv('no_proxy', 'other.test');
    const { client } = connect('http://api.github.test:8080');
    expect(await collect(client)).toEqual(range(1, 20));
    expect(asked[0]).toBe(`api.github.test:8080 Basic ${Buffer.from('user:pass').toString('base64')}`);
    expect(asked.length).toBeLessThan(10);
  });

  it('is chosen for the host that is asked, whatever GITHUB_API_URL is', async () => {
    const target = await github();
    const { port, asked } = await proxy(target);
    vi.stubEnv('GITHUB_API_URL', 'https://api.github.test');
    vi.stubEnv('http_proxy', `http://127.0.0.1:${port}`);
    vi.stubEnv('https_proxy', `http://127.0.0.1:${port}`);
    expect(await collect(connect(`http://127.0.0.1:${target}`).client)).toEqual(range(1, 20));
    expect(asked).toEqual([]);
  });

  it('is not used for a host that no_proxy names', async () => {
    const { port, asked } = await proxy(await github());
    vi.stubEnv('http_proxy', `http://127.0.0.1:${port}`);
    vi.stubEnv('no_proxy', '.github.invalid');
    const error = await connect('http://api.github.invalid')
      .client.get(at('/x'))
      .catch((caught) => caught);
    expect(error).toMatchObject({ kind: 'dns' });
    expect(asked).toEqual([]);
  });
});
