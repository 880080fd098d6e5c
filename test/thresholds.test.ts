import { describe, expect, test } from 'vitest';
import { parseGates } from '../src/inputs/gates.ts';
import type { Measures } from '../src/metrics.ts';
import { breaches, type Gate, judge } from '../src/thresholds.ts';

const gate = (text: string, level: Gate['level'] = 'fail'): Gate => {
  const { gates, problems } = parseGates(text, level);
  expect(problems).toEqual([]);
  expect(gates).toHaveLength(1);
  return gates[0] as Gate;
};

describe('judging', () => {
  const verdict = (text: string, measures: Measures, level: Gate['level'] = 'fail') =>
    judge([gate(text, level)], measures)[0];

  test('bounds are strict', () => {
    expect(verdict('seats-available: below 0', { 'seats-available': 0 })?.verdict).toBe('pass');
    expect(verdict('seats-available: below 0', { 'seats-available': -0.01 })?.verdict).toBe('fail');
    expect(verdict('seats-used-percent: above 95', { 'seats-used-percent': 95 })?.verdict).toBe('pass');
    expect(verdict('seats-used-percent: above 95', { 'seats-used-percent': 95.01 })?.verdict).toBe('fail');
  });

  test('a crossed warn-on bound warns', () => {
    expect(verdict('users: above 1', { users: 2 }, 'warn')).toMatchObject({ verdict: 'warn', value: 2 });
  });

  test.each([
    ['nothing-to-measure', 'fail', 'pass'],
    ['nothing-to-measure', 'warn', 'pass'],
    ['not-delivered', 'fail', 'error'],
    ['not-delivered', 'warn', 'warn'],
    ['wrong-host', 'fail', 'error'],
    ['wrong-host', 'warn', 'error'],
  ] as const)(
    'a metric that is absent because of %s makes a %s-on gate %s, and says why',
    (absent, level, expected) => {
      const judgement = verdict('servers: above 1', { servers: { absent, why: 'because' } }, level);
      expect(judgement).toMatchObject({ verdict: expected, why: expect.stringContaining('because') });
      expect(judgement).not.toHaveProperty('value');
    },
  );

  test('a metric that nobody measured is an error for fail-on, never a pass', () => {
    expect(verdict('cost-net: above 1', {})).toMatchObject({
      verdict: 'error',
      why: 'this run did not measure it',
    });
    expect(verdict('cost-net: above 1', {}, 'warn')?.verdict).toBe('warn');
  });

  test('breaches list what was crossed, with the value and the bound as text', () => {
    const gates = [
      gate('users: above 1'),
      gate('users: below 1'),
      gate('seats-over: above 0', 'warn'),
      gate('servers: above 1'),
    ];
    expect(breaches(judge(gates, { users: 5, 'seats-over': 3 }))).toEqual([
      { level: 'fail', metric: 'users', value: 5, bound: 'above 1' },
      { level: 'warn', metric: 'seats-over', value: 3, bound: 'above 0' },
    ]);
  });
});
