import { expect, test } from 'vitest';
import { createProgress } from '../src/progress.ts';

function progress() {
  const lines: string[] = [];
  let now = 0;
  const created = createProgress(
    (line) => lines.push(line),
    () => now,
  );
  return {
    ...created,
    lines,
    at: (ms: number) => {
      now = ms;
    },
  };
}

test('is silent for a short fetch', () => {
  const { update, lines, at } = progress();
  at(1_000);
  update('seats', 100, 200);
  at(4_999);
  update('seats', 200, 200);
  expect(lines).toEqual([]);
});

test('says how far a long one is and how long it will take, at most every five seconds over all fetches', () => {
  const { update, lines, at } = progress();
  update('seats', 1_000, 10_000);
  at(5_000);
  update('seats', 5_000, 10_000);
  at(6_000);
  update('line items', 7, undefined);
  at(10_000);
  update('line items', 9_000, undefined);
  at(20_000);
  update('seats', 5_100, 1_000_000);
  expect(lines).toEqual([
    'Read 5,000 of about 10,000 seats, about 5 s left',
    'Read 9,000 line items',
    'Read 5,100 of about 1,000,000 seats, about 65 min left',
  ]);
});

test('says no time when more was read than GitHub counts', () => {
  const { update, lines, at } = progress();
  update('seats', 100, 100);
  at(6_000);
  update('seats', 300, 200);
  expect(lines).toEqual(['Read 300 of about 200 seats']);
});

test('sums up how far the run came', () => {
  const { update, summary } = progress();
  expect(summary()).toBe('before anything was read');
  update('seats', 1_200, 5_000);
  update('line items', 30, undefined);
  expect(summary()).toBe('after reading 1,200 of about 5,000 seats, 30 line items');
});
