/** Gates of the sync-status and billing reports, and what a gate does whose metric does not exist. */
import { beforeAll, describe, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { type SimulatorOptions, TOKEN } from '../simulator/server.ts';
import type { ActionRun } from './action.ts';
import { annotations, metricsOf, report, startGitHub } from './support.ts';

const SMALL = { seats: 60, organizations: 3, repositories: 30, costCenters: 2, now: NOW } as const;
const ALL = { report: 'all', formats: 'none' };

describe('a gate passes, warns and fails', () => {
  const METRICS = [
    'servers-failing',
    'oldest-sync-days',
    'committers-available',
    'cost-net',
    'budgets-over',
  ] as const;
  type Values = Record<string, number>;
  const value = (values: Values, metric: string) => values[metric] ?? Number.NaN;
  const crossed = (values: Values, metric: string) => `above ${Math.floor(value(values, metric)) - 1}`;
  const kept = (values: Values, metric: string) => `below ${Math.floor(value(values, metric)) - 1}`;
  let values: Values;
  let runs: Record<'pass' | 'warn' | 'fail', ActionRun>;

  beforeAll(async () => {
    const github = await startGitHub({ ...SMALL, servers: ['ok', 'failing', 'stale'] });
    const run = (inputs = {}) => report(github, { ...ALL, ...inputs });
    values = metricsOf(await run());
    const gates = (bound: typeof kept) =>
      METRICS.map((metric) => `${metric}: ${bound(values, metric)}`).join('\n');
    runs = {
      pass: await run({ 'fail-on': gates(kept), 'warn-on': gates(kept) }),
      warn: await run({ 'fail-on': gates(kept), 'warn-on': gates(crossed) }),
      fail: await run({ 'fail-on': gates(crossed), 'warn-on': gates(kept) }),
    };
  }, 60_000);

  test('the step fails for a crossed bound of fail-on alone', () => {
    const told = (run: ActionRun) => [run.outputs.status, run.exitCode];
    expect(told(runs.pass)).toEqual(['pass', 0]);
    expect(told(runs.warn)).toEqual(['warn', 0]);
    expect(told(runs.fail)).toEqual(['fail', 1]);
    expect(runs.pass.outputs.breaches).toBe('[]');
  });

  test.each(METRICS)('on %s', (metric) => {
    for (const level of ['warn', 'fail'] as const) {
      const bound = crossed(values, metric);
      const breaches = JSON.parse(runs[level].outputs.breaches ?? '') as { metric: string }[];
      expect(breaches.filter((breach) => breach.metric === metric)).toEqual([
        { level, metric, value: value(values, metric), bound },
      ]);
      const annotation = level === 'warn' ? 'warning' : 'error';
      expect(annotations(runs[level], annotation).join('\n')).toMatch(
        new RegExp(`${metric} is [\\d,.-]+ \\(${level}-on: ${bound}\\)`),
      );
      expect(runs[level].summary).toContain(metric);
    }
  });
});

describe.concurrent('a metric that does not exist', () => {
  const BILLING_DENIED = { tokens: { [TOKEN]: { scopes: ['read:enterprise'] } } };
  const NO_SERVER = { servers: [] };
  const UNLIMITED = { kind: 'server', serverLicense: { unlimited: true } } as const;
  const SERVER = { kind: 'server' } as const;
  const UNDATED = { servers: ['ok', 'unparsable'] } as const;

  /** How `fail-on`, then `warn-on` are told. */
  const NOTHING_TO_MEASURE = ['notice', 'notice'] as const;
  const NOT_DELIVERED = ['error', 'warning'] as const;
  const IMPOSSIBLE = ['error', 'error'] as const;

  const rows: [
    title: string,
    options: Partial<SimulatorOptions>,
    inputs: Record<string, string>,
    metric: string,
    told: readonly ['notice' | 'error', 'notice' | 'warning' | 'error'],
    why: RegExp,
  ][] = [
    [
      'no server connected',
      NO_SERVER,
      { report: 'sync-status' },
      'oldest-sync-days',
      NOTHING_TO_MEASURE,
      /no server is connected/,
    ],
    ['unlimited seats', UNLIMITED, {}, 'seats-available', NOTHING_TO_MEASURE, /unlimited/],
    [
      'a token without expiry',
      {},
      {},
      'token-days-left',
      NOTHING_TO_MEASURE,
      /does not say that the token expires/,
    ],
    ['no budget', { budgets: 0 }, { report: 'billing' }, 'budgets-over', NOTHING_TO_MEASURE, /no budget/],
    [
      'a first run',
      {},
      { 'history-file': 'history.ndjson' },
      'seats-change',
      NOTHING_TO_MEASURE,
      /no earlier run/,
    ],
    [
      'a sync without a readable date',
      UNDATED,
      { report: 'sync-status' },
      'oldest-sync-days',
      NOT_DELIVERED,
      /no usable date/,
    ],
    [
      'no permission for a section',
      { faults: [{ kind: '403', match: { endpoint: 'budgets' } }] },
      { report: 'billing' },
      'budgets-over',
      NOT_DELIVERED,
      /budgets was left out \(no permission\)/,
    ],
    [
      'no number of licenses',
      { committersPurchased: null },
      { report: 'billing' },
      'committers-available',
      NOT_DELIVERED,
      /does not say how many/,
    ],
    [
      'committers that are paid by usage',
      { committersPurchased: 0 },
      { report: 'billing' },
      'committers-over',
      NOT_DELIVERED,
      /paid by usage: use the gate `committers: above N`/,
    ],
    [
      'committers that GitHub neither counts nor lists',
      {
        overrides: {
          'settings/billing/advanced-security': {
            body: { total_count: 1, repositories: [{ name: 'acme/web', advanced_security_committers: 9 }] },
          },
        },
      },
      { report: 'billing' },
      'committers',
      NOT_DELIVERED,
      /neither a total of committers nor a whole list/,
    ],
    [
      'a product that the enterprise does not have',
      {
        advancedSecurity: 'standalone',
        overrides: {
          'settings/billing/advanced-security?advanced_security_product=secret_protection': {
            status: 422,
            body: { message: 'Validation Failed' },
          },
        },
      },
      { report: 'billing' },
      'secret-protection-committers',
      NOT_DELIVERED,
      /Secret Protection was left out \(no such product\)/,
    ],
    [
      'a past period',
      {},
      { report: 'billing', period: 'previous' },
      'committers',
      NOT_DELIVERED,
      /not for a past period/,
    ],
    [
      'costs of an Enterprise Server',
      SERVER,
      { report: 'billing' },
      'cost-net',
      IMPOSSIBLE,
      /Enterprise Server 3\.19\.1 does not offer it/,
    ],
    ['people of an Enterprise Server', SERVER, {}, 'users', IMPOSSIBLE, /does not list/],
    ['an expiry date of the cloud', {}, {}, 'license-days-left', IMPOSSIBLE, /Enterprise Server/],
    ['a report that is not selected', {}, {}, 'cost-net', IMPOSSIBLE, /add billing to report/],
    ['history without history-file', {}, {}, 'days-until-full', IMPOSSIBLE, /set history-file/],
  ];

  test.each(rows)('%s', async (_, options, inputs, metric, [failing, warning], why) => {
    const github = await startGitHub({ ...SMALL, ...options });
    const gates = { 'fail-on': `${metric}: above 5`, 'warn-on': `${metric}: above 6` };
    const result = await report(github, { formats: 'none', ...inputs, ...gates });
    const passes = failing === 'notice';
    expect([result.outputs.status, result.exitCode]).toEqual(passes ? ['pass', 0] : ['error', 1]);
    expect([result.outputs[metric], result.outputs.breaches]).toEqual(['', '[]']);
    const told = (level: 'notice' | 'warning' | 'error', name: string) =>
      annotations(result, level).some(
        (text) => why.test(text) && text.includes(metric) && text.includes(name),
      );
    expect({ fail: told(failing, 'fail-on'), warn: told(warning, 'warn-on') }).toEqual({
      fail: true,
      warn: true,
    });
  });

  test('a warning alone leaves the step as it is', async () => {
    const github = await startGitHub({ ...SMALL, committersPurchased: null });
    const gate = { 'warn-on': 'committers-available: below 0' };
    const result = await report(github, { report: 'billing', ...gate });
    expect([result.outputs.status, result.exitCode]).toEqual(['warn', 0]);
  });

  test('no permission for the whole report is its error, whatever the gate', async () => {
    const github = await startGitHub({ ...SMALL, ...BILLING_DENIED });
    const result = await report(github, { ...ALL, 'warn-on': 'cost-net: above 5' });
    expect([result.exitCode, result.outputs.status]).toEqual([1, 'error']);
    expect(annotations(result, 'error').join('\n')).toContain('manage_billing:enterprise');
    expect(result.outputs.users).toBe('60');
  });
});
