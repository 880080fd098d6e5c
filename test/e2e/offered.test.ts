/** `report: all` is what the host offers, and never a green run with nothing in it. */
import { describe, expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { DIALECTS } from '../simulator/dialects.ts';
import { type SimulatorOptions, TOKEN } from '../simulator/server.ts';
import { annotations, report, startGitHub } from './support.ts';

const SMALL = { now: NOW, seats: 30, organizations: 3, repositories: 20, costCenters: 1 } as const;
const CLOUD = { ...SMALL, kind: 'cloud' } as const;
const SERVER = { ...SMALL, kind: 'server' } as const;
const NO_SLUG = { enterprise: '' };
const token = (...scopes: string[]) => ({ tokens: { [TOKEN]: { scopes } } });
const broken = (kind: '404' | '404-scope' | '401' | '403-sso' | '500-json', endpoint?: string) => ({
  faults: [{ kind, ...(endpoint && { match: { endpoint } }) }],
});

const SYNC =
  'report: all leaves out sync-status. License sync status is not on GitHub Enterprise Server 3.19.1: ask';
const SYNC_WITHOUT_SLUG =
  'report: all leaves out sync-status. License sync status is not on an Enterprise Server: ask';
const BILLING =
  'report: all leaves out billing. Billing is read for one enterprise: set the input `enterprise`';
const COPILOT =
  'report: all leaves out copilot. Copilot seats are not on GitHub Enterprise Server 3.19.1: ask';
const COPILOT_WITHOUT_SLUG =
  'report: all leaves out copilot. Copilot seats are not on an Enterprise Server: ask';
const CLOUD_FILES = ['billing.json', 'copilot.json', 'licenses.json', 'sync-status.json'];
const WITHOUT_COPILOT = ['billing.json', 'licenses.json', 'sync-status.json'];
/** A bill of the month in which there is nothing. */
const EMPTY_BILL = {
  'settings/billing/usage': { body: { usageItems: [] } },
  'settings/billing/usage/summary': { body: { timePeriod: { year: 2026, month: 11 }, usageItems: [] } },
};

const BILLING_ENDPOINTS = [
  ...['usage', 'usage/summary', 'cost-centers', 'budgets', 'premium_request/usage', 'ai_credit/usage'],
  ...['advanced-security', 'actions', 'packages', 'shared-storage'],
].map((name) => `settings/billing/${name}`);

interface Expected {
  readonly status: 'pass' | 'error';
  /** JSON files: the reports that were made. */
  readonly files: readonly string[];
  /** What notices say. */
  readonly leftOut?: readonly string[];
  /** What an annotation says. */
  readonly error?: string;
}

const rows: [string, Partial<SimulatorOptions> & { now: Date }, Record<string, string>, Expected][] = [
  ['a cloud that answers', CLOUD, {}, { status: 'pass', files: CLOUD_FILES }],
  [
    'a cloud of another slug',
    CLOUD,
    { enterprise: 'acne' },
    { status: 'error', files: [], error: 'there is no enterprise `acne`' },
  ],
  [
    'a cloud, and a token without scopes',
    { ...CLOUD, ...token() },
    {},
    { status: 'error', files: [], error: 'the token lacks the scope' },
  ],
  [
    "a cloud, and a billing manager's token",
    { ...CLOUD, ...token('manage_billing:enterprise') },
    {},
    { status: 'error', files: ['billing.json'], error: 'the token lacks the scope' },
  ],
  [
    "a cloud, and a billing manager's token with every scope",
    {
      ...CLOUD,
      faults: ['consumed-licenses', 'license-sync-status'].map((endpoint) => ({
        kind: '404',
        match: { endpoint },
      })),
    },
    {},
    {
      status: 'error',
      files: ['billing.json', 'copilot.json'],
      error: "the token's owner is not an owner of it",
    },
  ],
  [
    'a cloud without the licenses',
    { ...CLOUD, ...broken('404', 'consumed-licenses') },
    {},
    {
      status: 'error',
      files: ['billing.json', 'copilot.json', 'sync-status.json'],
      error: 'GitHub answered 404',
    },
  ],
  [
    'a cloud without the sync status',
    { ...CLOUD, ...broken('404', 'license-sync-status') },
    {},
    {
      status: 'error',
      files: ['billing.json', 'copilot.json', 'licenses.json'],
      error: 'GitHub answered 404',
    },
  ],
  [
    'a cloud without any billing',
    { ...CLOUD, faults: BILLING_ENDPOINTS.map((endpoint) => ({ kind: '404', match: { endpoint } })) },
    {},
    {
      status: 'error',
      files: ['copilot.json', 'licenses.json', 'sync-status.json'],
      error: 'Nothing of the billing report could be read',
    },
  ],
  [
    'a cloud without Copilot',
    { ...CLOUD, overrides: { ...EMPTY_BILL, 'copilot/billing/seats': { status: 404, body: {} } } },
    {},
    {
      status: 'pass',
      files: WITHOUT_COPILOT,
      leftOut: [
        'report: all leaves out copilot. GitHub answers 404 to the list of Copilot seats, and the bill has none',
      ],
    },
  ],
  [
    'a cloud without Copilot, when the report is named',
    { ...CLOUD, overrides: { ...EMPTY_BILL, 'copilot/billing/seats': { status: 404, body: {} } } },
    { report: 'copilot, billing' },
    { status: 'error', files: ['billing.json'], error: "the token's scopes are sufficient" },
  ],
  [
    'a cloud without Copilot, and a token that tells no scopes',
    {
      ...CLOUD,
      tokens: { [TOKEN]: {} },
      overrides: { ...EMPTY_BILL, 'copilot/billing/seats': { status: 404, body: {} } },
    },
    {},
    { status: 'error', files: WITHOUT_COPILOT, error: 'GitHub answered 404' },
  ],
  [
    'a cloud that hides Copilot seats which the bill has',
    { ...CLOUD, overrides: { 'copilot/billing/seats': { status: 404, body: {} } } },
    {},
    { status: 'error', files: WITHOUT_COPILOT, error: 'for very large enterprises' },
  ],
  [
    'a cloud without Copilot, and a bill that cannot be read',
    {
      ...CLOUD,
      overrides: { 'copilot/billing/seats': { status: 404, body: {} } },
      faults: ['billing/usage', 'usage/summary'].map((endpoint) => ({ kind: '403', match: { endpoint } })),
    },
    {},
    { status: 'error', files: WITHOUT_COPILOT, error: 'GitHub answered 404' },
  ],
  [
    'a cloud, and a wrong token',
    { ...CLOUD, ...broken('401') },
    {},
    { status: 'error', files: [], error: '401' },
  ],
  [
    'a cloud, and single sign-on',
    { ...CLOUD, ...broken('403-sso') },
    {},
    { status: 'error', files: [], error: 'SAML' },
  ],
  [
    'a cloud without a slug',
    CLOUD,
    NO_SLUG,
    { status: 'error', files: [], error: '`enterprise` is missing' },
  ],
  [
    'a server that answers',
    SERVER,
    {},
    { status: 'pass', files: ['billing.json', 'licenses.json'], leftOut: [SYNC, COPILOT] },
  ],
  [
    'a server of another slug',
    SERVER,
    { enterprise: 'acne' },
    {
      status: 'error',
      leftOut: [SYNC, COPILOT],
      files: ['licenses.json'],
      error: 'Nothing of the billing report could be read',
    },
  ],
  [
    'a server, and a token without scopes',
    { ...SERVER, ...token() },
    {},
    { status: 'error', leftOut: [SYNC, COPILOT], files: [], error: 'the token lacks the scope' },
  ],
  [
    'a server, and a wrong token',
    { ...SERVER, ...broken('401') },
    {},
    { status: 'error', files: [], error: '401' },
  ],
  [
    'a server whose license cannot be read',
    { ...SERVER, ...broken('404', 'enterprise/settings/license') },
    {},
    {
      status: 'error',
      leftOut: [SYNC, COPILOT],
      files: ['billing.json'],
      error: 'GitHub answered 404 to GET /enterprise/settings/license',
    },
  ],
  [
    'a server in trouble',
    { ...SERVER, ...broken('500-json', 'license-sync-status') },
    {},
    {
      status: 'error',
      leftOut: [COPILOT],
      files: ['billing.json', 'licenses.json'],
      error: 'GitHub answered 500',
    },
  ],
  [
    'a server without a slug',
    SERVER,
    NO_SLUG,
    {
      status: 'pass',
      files: ['licenses.json'],
      leftOut: [SYNC_WITHOUT_SLUG, BILLING, COPILOT_WITHOUT_SLUG],
    },
  ],
  [
    'a server without a slug whose license cannot be read',
    { ...SERVER, ...broken('404', 'enterprise/settings/license') },
    NO_SLUG,
    {
      status: 'error',
      leftOut: [SYNC_WITHOUT_SLUG, BILLING, COPILOT_WITHOUT_SLUG],
      files: [],
      error: 'GitHub answered 404 to GET /enterprise/settings/license',
    },
  ],
  [
    'a server, when the report is named',
    SERVER,
    { report: 'licenses, sync-status' },
    {
      status: 'error',
      files: ['licenses.json'],
      error: 'License sync status is not on GitHub Enterprise Server',
    },
  ],
  [
    'a server, when all reports are named',
    SERVER,
    { report: 'licenses, sync-status, billing' },
    {
      status: 'error',
      files: ['billing.json', 'licenses.json'],
      error: 'License sync status is not on GitHub',
    },
  ],
  [
    'a server without a slug, when the report is named',
    SERVER,
    { ...NO_SLUG, report: 'billing' },
    { status: 'error', files: [], error: '`enterprise` is missing' },
  ],
];

describe('report: all', () => {
  test.each(rows)('of %s', async (_, options, inputs, { status, files, leftOut, error }) => {
    const github = await startGitHub(options);
    // Retries wait; a clock that is fast when nothing is retried makes answers look late.
    const clock = 'faults' in options && error?.includes('500') ? { speed: 20 } : {};
    const run = await report(github, { report: 'all', formats: 'json', ...inputs }, { clock });
    expect([run.exitCode, run.outputs.status]).toEqual([status === 'pass' ? 0 : 1, status]);
    expect(run.files).toEqual(files);
    if (error !== undefined) {
      expect(annotations(run, 'error').join('\n')).toContain(error);
      expect(run.summary.replaceAll('\\', '')).toMatch(/🚫/);
    }
    const notices = annotations(run, 'notice').filter((text) => text.startsWith('report: all leaves out'));
    expect(notices).toEqual((leftOut ?? []).map((text) => expect.stringContaining(text)));
    for (const text of leftOut ?? []) expect(run.summary).toContain(text.split('. ')[0]);
  });

  test.each(DIALECTS)('of a cloud in the dialect %s leaves nothing out', async (dialect) => {
    const run = await report(await startGitHub({ ...CLOUD, dialect }), { report: 'all', formats: 'json' });
    expect([run.exitCode, run.outputs.status, run.files]).toEqual([0, 'pass', CLOUD_FILES]);
    expect(run.log).not.toContain('leaves out');
  });

  const gates: [string, Record<string, string>, 'pass' | 'warn' | 'error', RegExp][] = [
    [
      'what the server has no report of',
      { 'fail-on': 'servers: above 9' },
      'error',
      /does not list connected servers/,
    ],
    ['the same, to warn', { 'warn-on': 'servers: above 9' }, 'error', /does not list connected servers/],
    [
      'what is left out without a slug',
      { ...NO_SLUG, 'fail-on': 'committers: above 9' },
      'error',
      /`enterprise` is not given/,
    ],
    [
      'the same, to warn',
      { ...NO_SLUG, 'warn-on': 'committers: above 9' },
      'warn',
      /`enterprise` is not given/,
    ],
    ['what is made', { 'fail-on': 'seats-consumed: above 99' }, 'pass', /The gate passes/],
  ];
  test.each(gates)('and a gate on %s %j', async (_, inputs, status, why) => {
    const github = await startGitHub(SERVER);
    const run = await report(github, { report: 'all', formats: 'json', ...inputs });
    expect([run.exitCode, run.outputs.status]).toEqual([status === 'error' ? 1 : 0, status]);
    expect(run.files).toContain('licenses.json');
    expect(run.summary.replaceAll(/<[^>]+>|\\/g, '')).toMatch(new RegExp(why.source.replaceAll('`', '`?')));
  });
});
