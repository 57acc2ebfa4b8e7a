import { printableJson } from "../../core/printable";
import * as z from "../../core/zod";
import { VERDICTS } from "../detection";
import { PROOF_MODES } from "../../proof/proof";
import { ROUND_FORMAT, type Round } from "./round";

/** A round as one line, with its line break. */
export const encodeRound = (round: Round): Buffer => Buffer.from(`${printableJson(round)}\n`);

/** Made when there is something to read: help and wrong options need no schemas. */
const roundContract = () =>
  z.object({
    format: z.literal(ROUND_FORMAT),
    at: z.iso.datetime(),
    stack: z.string(),
    verdict: z.enum(VERDICTS),
    exitCode: z.number(),
    summary: z.string(),
    seconds: z.number(),
    chains: z.array(chainContract()),
  });

const chainContract = () =>
  z.object({
    address: z.string(),
    how: z.enum(PROOF_MODES),
    state: z.enum(["through", "broken", "unknown"]),
    failedStage: z.exactOptional(z.string()),
    seconds: z.number(),
    arrivedAfterMs: z.exactOptional(z.number()),
  });

/** The rounds in a text, in its order, and the number of lines that are no round. */
export function decodeRounds(text: string): { rounds: Round[]; unreadable: number } {
  // A line may be there twice: a rotation and its own process may both have written it.
  const lines = new Set(text.split("\n").filter((line) => line !== ""));
  const contract = roundContract();
  const rounds = [...lines].flatMap((line) => decoded(line, contract) ?? []);
  return { rounds, unreadable: lines.size - rounds.length };
}

function decoded(line: string, contract: ReturnType<typeof roundContract>): Round | undefined {
  try {
    const parsed = contract.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // An unfinished line: its process was killed.
    return undefined;
  }
}
