import * as z from "../../core/zod";
import { hiddenLine, readHiddenLine } from "../hidden-line";
import type { FleetReview, FleetStatus } from "./fleet";
import { isNotPlanned } from "./fleet";
import type { Selection } from "./selection";

/** The hidden first line of the comment of a fleet: by it the next run finds the comment, and an apply what was reviewed. */
export interface FleetHeader {
  readonly selection: Selection;
  readonly status: FleetStatus;
  /** True when the comment does not show everything. */
  readonly truncated: boolean;
  readonly commit: string | null;
  readonly uncommitted: boolean | null;
  /**
   * The hash of each stack, empty when it could not be planned; null when a comment has no room for all of them: some of them
   * would say nothing about the others.
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
 * `<!-- outbound-fleet-review {"selection":["prod-*"],…} -->`
 *
 * @param most so many bytes; the hashes are left out of a longer one
 */
export function renderFleetHeader(header: FleetHeader, most: number): string {
  const whole = hiddenLine(MARKER, header);
  return Buffer.byteLength(whole) <= most ? whole : hiddenLine(MARKER, { ...header, stacks: null });
}

/** The header of a fleet's review in Markdown; undefined when it has none. */
export function readFleetHeader(markdown: string): FleetHeader | undefined {
  const parsed = contract().safeParse(readHiddenLine(MARKER, markdown));
  if (!parsed.success) return undefined;
  const { stacks } = parsed.data;
  // Of two hashes for one stack nobody could say which was seen.
  if (stacks !== null && new Set(stacks.map(([name]) => name)).size < stacks.length) return undefined;
  return parsed.data;
}
