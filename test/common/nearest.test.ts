import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { didYouMean, nearest } from '../../src/common/nearest.ts';
import { METRIC_NAMES, REPORT_NAMES } from '../../src/metrics.ts';

const NAMES = ['seats-over', 'seats-available', 'users', 'csv'];

describe('the nearest name', () => {
  test.each([
    ['seats-ovr', 'seats-over'],
    ['SEATS OVER', 'seats-over'],
    ['seats_available', 'seats-available'],
    // A third of a long name may be wrong, and two characters of a short one.
    ['seats-avaxxxxle', 'seats-available'],
    ['usrz', 'users'],
    ['cvs', 'csv'],
  ])('to %j is %j', (name, candidate) => {
    expect(nearest(name, NAMES)).toEqual([candidate]);
    expect(didYouMean(name, NAMES)).toBe(` Did you mean "${candidate}"?`);
  });

  test.each(['seats-avxxxxxxle', 'ursz1', 'x'.repeat(10_000), '', ' - '])('is none to %j', (name) => {
    expect(nearest(name, ['seats-available', 'users'])).toEqual([]);
    expect(didYouMean(name, ['seats-available', 'users'])).toBe('');
  });

  test('is none where there are no names', () => {
    expect(nearest('users', [])).toEqual([]);
  });
});

describe('a metric is found by its beginning, and by another word for it', () => {
  test.each([
    ['seats-used', ['seats-used-percent']],
    ['cost', ['cost-gross', 'cost-discount', 'cost-net', 'cost-net-forecast']],
    ['user', ['users']],
    ['seats-remaining', ['seats-available']],
    ['licenses left', ['seats-available']],
    ['Licenses-Total', ['seats-purchased']],
    ['users-without-2fa', ['users-without-two-factor']],
    ['seats-exceeded', ['seats-over']],
    ['spend', ['cost-net']],
    ['constructor', []],
    ['left '.repeat(1000), []],
  ])('%j', (name, found) => {
    expect(nearest(name, METRIC_NAMES)).toEqual(found);
  });

  test('all that begin so are named', () => {
    expect(didYouMean('cost', METRIC_NAMES)).toBe(
      ' Did you mean "cost-gross", "cost-discount", "cost-net" or "cost-net-forecast"?',
    );
  });
});

test.each([
  ['sync', REPORT_NAMES, 'sync-status'],
  ['seats', REPORT_NAMES, 'licenses'],
  ['costs', REPORT_NAMES, 'billing'],
  ['md', ['csv', 'markdown'], 'markdown'],
  ['Excel', ['csv', 'xlsx'], 'xlsx'],
  ['excel', ['csv', 'json'], 'csv'],
])('%s among %j is %s', (name, names, found) => {
  expect(nearest(name, names)).toEqual([found]);
});

test('whatever was written, only names are offered, and a name itself first of all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...METRIC_NAMES), (text, metric) => {
      for (const found of nearest(text, METRIC_NAMES)) expect(METRIC_NAMES).toContain(found);
      expect(nearest(metric.replaceAll('-', '_').toUpperCase(), METRIC_NAMES)).toEqual([metric]);
    }),
  );
});
