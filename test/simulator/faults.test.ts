import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { FAULT_KINDS, type FaultRule } from './faults.ts';
import { type Simulator, startSimulator, TOKEN } from './server.ts';
import { get } from './support.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ now: NOW, seats: 20 });
});
afterAll(() => simulator.close());
beforeEach(() => simulator.setFaults([]));

const PATH = 'consumed-licenses';
const under = (rule: FaultRule) => {
  simulator.setFaults([rule]);
  return get(simulator, PATH);
};

describe('answers of the wrong kind', () => {
  test.each<[FaultRule, number, string, string]>([
    [{ kind: '500-json' }, 500, 'json', '"message":"Server Error"'],
    [{ kind: '502-html' }, 502, 'html', 'taking too long'],
    [{ kind: '503-json' }, 503, 'json', '"code":"service_unavailable"'],
    [{ kind: 'invalid-json' }, 200, 'json', 'undefined'],
    [{ kind: 'wrong-shape' }, 200, 'json', '{}'],
    [{ kind: 'wrong-shape', body: [] }, 200, 'json', '[]'],
    [{ kind: 'wrong-shape', body: null }, 200, 'json', 'null'],
    [{ kind: 'not-github' }, 200, 'html', 'Sign in'],
    [{ kind: '400' }, 400, 'json', '"status":"400"'],
    [{ kind: '401' }, 401, 'json', 'Bad credentials'],
    [{ kind: '403' }, 403, 'json', 'must be an enterprise owner'],
    [{ kind: '403', message: 'Resource not accessible by integration' }, 403, 'json', 'by integration'],
    [{ kind: '403-sso' }, 403, 'json', 'SAML'],
    [{ kind: '404' }, 404, 'json', 'Not Found'],
    [{ kind: '404-scope' }, 404, 'json', 'Not Found'],
    [{ kind: '410' }, 410, 'json', 'has been moved'],
    [{ kind: '422' }, 422, 'json', 'Validation Failed'],
    [{ kind: 'status', status: 418, message: 'teapot' }, 418, 'json', 'teapot'],
  ])('%j', async (rule, status, type, text) => {
    const got = await under(rule);
    expect(got.status).toBe(status);
    expect(got.headers.get('content-type')).toContain(type);
    expect(got.text).toContain(text);
  });

  test('an empty one has no body, and a cut-off one claims to be whole', async () => {
    expect(await under({ kind: 'empty' })).toMatchObject({ status: 200, text: '' });
    const cut = await under({ kind: 'cut-off' });
    expect(cut.status).toBe(200);
    expect(cut.text).toMatch(/^\{"total_seats_consumed"/);
    expect(() => cut.body).toThrow(SyntaxError);
  });

  test('SAML says where to authorize, a missing scope says which, a proxy has no request id', async () => {
    const saml = await under({ kind: '403-sso' });
    expect(saml.headers.get('x-github-sso')).toMatch(/^required; url=https:\/\/github\.com\//);
    const scope = await under({ kind: '404-scope' });
    expect(scope.headers.get('x-oauth-scopes')).toBe('repo');
    expect(scope.headers.get('x-accepted-oauth-scopes')).toBe('admin:enterprise');
    expect(scope.headers.has('x-github-request-id')).toBe(true);
    const proxy = await under({ kind: 'not-github' });
    expect(proxy.headers.has('x-github-request-id')).toBe(false);
  });

  test('a redirect names another host', async () => {
    const { status, headers } = await under({ kind: 'redirect', location: 'http://127.0.0.1:1/login' });
    expect([status, headers.get('location')]).toEqual([302, 'http://127.0.0.1:1/login']);
  });
});

describe('broken connections', () => {
  test('reset before any header', async () => {
    await expect(under({ kind: 'reset' })).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(simulator.requests.at(-1)).toMatchObject({ status: 0, fault: 'reset' });
  });

  test('reset in the middle of the body', async () => {
    simulator.setFaults([{ kind: 'reset-body' }]);
    const headers = { authorization: `Bearer ${TOKEN}` };
    const response = await fetch(`${simulator.url}/enterprises/acme/${PATH}`, { headers });
    expect(response.headers.get('content-length')).not.toBeNull();
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  test('hang until the client gives up', async () => {
    simulator.setFaults([{ kind: 'hang' }]);
    const asked = simulator.requests.length;
    const gaveUp = new AbortController();
    const pending = fetch(`${simulator.url}/enterprises/acme/${PATH}`, { signal: gaveUp.signal });
    await expect.poll(() => simulator.requests.length).toBe(asked + 1);
    gaveUp.abort();
    await expect(pending).rejects.toThrow('aborted');
  });
});

describe('limits', () => {
  test('a secondary one says when to come back, and refuses everything until then', async () => {
    const own = await startSimulator({
      now: NOW,
      seats: 1,
      faults: [{ kind: 'secondary-limit', retryAfter: 30, times: 1 }],
    });
    const first = await get(own, PATH);
    expect([first.status, first.headers.get('retry-after')]).toEqual([403, '30']);
    expect(first.body.message).toContain('secondary rate limit');
    const second = await get(own, 'license-sync-status');
    expect([second.status, second.headers.get('retry-after')]).toEqual([403, '30']);
    await own.close();
  });

  test('a primary one has nothing remaining', async () => {
    const own = await startSimulator({
      now: NOW,
      seats: 1,
      limits: false,
      faults: [{ kind: 'primary-limit', resetSeconds: 90, times: 1 }],
    });
    const { status, headers, body } = await get(own, PATH);
    expect([status, headers.get('x-ratelimit-remaining')]).toEqual([403, '0']);
    expect(Number(headers.get('x-ratelimit-reset')) - NOW.getTime() / 1000).toBeGreaterThan(80);
    expect(body.message).toContain('API rate limit exceeded');
    await own.close();
  });
});

describe('rules', () => {
  const statuses = async (rules: FaultRule[], paths: string[]) => {
    simulator.setFaults(rules);
    const seen = [];
    for (const path of paths) seen.push((await get(simulator, path)).status);
    return seen;
  };
  const fourTimes = Array.from({ length: 4 }, () => PATH);

  test('meet the nth request', async () => {
    expect(await statuses([{ kind: '404', match: { request: 2 } }], fourTimes)).toEqual([200, 404, 200, 200]);
    expect(await statuses([{ kind: '404', match: { request: [1, 4] } }], fourTimes)).toEqual([
      404, 200, 200, 404,
    ]);
  });

  test('meet every nth request, and no more often than told', async () => {
    expect(await statuses([{ kind: '404', match: { every: 2 } }], fourTimes)).toEqual([200, 404, 200, 404]);
    expect(await statuses([{ kind: '404', times: 3 }], fourTimes)).toEqual([404, 404, 404, 200]);
  });

  test('meet a page, a part of the path or an endpoint', async () => {
    const pages = [1, 2, 3].map((page) => `${PATH}?per_page=5&page=${page}`);
    expect(await statuses([{ kind: '404', match: { page: 2 } }], pages)).toEqual([200, 404, 200]);
    const usage = ['settings/billing/usage?year=2026', 'settings/billing/usage/summary', PATH];
    expect(await statuses([{ kind: '404', match: { path: 'billing' } }], usage)).toEqual([404, 404, 200]);
    expect(await statuses([{ kind: '404', match: { endpoint: 'billing/usage' } }], usage)).toEqual([
      404, 200, 200,
    ]);
  });

  test('are tried in their order', async () => {
    const rules: FaultRule[] = [
      { kind: '404', times: 1 },
      { kind: '410', times: 1 },
    ];
    expect(await statuses(rules, fourTimes)).toEqual([404, 410, 200, 200]);
  });

  test('of a kind that does not exist are refused', () => {
    expect(() => simulator.setFaults([{ kind: '404s' as never }])).toThrow('no such fault: 404s');
  });

  test('know every kind', async () => {
    for (const kind of FAULT_KINDS.filter(
      (kind) => !['hang', 'secondary-limit', 'primary-limit'].includes(kind),
    )) {
      const got = await under({ kind }).catch((error: Error) => error);
      expect(got, kind).toBeDefined();
      expect(simulator.requests.at(-1)?.fault, kind).toBe(kind);
    }
  });
});
