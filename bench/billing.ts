/** A large enterprise's bill: 300,000 line items, 12 cost centers and 10,000 budgets. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeMonth } from '../test/reports/billing/generated.ts';
import { TOKEN } from '../test/simulator/server.ts';
import { costOfReport, costRows, program } from './processes.ts';
import { type Benchmark, times } from './row.ts';

const ITEMS = 300_000;
const BUDGETS = 10_000;
const CENTERS = 12;
const PER_PAGE = 100;
const PATH = '/enterprises/acme/settings/billing';

export const billing: Benchmark = async (tell, { repeat }) => {
  tell(`making ${ITEMS} line items`);
  const bodies = makeBodies();
  const server = createServer((request, response) => {
    const body = bodies.get(request.url?.slice(PATH.length + 1) ?? '') ?? bodies.get(shorten(request.url));
    response
      .writeHead(body ? 200 : 404, { 'content-type': 'application/json' })
      .end(body ?? '{"message":"Not Found"}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  tell('in turn with a bare fetch and JSON.parse of the same answers');
  const inputs = { report: 'billing', period: '2026-10', concurrency: '10' };
  const turns = await times(repeat, async () => {
    const [read, reference] = await program('bare.mjs', [`${url}${PATH}`, TOKEN, ...bodies.keys()]);
    if (read !== ITEMS + BUDGETS) throw new Error(`the bare fetch read ${read} rows`);
    return { reference, measured: await costOfReport({ url }, inputs) };
  });
  server.close();
  return costRows(
    '300,000 line items, 12 cost centers, 10,000 budgets at 0 ms, CSV and JSON written',
    'bare fetch and JSON.parse, rows kept',
    turns,
  );
};

/** `usage?…&cost_center_id=cc-1` is `usage?cost_center_id=cc-1`, `budgets?…&page=2` is `budgets?page=2`. */
function shorten(url = ''): string {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const endpoint = pathname.slice(PATH.length + 1);
  const [name, value] =
    endpoint === 'usage' && searchParams.has('cost_center_id')
      ? ['cost_center_id', searchParams.get('cost_center_id')]
      : ['page', endpoint === 'budgets' ? searchParams.get('page') : null];
  return value === null ? endpoint : `${endpoint}?${name}=${value}`;
}

/** By what follows `settings/billing/`. */
function makeBodies(): ReadonlyMap<string, Buffer> {
  const bodies = new Map<string, object>();
  const made = Map.groupBy(makeMonth(1, 2026, 10, 31, ITEMS), ({ costCenterId }) => costCenterId);
  for (const [id, items] of made) {
    bodies.set(id === '' ? 'usage' : `usage?cost_center_id=${id}`, {
      usageItems: items.map(({ item }) => item),
    });
  }
  bodies.set('cost-centers', {
    costCenters: Array.from({ length: CENTERS }, (_, index) => ({
      id: `cc-${index}`,
      name: `Cost center ${index}`,
      state: 'active',
      resources: [],
    })),
  });
  const budgets = Array.from({ length: BUDGETS }, (_, index) => makeBudget(index));
  for (let start = 0; start < BUDGETS; start += PER_PAGE) {
    bodies.set(`budgets?page=${start / PER_PAGE + 1}`, {
      budgets: budgets.slice(start, start + PER_PAGE),
      has_next_page: start + PER_PAGE < BUDGETS,
      total_count: BUDGETS,
    });
  }
  return new Map(Array.from(bodies, ([name, body]) => [name, Buffer.from(JSON.stringify(body))]));
}

function makeBudget(index: number): object {
  const repository = index % 3000;
  const [scope, entity] = [
    ['enterprise', 'acme'],
    ['organization', `org-${index % 40}`],
    ['cost_center', `Cost center ${index % CENTERS}`],
    ['repository', `org-${repository % 40}/repo-${repository}`],
  ][index % 4] as [string, string];
  return {
    id: `budget-${index}`,
    budget_type: index % 2 === 0 ? 'ProductPricing' : 'SkuPricing',
    budget_product_skus: [index % 2 === 0 ? 'actions' : 'actions_macos'],
    budget_scope: scope,
    budget_entity_name: entity,
    budget_amount: 1 + (index % 500) * 100,
    prevent_further_usage: index % 3 === 0,
    budget_alerting: { will_alert: false, alert_recipients: [] },
  };
}
