import * as z from "../../core/zod";
import { hiddenLine, readHiddenLine } from "../hidden-line";
import type { FleetReview, FleetStatus } from "./fleet";
import { isNotPlanned } from "./fleet";
import type { Selection } from "./selection";

/**
 * The hidden first line of a fleet's comment: it identifies the comment for the next run, and the reviewed plans for an
 * apply.
 */
export interface FleetHeader {
  readonly selection: Selection;
  readonly status: FleetStatus;
  /** True when the comment does not show everything. */
  readonly truncated: boolean;
  readonly commit: string | null;
  readonly uncommitted: boolean | null;
  /**
   * The hash of each stack, empty when it could not be planned; null when the comment has no room for all of them: a
   * part would say nothing about the others.
   */
  readonly stacks: readonly (readonly [stack: string, hash: string])[] | null;
}

const MARKER = "outbound-fleet-review";

const contract = () =>
  z.object({
    selection: z.array(z.string()),
    status: z.enum(["not-planned", "stops-alerts", "breaks-rules", "attention", "in-order", "no-changes"]),
    truncated: z.boolean(),
    commit: z.nullable(z.string()),
    uncommitted: z.nullable(z.boolean()),
    stacks: z.nullable(z.array(z.tuple([z.string(), z.string()]))),
  });

export function fleetHeader(fleet: FleetReview, truncated: boolean): FleetHeader {
  const { selection, verdict, commit, uncommitted, stacks } = fleet;
  return {
    selection,
    status: verdict.status,
    truncated,
    commit,
    uncommitted,
    stacks: stacks.map((one) => [one.stack, isNotPlanned(one) ? "" : one.hash]),
  };
}

/**
 * Writes the line: `<!-- outbound-fleet-review {"selection":["prod-*"],…} -->`
 *
 * @param most the most bytes; the hashes are left out of a longer line
 */
export function renderFleetHeader(header: FleetHeader, most: number): string {
  const whole = hiddenLine(MARKER, header);
  return Buffer.byteLength(whole) <= most ? whole : hiddenLine(MARKER, { ...header, stacks: null });
}

/** Reads the header from the Markdown of a fleet's review; undefined when there is none. */
export function readFleetHeader(markdown: string): FleetHeader | undefined {
  const parsed = contract().safeParse(readHiddenLine(MARKER, markdown));
  if (!parsed.success) return undefined;
  const { stacks } = parsed.data;
  // With two hashes for one stack it would be unclear which one was reviewed.
  if (stacks !== null && new Set(stacks.map(([name]) => name)).size < stacks.length) return undefined;
  return parsed.data;
}
