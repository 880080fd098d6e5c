import { expect, test } from 'vitest';
import { tokenExpiry } from '../src/token.ts';

const NOW = new Date('2026-03-01T00:00:00Z');

test('a token whose expiry GitHub does not tell has nothing to measure', () => {
  expect(tokenExpiry(undefined, NOW)).toMatchObject({
    measures: { 'token-days-left': { absent: 'nothing-to-measure' } },
    notices: [],
  });
});

test.each([
  ['2026-03-31T12:00:00Z', 30.5, 0],
  ['2026-03-15T00:00:00Z', 14, 1],
  ['2026-03-15T00:30:00Z', 14.02, 0],
  ['2026-02-28T00:00:00Z', -1, 1],
])('expiring %s: %d days left, %i warnings', (expires, days, warnings) => {
  const { measures, notices } = tokenExpiry(new Date(expires), NOW);
  expect(measures['token-days-left']).toBe(days);
  expect(notices).toHaveLength(warnings);
});
