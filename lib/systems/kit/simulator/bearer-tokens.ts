import { createHash } from "node:crypto";
import { elapsed, type Clock } from "../../../core/clock";

/** The tokens that a simulator has issued, as digests, so that no page of the sandbox can show one. */
export class BearerTokens<Bearer> {
  private readonly issued = new Map<string, { readonly bearer: Bearer; expiry: number; usesLeft: number }>();

  /** @param uses how many requests a token is valid for, as where another login ends it. @default any number */
  constructor(
    private readonly clock: Clock,
    private readonly uses = Number.POSITIVE_INFINITY,
  ) {}

  issue(token: string, bearer: Bearer, lifeMs: number): void {
    this.issued.set(digest(token), { bearer, expiry: elapsed(this.clock) + lifeMs, usesLeft: this.uses });
  }

  /** The bearer of a request's token; undefined when it is unknown, revoked, used up or expired. */
  bearerOf(token: string): Bearer | undefined {
    const found = this.issued.get(digest(token));
    if (found === undefined || found.expiry <= elapsed(this.clock) || found.usesLeft === 0) return undefined;
    found.usesLeft--;
    return found.bearer;
  }

  /** Extends the life of a sliding token, which restarts with each use. */
  renew(token: string, lifeMs: number): void {
    const found = this.issued.get(digest(token));
    if (found !== undefined) found.expiry = elapsed(this.clock) + lifeMs;
  }

  revoke(token: string): void {
    this.issued.delete(digest(token));
  }

  /** Revokes all tokens and returns their number. */
  revokeAll(): number {
    const count = this.issued.size;
    this.issued.clear();
    return count;
  }

  get alive(): number {
    return [...this.issued.values()].filter(({ expiry, usesLeft }) => expiry > elapsed(this.clock) && usesLeft > 0)
      .length;
  }
}

function digest(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
