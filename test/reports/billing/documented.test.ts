/** The bodies that GitHub documents, deviations from its own schemas included. */
import { describe, expect, test } from 'vitest';
import { METERED, METERED_NOW, PREVIOUS } from '../../fixtures/documented.ts';
import { refusal } from '../fake-client.ts';
import { partOf, reportOn, rowsOf, said, tableOf } from './host.ts';

describe('the metered platform', async () => {
  // The example lists two cost centers in each state, and the same usage for each.
  const report = await reportOn(METERED_NOW);

  test('money is the summary’s, usage is the line items’', () => {
    expect(report.errors).toEqual([]);
    expect(report.measures).toMatchObject({
      'cost-gross': 8,
      'cost-discount': 0,
      'cost-net': 8,
      'cost-net-forecast': Number(((8 / 19.5) * 30).toFixed(2)),
      'actions-minutes-used': 300,
      'packages-gb-used': 0,
      'storage-gb': 0,
      'billing-days-left': 10,
      committers: 2,
      'committers-purchased': 4,
      'committers-maximum': 4,
      'committers-available': 2,
      'committers-over': 0,
      'committers-used-percent': 50,
    });
  });

  test('what only the previous platform had does not exist', () => {
    for (const name of [
      'actions-minutes-included',
      'actions-minutes-paid',
      'packages-gb-paid',
      'storage-gb-paid',
    ] as const) {
      expect(report.measures[name]).toMatchObject({ absent: 'not-delivered' });
    }
  });

  test('says that the examples’ line items and summary differ, and by how much', () => {
    expect(said(report)).toContain('difference of ');
    expect(said(report)).toContain('-$5.60');
    expect(report.notices.map(({ text }) => text)).toContainEqual(expect.stringContaining('$2.40 net'));
  });

  test('as it stands in the examples is of another period, and counts for nothing', async () => {
    const { measures, notices } = await reportOn(METERED);
    for (const name of ['cost-net', 'actions-minutes-used', 'storage-gb', 'budgets-over'] as const) {
      expect(measures[name]).toMatchObject({ absent: 'not-delivered' });
    }
    expect(notices.map(({ text }) => text)).toEqual([
      'Billing line items dated outside November 2026: 3 of 3, so nothing is summed up from them.',
      'The usage summary is of another period: GitHub answered for 2025, not for November 2026.',
    ]);
  });

  test('reads both spellings of a budget’s SKU', () => {
    expect(tableOf(report, 'budgets')[0]).toEqual({
      id: '2066deda-923f-43f9-88d2-62395a28c0cdd',
      scope: 'enterprise',
      entity: '',
      type: 'ProductPricing',
      products: ['actions'],
      amount: 1000,
      unit: 'USD',
      spent: 2.4,
      spent_percent: 0.24,
      spent_source: 'estimated',
      prevents_further_usage: true,
    });
  });

  test('usage.csv goes by GitHub’s field names, then the cost center and GitHub’s identifier of the SKU', () => {
    expect(tableOf(report, 'usage').at(-1)).toEqual({
      date: '2026-11-05',
      product: 'Actions',
      sku: 'Actions Linux',
      quantity: 100,
      unitType: 'minutes',
      pricePerUnit: 0.008,
      grossAmount: 0.8,
      discountAmount: 0,
      netAmount: 0.8,
      organizationName: 'GitHub',
      repositoryName: 'github/example',
      cost_center: 'Another Cost Center',
      canonical_sku: 'actions_linux',
    });
  });

  test('committers.csv has a row for each person of each repository', () => {
    expect(tableOf(report, 'committers').map((row) => Object.values(row))).toEqual([
      ['advanced_security', 'octocat-org/Hello-World', 'octocat', '2021-11-03', 'octocat@github.com'],
      ['advanced_security', 'octocat-org/Hello-World', 'octokitten', '2021-10-25', 'octokitten@github.com'],
      ['advanced_security', 'octocat-org/server', 'octokitten', '2021-10-26', 'octokitten@github.com'],
    ]);
  });

  test('billing.json has every section with its source', () => {
    const [file] = report.files;
    expect(partOf(file, 'usage')).toMatchObject({
      source: 'GET /enterprises/acme/settings/billing/usage',
      fields: { complete: true },
    });
    expect(partOf(file, 'advanced_security')?.fields).toEqual({
      active: 2,
      listed: 2,
      maximum: 4,
      purchased: 4,
    });
    expect(rowsOf(partOf(file, 'premium_request_usage')?.table)).toMatchObject([
      { model: 'GPT-5', grossAmount: 4 },
    ]);
    expect(rowsOf(partOf(file, 'ai_credit_usage')?.table)).toMatchObject([
      { model: 'GPT-5', grossAmount: 1 },
    ]);
    expect(rowsOf(partOf(file, 'cost_centers')?.table)[1]).toMatchObject({
      name: 'Another Cost Center',
      users: ['Octocat'],
      repositories: ['octocat/hello-world'],
      teams: ['enterprise-team-2'],
    });
    expect(file?.parts.map((part) => part.name)).not.toContain('actions');
  });

  test('people are columns of people', () => {
    const privacy = (name: string) =>
      Object.fromEntries(
        report.tables
          .find((table) => table.name === name)
          ?.columns.map((column) => [column.name, column.privacy]) ?? [],
      );
    expect(privacy('committers')).toMatchObject({
      repository: 'repository',
      user_login: 'login',
      last_pushed_email: 'email',
    });
    expect(privacy('usage')).toMatchObject({ organizationName: 'public' });
    const privacyOfName = privacy('usage').repositoryName;
    if (typeof privacyOfName !== 'function') throw new TypeError('it is the same for all rows');
    const ofRepository = (organizationName: string, repositoryName: string) =>
      privacyOfName({ organizationName, repositoryName });
    expect(ofRepository('acme', 'website')).toBe('public');
    expect(ofRepository('acme', 'acme/website')).toBe('repository');
    expect(ofRepository('acme', 'mona/dotfiles')).toBe('repository');
    expect(ofRepository('', 'dotfiles')).toBe('repository');
  });

  test('asks for the month, and for each cost center by its id', () => {
    const usage = report.requests
      .filter(({ path }) => path.endsWith('/billing/usage'))
      .map(({ query }) => query);
    expect(usage).toEqual([
      { year: 2026, month: 11 },
      { year: 2026, month: 11, cost_center_id: '2eeb8ffe-6903-11ee-8c99-0242ac120002' },
      { year: 2026, month: 11, cost_center_id: '3ffb9ffe-6903-11ee-8c99-0242ac120003' },
    ]);
  });
});

describe('the previous platform', async () => {
  const report = await reportOn(PREVIOUS);

  test('serves a host that has no usage', () => {
    expect(report.errors).toEqual([]);
    expect(report.measures).toMatchObject({
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
      committers: 2,
    });
    expect(said(report)).toMatch(/UBUNTU.*WINDOWS.*MACOS/s);
  });

  test('gives way to usage wherever that answers', async () => {
    const both = await reportOn({ ...PREVIOUS, ...METERED_NOW });
    expect(both.measures).toMatchObject({ 'actions-minutes-used': 300, 'billing-days-left': 10 });
    expect(both.measures['actions-minutes-included']).toMatchObject({ absent: 'not-delivered' });
    expect(partOf(both.files[0], 'actions')?.fields).toMatchObject({ total_minutes_used: 305 });
  });

  test('does not stand in for usage that exists and could not be read', async () => {
    for (const kind of ['server', 'forbidden', 'scope', 'rate-limited'] as const) {
      const { measures } = await reportOn({ ...PREVIOUS, usage: refusal(kind) });
      expect(measures['actions-minutes-used']).toMatchObject({ absent: 'not-delivered' });
    }
  });

  test('describes only the present, so that a past period has none of it', async () => {
    const past = await reportOn(
      { ...PREVIOUS, ...METERED_NOW },
      { inputs: { period: { year: 2026, month: 10 } } },
    );
    expect(past.requests.filter(({ path }) => /actions$|packages$|storage$|security$/.test(path))).toEqual(
      [],
    );
    expect(past.measures.committers).toEqual({
      absent: 'not-delivered',
      why: 'Advanced Security was left out (not for a past period)',
    });
    expect(said(past)).toContain('it describes only the present');
  });
});

test('Enterprise Server: committers work as on the cloud, and money is of another host', async () => {
  const report = await reportOn(
    { 'advanced-security': PREVIOUS['advanced-security'] },
    { serverVersion: '3.19.1' },
  );
  expect(report.errors).toEqual([]);
  expect(report.measures).toMatchObject({
    committers: 2,
    'committers-purchased': 4,
    'cost-net': { absent: 'wrong-host', why: 'GitHub Enterprise Server 3.19.1 does not offer it' },
    'budgets-over': { absent: 'wrong-host' },
    'actions-minutes-used': { absent: 'wrong-host' },
    'storage-gb': { absent: 'wrong-host' },
  });
  expect(report.figures).toMatchObject([{ label: 'Advanced Security committers', value: 2 }]);
});

test('Enterprise Server: the previous platform serves an older one', async () => {
  const { measures } = await reportOn(PREVIOUS, { serverVersion: '3.14.0' });
  expect(measures).toMatchObject({ 'actions-minutes-used': 305, 'cost-net': { absent: 'wrong-host' } });
});

test('a slug is needed on Enterprise Server too', async () => {
  await expect(reportOn({}, { inputs: { enterprise: '' } })).rejects.toThrow('set the input `enterprise`');
});
