import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { notDelivered } from '../../../src/metrics.ts';
import { summariseCommitters, totalCommitters } from '../../../src/reports/billing/committers.ts';
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

describe('a total of 0', () => {
  const none = { total_advanced_security_committers: 0 };

  test.each<[string, object]>([
    ['people', repository('o/a', 'mona')],
    ['a repository that counts some', { name: 'o/a', advanced_security_committers: 2 }],
  ])('beside %s is not taken at its word', async (_, listed) => {
    const body = { ...none, purchased_advanced_security_committers: 5, repositories: [listed] };
    const { measures, notices } = await reportOn({ ...METERED, 'advanced-security': body });
    for (const suffix of ['', '-available', '-over', '-used-percent'] as const) {
      expect(measures[`committers${suffix}`]).toEqual(
        notDelivered('GitHub counts no committer and has repositories with some'),
      );
    }
    expect(measures['committers-purchased']).toBe(5);
    expect(notices).toContainEqual({
      level: 'warning',
      text: 'Advanced Security: GitHub counts no committer and has repositories with some, so that there is no number of them.',
    });
  });

  test('beside nobody is a number', () => {
    expect(summarise({ ...none, repositories: [repository('o/a')] }).active).toBe(0);
  });

  test('is not taken at its word either where one repository alone is read', () => {
    const page = { ...none, repositories: [repository('o/a', 'mona')] };
    expect(totalCommitters(v.parse(schemas.committers, page))).toMatchObject({
      active: undefined,
      repositories: [],
    });
  });
});

describe('without a total', () => {
  const unlisted = { name: 'o/b', advanced_security_committers: 7 };
  const nameless = { user_login: '', last_pushed_date: '', last_pushed_email: '' };

  test.each<[string, object[], number | undefined]>([
    ['everyone who is listed counts', [repository('o/a', 'mona'), repository('o/b', 'lisa')], 2],
    [
      'a repository of nobody needs no list',
      [repository('o/a', 'mona'), { ...unlisted, advanced_security_committers: 0 }],
      1,
    ],
    ['no repository says nothing', [], undefined],
    ['nobody is counted without a list', [unlisted], undefined],
    ['a part of the list is not the whole', [repository('o/a', 'mona'), unlisted], undefined],
    [
      'nor is a list shorter than its count',
      [{ ...repository('o/a', 'mona'), advanced_security_committers: 2 }],
      undefined,
    ],
    [
      'people without a handle cannot be told apart',
      [{ name: 'o/a', advanced_security_committers_breakdown: [nameless, nameless] }],
      undefined,
    ],
  ])('%s', (_, repositories, active) => {
    expect(summarise({ repositories }).active).toBe(active);
  });

  test('nor list of people, there is no number, and never 0', async () => {
    const report = await reportOn({
      ...METERED,
      'advanced-security': { purchased_advanced_security_committers: 5, repositories: [unlisted] },
    });
    const why = 'GitHub sent neither a total of committers nor a whole list of them';
    expect(report.measures['committers-purchased']).toBe(5);
    for (const suffix of ['', '-available', '-over', '-used-percent'] as const) {
      expect(report.measures[`committers${suffix}`]).toEqual({ absent: 'not-delivered', why });
    }
    expect(said(report)).not.toContain('different people');
  });
});

describe('licenses that are paid by usage', () => {
  const securityOf = (purchased: number | null, active: number) => ({
    total_advanced_security_committers: active,
    purchased_advanced_security_committers: purchased,
    repositories: [],
  });

  test.each([0, null])('%j purchased: what is held against them names the gate to use', async (purchased) => {
    const report = await reportOn({ ...METERED, 'advanced-security': securityOf(purchased, 7) });
    expect(report.measures.committers).toBe(7);
    for (const suffix of ['available', 'over', 'used-percent'] as const) {
      expect(report.measures[`committers-${suffix}`]).toEqual({
        absent: 'not-delivered',
        why: expect.stringMatching(/paid by usage.*use the gate `committers: above N`/),
      });
    }
    expect(said(report)).not.toContain('more than purchased');
  });

  test('the gate is that of the product', async () => {
    const { measures } = await reportOn(
      { ...METERED, 'advanced-security': securityOf(0, 7) },
      { inputs: { advancedSecurityProduct: 'secret_protection' } },
    );
    expect(measures['secret-protection-committers-over']).toMatchObject({
      why: expect.stringContaining('`secret-protection-committers: above N`'),
    });
  });

  test('none purchased and none used is a limit that is kept', async () => {
    const { measures } = await reportOn({ ...METERED, 'advanced-security': securityOf(0, 0) });
    expect(measures).toMatchObject({
      committers: 0,
      'committers-purchased': 0,
      'committers-available': 0,
      'committers-over': 0,
      'committers-used-percent': { absent: 'nothing-to-measure' },
    });
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
