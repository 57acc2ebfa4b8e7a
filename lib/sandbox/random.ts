/** A reproducible random generator (mulberry32): the same seed gives the same sandbox, ids and passwords included. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The randomness of one sandbox, which may continue from a seed at any time. */
export class RandomSource {
  private source: () => number;

  /** @param seed without it, each source is different */
  constructor(seed: number | undefined) {
    this.source = seed === undefined ? Math.random : seededRandom(seed);
  }

  readonly next = (): number => this.source();

  reseed(seed: number): void {
    this.source = seededRandom(seed);
  }
}
