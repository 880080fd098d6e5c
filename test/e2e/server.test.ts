/** An Enterprise Server with the slug of its enterprise, and one without. */
import { expect, test } from 'vitest';
import { NOW } from '../clock.ts';
import { annotations, metricsOf, report, startGitHub } from './support.ts';

const SERVER = {
  kind: 'server',
  now: NOW,
  seats: 80,
  purchased: 100,
  repositories: 40,
  organizations: 4,
} as const;

test('the license and the committers are told, and the rest is said not to be on this host', async () => {
  const github = await startGitHub({ ...SERVER, serverLicense: { daysLeft: 33 } });
  const result = await report(github, { report: 'all', formats: 'csv, json' });
  const { total, maximum, purchased } = github.billing.committers('bundled');
  expect(metricsOf(result)).toEqual({
    'seats-purchased': 100,
    'seats-consumed': 80,
    'seats-available': 20,
    'seats-over': 0,
    'seats-used-percent': 80,
    'license-days-left': 33,
    committers: total,
    'committers-maximum': maximum,
    'committers-purchased': purchased,
    'committers-available': purchased - total,
    'committers-over': Math.max(0, total - purchased),
    'committers-used-percent': Math.round((10_000 * total) / purchased) / 100,
  });
  expect([result.exitCode, result.outputs.status]).toEqual([0, 'pass']);
  expect(annotations(result, 'notice')).toEqual([
    expect.stringContaining(
      'report: all leaves out sync-status. License sync status is not on GitHub Enterprise Server 3.19.1',
    ),
    expect.stringContaining(
      'report: all leaves out copilot. Copilot seats are not on GitHub Enterprise Server 3.19.1',
    ),
  ]);
  expect(result.files).toEqual(['billing.json', 'committers.csv', 'licenses.json']);
  expect(result.summary).toMatch(/not on this host: GitHub Enterprise Server 3\.19\.1 does not offer it/);
  expect(result.summary).toContain('does not list its people');
});

test('the reports that it has pass together', async () => {
  const github = await startGitHub(SERVER);
  const result = await report(github, { report: 'licenses, billing', 'fail-on': 'seats-available: below 0' });
  expect([result.exitCode, result.outputs.status]).toEqual([0, 'pass']);
});

test('without a slug there is the license alone, unlimited or not', async () => {
  const github = await startGitHub({ ...SERVER, serverLicense: { unlimited: true, daysLeft: -2 } });
  const result = await report(github, { enterprise: '', 'warn-on': 'license-days-left: below 30' });
  expect(metricsOf(result)).toEqual({ 'seats-consumed': 80, 'license-days-left': -2 });
  expect([result.exitCode, result.outputs.status]).toEqual([0, 'warn']);
  expect(result.summary).toMatch(/unlimited/i);
  expect(github.requests.map(({ path }) => path)).toEqual(['/enterprise/settings/license']);
});

test('what needs the slug says so before any request', async () => {
  const github = await startGitHub(SERVER);
  const result = await report(github, { enterprise: '', report: 'licenses, billing' });
  expect([result.exitCode, result.outputs.status, github.requests]).toEqual([1, 'error', []]);
  expect(annotations(result, 'error').join('\n')).toContain('`enterprise` is missing');
});
