import type { Clock } from "../../../core/clock";
import type { Deadline } from "../../wire/deadline";
import { remedyFor } from "../../stage/remedy";
import { isPositive, type Reply } from "../../smtp/reply";
import { explainRefusal, type RefusalStage } from "../refusals/refusals";
import { refusals } from "../remedies/refusals";

/** Senders that come back are let in: so the diagnosis comes back, as long as there is time. */

const FIRST_WAIT_MS = 3_000;
const LONGEST_WAIT_MS = 60_000;
/** Time that is left for the last try itself. */
const TRY_MS = 5_000;

/** True for a refusal that asks to come back later. */
export function isGreylisting(stage: RefusalStage, reply: Reply): boolean {
  return !isPositive(reply) && explainRefusal(stage, reply).code === refusals.greylisted.code;
}

/** Growing waits between tries, the last one just before the time runs out. */
export class Patience {
  private next = FIRST_WAIT_MS;
  private readonly began: number;

  constructor(
    private readonly clock: Clock,
    private readonly deadline: Deadline,
    /** Kept for what comes after. */
    private readonly keepMs = 0,
  ) {
    this.began = clock.now();
  }

  /** Waits for the next try. False when there is no time for one, or the run was interrupted. */
  async wait(): Promise<boolean> {
    const room = this.deadline.remainingMs - TRY_MS - this.keepMs;
    if (room < 1_000 || this.deadline.signal.aborted) return false;
    const ms = Math.min(this.next, room);
    this.next = Math.min(this.next * 2, LONGEST_WAIT_MS);
    try {
      await this.clock.sleep(ms, this.deadline.signal);
    } catch (error) {
      if (this.deadline.signal.aborted) return false;
      throw error;
    }
    return true;
  }

  /** "12 s" since the first try. */
  get waited(): string {
    return `${Math.round((this.clock.now() - this.began) / 1_000)} s`;
  }
}

/** "greylisted, accepted at try 3 after 12 s" */
export const acceptedLate = (tries: number, waited: string) => `greylisted, accepted at try ${tries} after ${waited}`;

/** The server asked to come back until there was no time left. */
export const stillGreylisted = (tries: number, waited: string, reply: Reply) =>
  remedyFor(refusals.stillGreylisted, { tries, waited }, reply.text);
