import { describe, expect, test } from 'vitest';
import type { FaultRule } from './faults.ts';
import { Limits } from './limits.ts';

/** The two clocks run side by side: `at` milliseconds after a whole second. */
const EPOCH = Date.UTC(2026, 10, 20, 12, 0, 0);
const take = (limits: Limits, at: number, fault?: FaultRule) => limits.take(at, EPOCH + at, fault);
const refuse = (limits: Limits, at: number, fault: FaultRule) => {
  const refusal = take(limits, at, fault);
  refusal?.left(at, EPOCH + at);
  return refusal?.answer;
};

describe('a secondary limit', () => {
  test.each<[FaultRule, number, string | undefined, number]>([
    [{ kind: 'secondary-limit', retryAfter: 7 }, 403, '7', 7_000],
    [{ kind: 'secondary-limit', status: 429, retryAfter: 7 }, 429, '7', 7_000],
    [{ kind: 'secondary-limit', retryAfter: 'date:3' }, 403, 'Fri, 20 Nov 2026 12:00:04 GMT', 3_500],
    [{ kind: 'secondary-limit' }, 403, undefined, 60_000],
    [{ kind: 'secondary-limit', windowSeconds: 2 }, 403, undefined, 2_000],
  ])('%j', (rule, status, retryAfter, window) => {
    const limits = new Limits({});
    const answer = refuse(limits, 500, rule);
    expect(answer?.status).toBe(status);
    expect(answer?.headers?.['retry-after']).toBe(retryAfter);
    expect(limits.insideWindow(500 + window - 100)).toBe(true);
    expect(take(limits, 500 + window - 100)?.answer.status).toBe(status);
    expect(limits.insideWindow(500 + window)).toBe(false);
    expect(take(limits, 500 + window)).toBeUndefined();
  });

  test('is not broken by a request that crossed the refusal on its way', () => {
    const limits = new Limits({});
    refuse(limits, 0, { kind: 'secondary-limit', retryAfter: 10 });
    expect(limits.insideWindow(10)).toBe(false);
    expect(take(limits, 10)?.answer.headers?.['retry-after']).toBe('10');
    expect(limits.insideWindow(100)).toBe(true);
  });

  test('begins when the refusal leaves', () => {
    const limits = new Limits({});
    const refusal = take(limits, 0, { kind: 'secondary-limit', retryAfter: 10 });
    expect(take(limits, 500)).toBeUndefined();
    refusal?.left(1_000, EPOCH + 1_000);
    expect(limits.insideWindow(10_900)).toBe(true);
    expect(limits.insideWindow(11_000)).toBe(false);
  });
});

describe('points a minute', () => {
  test('are counted over a sliding minute', () => {
    const limits = new Limits({ perMinute: 3 });
    expect([0, 20_000, 40_000].map((at) => take(limits, at))).toEqual([undefined, undefined, undefined]);
    expect(take(limits, 60_000)).toBeUndefined();
    expect(take(limits, 79_999)?.answer.status).toBe(429);
    expect(take(limits, 80_000)).toBeUndefined();
  });

  test('may be counted over a shorter window', () => {
    const limits = new Limits({ perMinute: 1, windowSeconds: 1, retryAfter: 1 });
    expect(take(limits, 0)).toBeUndefined();
    expect(take(limits, 999)?.answer.headers?.['retry-after']).toBe('1');
    expect(take(limits, 1_000)).toBeUndefined();
  });

  test('are no concern when they are not enforced', () => {
    const limits = new Limits({});
    for (let index = 0; index < 2_000; index += 1) expect(take(limits, index)).toBeUndefined();
  });
});

describe('the primary limit', () => {
  test('is announced, counts down, refuses, and is whole again after its reset', () => {
    const limits = new Limits({ budget: 10, used: 8, resetSeconds: 90 });
    expect(take(limits, 0)).toBeUndefined();
    expect(limits.headers()).toEqual({
      'x-ratelimit-limit': '10',
      'x-ratelimit-remaining': '1',
      'x-ratelimit-reset': String(EPOCH / 1000 + 90),
      'x-ratelimit-used': '9',
      'x-ratelimit-resource': 'core',
    });
    expect(take(limits, 1)).toBeUndefined();
    expect(take(limits, 2)?.answer.status).toBe(403);
    expect(limits.headers()['x-ratelimit-remaining']).toBe('0');
    expect(take(limits, 89_999)?.answer.status).toBe(403);
    expect(take(limits, 90_000)).toBeUndefined();
    expect(limits.headers()['x-ratelimit-remaining']).toBe('9');
  });

  test('is neither announced nor counted where there is none', () => {
    const limits = new Limits(undefined);
    for (let index = 0; index < 6_000; index += 1) expect(take(limits, index)).toBeUndefined();
    expect(limits.headers()).toEqual({});
  });

  test('used up by a fault, lasts until its reset', () => {
    const limits = new Limits({});
    const fault: FaultRule = { kind: 'primary-limit', resetSeconds: 5 };
    expect(take(limits, 0, fault)?.answer.status).toBe(403);
    expect(limits.headers()['x-ratelimit-remaining']).toBe('0');
    expect(take(limits, 4_999)?.answer.status).toBe(403);
    expect(take(limits, 5_000)).toBeUndefined();
  });
});
