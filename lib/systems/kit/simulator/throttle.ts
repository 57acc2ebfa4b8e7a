import type { Clock } from "../../../core/clock";

/** How a vendor limits requests. */
export interface Limit {
  /** How many requests are allowed within how many milliseconds; refused ones do not count. @default no limit */
  readonly requests?: number;
  readonly windowMs?: number;
  /**
   * Refuses every n-th request, whatever the time, but none twice in a row: with many at once, a client that repeats a
   * refused request might otherwise be refused repeatedly. 1: all are; 0: none.
   *
   * @default 0
   */
  readonly every?: number;
  /** Whether a refusal contains `Retry-After`. @default true */
  readonly retryAfter?: boolean;
}

/** Counts requests and refuses those beyond a limit. */
export class Throttle {
  private recent: number[] = [];
  private count = 0;
  private readonly repeated = new Set<string>();

  constructor(
    private readonly limit: Limit,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts a request, and throws when it exceeds the limit.
   *
   * @param request its method and path: the client repeats these
   * @param refuse makes the error; gets the seconds until the next request is allowed, where that is to be shown
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
