import { createHash } from "node:crypto";
import type { Clock } from "../../../core/clock";

/** The tokens a simulator has given out, kept as digests so that no page of the sandbox can show one. */
export class BearerTokens<Bearer> {
  private readonly issued = new Map<string, { readonly bearer: Bearer; expiry: number }>();

  constructor(private readonly clock: Clock) {}

  issue(token: string, bearer: Bearer, lifeMs: number): void {
    this.issued.set(digest(token), { bearer, expiry: this.clock.now() + lifeMs });
  }

  /** Whose token it is; undefined when it is unknown, revoked or expired. */
  bearerOf(token: string): Bearer | undefined {
    const found = this.issued.get(digest(token));
    return found !== undefined && found.expiry > this.clock.now() ? found.bearer : undefined;
  }

  /** A sliding token begins its life anew with each use. */
  renew(token: string, lifeMs: number): void {
    const found = this.issued.get(digest(token));
    if (found !== undefined) found.expiry = this.clock.now() + lifeMs;
  }

  revoke(token: string): void {
    this.issued.delete(digest(token));
  }

  /** How many there were. */
  revokeAll(): number {
    const count = this.issued.size;
    this.issued.clear();
    return count;
  }

  get alive(): number {
    return [...this.issued.values()].filter(({ expiry }) => expiry > this.clock.now()).length;
  }
}

function digest(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
