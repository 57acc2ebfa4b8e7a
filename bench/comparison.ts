import type { Row } from "./row";
import type { TableRow } from "./table";

/** From one run to the next, ratios differ by so much without a reason. */
const TOLERANCE = 1.1;
const TIME = /^(?:ms|s)$/;

/**
 * What is said of a row that got worse since the last table, with the old figure; empty where it did not. Ratios are
 * compared; where there is none, what was measured, and times only when they come from the same machine.
 *
 * @param before the same row of the last table
 */
export function worseThan(row: Row, before: TableRow | undefined, sameMachine: boolean): string {
  if (before === undefined) return "";
  if (row.ratio !== undefined && before.ratio !== "") {
    return row.ratio > Number(before.ratio) * TOLERANCE ? `**worse**: was ${before.ratio}` : "";
  }
  const [now, then] = [figureOf(row.ours), figureOf(before.ours)];
  if (now === undefined || then === undefined || now.unit !== then.unit) return "";
  if (TIME.test(now.unit) && !sameMachine) return "";
  return now.value > then.value * TOLERANCE ? `**worse**: was ${then.text}` : "";
}

interface Figure {
  readonly value: number;
  readonly unit: string;
  readonly text: string;
}

/** "105 MiB", or the first of several. */
function figureOf(text: string): Figure | undefined {
  const [found, value, unit = ""] = /^(-?\d+(?:\.\d+)?)(?: (ms|s|MiB))?(?![\d.])/.exec(text) ?? [];
  return found === undefined ? undefined : { value: Number(value), unit, text: found };
}
