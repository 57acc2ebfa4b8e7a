import { ProblemError, type Problem } from "../../core/problem";
import { identityOf, type Schema } from "../schema";
import { isUnknown, type ValueObject } from "../values";
import { namedObject, type NamedObject } from "../object-name";
import { identityKey } from "./identity";
import type { Ownership } from "./ownership";
import {
  alsoKept,
  cannotTake,
  identitiesExchanged,
  identityNotFreeYet,
  leftToNewAddress,
  madeAnewInPlace,
  passedToNewAddress,
  stillUsedPerhaps,
  successorFailed,
} from "./problems";
import type { PlannedCreate } from "./plan-record";
import type { IdentityKey, Notes, OwnedObject } from "./record";
import type { Standing } from "./standing";

/** The questions that a create asks before it takes over an existing object. */
export interface ObjectOwnership {
  /** Whether the outside system allows a second object of the same identity. */
  readonly twins: boolean;
  /** Returns what may be done with an object that was found. Waits while another address deletes it. */
  standing(id: string): Promise<Standing>;
  /**
   * Makes an object this resource's, before anything is written to it. The notes that its former address kept beside the
   * state become this resource's.
   *
   * @throws ProblemError when another address has it
   */
  take(id: string): Promise<Standing>;
  /** The problem to report when the object may not be taken. */
  refusal(id: string, standing: Standing): Problem;
  /** The objects of this identity whose addresses are removed in this run: for systems that cannot be asked what exists. */
  passing(): readonly { readonly id: string; readonly notes: Notes }[];
}

/** The ownership of the objects of one type: maps states to objects and identities. */
export class OwnedType {
  /** The realm and type of its objects, and its own name for the type where that differs. */
  readonly where: Omit<OwnedObject, "id">;
  /** Caches keys: a plan asks several times for the key of the same values. */
  private readonly keys = new WeakMap<ValueObject, IdentityKey>();

  constructor(
    private readonly ownership: Ownership,
    private readonly schema: Schema,
    readonly realm: string | null,
  ) {
    this.where = { realm, type: this.type, ...(schema.type === this.type ? {} : { as: schema.type }) };
  }

  /** The object of a state; undefined for a state without an id, whose object does not exist yet. */
  object(state: ValueObject | null): OwnedObject | undefined {
    const id = state?.["id"] ?? null;
    if (id === null || isUnknown(id) || id === "") return undefined;
    return this.ref(String(id as string));
  }

  ref(id: string): OwnedObject {
    return { ...this.where, id };
  }

  /** The type by which objects are distinguished; several resource types may share one. */
  get type(): string {
    return this.identity?.sharedWith?.type ?? this.schema.type;
  }

  key(values: ValueObject): IdentityKey {
    let key = this.keys.get(values);
    if (key === undefined) {
      key = identityKey(this.schema, values) ?? [];
      this.keys.set(values, key);
    }
    return key;
  }

  seen(event: "owned" | "read" | "vanished", state: ValueObject | null): void {
    const object = this.object(state);
    if (object !== undefined) this.ownership[event](object);
  }

  /**
   * Records the plan of an object.
   *
   * @param replaced the state that this plan replaces, when Terraform said so
   */
  planned(prior: ValueObject | null, planned: ValueObject | null, notes: Notes, replaced: Replaced | undefined): void {
    if (prior === null && planned === null) return;
    if (prior === null && replaced !== undefined) {
      const object = this.ref(replaced.id);
      this.ownership.planned({ event: "replace", object, was: replaced.key, key: this.key(planned!), notes });
      return;
    }
    if (prior === null) {
      this.ownership.planned({ event: "create", ...this.where, key: this.key(planned!) });
      return;
    }
    const object = this.object(prior);
    if (object === undefined) return;
    const key = planned === null ? null : this.key(planned);
    this.ownership.planned({ event: key === null ? "destroy" : "keep", object, was: this.key(prior), key, notes });
  }

  /** The data that a plan passes to the calls that follow it, in private state. */
  mark(prior: ValueObject | null): Marked {
    const object = this.object(prior);
    return {
      run: this.ownership.run,
      ...(object === undefined || prior === null ? {} : { replaced: { id: object.id, key: this.key(prior) } }),
    };
  }

  /** Starts a create. */
  creation(planned: ValueObject, call: CreationCall): OwnedCreation {
    return new OwnedCreation(this.ownership, this, planned, call);
  }

  /** A text that identifies the identity within this process. */
  nameOf(values: ValueObject): string {
    return `${this.type} ${this.realm} ${String(this.key(values))}`;
  }

  applies(): void {
    this.ownership.applies();
  }

  /** Whether to delete the object; a problem explains why not. */
  removal(
    prior: ValueObject,
    notes: Notes,
    plannedIn: string | undefined,
  ): { readonly object?: OwnedObject; readonly problem?: Problem } {
    const object = this.object(prior);
    if (object === undefined) return {};
    const removal = this.ownership.remove(object, this.key(prior), notes, plannedIn);
    if (removal.kind === "delete") return { object };
    const name = this.named(object.id, prior);
    if (removal.kind === "taken" || removal.kind === "released") return { problem: leftToNewAddress(name, removal.as) };
    const problems = { rewritten: madeAnewInPlace, kept: alsoKept, refused: successorFailed };
    return { problem: problems[removal.kind](name) };
  }

  /**
   * Waits briefly, before a change to another identity, for the address that has that identity and gives it up in this run.
   */
  async identityFree(prior: ValueObject, planned: ValueObject, signal: AbortSignal): Promise<void> {
    const sought = this.twins ? undefined : this.soughtIdentity(prior, planned);
    if (sought !== undefined && !sought.exchanged) await this.ownership.untilFree(sought.create, signal);
  }

  /**
   * Whether to repeat a change that was refused. Where two objects may have the same name nobody waits beforehand, and only
   * the refusal shows that this system does not accept it.
   */
  async freeAfterRefusal(prior: ValueObject, planned: ValueObject, signal: AbortSignal): Promise<boolean> {
    const sought = this.twins ? this.soughtIdentity(prior, planned) : undefined;
    return sought !== undefined && !sought.exchanged && this.ownership.untilFree(sought.create, signal);
  }

  changed(state: ValueObject): void {
    const object = this.object(state);
    if (object !== undefined) this.ownership.changed(object);
  }

  /** Why a refused change may succeed the next time; undefined when ownership has nothing to do with it. */
  refusedChange(prior: ValueObject, planned: ValueObject): Problem | undefined {
    const object = this.object(prior);
    const sought = this.soughtIdentity(prior, planned);
    if (object === undefined || sought === undefined) return undefined;
    return (sought.exchanged ? identitiesExchanged : identityNotFreeYet)(this.named(object.id, planned));
  }

  /** The identity that a change takes from other addresses, which give it up in this run; undefined for any other change. */
  private soughtIdentity(prior: ValueObject, planned: ValueObject) {
    const was = String(this.key(prior));
    const create: PlannedCreate = { ...this.where, key: this.key(planned) };
    const others = String(create.key) === was ? [] : this.ownership.givingUp(create);
    if (others.length === 0) return undefined;
    return { create, exchanged: others.some(({ key }) => String(key) === was) };
  }

  /** Why a refused deletion may succeed the next time; undefined when ownership has nothing to do with it. */
  refusedRemoval(prior: ValueObject): Problem | undefined {
    const object = this.object(prior);
    return object !== undefined && this.ownership.passingNow
      ? stillUsedPerhaps(this.named(object.id, prior))
      : undefined;
  }

  removed(object: OwnedObject, done: boolean): void {
    this.ownership.removed(object, done);
  }

  named(id: string, values: ValueObject): NamedObject {
    return namedObject(this.schema, id, values);
  }

  get twins(): boolean {
    return this.identity?.twins === true;
  }

  private get identity() {
    return identityOf(this.schema);
  }
}

export interface Replaced {
  readonly id: string;
  readonly key: IdentityKey;
}

export interface Marked {
  readonly run: string;
  readonly replaced?: Replaced;
}

export interface CreationCall {
  /** Receives the notes that the former address of a taken object kept beside the state. */
  readonly notes: Record<string, unknown>;
  readonly signal: () => AbortSignal;
  readonly report: (problem: Problem) => void;
}

/** The ownership questions and claims of one create. */
export class OwnedCreation implements ObjectOwnership {
  private readonly key: IdentityKey;
  private readonly had = new Set<string>();

  constructor(
    private readonly ownership: Ownership,
    private readonly owned: OwnedType,
    private readonly planned: ValueObject,
    private readonly call: CreationCall,
  ) {
    this.key = owned.key(planned);
  }

  get twins(): boolean {
    return this.owned.twins;
  }

  async standing(id: string): Promise<Standing> {
    const standing = await this.ownership.standing(this.owned.ref(id), this.key, this.call.signal());
    if (standing.kind !== "renaming" || this.twins) return standing;
    await this.ownership.untilFree(this.wanted, this.call.signal());
    return this.ownership.standing(this.owned.ref(id), this.key, this.call.signal());
  }

  async take(id: string): Promise<Standing> {
    const standing = await this.standing(id);
    if (!mayTake(standing)) throw new ProblemError(this.refusal(id, standing));
    if (!this.ownership.take(this.owned.ref(id), this.key)) throw new ProblemError(this.refusal(id, { kind: "taken" }));
    this.had.add(id);
    if (standing.kind === "passing" || standing.kind === "own") Object.assign(this.call.notes, standing.notes);
    if (standing.kind === "passing") {
      this.call.report(passedToNewAddress(this.owned.named(id, this.planned), standing.heldAs));
    }
    return standing;
  }

  refusal(id: string, standing: Standing): Problem {
    return cannotTake(this.owned.named(id, this.planned), mayTake(standing) ? { kind: "taken" } : standing);
  }

  passing(): readonly { readonly id: string; readonly notes: Notes }[] {
    return this.ownership.passing(this.wanted).map(({ object, notes }) => ({ id: object.id, notes }));
  }

  /** Records a state that the create has reached: nobody else may have its object. */
  reached(state: ValueObject): void {
    const object = this.owned.object(state);
    if (object === undefined || this.had.has(object.id)) return;
    // The resource took an existing object without asking: the last moment to refuse.
    if (this.ownership.keeps(object)) throw new ProblemError(this.refusal(object.id, { kind: "kept" }));
    if (!this.ownership.take(object, this.key)) throw new ProblemError(this.refusal(object.id, { kind: "taken" }));
    this.had.add(object.id);
  }

  failed(): void {
    if (this.had.size === 0) this.ownership.createFailed(this.wanted);
  }

  private get wanted(): PlannedCreate {
    return { ...this.owned.where, key: this.key };
  }
}

/**
 * Whether an object may be taken. A "gone" one was recreated by the system under a reused id, or is a set of settings that
 * always exists.
 */
function mayTake(standing: Standing): standing is Extract<Standing, { kind: "free" | "passing" | "own" | "gone" }> {
  return ["free", "passing", "own", "gone"].includes(standing.kind);
}
