/** The simulator stays honest: its answers against the schemas in GitHub's OpenAPI description. */
import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { type Simulator, startSimulator } from './server.ts';
import { get, getAll } from './support.ts';

type Schema = { [key: string]: unknown };
interface Endpoint {
  responses: Record<
    string,
    { content: { 'application/json': { schema: Schema; examples?: Record<string, { value: unknown }> } } }
  >;
}
const openapi: Record<string, Record<string, { get: Endpoint }>> = JSON.parse(
  readFileSync(new URL('../fixtures/openapi.json', import.meta.url), 'utf8'),
);

/** Where GitHub itself departs from its schemas, and where that is known from. Each must be seen at least once. */
const DEVIATIONS: { name: string; source: string; is: (error: ErrorObject) => boolean }[] = [
  {
    name: 'an empty string for two-factor',
    source: 'the documented example of consumed-licenses, second person',
    is: ({ instancePath, data }) => instancePath.endsWith('/github_com_two_factor_auth') && data === '',
  },
  {
    name: 'one enterprise role beside the list of them',
    source: 'the documented example of consumed-licenses, second person',
    is: (error) => unknownField(error, 'github_com_enterprise_role'),
  },
  {
    name: 'columns of the CSV report',
    source: 'GitHub’s documentation of the license usage report, whose columns are more than the schema’s',
    is: (error) => unknownField(error, 'cost_center') || unknownField(error, 'two_factor_required_by_date'),
  },
  {
    name: 'a list of products instead of one',
    source: 'the documented example of budgets',
    is: (error) =>
      unknownField(error, 'budget_product_skus') || error.params.missingProperty === 'budget_product_sku',
  },
  {
    name: 'bundles beside products and SKUs',
    source: 'the documented example of budgets with a user filter',
    is: ({ instancePath, data }) => instancePath.endsWith('/budget_type') && data === 'BundlePricing',
  },
  {
    name: 'fractions of a unit',
    source: 'storage is billed in gigabyte-hours, copilot in parts of a month; the schema says integer',
    is: ({ instancePath, data }) => instancePath.endsWith('/quantity') && typeof data === 'number',
  },
  {
    name: 'usage without an organization',
    source: 'usage of the enterprise as a whole belongs to no organization; the schema requires the name',
    is: (error) => error.params.missingProperty === 'organizationName',
  },
  {
    name: 'other names of Visual Studio subscriptions',
    source: 'the documented example of visual-studio-subscriptions',
    is: (error) =>
      unknownField(error, 'visual_studio_subscription_assignments') ||
      error.params.missingProperty === 'visual_studio_subscriptions',
  },
  {
    name: 'a team without a description and a type',
    source: 'the documented example of Copilot seats, first seat',
    is: ({ instancePath, data }) =>
      instancePath.endsWith('/assigning_team') && isTeam(data) && !('description' in data),
  },
];
const isTeam = (data: unknown): data is object =>
  typeof data === 'object' && data !== null && 'parent' in data;
const unknownField = (error: ErrorObject, name: string) => error.params.additionalProperty === name;

/** OpenAPI 3.0 to JSON Schema: `nullable`, and nothing but what is documented. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, example: _, ...rest } = schema as Schema;
  const converted = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, strict(value)]));
  if ('properties' in converted) converted.additionalProperties = false;
  if (nullable !== true) return converted;
  return 'type' in converted
    ? { ...converted, type: [converted.type, 'null'] }
    : { anyOf: [converted, { type: 'null' }] };
}

const ajv = new Ajv({ allErrors: true, verbose: true, strict: false });
const seen = new Set<string>();

function problems(schema: Schema, body: unknown): string[] {
  const validate = ajv.compile(strict(schema) as Schema);
  validate(body);
  return (validate.errors ?? []).flatMap((error) => {
    const allowed = DEVIATIONS.find(({ is }) => is(error));
    if (allowed) seen.add(allowed.name);
    return allowed ? [] : [`${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`];
  });
}

const schemaOf = (host: string, path: string, status = '200') =>
  openapi[host]?.[path]?.get.responses[status]?.content['application/json'].schema ?? {};
const paths = (host: string) => Object.keys(openapi[host] ?? {});
const ofAcme = (path: string) => path.replace('{enterprise}', 'acme');

let cloud: Simulator;
let server: Simulator;
beforeAll(async () => {
  const size = { now: NOW, seats: 900, organizations: 12, repositories: 150 };
  cloud = await startSimulator({
    ...size,
    duplicates: { count: 8 },
    servers: ['ok', 'failing', 'stale', 'never', 'unparsable', 'future', 'undocumented'],
  });
  server = await startSimulator({ ...size, kind: 'server' });
});
afterAll(() => Promise.all([cloud.close(), server.close()]));

describe('answers agree with the schema', () => {
  test.each(paths('ghec'))('%s', async (path) => {
    const pages = await getAll(cloud, `${ofAcme(path)}?per_page=100`);
    expect(pages.flatMap((body) => problems(schemaOf('ghec', path), body))).toEqual([]);
  });

  test.each(paths('ghes-3.19'))('Enterprise Server %s', async (path) => {
    const { status, body } = await get(server, ofAcme(path));
    expect(status).toBe(200);
    expect(problems(schemaOf('ghes-3.19', path), body)).toEqual([]);
  });

  test('for one cost center, one day, one user', async () => {
    const center = cloud.billing.metered.costCenters.find(({ resources }) => resources.length > 0)?.id;
    for (const [name, query] of [
      ['usage', `cost_center_id=${center}&year=2026&month=10`],
      ['usage/summary', `cost_center_id=${center}&year=2026&month=11&day=2`],
      ['premium_request/usage', `cost_center_id=${center}&year=2026`],
      ['budgets', 'scope=user'],
    ]) {
      const { status, body } = await get(cloud, `settings/billing/${name}?${query}`);
      expect(status, `${name}`).toBe(200);
      const schema = schemaOf('ghec', `/enterprises/{enterprise}/settings/billing/${name}`);
      expect(problems(schema, body), `${name}`).toEqual([]);
    }
  });

  test('when they are errors', async () => {
    const path = '/enterprises/{enterprise}/settings/billing/ai_credit/usage';
    for (const [kind, status] of [
      ['400', '400'],
      ['403', '403'],
      ['404', '404'],
      ['500-json', '500'],
      ['503-json', '503'],
    ] as const) {
      cloud.setFaults([{ kind }]);
      const answer = await get(cloud, ofAcme(path));
      expect(String(answer.status)).toBe(status);
      expect(problems(schemaOf('ghec', path, status), answer.body), kind).toEqual([]);
    }
    cloud.setFaults([]);
  });

  test('and every person has every documented field', () => {
    const users = schemaOf('ghec', '/enterprises/{enterprise}/consumed-licenses') as {
      properties: { users: { items: { properties: Schema } } };
    };
    const documented = Object.keys(users.properties.users.items.properties);
    expect(documented).toHaveLength(18);
    for (const person of cloud.enterprise.people)
      expect(Object.keys(person)).toEqual(expect.arrayContaining(documented));
  });
});

test('the previous platform answers with the fields of the documented examples', async () => {
  const old = await startSimulator({ seats: 1, now: NOW, previousPlatform: 'served' });
  for (const name of ['actions', 'packages', 'shared-storage']) {
    const example = JSON.parse(
      readFileSync(new URL(`../fixtures/examples/billing-${name}.json`, import.meta.url), 'utf8'),
    );
    const { body } = await get(old, `settings/billing/${name}`);
    expect(Object.keys(body), name).toEqual(Object.keys(example));
  }
  await old.close();
});

test('GitHub’s own examples depart from the schemas in nothing else', () => {
  for (const host of ['ghec', 'ghes-3.19']) {
    for (const path of paths(host)) {
      const { schema, examples = {} } =
        openapi[host]?.[path]?.get.responses['200']?.content['application/json'] ?? {};
      for (const [name, { value }] of Object.entries(examples)) {
        expect(problems(schema ?? {}, value), `${host} ${path} ${name}`).toEqual([]);
      }
    }
  }
});

test('a wrong answer is noticed', () => {
  const schema = schemaOf('ghec', '/enterprises/{enterprise}/consumed-licenses');
  expect(
    problems(schema, { total_seats_consumed: '5', users: [{ github_com_user: null, extra: 1 }] }),
  ).toHaveLength(3);
});

test('every allowed deviation occurs', () => {
  expect([...seen].sort()).toEqual(DEVIATIONS.map(({ name }) => name).sort());
});
