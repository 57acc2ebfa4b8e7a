import * as z from "../../core/zod";
import { ProblemError } from "../../core/problem";
import { reviewUnreadable } from "../errors";
import { reviewedContract, type Reviewed } from "../reviewed";
import { NOT_PLANNED_FORMAT } from "../not-planned";
import { fleetNotPlanned, hashesLeftOut } from "./errors";
import { readFleetHeader } from "./header";
import { FLEET_REVIEW_FORMAT } from "./json";
import { selectionOf, type Selection } from "./selection";

/** The reviewed state of several stacks, as somebody has agreed to it. */
export interface ReviewedFleet {
  readonly selection: Selection;
  /** The commit of the planned code; null when the review does not say. */
  readonly commit: string | null;
  /** Whether the planned code holds changes that are in no commit; null when Git did not say. */
  readonly uncommitted: boolean | null;
  /** By name; the reviewed stacks only. */
  readonly stacks: ReadonlyMap<string, Reviewed>;
}

/**
 * Reads the review of a fleet from JSON, or from the Markdown of a comment; undefined when it is not a fleet's.
 *
 * @throws ProblemError `review/unreadable`, `review/not-planned`, `review/hashes-left-out`
 */
export function readReviewedFleet(text: string, path: string): ReviewedFleet | undefined {
  const header = readFleetHeader(text);
  if (header !== undefined) {
    const { selection, commit, uncommitted, stacks } = header;
    if (stacks === null) throw new ProblemError(hashesLeftOut(path));
    refuseNotPlanned(
      stacks.flatMap(([stack, hash]) => (hash === "" ? [stack] : [])),
      commit,
    );
    return {
      selection: selectionOf(selection),
      commit,
      uncommitted,
      stacks: new Map(
        stacks.map(([stack, hash]) => [stack, { stack, hash, commit, uncommitted, boundTo: "stack" as const }]),
      ),
    };
  }
  const json = jsonOf(text);
  if (!envelope().safeParse(json).success) return undefined;
  const parsed = contract().safeParse(json);
  if (!parsed.success) throw new ProblemError(reviewUnreadable(path, z.prettifyError(parsed.error)));
  const { selection, commit, uncommitted, stacks } = parsed.data;
  const planned = stacks.flatMap((one) => (one.format === NOT_PLANNED_FORMAT ? [] : [one]));
  refuseNotPlanned(
    stacks.flatMap((one) => (one.format === NOT_PLANNED_FORMAT ? [one.stack] : [])),
    commit,
  );
  const odd = planned.find((one) => one.commit !== commit || one.uncommitted !== uncommitted);
  if (odd !== undefined)
    throw new ProblemError(reviewUnreadable(path, `"${odd.stack}" is of another commit than the fleet`));
  const byName = new Map(planned.map((one) => [one.stack, one]));
  if (byName.size < planned.length) throw new ProblemError(reviewUnreadable(path, "a stack stands in it twice"));
  return { selection: selectionOf(selection), commit, uncommitted, stacks: byName };
}

function refuseNotPlanned(stacks: readonly string[], commit: string | null): void {
  if (stacks.length > 0) throw new ProblemError(fleetNotPlanned(stacks, commit));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const envelope = () => z.object({ format: z.literal(FLEET_REVIEW_FORMAT) });

const contract = () =>
  z.object({
    selection: z.array(z.string()),
    commit: z.nullable(z.string()),
    uncommitted: z.nullable(z.boolean()),
    stacks: z.array(
      z.union([z.object({ format: z.literal(NOT_PLANNED_FORMAT), stack: z.string() }), reviewedContract()]),
    ),
  });
