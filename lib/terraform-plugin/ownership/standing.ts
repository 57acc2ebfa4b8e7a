import { mayBeSame } from "./identity";
import type { AppliedObject } from "./apply-record";
import type { PlanRecord } from "./plan-record";
import type { IdentityKey, Notes, OwnedObject } from "./record";

/**
 * What a create may do with an object that it has found and that has the declared identity. `heldAs` is the resource type
 * of the address that has it. @default the create's own
 */
export type Standing =
  /** No address of this state has it: taken over when equal, refused when different. */
  | { readonly kind: "free" }
  /** Its address goes away in this run: it passes to the new one, whatever differs is written. */
  | { readonly kind: "passing"; readonly notes: Notes; readonly heldAs?: string }
  /** The old object of the very address that is being replaced. `forgotten`: nobody will delete it. */
  | { readonly kind: "own"; readonly notes: Notes; readonly forgotten: boolean }
  /** Another address keeps it, under another identity once this run is over. */
  | { readonly kind: "renaming" }
  /** Another address keeps it. */
  | { readonly kind: "kept"; readonly heldAs?: string }
  /** Another create of this run has it. */
  | { readonly kind: "taken" }
  /** Deleted in this run: who still sees it reads an old list. */
  | { readonly kind: "gone" }
  /** The plan of this run is not to be had here. */
  | { readonly kind: "unknowable" };

/** What is left to be said once nothing is under way with the object. */
export function standingOf(
  object: OwnedObject,
  key: IdentityKey,
  plan: PlanRecord | undefined,
  applied: AppliedObject,
  /** True when this apply has looked at the object's own address already and left it alone. */
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
  // Once it is changed, who still sees it under this identity reads an old list.
  if (kept.length > 0) return { kind: applied.changed === true ? "gone" : "renaming" };
  // Which system it is in was not known to the plan: it may be another one's that goes away.
  if (verdicts.length > 0 && planned.object.realm !== object.realm) return { kind: "unknowable" };
  const notes = verdicts[0]?.notes ?? {};
  const replaced = verdicts.find((verdict) => verdict.kind === "replace" && mayBeSame(verdict.key ?? [], key));
  if (replaced !== undefined) return { kind: "own", notes: replaced.notes, forgotten: passedBy };
  const [leaving] = verdicts;
  if (leaving !== undefined) return { kind: "passing", notes, heldAs: leaving.declaredAs };
  // Read and never planned: tainted. Not even read: `removed` let it go; or nothing was read, then it counts as tainted.
  return planned.read || !plan.refreshed ? { kind: "own", notes, forgotten: passedBy } : { kind: "free" };
}
