import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toJson } from '../../src/common/record.ts';

test('JSON is what JSON.stringify makes of it, at any depth', () => {
  const deeply = (value: unknown, depth: number): object => {
    let nested = value;
    for (let level = 0; level < depth; level++) nested = level % 2 === 0 ? [nested] : { 'a"b': nested };
    return nested as object;
  };
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const depth = 30_000;
      expect(toJson([value])).toBe(JSON.stringify([value]));
      const text = toJson(deeply([value, undefined], depth));
      const pair = ['{"a\\"b":[', ']}'] as const;
      const inner = JSON.stringify([value, undefined]);
      expect(text).toBe(`${pair[0].repeat(depth / 2)}${inner}${pair[1].repeat(depth / 2)}`);
    }),
    { numRuns: 20 },
  );
});
