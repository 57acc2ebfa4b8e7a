import type { JsonDocument } from "../../core/json-document";
import { printable } from "../../core/printable";
import type { Redactor } from "../../core/redaction";
import type { Detection, Verdict } from "../detection";
import type { ChainProof } from "../../proof/proof";

export const ROUND_FORMAT = "outbound-round/1";

/** One stack in a round of `outbound watch`: the result of a detection, without its details. */
export interface Round extends JsonDocument<typeof ROUND_FORMAT> {
  /** When it began, ISO 8601. */
  readonly at: string;
  readonly stack: string;
  /** `unknown` also when no detection could be made. */
  readonly verdict: Verdict;
  /** The exit code of `outbound reconcile detect` for the same result. */
  readonly exitCode: number;
  /** "1 broken, 4 in sync"; when no detection could be made, the reason. */
  readonly summary: string;
  /** The duration of the round, in which other stacks may have been examined too. */
  readonly seconds: number;
  /** Every declared way of the mail; empty where none was tested. */
  readonly chains: readonly RoundChain[];
}

/** The result for one way of the mail. */
export interface RoundChain {
  /** The Terraform address of what declares it. */
  readonly address: string;
  readonly how: ChainProof["how"];
  readonly state: ChainProof["state"];
  /** The kind of the stage that failed, "AUTH"; absent when none did. */
  readonly failedStage?: string;
  /** The duration of all stages together. */
  readonly seconds: number;
  /**
   * Milliseconds from the server's acceptance to the mailbox; absent where the mail was not looked for or not found.
   */
  readonly arrivedAfterMs?: number;
}

/** What is known when a round begins. */
export interface RoundBegun {
  /** When it began, ISO 8601. */
  readonly at: string;
  readonly stack: string;
}

/**
 * Makes a round from a detection.
 *
 * @param detection without secrets, as `detect` returns it
 */
export function roundOf(detection: Detection, exitCode: number, begun: RoundBegun, ms: number): Round {
  const { verdict, summary, proof } = detection;
  return {
    format: ROUND_FORMAT,
    ...begun,
    verdict,
    exitCode,
    summary: printable(summary),
    seconds: seconds(ms),
    chains: (proof?.chains ?? []).map(chainOf),
  };
}

/** Makes a round when no detection could be made. */
export function failedRound(why: string, redactor: Redactor, exitCode: number, begun: RoundBegun, ms: number): Round {
  // Redacted while it is raw, and again after the cut.
  const summary = redactor.redact(printable(redactor.redact(why)));
  return { format: ROUND_FORMAT, ...begun, verdict: "unknown", exitCode, summary, seconds: seconds(ms), chains: [] };
}

function chainOf({ address, how, state, stages, arrivedAfterMs }: ChainProof): RoundChain {
  const failed = stages.find(({ status }) => status === "failed");
  return {
    address,
    how,
    state,
    ...(failed === undefined ? {} : { failedStage: failed.kind }),
    seconds: seconds(stages.reduce((sum, { durationMs }) => sum + durationMs, 0)),
    ...(arrivedAfterMs === undefined ? {} : { arrivedAfterMs }),
  };
}

const seconds = (ms: number): number => Math.round(ms) / 1_000;
