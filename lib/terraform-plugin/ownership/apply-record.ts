import { mayBeSame } from "./identity";
import type { PlanRecord, PlannedCreate } from "./plan-record";
import { spokenOfAs, type IdentityKey, type LedgerRecord, type Notes, type OwnedObject } from "./record";

/** The state of an object in this apply. */
export interface AppliedObject {
  readonly ref: OwnedObject;
  /** The claim of the create that has it. */
  takenBy?: string;
  /** The resource type of that create. */
  takenAs?: string;
  /** The claim of the deletion that is running, or done. */
  deletingBy?: string;
  deleted?: boolean;
  /** Whether its address has given it the planned identity. */
  changed?: boolean;
  /** Set when its address left it for a create that is still to come. */
  released?: { readonly key: IdentityKey; readonly notes: Notes; readonly as: string };
  /** Whether a create met it and could not know whose it is. */
  wanted?: boolean;
}

/**
 * The record of what the processes of one apply have done, in the order in which it was written: the first claim of an
 * object wins.
 */
export class ApplyRecord {
  private readonly objects = new Map<string, AppliedObject>();
  private readonly fulfilled: PlannedCreate[] = [];
  private readonly failed: PlannedCreate[] = [];
  private readonly taken: OwnedObject[] = [];

  of(ref: OwnedObject): AppliedObject {
    const name = `${ref.realm} ${ref.type} ${ref.id}`;
    const known = this.objects.get(name);
    if (known !== undefined) return known;
    const made: AppliedObject = { ref };
    this.objects.set(name, made);
    return made;
  }

  add(record: LedgerRecord): void {
    if (record.event === "create-failed") this.failed.push(record);
    if (!("object" in record)) return;
    const object = this.of(record.object);
    switch (record.event) {
      case "take":
        if (object.deletingBy !== undefined && !object.deleted) return;
        // The object was deleted before: one that always exists (settings) has been configured again.
        if (object.takenBy === undefined) object.takenAs = spokenOfAs(record.object);
        object.takenBy ??= record.claim;
        delete object.deletingBy;
        delete object.deleted;
        delete object.released;
        this.taken.push(record.object);
        this.fulfilled.push({ realm: record.object.realm, type: record.object.type, key: record.key });
        return;
      case "deleting":
        if (object.takenBy === undefined) object.deletingBy ??= record.claim;
        return;
      case "changed":
        object.changed = true;
        return;
      case "deleted":
        object.deleted = true;
        return;
      case "delete-failed":
        delete object.deletingBy;
        return;
      case "release":
        object.released = { key: record.key, notes: record.notes, as: spokenOfAs(record.object) };
        return;
      case "wanted":
        object.wanted = true;
        return;
      // Events of the plan belong to the plan's record.
      default:
        return;
    }
  }

  /**
   * Whether the plan has a create of this identity that has neither succeeded nor failed, nor been promised another object.
   */
  outstanding(plan: PlanRecord, wanted: PlannedCreate): boolean {
    if (plan.creating(wanted) === undefined) return false;
    const open = plan.creates.filter(({ type }) => type === wanted.type);
    for (const done of [...this.fulfilled, ...this.failed]) {
      const exact = open.findIndex((one) => isSame(one, done));
      const index =
        exact >= 0 ? exact : open.findIndex((one) => one.type === done.type && mayBeSame(one.key, done.key));
      if (index >= 0) open.splice(index, 1);
    }
    const matching = open.filter((one) => mayBeSame(one.key, wanted.key) && inRealm(one, wanted)).length;
    return matching > this.promised(wanted);
  }

  /** Whether an object is moving from one address to another: released for a create that is still to come, or just taken. */
  passes(plan: PlanRecord): boolean {
    return (
      this.taken.some((object) => plan.find(object) !== undefined) ||
      [...this.objects.values()].some(({ released }) => released !== undefined)
    );
  }

  failedFor(wanted: PlannedCreate): boolean {
    return this.failed.some(
      (one) => one.type === wanted.type && mayBeSame(one.key, wanted.key) && inRealm(one, wanted),
    );
  }

  /** How many objects of this identity have been released for creates that are still to come. */
  private promised(wanted: PlannedCreate): number {
    return [...this.objects.values()].filter(
      ({ released, ref }) =>
        released !== undefined &&
        ref.type === wanted.type &&
        inRealm(ref, wanted) &&
        mayBeSame(released.key, wanted.key),
    ).length;
  }
}

const isSame = (a: PlannedCreate, b: PlannedCreate) =>
  a.type === b.type && String(a.key) === String(b.key) && inRealm(a, b);
const inRealm = (a: Pick<PlannedCreate, "realm">, b: Pick<PlannedCreate, "realm">) =>
  a.realm === b.realm || a.realm === null || b.realm === null;
