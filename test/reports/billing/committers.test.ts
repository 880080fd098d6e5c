import * as v from 'valibot';
import { expect, test } from 'vitest';
import { summariseCommitters } from '../../../src/reports/billing/committers.ts';
import * as schemas from '../../../src/reports/billing/schemas.ts';
import { METERED, reportOn, said } from './host.ts';

const repository = (name: string, ...logins: string[]) => ({
  name,
  advanced_security_committers: logins.length,
  advanced_security_committers_breakdown: logins.map((user_login) => ({
    user_login,
    last_pushed_date: '2026-11-01',
    last_pushed_email: `${user_login}@example.com`,
  })),
});
const summarise = (...pages: object[]) =>
  summariseCommitters(pages.map((page) => v.parse(schemas.committers, page)));

test('a person counts once over all repositories and pages', () => {
  const found = summarise(
    { repositories: [repository('o/a', 'mona', 'lisa')] },
    { repositories: [repository('o/b', 'Mona', 'octo')] },
  );
  expect(found).toMatchObject({ active: 3, listed: 3, maximum: undefined, purchased: undefined });
});

test('GitHub’s total wins over the people listed', () => {
  expect(
    summarise({ total_advanced_security_committers: 9, repositories: [repository('o/a', 'mona')] }),
  ).toMatchObject({
    active: 9,
    listed: 1,
  });
});

test('a repository that moved to another page while they were read counts once', () => {
  const page = { repositories: [repository('o/a', 'mona')] };
  expect(summarise(page, page).repositories).toHaveLength(1);
});

test('purchased can be null, and nothing is made of it', async () => {
  const { measures } = await reportOn({
    ...METERED,
    'advanced-security': {
      purchased_advanced_security_committers: null,
      repositories: [repository('o/a', 'mona')],
    },
  });
  expect(measures.committers).toBe(1);
  for (const suffix of ['purchased', 'available', 'over', 'used-percent', 'maximum'] as const) {
    expect(measures[`committers-${suffix}`]).toMatchObject({ absent: 'not-delivered' });
  }
});

test('nothing purchased has no percentage', async () => {
  const { measures } = await reportOn({
    ...METERED,
    'advanced-security': {
      purchased_advanced_security_committers: 0,
      repositories: [repository('o/a', 'mona')],
    },
  });
  expect(measures).toMatchObject({
    'committers-over': 1,
    'committers-used-percent': { absent: 'not-delivered' },
  });
});

test('all pages are read, and more committers than licenses come with the remedy', async () => {
  const totals = { total_advanced_security_committers: 3, purchased_advanced_security_committers: 2 };
  const report = await reportOn({
    ...METERED,
    'advanced-security': [
      { ...totals, repositories: [repository('octo-org/a', 'mona')] },
      { ...totals, repositories: [repository('octo-org/b', 'lisa', 'octo')] },
    ],
  });
  expect(report.measures).toMatchObject({ committers: 3, 'committers-over': 1, 'committers-available': -1 });
  expect(said(report)).toContain('1 committer more than purchased licenses');
  expect(said(report)).not.toMatch(/mona|lisa/);
});
