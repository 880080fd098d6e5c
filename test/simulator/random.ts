/** A seeded source of randomness: the same seed gives the same sequence on every machine. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number;
  /** A whole number, both ends included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Prefers the first items, as big organizations have most of the people. */
  pickSkewed<T>(items: readonly T[]): T;
  /** `count` different items, in their order. */
  sample<T>(items: readonly T[], count: number): T[];
}

/** Mulberry32 over an FNV-1a hash of the seed, so that `7/people` and `7/billing` are independent sequences. */
export function seeded(seed: string): Random {
  let state = 0x811c9dc5;
  for (const char of seed) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193);

  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const at = <T>(items: readonly T[], share: number): T => {
    if (items.length === 0) throw new RangeError('nothing to pick from');
    return items[Math.floor(share * items.length)] as T;
  };
  return {
    next,
    int: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => at(items, next()),
    pickSkewed: (items) => at(items, next() ** 2),
    sample(items, count) {
      let missing = Math.min(count, items.length);
      return items.filter((_, index) => {
        const taken = next() * (items.length - index) < missing;
        if (taken) missing -= 1;
        return taken;
      });
    },
  };
}
