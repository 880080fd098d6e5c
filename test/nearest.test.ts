import { describe, expect, test } from 'vitest';
import { didYouMean, nearest } from '../src/nearest.ts';

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
    expect(nearest(name, NAMES)).toBe(candidate);
    expect(didYouMean(name, NAMES)).toBe(` Did you mean "${candidate}"?`);
  });

  test.each(['seats-avxxxxxxle', 'ursz1', 'x'.repeat(10_000), ''])('is none to %j', (name) => {
    expect(nearest(name, ['seats-available', 'users'])).toBeUndefined();
    expect(didYouMean(name, ['seats-available', 'users'])).toBe('');
  });

  test('is none where there are no names', () => {
    expect(nearest('users', [])).toBeUndefined();
  });
});
