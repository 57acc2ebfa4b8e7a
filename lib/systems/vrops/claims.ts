import { ProblemError } from "../../core/problem";
import { ownedTwice, type Thing } from "./errors";

/**
 * What the resources of this run have made or taken over, so that no two of them take the same
 * object. Names count while one is being made, ids from then on.
 */
export class Claims {
  private readonly names = new Set<string>();
  private readonly ids = new Set<string>();

  constructor(private readonly what: Thing) {}

  /** Runs `make` while nobody else makes one of this name. */
  async making<T>(key: string, name: string, make: () => Promise<T>): Promise<T> {
    if (this.names.has(key)) throw new ProblemError(ownedTwice(this.what, name));
    this.names.add(key);
    try {
      return await make();
    } finally {
      this.names.delete(key);
    }
  }

  take(id: string, name: string): void {
    if (this.ids.has(id)) throw new ProblemError(ownedTwice(this.what, name));
    this.ids.add(id);
  }

  release(id: string): void {
    this.ids.delete(id);
  }
}
