import { closeSync, fstatSync } from "node:fs";
import type { JsonDocument } from "../../core/json-document";
import { ProblemError } from "../../core/problem";
import { noHistory, notReadable } from "./errors";
import { decodeRounds } from "./lines";
import { messageOf } from "../../core/thrown";
import { openForReading } from "./open-file";
import { bytesFrom } from "./read-bytes";
import type { Round } from "./round";

export const HISTORY_FORMAT = "outbound-history/1";

/** The rounds of `outbound watch`, from the first to the last. */
export interface History extends JsonDocument<typeof HISTORY_FORMAT> {
  readonly rounds: readonly Round[];
  /** Lines of the file that are no round: half-written, or of another version. */
  readonly unreadable: number;
}

export interface RoundFilter {
  /** Rounds of this stack alone. @default of all */
  readonly stack?: string;
  /** Rounds that began then or later, milliseconds since 1970. @default all */
  readonly since?: number;
}

/** A file that is far larger than any history was written by somebody else; of it the end is read. */
const MOST_BYTES = 64 * 2 ** 20;

/** @throws ProblemError `history/none`, `history/not-a-file`, `history/not-readable` */
export function readHistory(path: string, { stack, since = -Infinity }: RoundFilter = {}): History {
  const { rounds, unreadable } = decodeRounds(textOf(path));
  const selected = rounds.filter((one) => (stack === undefined || one.stack === stack) && timeOf(one) >= since);
  // Rounds are written when they end, and those of several watchers may overlap.
  return { format: HISTORY_FORMAT, rounds: selected.sort((a, b) => timeOf(a) - timeOf(b)), unreadable };
}

export const timeOf = ({ at }: Round): number => Date.parse(at);

function textOf(path: string): string {
  try {
    const descriptor = openForReading(path);
    if (descriptor === undefined) throw noHistory(path);
    try {
      return bytesFrom(descriptor, Math.max(0, fstatSync(descriptor).size - MOST_BYTES)).toString("utf8");
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw error instanceof ProblemError ? error : notReadable(path, messageOf(error));
  }
}
