import { mayBeSame } from "./identity";
import type { AppliedObject } from "./apply-record";
import type { PlanRecord } from "./plan-record";
import type { IdentityKey, Notes, OwnedObject } from "./record";

/**
 * What a create may do with an existing object that has the declared identity. `heldAs` is the resource type of the address
 * that has it.
 *
 * @default the create's own
 */
export type Standing =
  /** No address of this state has it: adopted when equal, refused when different. */
  | { readonly kind: "free" }
  /** Its address is removed in this run: it moves to the new one, and whatever differs is written. */
  | { readonly kind: "passing"; readonly notes: Notes; readonly heldAs?: string }
  /** The old object of the address that is being replaced. `forgotten`: nobody will delete it. */
  | { readonly kind: "own"; readonly notes: Notes; readonly forgotten: boolean }
  /** Another address keeps it, and gives it another identity in this run. */
  | { readonly kind: "renaming" }
  /** Another address keeps it. */
  | { readonly kind: "kept"; readonly heldAs?: string }
  /** Another create of this run has it. */
  | { readonly kind: "taken" }
  /** Deleted in this run: a list that still shows it is outdated. */
  | { readonly kind: "gone" }
  /** The plan of this run is not available here. */
  | { readonly kind: "unknowable" };

/** Determines the standing once nothing is being done with the object. */
export function standingOf(
  object: OwnedObject,
  key: IdentityKey,
  plan: PlanRecord | undefined,
  applied: AppliedObject,
  /** Whether this apply has already processed the object's own address and left the object alone. */
  passedBy: boolean,
): Standing {
  if (applied.takenBy !== undefined) return { kind: "taken" };
  if (applied.deleted === true) return { kind: "gone" };
  if (applied.released !== undefined) {
    return { kind: "passing", notes: applied.released.notes, heldAs: applied.released.as };
  }
  if (plan === undefined) return { kind: "unknowable" };
  const planned = plan.find(object);
  if (planned === undefined) return { kind: "free" };
  const { verdicts } = planned;
  const kept = verdicts.filter(({ kind }) => kind === "keep");
  const keeper = kept.find((verdict) => mayBeSame(verdict.key ?? [], key));
  if (keeper !== undefined) return { kind: "kept", heldAs: keeper.declaredAs };
  // Once it is changed, a list that still shows it under this identity is outdated.
  if (kept.length > 0) return { kind: applied.changed === true ? "gone" : "renaming" };
  // The plan did not know which system it belongs to: the removed object may be in another one.
  if (verdicts.length > 0 && planned.object.realm !== object.realm) return { kind: "unknowable" };
  const notes = verdicts[0]?.notes ?? {};
  const replaced = verdicts.find((verdict) => verdict.kind === "replace" && mayBeSame(verdict.key ?? [], key));
  if (replaced !== undefined) return { kind: "own", notes: replaced.notes, forgotten: passedBy };
  const [leaving] = verdicts;
  if (leaving !== undefined) return { kind: "passing", notes, heldAs: leaving.declaredAs };
  // Read but never planned: tainted. Not even read: a `removed` block released it; or nothing was read, and then it counts
  // as tainted.
  return planned.read || !plan.refreshed ? { kind: "own", notes, forgotten: passedBy } : { kind: "free" };
}
