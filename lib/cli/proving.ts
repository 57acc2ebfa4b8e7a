import { KeyedMutex } from "../core/keyed-mutex";
import type { Stack } from "../plan";
import type { Proof, ProofMode } from "../proof/proof";
import type { DetectOptions } from "../reconcile/detect";
import { parsePeriod } from "../validators/period";
import type { DetectionOptions } from "./detection-options";
import { badOption, needsHorizon } from "./errors";
import type { LookAhead } from "./prove/look-ahead";
import type { Surroundings } from "./surroundings";

/** What a detection finds out about the mail. */
export interface ProofRequest {
  readonly mode?: ProofMode;
  readonly ahead?: LookAhead;
  /** Shared by all stacks: each server handles one test at a time. */
  readonly perServer?: KeyedMutex;
}

/**
 * Reads the options.
 *
 * @throws UsageError for an invalid time span, and for options that need --horizon
 */
export function proofRequestOf({ prove, horizon, since, ics }: DetectionOptions): ProofRequest {
  if (horizon === undefined) {
    if (since !== undefined) throw needsHorizon("--since");
    if (ics !== undefined) throw needsHorizon("--ics");
    return prove === undefined ? {} : { mode: prove, perServer: new KeyedMutex() };
  }
  const spanMs = parsePeriod(horizon);
  if (spanMs === undefined) throw badOption("--horizon", horizon, "such as 30d, 36h or 1d12h");
  // What expires on the way of the mail is only seen by testing it.
  const ahead = { spanMs, ...(since === undefined ? {} : { since }) };
  return { mode: prove ?? "probe", ahead, perServer: new KeyedMutex() };
}

/** Loads the proof only when it is requested. */
export async function proving(
  stack: Stack,
  { mode, ahead, perServer = new KeyedMutex() }: ProofRequest,
  output: string,
  /** The previous proof of this run. */
  last: Proof | undefined,
  surroundings: Surroundings,
): Promise<Pick<DetectOptions, "prove" | "lookAhead">> {
  if (mode === undefined) return {};
  const { prove } = await import("./prove/prove");
  const proved: Pick<DetectOptions, "prove"> = {
    prove: (planned) => prove(mode, stack, planned, { ends: ahead !== undefined, perServer }, surroundings),
  };
  if (ahead === undefined) return proved;
  const { lookAhead } = await import("./prove/look-ahead");
  return { ...proved, lookAhead: (proof) => lookAhead(stack, ahead, output, proof, last, surroundings) };
}
