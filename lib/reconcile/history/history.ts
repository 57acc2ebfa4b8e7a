import { closeSync, fstatSync } from "node:fs";
import type { JsonDocument } from "../../core/json-document";
import { ProblemError } from "../../core/problem";
import { messageOf } from "../../core/thrown";
import { noHistory, notReadable } from "./errors";
import { decodeRounds } from "./lines";
import { openForReading } from "./open-file";
import { bytesFrom } from "./read-bytes";
import type { Round } from "./round";

export const HISTORY_FORMAT = "outbound-history/1";

/** The rounds of `outbound watch`, from first to last. */
export interface History extends JsonDocument<typeof HISTORY_FORMAT> {
  readonly rounds: readonly Round[];
  /** Lines of the file that are no round: unfinished, or of another version. */
  readonly unreadable: number;
}

export interface RoundFilter {
  /** Only rounds of this stack. @default all */
  readonly stack?: string;
  /** Only rounds that began at this time or later, milliseconds since 1970. @default all */
  readonly since?: number;
}

/** Of a file that is far larger than any history, only the end is read. */
const MOST_BYTES = 64 * 2 ** 20;

/**
 * Reads a history.
 *
 * @throws ProblemError `history/none`, `history/not-a-file`, `history/not-readable`
 */
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
