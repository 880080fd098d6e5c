import Big from 'big.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { type Simulator, startSimulator } from './server.ts';
import { get, getAll } from './support.ts';

interface Item {
  [field: string]: string | number | undefined;
}
const NOVEMBER = 'year=2026&month=11';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ now: NOW, organizations: 10, repositories: 120 });
});
afterAll(() => simulator.close());

const items = async (path: string): Promise<Item[]> =>
  (await get(simulator, `settings/billing/${path}`)).body.usageItems;
const sum = (list: Item[], field: string) =>
  list.reduce((total, item) => total.plus(Number(item[field])), new Big(0)).toNumber();
const centers = async (query = '') =>
  (await get(simulator, `settings/billing/cost-centers${query}`)).body.costCenters as {
    id: string;
    state: string;
  }[];

describe('usage', () => {
  test('without a cost center and with each makes up the summary, to the last fraction', async () => {
    for (const month of [NOVEMBER, 'year=2026&month=10']) {
      const parts = [
        `usage?${month}`,
        ...(await centers()).map(({ id }) => `usage?${month}&cost_center_id=${id}`),
      ];
      const lines = (await Promise.all(parts.map(items))).flat();
      const summary = await items(`usage/summary?${month}`);
      expect(lines.length).toBeGreaterThan(1000);
      expect(sum(lines, 'quantity')).toBe(sum(summary, 'grossQuantity'));
      for (const amount of ['grossAmount', 'discountAmount', 'netAmount']) {
        expect(sum(lines, amount), amount).toBe(sum(summary, amount));
        expect(sum(lines, amount)).toBeGreaterThan(0);
      }
    }
  });

  test('reckons every line: gross is quantity times price, net is gross less discount', async () => {
    for (const item of await items(`usage?${NOVEMBER}`)) {
      const gross = new Big(Number(item.quantity)).times(Number(item.pricePerUnit)).toNumber();
      expect(item.grossAmount).toBeCloseTo(gross, 8);
      expect(item.netAmount).toBe(
        new Big(Number(item.grossAmount)).minus(Number(item.discountAmount)).toNumber(),
      );
    }
  });

  test('ends today, and the month before is whole', async () => {
    const days = async (query: string) => {
      const dates = (await items(`usage?${query}`)).map(({ date }) => String(date).slice(0, 10));
      return [...new Set(dates)].sort();
    };
    const november = await days(NOVEMBER);
    expect([november.length, november.at(-1)]).toEqual([20, '2026-11-20']);
    const october = await days('year=2026&month=10');
    expect([october.length, october.at(-1)]).toEqual([31, '2026-10-31']);
    expect(await days('year=2026&month=12')).toEqual([]);
    expect(await days(`${NOVEMBER}&day=7`)).toEqual(['2026-11-07']);
    expect((await days('')).length).toBe(51);
  });

  test('of the first of January has one day, and a December before it', async () => {
    const own = await startSimulator({ now: new Date('2027-01-01T05:00:00Z'), repositories: 5 });
    const days = async (query: string) => {
      const { body } = await get(own, `settings/billing/usage?${query}`);
      return new Set(body.usageItems.map(({ date }: { date: string }) => date.slice(0, 10))).size;
    };
    expect([await days('year=2027&month=1'), await days('year=2026&month=12')]).toEqual([1, 31]);
    await own.close();
  });

  test('is spelled in different ways', async () => {
    const lines = await items(`usage?${NOVEMBER}`);
    const values = (field: string) => new Set(lines.map((item) => item[field]));
    expect([...values('product')]).toEqual(expect.arrayContaining(['Actions', 'actions']));
    expect([...values('sku')]).toEqual(expect.arrayContaining(['Actions Linux', 'actions_linux']));
    expect([...values('unitType')]).toEqual(expect.arrayContaining(['minutes', 'Minutes']));
    expect([...values('unitType')]).toEqual(expect.arrayContaining(['GigabyteHours', 'gigabyte-hours']));
    for (const field of ['organizationName', 'repositoryName']) {
      expect([...values(field)], field).toEqual(expect.arrayContaining(['', undefined]));
    }
    expect(lines.some(({ quantity }) => !Number.isInteger(quantity))).toBe(true);
  });

  test('of a day, a month or a cost center that does not exist gets 400', async () => {
    for (const query of ['month=13', 'year=x', `${NOVEMBER}&day=0`, 'cost_center_id=none-such']) {
      expect((await get(simulator, `settings/billing/usage?${query}`)).status, query).toBe(400);
    }
  });
});

test('the summary narrows to an organization, a SKU or a cost center', async () => {
  const [center] = (await centers()).filter(({ state }) => state === 'active');
  const summary = (query: string) => items(`usage/summary?${NOVEMBER}${query}`);
  const lines = await items(`usage?${NOVEMBER}&cost_center_id=${center?.id}`);
  const narrowed = await summary(`&cost_center_id=${center?.id}`);
  expect(sum(narrowed, 'netAmount')).toBe(sum(lines, 'netAmount'));
  expect(sum(narrowed, 'netAmount')).toBeLessThan(sum(await summary(''), 'netAmount'));
  expect((await summary('&sku=actions_linux')).map(({ sku }) => sku)).toEqual(['actions_linux']);
  const organizations = await Promise.all(
    ['', ...simulator.enterprise.organizations].map((name) => summary(`&organization=${name}`)),
  );
  expect(sum(organizations.flat(), 'netAmount')).toBe(sum(await summary(''), 'netAmount'));
});

test('the summary can be made to differ by an amount', async () => {
  const own = await startSimulator({ now: NOW, summaryDiffers: 12.34 });
  const net = async (path: string) => {
    const { body } = await get(own, `settings/billing/${path}`);
    return sum(body.usageItems, 'netAmount');
  };
  const charged = own.billing.metered.charges.filter(({ month }) => month === 11);
  const nano = charged.reduce((total, { nanoGross, nanoDiscount }) => total + nanoGross - nanoDiscount, 0);
  expect(await net(`usage/summary?${NOVEMBER}`)).toBe(new Big(nano).div(1e9).plus(12.34).toNumber());
  await own.close();
});

test('deleted cost centers are listed apart, and still carry usage', async () => {
  const [all, active, deleted] = [
    await centers(),
    await centers('?state=active'),
    await centers('?state=deleted'),
  ];
  expect([all.length, active.length, deleted.length]).toEqual([12, 10, 2]);
  expect(deleted.every(({ state }) => state === 'deleted')).toBe(true);
  const usages = await Promise.all(deleted.map(({ id }) => items(`usage?${NOVEMBER}&cost_center_id=${id}`)));
  expect(usages.flat().length).toBeGreaterThan(0);
});

test('budgets come ten a page and say in the body whether there are more', async () => {
  const page = async (query: string) => (await get(simulator, `settings/billing/budgets?${query}`)).body;
  const pages = [await page(''), await page('page=2'), await page('page=3')];
  expect(pages.map((body) => [body.budgets.length, body.has_next_page, body.total_count])).toEqual([
    [10, true, 25],
    [10, true, 25],
    [5, false, 25],
  ]);
  const ids = pages.flatMap((body) => body.budgets).map(({ id }) => id);
  expect(new Set(ids).size).toBe(25);
  const users = (await page('per_page=100&scope=user')).budgets;
  expect(users.every((budget: { consumed_amount?: number }) => budget.consumed_amount !== undefined)).toBe(
    true,
  );
});

test('Copilot requests by model make up those of the summary', async () => {
  for (const [path, sku] of [
    ['premium_request/usage', 'copilot_premium_request'],
    ['ai_credit/usage', 'copilot_ai_credits'],
  ]) {
    const models = await items(`${path}?${NOVEMBER}`);
    const summary = (await items(`usage/summary?${NOVEMBER}`)).filter((item) => item.sku === sku);
    expect(new Set(models.map(({ model }) => model)).size).toBe(3);
    expect(sum(models, 'netAmount')).toBe(sum(summary, 'netAmount'));
  }
});

describe('Advanced Security', () => {
  const committers = async (options: object, query = '') => {
    const own = await startSimulator({ now: NOW, repositories: 300, ...options });
    const answer = await get(own, `settings/billing/advanced-security${query}`);
    const pages =
      answer.status === 200 ? await getAll(own, `settings/billing/advanced-security${query}`) : [];
    await own.close();
    return { ...answer, body: answer.body, pages };
  };

  test('lists every repository once, and counts a person once over all of them', async () => {
    const { pages } = await committers({}, '?per_page=20');
    const repositories = pages.flatMap((page) => page.repositories);
    expect(new Set(repositories.map(({ name }) => name)).size).toBe(pages[0].total_count);
    expect(pages.length).toBe(Math.ceil(pages[0].total_count / 20));
    const people = repositories.flatMap((repository) => repository.advanced_security_committers_breakdown);
    expect(new Set(people.map(({ user_login }) => user_login)).size).toBe(
      pages[0].total_advanced_security_committers,
    );
    expect(people.length).toBeGreaterThan(pages[0].total_advanced_security_committers);
  });

  test('bundled, refuses a product; standalone, requires one that exists; off, is not there', async () => {
    const product = '?advanced_security_product=code_security';
    expect((await committers({}, product)).status).toBe(422);
    expect((await committers({ advancedSecurity: 'standalone' })).status).toBe(422);
    expect((await committers({ advancedSecurity: 'standalone' }, `${product}x`)).status).toBe(422);
    const code = await committers({ advancedSecurity: 'standalone' }, product);
    const secret = await committers(
      { advancedSecurity: 'standalone' },
      '?advanced_security_product=secret_protection',
    );
    expect([code.status, secret.status]).toEqual([200, 200]);
    expect(code.body.repositories).not.toEqual(secret.body.repositories);
    expect((await committers({ advancedSecurity: 'off' })).status).toBe(404);
  });

  test('may not say how many were purchased', async () => {
    const purchased = 'purchased_advanced_security_committers';
    expect((await committers({ committersPurchased: null })).body[purchased]).toBeNull();
    expect((await committers({ committersPurchased: false })).body).not.toHaveProperty(purchased);
    expect((await committers({ committersPurchased: 7 })).body[purchased]).toBe(7);
  });
});

test('the previous platform is retired, missing or served, and so is the metered one', async () => {
  const status = async (options: object, path: string) => {
    const own = await startSimulator({ now: NOW, seats: 5, ...options });
    const answer = await get(own, `settings/billing/${path}`);
    await own.close();
    return answer.status;
  };
  expect(await status({}, 'actions')).toBe(410);
  expect(await status({ previousPlatform: '404' }, 'packages')).toBe(404);
  expect(await status({ previousPlatform: 'served' }, 'shared-storage')).toBe(200);
  expect(await status({ metered: '404' }, 'usage')).toBe(404);
  expect(await status({ metered: '410' }, 'budgets')).toBe(410);
});
