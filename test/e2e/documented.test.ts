/** The bodies that GitHub documents, all in one run: https://docs.github.com/en/rest */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { documented, METERED, METERED_NOW, PREVIOUS } from '../fixtures/documented.ts';
import type { Override } from '../simulator/server.ts';
import { annotations, metricsOf, report, startGitHub } from './support.ts';

const described = (...[host, path]: Parameters<typeof documented>): Override => ({
  body: documented(host, path),
});

/** The example on the page of the endpoint. */
const shown = (name: string): Override => ({
  body: JSON.parse(readFileSync(new URL(`../fixtures/examples/${name}.json`, import.meta.url), 'utf8')),
});

const billing = (bodies: Readonly<Record<string, unknown>>): Record<string, Override> =>
  Object.fromEntries(Object.entries(bodies).map(([name, body]) => [`settings/billing/${name}`, { body }]));
const people = {
  'consumed-licenses': shown('consumed-licenses'),
  'license-sync-status': shown('license-sync-status'),
  'copilot/billing/seats': described('ghec', '/enterprises/{enterprise}/copilot/billing/seats'),
  'visual-studio-subscriptions': described('ghec', '/enterprises/{enterprise}/visual-studio-subscriptions'),
};

const SEATS = {
  'seats-purchased': 4500,
  'seats-consumed': 5000,
  'seats-available': -500,
  'seats-over': 500,
  'seats-used-percent': 111.11,
  users: 2,
  'users-cloud-only': 0,
  'users-server-only': 1,
  'users-cloud-and-server': 1,
  'users-visual-studio': 0,
  'users-without-two-factor': 0,
  'users-with-pending-invitation': 1,
  'users-outside-collaborator': 0,
  'users-without-verified-email': 0,
  'visual-studio-subscriptions': 1,
  'visual-studio-unmatched': 0,
};
const SYNC = { servers: 2, 'servers-failing': 0, 'servers-stale': 2, 'oldest-sync-days': 2515.5 };
const COMMITTERS = {
  committers: 2,
  'committers-purchased': 4,
  'committers-maximum': 4,
  'committers-available': 2,
  'committers-over': 0,
  'committers-used-percent': 50,
};

test('the metered platform', async () => {
  const github = await startGitHub({ now: NOW, overrides: { ...people, ...billing(METERED_NOW) } });
  const result = await report(github, { report: 'all' });
  expect(result.log).not.toContain('::error');
  expect(metricsOf(result)).toEqual({
    ...SEATS,
    'duplicate-seats': 0,
    'seats-reclaimable': 0,
    ...SYNC,
    ...COMMITTERS,
    // 100 minutes without a cost center, and the same for each of the two cost centers that the example lists.
    'actions-minutes-used': 300,
    'packages-gb-used': 0,
    'storage-gb': 0,
    'billing-days-left': 10,
    // The summary's: $8 in the 19.5 days since the month began.
    'cost-gross': 8,
    'cost-discount': 0,
    'cost-net': 8,
    'cost-net-forecast': 12.31,
    // $2.40 of Actions against $1,000, and perhaps against the $500 of an organization that the example does not name.
    'budgets-over': 0,
    // Of 2021: one seat was used then, and one was to end.
    'copilot-seats': 2,
    'copilot-seats-active': 0,
    'copilot-seats-inactive': 1,
    'copilot-seats-new': 0,
    'copilot-seats-ending': 1,
    'copilot-seats-inactive-percent': 50,
  });
  expect(result.files).toEqual(
    expect.arrayContaining(['billing.json', 'budgets.csv', 'committers.csv', 'sync-status.csv', 'usage.csv']),
  );
});

test('money as it stands in the examples is of another period, and is none', async () => {
  const github = await startGitHub({ now: NOW, overrides: billing(METERED) });
  const gates = { 'fail-on': 'cost-net: above 5', 'warn-on': 'actions-minutes-used: above 5' };
  const result = await report(github, { report: 'billing', ...gates });
  expect([result.exitCode, result.outputs.status]).toEqual([1, 'error']);
  expect(metricsOf(result)).toEqual(COMMITTERS);
  expect(annotations(result, 'warning').join('\n')).toMatch(/usage summary is of another period.*2025/);
  expect(annotations(result, 'error').join('\n')).toMatch(/cost-net has no value.*of another period/);
  expect(result.read('usage.csv')).toContain('2023-08-01');
});

test('the previous platform', async () => {
  const github = await startGitHub({ now: NOW, metered: '404', overrides: billing(PREVIOUS) });
  const result = await report(github, { report: 'billing' });
  expect(result.log).not.toContain('::error');
  expect(metricsOf(result)).toEqual({
    ...COMMITTERS,
    'actions-minutes-used': 305,
    'actions-minutes-included': 3000,
    'actions-minutes-paid': 0,
    'actions-minutes-used-percent': 10.17,
    'packages-gb-used': 50,
    'packages-gb-included': 10,
    'packages-gb-paid': 40,
    'storage-gb': 40,
    'storage-gb-paid': 15,
    'billing-days-left': 20,
  });
});

test('an Enterprise Server', async () => {
  const github = await startGitHub({
    now: NOW,
    kind: 'server',
    overrides: {
      'enterprise/settings/license': described('ghes-3.19', '/enterprise/settings/license'),
      'settings/billing/advanced-security': described(
        'ghes-3.19',
        '/enterprises/{enterprise}/settings/billing/advanced-security',
      ),
    },
  });
  const result = await report(github, { report: 'licenses, billing' });
  expect(result.log).not.toContain('::error');
  expect(metricsOf(result)).toEqual({
    'seats-purchased': 1400,
    'seats-consumed': 1316,
    'seats-available': 84,
    'seats-over': 0,
    'seats-used-percent': 94,
    'license-days-left': 365,
    ...COMMITTERS,
  });
});
