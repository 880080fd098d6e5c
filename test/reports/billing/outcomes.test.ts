/** What each section may answer, against what the user reads and what a gate finds. */
import { describe, expect, test } from 'vitest';
import { type FailureKind, GitHubError } from '../../../src/github/errors.ts';
import type { MetricOf } from '../../../src/metrics.ts';
import { type Reply, refusal } from '../fake-client.ts';
import { budget, METERED, partOf, reportOn, rowsOf, said, summary, summaryRow, usageItem } from './host.ts';

/** The answer, then: is it an error of the run, and what the report says where the section would be. */
const ANSWERS: readonly (readonly [string, () => Reply, boolean, RegExp])[] = [
  ['401', () => refusal('unauthorized', 401), true, /could not be read/],
  ['403 with SSO', () => refusal('sso', 403), false, /no permission: GitHub said sso/],
  ['403', () => refusal('forbidden', 403), false, /no permission: GitHub said forbidden/],
  ['404 without the scope', () => refusal('scope', 404), false, /no permission: GitHub said scope/],
  [
    '404 with the scope',
    () => refusal('not-found', 404),
    false,
    /not found \(404\): this host does not offer it/,
  ],
  ['410', () => refusal('gone', 410), false, /retired: GitHub no longer offers it \(410\)/],
  ['400', () => refusal('invalid', 400), true, /could not be read/],
  ['429', () => refusal('rate-limited', 429), true, /could not be read/],
  ['500', () => refusal('server', 500), true, /could not be read/],
  ['503', () => refusal('server', 503), true, /could not be read/],
  ['an empty answer', () => '', true, /could not be read/],
  ['a cut-off answer', () => '{"usageItems": [', true, /could not be read/],
  ['an answer of another shape', () => ({}), true, /could not be read/],
  ['HTML', () => refusal('not-github', 200), true, /could not be read/],
  ['no connection', () => refusal('network'), true, /could not be read/],
  ['an answer that is too long', () => refusal('too-long'), true, /could not be read/],
];

/** Each section, a metric that it alone gives here (if any), and one that it has no part in. */
const SECTIONS: readonly (readonly [
  path: string,
  title: string,
  own: MetricOf<'billing'> | undefined,
  other: MetricOf<'billing'>,
])[] = [
  ['usage', 'usage', 'budgets-over', 'cost-net'],
  ['usage/summary', 'the usage summary', undefined, 'budgets-over'],
  ['cost-centers', 'the list of cost centers', 'budgets-over', 'cost-net'],
  ['budgets', 'budgets', 'budgets-over', 'cost-net'],
  ['premium_request/usage', 'premium requests by model', undefined, 'cost-net'],
  ['ai_credit/usage', 'AI credits by model', undefined, 'cost-net'],
  ['advanced-security', 'Advanced Security', 'committers', 'cost-net'],
  ['actions', 'Actions (previous platform)', undefined, 'cost-net'],
  ['packages', 'Packages (previous platform)', undefined, 'cost-net'],
  ['shared-storage', 'shared storage (previous platform)', undefined, 'cost-net'],
];

describe.each(SECTIONS)('%s', (path, title, own, other) => {
  test.each(ANSWERS)('%s', async (_, answer, isError, reads) => {
    const report = await reportOn({ ...METERED, [path]: answer() });
    expect(report.errors.map(({ message }) => message)).toEqual(
      isError ? [expect.stringMatching(new RegExp(`^${title.replace(/[()]/g, '\\$&')}: `))] : [],
    );
    const sources = JSON.stringify(report.sections.at(-1));
    expect(sources).toMatch(reads);
    expect(sources.toLowerCase()).toContain(title.toLowerCase());
    expect(report.measures[other]).toEqual(expect.any(Number));
    if (own !== undefined) expect(report.measures[own]).toMatchObject({ absent: 'not-delivered' });
  });
});

test('a 410 is never called a permission problem, nor a missing scope retired', async () => {
  const gone = await reportOn({ ...METERED, budgets: refusal('gone', 410) });
  expect(said(gone)).not.toContain('no permission');
  const scope = await reportOn({ ...METERED, budgets: refusal('scope', 404) });
  expect(said(scope)).not.toContain('retired');
});

test('a missing permission is in plain sight, what the host does not have is folded away', async () => {
  expect((await reportOn(METERED)).sections.at(-1)).toMatchObject({ collapsed: true });
  const denied = await reportOn({ ...METERED, budgets: refusal('forbidden', 403) });
  expect(denied.sections.at(-1)).not.toHaveProperty('collapsed');
});

describe('on an Enterprise Server', () => {
  const host = { 'advanced-security': METERED['advanced-security'] };

  test('what fails is not taken for what the host does not have', async () => {
    const { measures } = await reportOn(
      { ...host, usage: refusal('server', 500, '3.19.0') },
      { serverVersion: '3.19.0' },
    );
    expect(measures['cost-net']).toMatchObject({ absent: 'not-delivered' });
    expect(measures['budgets-over']).toMatchObject({ absent: 'wrong-host' });
  });

  test('no scope is asked for where it would not help, and it is where an earlier version may have the resource', async () => {
    const report = await reportOn(
      {
        ...host,
        usage: refusal('scope', 404, '3.14.0'),
        budgets: refusal('scope', 404, '3.14.0'),
        actions: refusal('scope', 404, '3.14.0'),
      },
      { serverVersion: '3.14.0' },
    );
    expect(report.measures['budgets-over']).toMatchObject({ absent: 'wrong-host' });
    expect(report.measures['actions-minutes-used']).toMatchObject({
      absent: 'not-delivered',
      why: 'Actions (previous platform) was left out (no permission)',
    });
    expect(report.measures['packages-gb-used']).toMatchObject({ absent: 'wrong-host' });
  });

  test('Advanced Security is there, so that a 404 speaks of the slug or the token', async () => {
    const actions = { total_minutes_used: 1, total_paid_minutes_used: 0, included_minutes: 0 };
    const report = await reportOn({ actions }, { serverVersion: '3.14.0' });
    expect(report.measures.committers).toMatchObject({
      absent: 'not-delivered',
      why: 'Advanced Security was left out (not found)',
    });
    expect(report.measures['actions-minutes-used-percent']).toMatchObject({ absent: 'not-delivered' });
  });
});

describe('when nothing can be read', () => {
  const all = (kind: FailureKind) =>
    Object.fromEntries(
      [...Object.keys(METERED), 'actions', 'packages', 'shared-storage'].map((path) => [path, refusal(kind)]),
    );

  test.each(['unauthorized', 'sso', 'scope', 'server', 'unreadable', 'network', 'not-found'] as const)(
    'the report fails with the remedy: %s',
    async (kind) => {
      await expect(reportOn(all(kind))).rejects.toMatchObject({
        kind,
        message: expect.stringMatching(
          new RegExp(`^Nothing of the billing report could be read: .*GitHub said ${kind}`),
        ),
      });
    },
  );

  test('the error that can be acted on is told before those that follow from it', async () => {
    const mixed = { ...all('not-found'), actions: refusal('gone', 410), budgets: refusal('scope', 404) };
    await expect(reportOn(mixed)).rejects.toMatchObject({ kind: 'scope' });
  });

  test('a past period on an Enterprise Server says that the host tells only the present', async () => {
    const asked = { serverVersion: '3.19.0', inputs: { period: { year: 2026, month: 10 } } };
    await expect(reportOn({}, asked)).rejects.toThrow(/October 2026.*tells only the present/);
  });

  test('a defect is not taken for an answer of GitHub', async () => {
    const defect = () => {
      throw new TypeError('a defect');
    };
    await expect(reportOn({ ...METERED, budgets: defect })).rejects.toThrow(TypeError);
  });
});

describe('line items that are not all there', async () => {
  const costCenters = { costCenters: [{ id: 'cc-1', name: 'Research', state: 'deleted', resources: [] }] };
  const usage = ({ cost_center_id: id }: { cost_center_id?: unknown }) =>
    id === undefined ? { usageItems: [usageItem()] } : refusal('server', 502);
  const host = {
    ...METERED,
    usage,
    'cost-centers': costCenters,
    'usage/summary': summary(
      summaryRow({ grossQuantity: 250, grossAmount: 2, discountAmount: 0.5, netAmount: 1.5 }),
    ),
  };

  test('a part is never published as the whole: the summary’s numbers stand', async () => {
    const report = await reportOn(host);
    expect(report.measures).toMatchObject({
      'cost-gross': 2,
      'cost-net': 1.5,
      'actions-minutes-used': 250,
      'budgets-over': { absent: 'not-delivered' },
    });
    expect(report.costByOrganization.size).toBe(0);
    expect(report.errors).toHaveLength(1);
    expect(report.errors[0]?.message).toContain('the usage of cost center “Research”');
    expect(report.notices[0]?.text).toContain('usage.csv');
    expect(said(report)).not.toContain('Spending by organization');
  });

  test('a cost center that is refused is an error of its own, whatever the refusal', async () => {
    for (const kind of ['not-found', 'gone', 'forbidden', 'rate-limited'] as const) {
      const refused = ({ cost_center_id: id }: { cost_center_id?: unknown }) =>
        id === undefined ? { usageItems: [usageItem()] } : refusal(kind);
      const { errors, measures } = await reportOn({ ...host, usage: refused });
      expect(errors).toMatchObject([{ kind, message: expect.stringContaining('“Research”') }]);
      expect(measures['budgets-over']).toMatchObject({ absent: 'not-delivered' });
    }
  });

  test('where usage is refused, cost centers are not asked for theirs', async () => {
    const report = await reportOn({ ...host, usage: refusal('not-found', 404) });
    expect(report.requests.filter(({ path }) => path.endsWith('/billing/usage'))).toHaveLength(1);
    expect(report.errors).toEqual([]);
  });

  test('without the summary nothing is summed', async () => {
    const { measures } = await reportOn({ ...host, 'usage/summary': refusal('not-found', 404) });
    for (const name of [
      'cost-gross',
      'cost-net',
      'cost-net-forecast',
      'actions-minutes-used',
      'storage-gb',
    ] as const) {
      expect(measures[name]).toMatchObject({ absent: 'not-delivered' });
    }
  });

  test('a count of some of the budgets is never published as that of all', async () => {
    const budgets = { budgets: [budget({ consumed_amount: 3 }), budget({ id: 'budget-2' })] };
    const { measures } = await reportOn({ ...host, budgets });
    expect(measures['budgets-over']).toMatchObject({ absent: 'not-delivered' });
    expect(measures['budgets-highest-percent']).toMatchObject({ absent: 'not-delivered' });
  });

  test('a budget that GitHub itself has counted is still told', async () => {
    const budgets = { budgets: [budget({ consumed_amount: 3 })] };
    expect((await reportOn({ ...host, budgets })).measures).toMatchObject({
      'budgets-over': 1,
      'budgets-highest-percent': 300,
    });
  });
});

describe('advanced-security-product', () => {
  const people = (purchased: number | null) => ({
    purchased_advanced_security_committers: purchased,
    total_advanced_security_committers: 7,
    repositories: [],
  });
  const standalone = ({ advanced_security_product: product }: { advanced_security_product?: unknown }) =>
    product === undefined ? refusal('invalid', 422) : people(product === 'code_security' ? 5 : null);

  test.each([
    [0, 0, { absent: 'nothing-to-measure', why: 'no license is purchased and none used' }],
    [5, 7, 140],
    [5, 0, 0],
  ])('of %j licenses purchased, %j are used: the percentage', async (purchased, active, percent) => {
    const answer = { ...people(purchased), total_advanced_security_committers: active };
    const { measures } = await reportOn({ ...METERED, 'advanced-security': answer });
    expect(measures['committers-used-percent']).toEqual(percent);
  });

  test('auto asks for both products where one must be named', async () => {
    const report = await reportOn({ ...METERED, 'advanced-security': standalone });
    expect(report.errors).toEqual([]);
    expect(report.measures).toMatchObject({
      committers: { absent: 'not-delivered' },
      'code-security-committers': 7,
      'code-security-committers-purchased': 5,
      'code-security-committers-available': -2,
      'code-security-committers-over': 2,
      'code-security-committers-used-percent': 140,
      'secret-protection-committers': 7,
      'secret-protection-committers-over': { absent: 'not-delivered' },
      'secret-protection-committers-used-percent': { absent: 'not-delivered' },
    });
  });

  test('a product that is refused while the other answers is one that the enterprise does not have', async () => {
    const one = ({ advanced_security_product: product }: { advanced_security_product?: unknown }) =>
      product === 'code_security' ? people(5) : refusal('invalid', 422);
    const report = await reportOn({ ...METERED, 'advanced-security': one });
    expect(report.errors).toEqual([]);
    expect(report.measures).toMatchObject({
      'code-security-committers': 7,
      'secret-protection-committers': {
        absent: 'not-delivered',
        why: 'Secret Protection was left out (no such product)',
      },
    });
    expect(said(report)).toContain('GitHub refuses it for this enterprise (422)');
  });

  test.each([
    ['refused as well', () => refusal('invalid', 422), 2],
    ['not readable', () => refusal('server', 502), 2],
    ['forbidden', () => refusal('forbidden', 403), 1],
  ])('a product that is refused is an error where the other is %s', async (_, other, errors) => {
    const none = ({ advanced_security_product: product }: { advanced_security_product?: unknown }) =>
      product === 'code_security' ? other() : refusal('invalid', 422);
    const report = await reportOn({ ...METERED, 'advanced-security': none });
    expect(report.errors).toHaveLength(errors);
    expect(report.errors.at(-1)?.message).toMatch(/^Secret Protection: /);
  });

  test('a product is asked for by name, and no other', async () => {
    const asked = { inputs: { advancedSecurityProduct: 'secret_protection' as const } };
    const { measures, requests } = await reportOn({ ...METERED, 'advanced-security': standalone }, asked);
    expect(requests.filter(({ path }) => path.endsWith('advanced-security'))).toHaveLength(1);
    expect(measures).toMatchObject({
      'secret-protection-committers': 7,
      committers: { absent: 'not-delivered' },
    });
  });

  test('a product that GitHub refuses is an error', async () => {
    const bundled = ({ advanced_security_product: product }: { advanced_security_product?: unknown }) =>
      product === undefined ? people(5) : refusal('invalid', 422);
    const asked = { inputs: { advancedSecurityProduct: 'code_security' as const } };
    const { errors, measures } = await reportOn({ ...METERED, 'advanced-security': bundled }, asked);
    expect(errors[0]).toBeInstanceOf(GitHubError);
    expect(errors[0]?.message).toMatch(/^Code Security: .*advanced-security-product: auto/);
    expect(measures['code-security-committers']).toMatchObject({ absent: 'not-delivered' });
  });
});

test('cost centers are asked for once, and told apart by the state of each', async () => {
  const centers = [
    { id: 'a', name: 'Research', state: 'deleted', resources: [] },
    { id: 'b', name: 'Research', resources: [] },
    { id: 'c', name: 'Sales', state: null, resources: [] },
  ];
  const report = await reportOn({
    ...METERED,
    'cost-centers': { costCenters: centers },
    usage: ({ cost_center_id: id }: { cost_center_id?: unknown }) => ({
      usageItems: id === undefined ? [] : [usageItem()],
    }),
  });
  const asked = report.requests.filter(({ path }) => path.endsWith('/cost-centers'));
  expect(asked.map(({ query }) => query)).toEqual([{}]);
  expect(rowsOf(partOf(report.files[0], 'cost_centers')?.table)).toMatchObject([
    { id: 'a', state: 'deleted' },
    { id: 'b', state: 'active' },
    { id: 'c', state: 'active' },
  ]);
  const spending = report.sections.find(({ title }) => title === 'Spending by cost center');
  expect(JSON.stringify(spending)).toMatch(/"Research",.*"Research \(deleted\)",.*"Sales",/);
});

test('AI credit pools are numbers without a unit, and one that cannot be read costs nothing else', async () => {
  const center = (id: string, pool: object) => ({ id, name: `Center ${id}`, resources: [], ...pool });
  const state = (target_amount: unknown, current_amount: unknown) => ({
    ai_credit_pool_state: { target_amount, current_amount },
  });
  const report = await reportOn({
    ...METERED,
    'cost-centers': {
      costCenters: [
        center('a', { ai_credit_pool_enabled: true, ...state(21000, 7250.5) }),
        center('b', { ai_credit_pool_enabled: true, ...state(null, 'much') }),
        center('c', { ai_credit_pool_enabled: false, ...state(5, 5) }),
        center('d', state(0, 3)),
        center('e', { ai_credit_pool_enabled: 'yes', ai_credit_pool_state: [] }),
        center('f', { ai_credit_pool_state: null }),
        center('g', { ai_credit_pool_enabled: true }),
        center('h', state(null, null)),
      ],
    },
    usage: ({ cost_center_id: id }: { cost_center_id?: unknown }) => ({
      usageItems: id === undefined ? [usageItem()] : [],
    }),
  });
  expect(report.errors).toEqual([]);
  const pools = report.sections.find(({ title }) => title === 'AI credit pools of cost centers');
  expect(pools?.blocks[0]).toMatchObject({
    columns: [{ format: 'text' }, { format: 'number' }, { format: 'number' }],
    rows: [
      ['Center a', 21000, 7250.5],
      ['Center b', undefined, undefined],
      ['Center d', 0, 3],
      ['Center g', undefined, undefined],
    ],
  });
  expect(pools?.conclusion).toBe('4 of 8 cost centers');
  expect(JSON.stringify(pools)).not.toContain('$');
  const [first, second] = rowsOf(partOf(report.files[0], 'cost_centers')?.table);
  expect(first).toMatchObject({
    ai_credit_pool_enabled: true,
    ai_credit_pool_state: { target_amount: 21000, current_amount: 7250.5 },
  });
  expect(second?.ai_credit_pool_state).toEqual({ target_amount: undefined, current_amount: undefined });
  expect(said(await reportOn(METERED))).not.toContain('AI credit pools');
});
