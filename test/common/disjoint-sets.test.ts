import { expect, it } from 'vitest';
import { DisjointSets } from '../../src/common/disjoint-sets.ts';

it('groups what was joined, directly or through others, and leaves out what stands alone', () => {
  const sets = new DisjointSets(7);
  sets.join(5, 1);
  sets.join(3, 4);
  sets.join(1, 6);
  sets.join(6, 5);
  expect(sets.groups()).toEqual([
    [1, 5, 6],
    [3, 4],
  ]);
});

it('groups a chain of 100,000', () => {
  const sets = new DisjointSets(100_000);
  for (let index = 1; index < 100_000; index++) sets.join(index, index - 1);
  expect(sets.groups().map((group) => group.length)).toEqual([100_000]);
});
