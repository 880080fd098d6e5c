import { afterEach, describe, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { rowKey } from './enterprise.ts';
import { type Simulator, type SimulatorOptions, startSimulator, TOKEN } from './server.ts';
import { get, getAll } from './support.ts';

let simulator: Simulator;
const start = async (options: Partial<SimulatorOptions> = {}) => {
  simulator = await startSimulator({ now: NOW, seats: 20, ...options });
  return simulator;
};
afterEach(() => simulator.close());

// biome-ignore lint/suspicious/noExplicitAny: bodies are whatever came
const listed = (pages: any[]) => pages.flatMap((page) => page.users).map(rowKey);

describe('pages', () => {
  test.each([1, 7, 30, 100])('of %i seats list every person once, in order', async (perPage) => {
    await start({ seats: 203 });
    const pages = await getAll(simulator, `consumed-licenses?per_page=${perPage}`);
    expect(pages).toHaveLength(Math.ceil(203 / perPage));
    expect(listed(pages)).toEqual(simulator.enterprise.people.map(rowKey));
    expect(new Set(listed(pages)).size).toBe(203);
  });

  test('are of 30 unless asked, of 100 at most, and repeat the totals', async () => {
    await start({ seats: 203, purchased: 90, consumed: 77 });
    expect((await get(simulator, 'consumed-licenses')).body.users).toHaveLength(30);
    const { body } = await get(simulator, 'consumed-licenses?per_page=500&page=3');
    expect(body).toMatchObject({ total_seats_consumed: 77, total_seats_purchased: 90 });
    expect(body.users).toHaveLength(3);
  });

  test('link to their neighbours, the last and the first', async () => {
    await start({ seats: 203 });
    const rels = async (page: number) =>
      [
        ...(
          (await get(simulator, `consumed-licenses?per_page=100&page=${page}`)).headers.get('link') ?? ''
        ).matchAll(/[?&]page=(\d+)>; rel="(\w+)"/g),
      ].map(([, to, rel]) => `${rel} ${to}`);
    expect(await rels(1)).toEqual(['next 2', 'last 3']);
    expect(await rels(2)).toEqual(['prev 1', 'next 3', 'last 3', 'first 1']);
    expect(await rels(3)).toEqual(['prev 2', 'first 1']);
  });

  test('show a person twice when somebody joins in between', async () => {
    await start({ seats: 250, shift: { afterPage: 1, by: 1 } });
    const keys = listed(await getAll(simulator, 'consumed-licenses?per_page=100'));
    expect(keys).toHaveLength(251);
    expect(keys[99]).toBe(keys[100]);
    expect(new Set(keys)).toEqual(new Set(simulator.enterprise.people.map(rowKey)));
  });

  test('miss a person when somebody leaves in between', async () => {
    await start({ seats: 250, shift: { afterPage: 1, by: -1 } });
    const keys = listed(await getAll(simulator, 'consumed-licenses?per_page=100'));
    const missed = simulator.enterprise.people.map(rowKey).filter((key) => !keys.includes(key));
    expect(missed).toEqual([rowKey(simulator.enterprise.people[100] as never)]);
  });

  test('come compressed to who accepts it, and plain to who does not', async () => {
    await start({ seats: 100, prepare: true });
    const plain = await get(simulator, 'consumed-licenses', { 'accept-encoding': 'identity' });
    const compressed = await get(simulator, 'consumed-licenses', { 'accept-encoding': 'gzip' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(compressed.headers.get('content-encoding')).toBe('gzip');
    expect(compressed.text).toBe(plain.text);
    expect(Number(compressed.headers.get('content-length'))).toBeLessThan(plain.text.length / 2);
  });
});

describe('tokens', () => {
  test('that are wrong or missing get 401', async () => {
    await start();
    expect((await get(simulator, 'consumed-licenses', { authorization: 'Bearer nonsense' })).status).toBe(
      401,
    );
    const bare = await fetch(`${simulator.url}/enterprises/acme/consumed-licenses`);
    expect(bare.status).toBe(401);
    expect(await bare.json()).toMatchObject({ message: 'Bad credentials', status: '401' });
  });

  test('without the scope get 404 with both lists of scopes', async () => {
    await start({ tokens: { [TOKEN]: { scopes: ['repo', 'read:enterprise'] } } });
    expect((await get(simulator, 'consumed-licenses')).status).toBe(200);
    const { status, headers } = await get(simulator, 'settings/billing/usage');
    expect(status).toBe(404);
    expect(headers.get('x-oauth-scopes')).toBe('repo, read:enterprise');
    expect(headers.get('x-accepted-oauth-scopes')).toBe('admin:enterprise, manage_billing:enterprise');
  });

  test('with the scope get 404 for another enterprise, and are told that the scope sufficed', async () => {
    await start({ tokens: { [TOKEN]: { scopes: ['read:enterprise'] } } });
    const { status, headers } = await get(simulator, '/enterprises/acmee/consumed-licenses');
    expect(status).toBe(404);
    expect(headers.get('x-accepted-oauth-scopes')).toContain('read:enterprise');
  });

  test('announce when they expire, and hide their scopes when they have none', async () => {
    await start({ tokens: { [TOKEN]: { expires: '2026-12-31 00:00:00 UTC' } } });
    const { headers } = await get(simulator, 'consumed-licenses');
    expect(headers.get('github-authentication-token-expiration')).toBe('2026-12-31 00:00:00 UTC');
    expect(headers.has('x-oauth-scopes')).toBe(false);
  });
});

test('an unknown API version gets 400, a known one is echoed', async () => {
  await start();
  const ask = (version: string) => get(simulator, 'consumed-licenses', { 'x-github-api-version': version });
  expect((await ask('2020-01-01')).status).toBe(400);
  expect((await ask('2026-03-10')).headers.get('x-github-api-version-selected')).toBe('2026-03-10');
});

test('what is no endpoint gets 404, and every answer a request id of its own', async () => {
  await start();
  const answers = [await get(simulator, 'nothing'), await get(simulator, '/user'), await get(simulator, '/')];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  expect(new Set(answers.map(({ headers }) => headers.get('x-github-request-id'))).size).toBe(3);
});

test('requests are recorded as they came', async () => {
  await start({ latencyMs: 300 });
  await Promise.all([get(simulator, 'license-sync-status'), get(simulator, 'nothing?a=1')]);
  expect(simulator.requests.map(({ method, path, status }) => [method, path, status])).toEqual(
    expect.arrayContaining([
      ['GET', '/enterprises/acme/license-sync-status', 200],
      ['GET', '/enterprises/acme/nothing?a=1', 404],
    ]),
  );
  expect(simulator.requests[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  expect(simulator.mostInFlight).toBe(2);
  const statistics = await (await fetch(`${simulator.url}/_simulator`)).json();
  expect(statistics).toMatchObject({ requests: 2, refused: 0, insideWindow: 0, mostInFlight: 2 });
});

test('an override takes the place of an answer, the more particular one first', async () => {
  await start({
    overrides: {
      'settings/billing/usage': { body: { usageItems: [] } },
      'settings/billing/usage?cost_center_id=1': { status: 403, headers: { 'x-extra': 'yes' }, body: 'no' },
      'enterprise/settings/license': { body: { seats: 1 } },
    },
  });
  expect((await get(simulator, 'settings/billing/usage?year=2026')).body).toEqual({ usageItems: [] });
  const particular = await get(simulator, 'settings/billing/usage?year=2026&cost_center_id=1');
  expect([particular.status, particular.headers.get('x-extra'), particular.text]).toEqual([403, 'yes', 'no']);
  expect((await get(simulator, '/enterprise/settings/license')).body).toEqual({ seats: 1 });
  expect((await get(simulator, 'settings/billing/usage/summary')).body.usageItems).not.toHaveLength(0);
});

describe('an Enterprise Server', () => {
  test('says its version and no limits, and lives below /api/v3', async () => {
    await start({ kind: 'server' });
    expect(simulator.url).toMatch(/\/api\/v3$/);
    const { status, headers } = await get(simulator, 'consumed-licenses');
    expect(status).toBe(404);
    expect(headers.get('x-github-enterprise-version')).toMatch(/^3\./);
    expect([...headers.keys()].filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
  });

  test('has its license and the committers, and nothing else', async () => {
    await start({ kind: 'server', purchased: 1400, consumed: 1316, now: new Date('2026-02-01T18:41:52Z') });
    expect((await get(simulator, '/enterprise/settings/license')).body).toEqual({
      seats: 1400,
      seats_used: 1316,
      seats_available: 84,
      kind: 'standard',
      days_until_expiration: 200,
      expire_at: '2026/08/20 12:41:52 -0600',
    });
    const statusOf = async (path: string) => (await get(simulator, path)).status;
    expect(await statusOf('settings/billing/advanced-security')).toBe(200);
    for (const path of ['usage', 'budgets', 'actions', 'cost-centers', 'usage/summary']) {
      expect(await statusOf(`settings/billing/${path}`), path).toBe(404);
    }
    expect(await statusOf('license-sync-status')).toBe(404);
  });

  test('may have unlimited seats', async () => {
    await start({ kind: 'server', serverLicense: { unlimited: true, daysLeft: -3 } });
    const { body } = await get(simulator, '/enterprise/settings/license');
    expect(body).toMatchObject({
      seats: 'unlimited',
      seats_available: 'unlimited',
      days_until_expiration: -3,
    });
  });

  test('is not what a cloud is', async () => {
    await start();
    expect((await get(simulator, '/enterprise/settings/license')).status).toBe(404);
    expect((await get(simulator, 'consumed-licenses')).headers.has('x-github-enterprise-version')).toBe(
      false,
    );
  });
});
