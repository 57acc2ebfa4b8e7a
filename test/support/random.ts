/** 0 (inclusive) to 1 (exclusive). */
export type Random = () => number;

/** mulberry32: the same seed, the same sequence. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0 to below the limit. */
export const upTo = (random: Random, limit: number) => Math.floor(random() * limit);

export const pick = <T>(random: Random, choices: readonly T[]): T => choices[upTo(random, choices.length)] as T;
