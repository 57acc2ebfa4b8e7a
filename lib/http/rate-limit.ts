import { elapsed, reasonOf, type Clock } from "../core/clock";
import { remainingMs, whenAborted } from "../core/signals";
import type { HttpResponse } from "./types";

interface Waiter {
  readonly enter: () => void;
  /** Leaves the queue when its time ends before the pause does. */
  readonly reconsider: () => void;
}

/** The server asks for a pause that is longer than the caller's remaining time. */
export class PausedTooLong extends Error {
  /** @param response the answer that asks for the pause */
  constructor(readonly response: HttpResponse) {
    super("the server wants to be left alone for longer than there is time");
    this.name = "PausedTooLong";
  }
}

/**
 * Lets requests through in order, with limits on how many run at once and how many start per second, and none during a
 * pause.
 */
export class RateLimiter {
  private active = 0;
  private nextStart = 0;
  private pausedUntil = 0;
  /** The answer that asked for the pause. */
  private pausedBy: HttpResponse | undefined;
  private readonly queue = new Set<Waiter>();
  /** Ends the sleep until the next start; present while a sleep is in progress. */
  private alarm: { readonly at: number; readonly stop: AbortController } | undefined;
  private readonly intervalMs: number;

  constructor(
    private readonly clock: Clock,
    private readonly maxConcurrent: number,
    maxPerSecond: number | undefined,
  ) {
    this.intervalMs = maxPerSecond === undefined ? 0 : 1000 / maxPerSecond;
  }

  /**
   * Resolves when a request may start; every `acquire` needs one `release`. Rejects when the signal aborts first, and
   * immediately with {@link PausedTooLong} when it is certain that it will.
   */
  acquire(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(reasonOf(signal));
    const hopeless = this.pauseBeyond(signal);
    if (hopeless !== undefined) return Promise.reject(hopeless);
    if (this.queue.size === 0 && this.waitMs() === 0 && this.active < this.maxConcurrent) {
      this.start();
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const giveUp = (why: Error) => {
        stopListening();
        this.queue.delete(waiter);
        if (this.queue.size === 0) this.stopAlarm();
        reject(why);
      };
      const leave = () => giveUp(reasonOf(signal));
      const waiter: Waiter = {
        enter: () => {
          stopListening();
          resolve();
        },
        reconsider: () => {
          const hopeless = this.pauseBeyond(signal);
          if (hopeless !== undefined) giveUp(hopeless);
        },
      };
      const stopListening = whenAborted(signal, leave);
      this.queue.add(waiter);
      this.admit();
    });
  }

  release(): void {
    this.active--;
    if (this.queue.size > 0) this.admit();
  }

  /** Prevents starts for `ms` because of this answer; a longer pause in progress stays. */
  pause(ms: number, response: HttpResponse): void {
    const until = elapsed(this.clock) + ms;
    if (until <= this.pausedUntil) return;
    this.pausedUntil = until;
    this.pausedBy = response;
    for (const waiter of [...this.queue]) waiter.reconsider();
  }

  private pauseBeyond(signal: AbortSignal): PausedTooLong | undefined {
    const left = this.pausedUntil - elapsed(this.clock);
    return this.pausedBy !== undefined && left > 0 && left > remainingMs(signal)
      ? new PausedTooLong(this.pausedBy)
      : undefined;
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
    if (this.intervalMs > 0) this.nextStart = Math.max(this.nextStart, elapsed(this.clock)) + this.intervalMs;
  }

  private waitMs(): number {
    const earliest = Math.max(this.nextStart, this.pausedUntil);
    return earliest === 0 ? 0 : Math.max(0, earliest - elapsed(this.clock));
  }

  private setAlarm(ms: number): void {
    const at = elapsed(this.clock) + ms;
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
