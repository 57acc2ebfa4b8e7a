import { reasonOf, type Clock } from "../core/clock";

interface Waiter {
  readonly enter: () => void;
}

/** Lets requests through in order: so many at once, so many a second, none during a pause. */
export class RateLimiter {
  private active = 0;
  private nextStart = 0;
  private pausedUntil = 0;
  private readonly queue = new Set<Waiter>();
  /** Ends the sleep until the next start; present while one is under way. */
  private alarm: { readonly at: number; readonly stop: AbortController } | undefined;
  private readonly intervalMs: number;

  constructor(
    private readonly clock: Clock,
    private readonly maxConcurrent: number,
    maxPerSecond: number | undefined,
  ) {
    this.intervalMs = maxPerSecond === undefined ? 0 : 1000 / maxPerSecond;
  }

  /** Resolves when a request may start; every `acquire` needs one `release`. Rejects when the signal aborts first. */
  acquire(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(reasonOf(signal));
    if (this.queue.size === 0 && this.waitMs() === 0 && this.active < this.maxConcurrent) {
      this.start();
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.queue.delete(waiter);
        if (this.queue.size === 0) this.stopAlarm();
        reject(reasonOf(signal));
      };
      const waiter: Waiter = {
        enter: () => {
          signal.removeEventListener("abort", leave);
          resolve();
        },
      };
      signal.addEventListener("abort", leave, { once: true });
      this.queue.add(waiter);
      this.admit();
    });
  }

  release(): void {
    this.active--;
    if (this.queue.size > 0) this.admit();
  }

  /** Nobody starts for `ms`; a longer pause already under way stays. */
  pause(ms: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + ms);
  }

  private admit(): void {
    for (const waiter of this.queue) {
      if (this.active >= this.maxConcurrent) return;
      const wait = this.waitMs();
      if (wait > 0) return this.setAlarm(wait);
      this.queue.delete(waiter);
      this.start();
      waiter.enter();
    }
    this.stopAlarm();
  }

  private start(): void {
    this.active++;
    if (this.intervalMs > 0) this.nextStart = Math.max(this.nextStart, this.clock.now()) + this.intervalMs;
  }

  private waitMs(): number {
    const earliest = Math.max(this.nextStart, this.pausedUntil);
    return earliest === 0 ? 0 : Math.max(0, earliest - this.clock.now());
  }

  private setAlarm(ms: number): void {
    const at = this.clock.now() + ms;
    if (this.alarm && this.alarm.at <= at) return;
    this.stopAlarm();
    const stop = new AbortController();
    this.alarm = { at, stop };
    this.clock.sleep(ms, stop.signal).then(
      () => {
        this.alarm = undefined;
        this.admit();
      },
      () => undefined,
    );
  }

  private stopAlarm(): void {
    this.alarm?.stop.abort();
    this.alarm = undefined;
  }
}
