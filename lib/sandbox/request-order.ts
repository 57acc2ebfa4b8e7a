/**
 * Releases requests that wait at the same moment one by one in a random order, so that a race can be tried in many
 * orders and repeated by its seed.
 */
export class RandomOrder {
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly random: () => number) {}

  pass(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      if (this.waiting.length === 1) this.releaseSoon();
    });
  }

  /** Deferred, so that requests that were sent together have all arrived. */
  private releaseSoon(): void {
    setImmediate(() => {
      const [release] = this.waiting.splice(Math.floor(this.random() * this.waiting.length), 1);
      release?.();
      if (this.waiting.length > 0) this.releaseSoon();
    });
  }
}
