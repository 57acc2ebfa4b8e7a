import type { Clock } from "../../../core/clock";

/** How a vendor limits requests. */
export interface Limit {
  /** So many requests in so many milliseconds; those that are refused do not count. @default no limit */
  readonly requests?: number;
  readonly windowMs?: number;
  /**
   * Every so-and-so-manieth request is refused, whatever the time, but none twice in a row: with many at once a client
   * that repeats what was refused would otherwise be out of luck now and then. 1: all are; 0: none. @default 0
   */
  readonly every?: number;
  /** Whether a refusal says when there is room again. @default true */
  readonly retryAfter?: boolean;
}

/** Counts requests, and tells which are too many. */
export class Throttle {
  private recent: number[] = [];
  private count = 0;
  private readonly repeated = new Set<string>();

  constructor(
    private readonly limit: Limit,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts a request, and throws when it is one too many.
   *
   * @param request its method and path: what a client repeats
   * @param refuse makes what is thrown; is told in how many seconds there is room again, where that is to be said
   */
  pass(request: string, refuse: (seconds: number | undefined) => Error): void {
    const { every = 0, requests = Infinity, windowMs = 60_000, retryAfter = true } = this.limit;
    if (every === 1 || (every > 0 && !this.repeated.delete(request) && ++this.count % every === 0)) {
      this.repeated.add(request);
      throw refuse(retryAfter ? 1 : undefined);
    }
    const now = this.clock.now();
    this.recent = this.recent.filter((at) => at > now - windowMs);
    if (this.recent.length >= requests) {
      throw refuse(retryAfter ? Math.ceil(((this.recent[0] ?? now) + windowMs - now) / 1000) : undefined);
    }
    if (requests < Infinity) this.recent.push(now);
  }

  reset(): void {
    this.recent = [];
    this.count = 0;
    this.repeated.clear();
  }
}
