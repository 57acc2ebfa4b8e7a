import type { JsonDocument } from "../../core/json-document";
import { printable } from "../../core/printable";
import type { Redactor } from "../../core/redaction";
import type { Detection, Verdict } from "../detection";
import type { ChainProof } from "../../proof/proof";

export const ROUND_FORMAT = "outbound-round/1";

/** One round of `outbound watch`: what a detection came to, without what it found in detail. */
export interface Round extends JsonDocument<typeof ROUND_FORMAT> {
  /** When it began, ISO 8601. */
  readonly at: string;
  readonly stack: string;
  /** `unknown` as well where no detection could be made. */
  readonly verdict: Verdict;
  /** What `outbound reconcile detect` ends with after the same. */
  readonly exitCode: number;
  /** "1 broken, 4 in sync"; where no detection could be made, why. */
  readonly summary: string;
  readonly seconds: number;
  /** Every declared way of the mail; empty where none was walked. */
  readonly chains: readonly RoundChain[];
}

/** How one way of the mail was found. */
export interface RoundChain {
  /** The Terraform address of what declares it. */
  readonly address: string;
  readonly how: ChainProof["how"];
  readonly state: ChainProof["state"];
  /** The kind of the stage that failed, "AUTH"; absent where none did. */
  readonly failedStage?: string;
  /** All its stages together. */
  readonly seconds: number;
  /** From the server's consent to the mailbox, milliseconds; absent where the mail was not looked for or not found. */
  readonly arrivedAfterMs?: number;
}

/** What is known of a round before anything is found. */
export interface RoundBegun {
  /** ISO 8601. */
  readonly at: string;
  readonly stack: string;
}

/** @param detection without secrets, as `detect` gives it */
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

/** A round without a detection. */
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
