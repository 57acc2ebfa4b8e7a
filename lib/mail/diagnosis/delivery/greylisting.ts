import { elapsed, type Clock } from "../../../core/clock";
import type { Problem } from "../../../core/problem";
import type { Deadline } from "../../wire/deadline";
import { remedyFor } from "../../stage/remedy";
import type { Reply } from "../../smtp/reply";
import type { Explained } from "../refusals";
import { refusals } from "../remedies/refusals";

/** Greylisting servers accept senders that try again, so the diagnosis does, as long as there is time. */

const FIRST_WAIT_MS = 3_000;
const LONGEST_WAIT_MS = 60_000;
/** Time that is reserved for the last attempt itself. */
const TRY_MS = 5_000;

/** The last answer to a step of the envelope, or to the message. */
export interface DeliveryAnswer {
  readonly reply?: Reply;
  readonly problem?: Problem;
  /** For a refusal: whether a later attempt may succeed. */
  readonly refusal?: Explained;
  readonly durationMs: number;
  readonly tries: number;
}

/** Whether a refusal asks for a retry soon; others do not improve by retrying. */
export const wantsAnotherTry = (answer: DeliveryAnswer | undefined): boolean => answer?.refusal?.retry.kind === "soon";

/** How long greylisting servers ask to wait; zero when none of them names a time. */
export function askedToWaitMs(answers: Iterable<DeliveryAnswer | undefined>): number {
  const asked = [...answers].filter(wantsAnotherTry).map((answer) => answer?.refusal?.askedToWait ?? 0);
  return Math.max(0, ...asked) * 1_000;
}

/** Growing waits between attempts, the last one just before the time runs out. */
export class RetryWaits {
  private next = FIRST_WAIT_MS;
  private readonly began: number;

  constructor(
    private readonly clock: Clock,
    private readonly deadline: Deadline,
    /** Reserved for later stages. */
    private readonly keepMs = 0,
  ) {
    this.began = elapsed(clock);
  }

  /**
   * Waits for the next attempt, at least as long as the server asks. False when there is no time for that, or the run
   * was interrupted: a server that is asked too early starts its wait again.
   */
  async wait(askedMs = 0): Promise<boolean> {
    const leftMs = this.deadline.remainingMs - TRY_MS - this.keepMs;
    if (leftMs < Math.max(1_000, askedMs) || this.deadline.signal.aborted) return false;
    const ms = Math.min(Math.max(this.next, askedMs), leftMs);
    this.next = Math.min(this.next * 2, LONGEST_WAIT_MS);
    try {
      await this.clock.sleep(ms, this.deadline.signal);
    } catch (error) {
      if (this.deadline.signal.aborted) return false;
      throw error;
    }
    return true;
  }

  /** "12 s" since the first attempt. */
  get waited(): string {
    return `${Math.round((elapsed(this.clock) - this.began) / 1_000)} s`;
  }
}

/** "greylisted, accepted at try 3 after 12 s" */
export const acceptedLate = (tries: number, waited: string) => `greylisted, accepted at try ${tries} after ${waited}`;

/** The server asked to retry until there was no time left. */
export const stillGreylisted = (tries: number, waited: string, reply: Reply) =>
  remedyFor(refusals.stillGreylisted, { tries, waited }, reply.text);
