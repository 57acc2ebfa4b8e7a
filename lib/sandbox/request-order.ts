/**
 * Lets requests that wait at the same moment pass one by one in a random order, so that a race can be tried out in many
 * ways, and repeated by its seed.
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

  /** Not at once: those that were sent together shall have arrived. */
  private releaseSoon(): void {
    setImmediate(() => {
      const [release] = this.waiting.splice(Math.floor(this.random() * this.waiting.length), 1);
      release?.();
      if (this.waiting.length > 0) this.releaseSoon();
    });
  }
}
