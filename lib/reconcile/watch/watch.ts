import { elapsed, type Clock } from "../../core/clock";
import { timeSpan } from "../../core/time-span";
import type { Detected } from "../fleet/detected";
import { oneRound, type Outcome } from "./one-round";

export interface Rhythm {
  /** From the start of one round to the start of the next. */
  readonly everyMs: number;
  /** How much earlier or later a round may begin, as a fraction of the interval: 0.1. */
  readonly jitter: number;
  /** The number of rounds. @default until it is stopped */
  readonly rounds?: number;
  /** The time limit of one round. */
  readonly timeoutMs: number;
}

export interface Watched {
  detect(signal: AbortSignal): Promise<Detected>;
  /**
   * Called at the end of a round. An exception ends the watch.
   *
   * @param at when the round began, ISO 8601
   */
  done(outcome: RoundOutcome, at: string, ms: number): void | Promise<void>;
}

/** The outcome of a round that has ended; without a detection it has an error. */
export type RoundOutcome = Exclude<Outcome, { readonly ended: unknown }>;

export interface WatchContext {
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Stops the watch. */
  readonly signal: AbortSignal;
}

/**
 * Makes one detection after another, the first at once, and never two at the same time. A failed round is reported like
 * any other, and the next one begins when it is due.
 *
 * @returns when all rounds were made, or when it was stopped between two; rejects when it was stopped within one
 */
export async function watch(watched: Watched, rhythm: Rhythm, { clock, random, signal }: WatchContext): Promise<void> {
  const { everyMs, jitter, rounds = Infinity, timeoutMs } = rhythm;
  signal.throwIfAborted();
  let lingering: Lingering | undefined;
  let due = elapsed(clock);
  for (let made = 0; made < rounds; made += 1) {
    if (made > 0 && !(await sleptUntil(due, clock, signal))) return;
    const began = elapsed(clock);
    const at = new Date(clock.now()).toISOString();
    const outcome: Outcome = lingering?.isThere
      ? { error: new Error(`nobody looked: the round of ${lingering.at} has still not ended`) }
      : await oneRound((stopped) => watched.detect(stopped), { clock, signal, timeoutMs });
    signal.throwIfAborted();
    if ("ended" in outcome) {
      lingering = new Lingering(at, outcome.ended);
      const error = new Error(`it did not end after ${timeSpan(timeoutMs)}, nor when it was stopped`);
      await watched.done({ error }, at, elapsed(clock) - began);
    } else await watched.done(outcome, at, elapsed(clock) - began);
    due = nextAfter(due, elapsed(clock), everyMs, jitter, random);
  }
}

/** The next due time; rounds that would have begun meanwhile are skipped. */
function nextAfter(due: number, now: number, everyMs: number, jitter: number, random: () => number): number {
  let next = due;
  while (next <= now) next += Math.max(1, everyMs * (1 + jitter * (2 * random() - 1)));
  return next;
}

/** Waits; false when it was stopped meanwhile. */
async function sleptUntil(due: number, clock: Clock, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(Math.max(0, due - elapsed(clock)), signal);
    return !signal.aborted;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

/** A round that did not end when it was aborted. */
class Lingering {
  isThere = true;

  constructor(
    readonly at: string,
    ended: Promise<void>,
  ) {
    void ended.then(() => (this.isThere = false));
  }
}
