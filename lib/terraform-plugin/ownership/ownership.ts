import type { Clock } from "../../core/clock";
import type { Problem } from "../../core/problem";
import { ApplyRecord } from "./apply-record";
import type { Ledger, OtherRun } from "./ledger";
import { runNotRecorded } from "./problems";
import { planOf, type PlanFound, type PlannedCreate, type PlannedFate } from "./plan-record";
import {
  spokenOfAs,
  type IdentityKey,
  type LedgerEvent,
  type LedgerRecord,
  type Notes,
  type OwnedObject,
} from "./record";
import { standingOf, type Standing } from "./standing";

/** What happens to an object whose address is removed. */
export type Removal =
  | { readonly kind: "delete" }
  /** A create of this run has it now; `as` is its resource type. */
  | { readonly kind: "taken"; readonly as?: string | undefined }
  /** The create that replaces it has rewritten it in place: there can be only one. */
  | { readonly kind: "rewritten" }
  /** Another address of the state has it too. */
  | { readonly kind: "kept" }
  /** A create of the same identity is still to come, and takes it. */
  | { readonly kind: "released"; readonly as?: string | undefined }
  /** The create that should have taken it has failed, or could not know whose it was. */
  | { readonly kind: "refused" };

/** How often to check whether a deletion by another address has ended. */
const POLL_MS = 100;
/** How long a change that takes an identity waits for the address that gives it up. */
const RENAMING_MS = 3_000;

/**
 * Knows who owns an object outside Terraform during a run: what the plan walk has seen of all addresses, and what the apply
 * has done since, in all processes of the run. It decides about every create and delete of every resource.
 */
export class Ownership {
  private readonly ownedHere = new Set<string>();
  private earlier: readonly OtherRun[] | undefined;
  private applied: { readonly record: ApplyRecord; readonly plan: PlanFound | undefined } | undefined;
  private started = false;
  private applying = false;
  private claims = 0;
  private opened: Ledger | undefined;

  /** @param open is called when there is something to record or to read: most processes of a run have neither */
  constructor(
    private readonly open: () => Ledger,
    private readonly clock: Pick<Clock, "sleep">,
  ) {}

  private get ledger(): Ledger {
    this.opened ??= this.open();
    return this.opened;
  }

  /** The name of the run, written into the plan of a destroy so that the apply of a saved plan finds this ledger. */
  get run(): string {
    return this.ledger.run;
  }

  /** A warning, once, that the other processes of the run cannot know what this one does. */
  unrecorded(): Problem | undefined {
    const failure = this.opened?.failure();
    return failure && runNotRecorded(failure);
  }

  /** Records that the process has nothing more to add. */
  close(): void {
    this.opened?.close();
  }

  // Events of a walk that plans.

  owned(object: OwnedObject): void {
    this.ownedHere.add(nameOf(object));
    this.append({ event: "owned", object });
  }

  read(object: OwnedObject): void {
    this.append({ event: "read", object });
  }

  vanished(object: OwnedObject): void {
    this.append({ event: "vanished", object });
  }

  planned(event: Extract<LedgerEvent, { event: "keep" | "replace" | "destroy" | "create" }>): void {
    this.append(event);
  }

  // Events of an apply.

  /**
   * Records that this process applies, before any question about an object: its own plans are no plans for others, and plans
   * that other runs have saved are obsolete from now on.
   */
  applies(): void {
    if (this.applying) return;
    this.applying = true;
    this.append({ event: "applying" }, true);
    for (const other of this.saved()) other.append({ event: "consumed", run: this.run });
  }

  /** Returns what a create may do with an object that it has found. Waits while another address deletes it. */
  async standing(object: OwnedObject, key: IdentityKey, signal: AbortSignal): Promise<Standing> {
    let known = this.appliedTo(object);
    while (known.deletingBy !== undefined && known.deleted !== true) {
      await this.clock.sleep(POLL_MS, signal);
      known = this.appliedTo(object);
    }
    const passedBy = this.ownedHere.has(nameOf(object));
    const { plan } = this.refreshed();
    if (plan !== undefined) return this.orLetGo(standingOf(object, key, plan.plan, known, passedBy), object);
    const create = { realm: object.realm, type: object.type, key };
    const saved = this.saved()
      .map(planOfOther)
      .filter((one) => one !== undefined)
      .filter((one) => one.plan.creating(create) !== undefined);
    const standings = saved.map((one) => standingOf(object, key, one.plan, known, passedBy));
    const [first] = standings;
    const agreed = first !== undefined && standings.every(({ kind }) => kind === first.kind);
    const standing = agreed ? first : standingOf(object, key, undefined, known, passedBy);
    if (standing.kind === "unknowable") this.append({ event: "wanted", object }, true);
    return standing;
  }

  /** Makes the object this create's. False when another one was faster. */
  take(object: OwnedObject, key: IdentityKey): boolean {
    const claim = this.claim();
    this.append({ event: "take", object, key, claim }, true);
    return this.appliedTo(object).takenBy === claim;
  }

  /** Whether the plan leaves the object with an address of the state. */
  keeps(object: OwnedObject): boolean {
    return (
      this.refreshed()
        .plan?.plan.find(object)
        ?.verdicts.some(({ kind }) => kind === "keep") === true
    );
  }

  /** The objects that have this identity until a change of this run, and the identities that they get. */
  givingUp(create: PlannedCreate): readonly { readonly object: OwnedObject; readonly key: IdentityKey | null }[] {
    return this.refreshed().plan?.plan.givingUp(create) ?? [];
  }

  /**
   * Waits briefly until other addresses have given up an identity; false when they have not. At parallelism 1 they cannot:
   * their turn is later.
   */
  async untilFree(create: PlannedCreate, signal: AbortSignal): Promise<boolean> {
    const isFree = ({ object }: { readonly object: OwnedObject }) => {
      const { changed, deleted, takenBy, released } = this.appliedTo(object);
      return changed === true || deleted === true || takenBy !== undefined || released !== undefined;
    };
    for (let waited = 0; waited < RENAMING_MS; waited += POLL_MS) {
      if (this.givingUp(create).every(isFree)) return true;
      await this.clock.sleep(POLL_MS, signal);
    }
    return false;
  }

  changed(object: OwnedObject): void {
    this.append({ event: "changed", object }, true);
  }

  /** Whether objects are moving from one address to another: until they are taken they stay as they were. */
  get passingNow(): boolean {
    const { record, plan } = this.refreshed();
    return plan !== undefined && record.passes(plan.plan);
  }

  createFailed(create: PlannedCreate): void {
    this.append({ event: "create-failed", ...create }, true);
  }

  /** The objects of this identity whose addresses are removed in this run and that nobody has taken yet. */
  passing(create: PlannedCreate): readonly { readonly object: OwnedObject; readonly notes: Notes }[] {
    const { plan } = this.refreshed();
    return (plan?.plan.leaving(create) ?? []).filter(({ object }) => {
      const { takenBy, deletingBy } = this.appliedTo(object);
      return takenBy === undefined && deletingBy === undefined;
    });
  }

  /** Decides what happens to an object whose address is removed; "delete" makes the deletion this caller's. */
  remove(object: OwnedObject, was: IdentityKey, notes: Notes, plannedIn: string | undefined): Removal {
    const { record, plan: own } = this.refreshed();
    const applied = record.of(object);
    const plan = own ?? this.planSavedBy(plannedIn);
    const create = { realm: object.realm, type: object.type, key: was };
    const planned = plan?.plan.find(object);
    if (applied.takenBy !== undefined) {
      return passes(planned?.verdicts) ? { kind: "taken", as: applied.takenAs } : { kind: "rewritten" };
    }
    if (plan === undefined && applied.wanted === true) return { kind: "refused" };
    if (planned?.verdicts.some(({ kind }) => kind === "keep")) return { kind: "kept" };
    if (plan !== undefined && passes(planned?.verdicts)) {
      if (record.outstanding(plan.plan, create)) {
        this.append({ event: "release", object, key: was, notes }, true);
        const to = plan.plan.creating(create);
        return { kind: "released", as: to && spokenOfAs(to) };
      }
      if (record.failedFor(create)) return { kind: "refused" };
    }
    const claim = this.claim();
    this.append({ event: "deleting", object, claim }, true);
    const { takenBy, takenAs } = this.appliedTo(object);
    return takenBy === undefined ? { kind: "delete" } : { kind: "taken", as: takenAs };
  }

  removed(object: OwnedObject, done: boolean): void {
    this.append({ event: done ? "deleted" : "delete-failed", object }, true);
  }

  private appliedTo(object: OwnedObject) {
    return this.refreshed().record.of(object);
  }

  /** Processes the records that were written since. */
  private refreshed(): { readonly record: ApplyRecord; readonly plan: PlanFound | undefined } {
    const news = this.ledger.news();
    if (this.applied === undefined) {
      // The first call returns everything that the run has recorded so far.
      const plan = planOf(news, this.ledger.process, this.ledger.isGone);
      this.applied = { record: recordOf(news.slice(plan?.until ?? 0)), plan };
    } else for (const one of news) this.applied.record.add(one);
    return this.applied;
  }

  /** The other runs of this folder: read once, since no other run can apply while this one does. */
  private others(): readonly OtherRun[] {
    this.earlier ??= this.ledger.others();
    return this.earlier;
  }

  /** The runs whose plans this run may be applying, when it has planned nothing itself. */
  private saved(): readonly OtherRun[] {
    return this.others().filter((other) => !isOver(other, this.run));
  }

  private planSavedBy(run: string | undefined): PlanFound | undefined {
    const other = run === undefined ? undefined : this.others().find((one) => one.run === run);
    return other && planOfOther(other);
  }

  /** Treats an object as ours that an earlier run of this folder released for a create that never happened. */
  private orLetGo(standing: Standing, object: OwnedObject): Standing {
    if (standing.kind !== "free") return standing;
    for (const { records } of this.others()) {
      const { released, takenBy, deletingBy } = recordOf(records).of(object);
      if (takenBy !== undefined || deletingBy !== undefined) return standing;
      if (released !== undefined) return { kind: "passing", notes: released.notes, heldAs: released.as };
    }
    return standing;
  }

  private claim(): string {
    this.claims += 1;
    return `${this.ledger.process}#${this.claims}`;
  }

  private append(event: LedgerEvent, urgent = false): void {
    if (!this.started) {
      this.started = true;
      const { process, workspace } = this.ledger;
      this.ledger.append({ event: "start", pid: Number.parseInt(process, 10), workspace }, false);
    }
    this.ledger.append(event, urgent);
  }
}

/** The plan of a finished run. */
const planOfOther = ({ records }: OtherRun) => planOf(records, undefined, () => true);

function recordOf(records: readonly LedgerRecord[]): ApplyRecord {
  const made = new ApplyRecord();
  for (const one of records) made.add(one);
  return made;
}

/** Whether an address is removed or replaced with another identity: its object may move to another address. */
function passes(verdicts: readonly PlannedFate[] = []): boolean {
  return verdicts.some(
    ({ kind, was, key }) => kind === "destroy" || (kind === "replace" && String(was) !== String(key)),
  );
}

/** Whether a run has applied itself, or is obsolete since another run has applied. */
function isOver({ records }: OtherRun, by: string): boolean {
  return records.some((record) => record.event === "applying" || (record.event === "consumed" && record.run !== by));
}

const nameOf = ({ realm, type, id }: OwnedObject) => `${realm} ${type} ${id}`;
