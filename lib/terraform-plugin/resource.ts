import type { Problem } from "../core/problem";
import type { Redactor } from "../core/redaction";
import type { Logger } from "../core/log";
import type { ObjectOwnership } from "./ownership/address";
import type { ResourceSchema, Schema, StateOf } from "./schema";
import type { Unknown, ValueObject } from "./values";

/**
 * The handlers of a resource. They throw `ProblemError` (or anything else: it becomes a diagnostic)
 * and never need to know of gRPC, msgpack or plan rules.
 */

/** The context of every handler. */
export interface Context<Client> {
  /** The configured connection to the outside system. */
  readonly client: Client;
  /** Aborts on StopProvider, on the second SIGINT, when Terraform is gone, or after the `timeouts` of the operation. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly redactor: Redactor;
  /** Adds a warning (or an error that does not stop the handler). */
  report(problem: Problem): void;
}

/** The context of a plan hook. */
export interface PlanContext<Client> extends Omit<Context<Client>, "client"> {
  /**
   * The connection, made on demand. Undefined while a setting of the provider is known only after apply: the questions of
   * the hook then wait for the apply.
   */
  connect(): Promise<Client | undefined>;
}

/** A configuration or plan in which any value may still be unknown. */
export type Planned<S> = { [K in keyof StateOf<S>]: StateOf<S>[K] | Unknown | null };

/** Notes that the provider keeps beside the state, as a JSON object. Not secret: never put a secret in. */
export type PrivateState = Record<string, unknown>;

export interface PlanRequest<S> {
  /** Null on create. */
  readonly prior: StateOf<S> | null;
  /** Null on destroy. Change it to change the plan; only computed attributes may be changed. */
  planned: Planned<S> | null;
  /** Write-only values included. */
  readonly config: Planned<S> | null;
  readonly private: PrivateState;
  /** Add attribute names here to replace the object. */
  readonly replace: Set<keyof StateOf<S> & string>;
}

export interface CreateRequest<S> {
  /** The planned values; computed attributes that only the object itself can provide are null. */
  readonly planned: StateOf<S>;
  /** The configuration, write-only values included. */
  readonly config: StateOf<S>;
  readonly private: PrivateState;
  /**
   * Records the present state. Call it as soon as the outside object exists: if the handler fails later, Terraform keeps
   * this (tainted) instead of losing the object.
   */
  save(state: StateOf<S>): void;
  /** Answers whose an existing object is. Only creates ask; updates have theirs. */
  readonly ownership: ObjectOwnership;
}

export interface ReadRequest<S> {
  readonly prior: StateOf<S>;
  readonly private: PrivateState;
  /** True right after an import: `prior` holds only what the import id determines. */
  readonly imported: boolean;
}

export interface UpdateRequest<S> extends Omit<CreateRequest<S>, "ownership"> {
  readonly prior: StateOf<S>;
}

export interface DeleteRequest<S> {
  readonly prior: StateOf<S>;
  readonly private: PrivateState;
}

/** A type of another provider whose objects a `moved` block may turn into those of a resource. */
export interface Move<S extends ResourceSchema = ResourceSchema> {
  /** `null_resource` */
  readonly type: string;
  /** The last part of its provider's address, `null`: forks and mirrors keep it. */
  readonly provider: string;
  /**
   * The attributes that its state determines; the state comes as JSON, and defaults are filled in. All required attributes
   * must be present: states are complete.
   */
  state(source: ValueObject): Partial<StateOf<S>>;
}

export interface Resource<S extends ResourceSchema = ResourceSchema, Client = unknown> {
  readonly schema: S;
  /** Upgrades state of an older schema version, step by step: `upgrades[0]` turns version 0 into version 1. */
  readonly upgrades?: { readonly [fromVersion: number]: (state: ValueObject) => ValueObject };
  /** Upgrades an identity that an older version has stored, step by step, like {@link Resource.upgrades}. */
  readonly identityUpgrades?: { readonly [fromVersion: number]: (identity: ValueObject) => ValueObject };
  /** Runs checks that need the outside system, or changes the plan. It must not write anything outside. */
  plan?(request: PlanRequest<S>, context: PlanContext<Client>): Promise<void> | void;
  /**
   * The clients that creating it needs besides its own, by names that the provider knows: a plan tries their settings and
   * logins, too. What is not known yet is left out.
   *
   * @default none
   */
  asks?(planned: Planned<S>): readonly string[];
  create(request: CreateRequest<S>, context: Context<Client>): Promise<StateOf<S>>;
  /** Reads the object; null when it is gone. Keep the user's spelling where only the notation differs. */
  read(request: ReadRequest<S>, context: Context<Client>): Promise<StateOf<S> | null>;
  /** Changes the object. Absent when every attribute replaces. */
  update?(request: UpdateRequest<S>, context: Context<Client>): Promise<StateOf<S>>;
  /** Deletes the object; succeeds when it is already gone. */
  delete(request: DeleteRequest<S>, context: Context<Client>): Promise<void>;
  /** The types that can be moved to this one. @default none */
  readonly moves?: readonly Move<S>[];
  /** The attributes that the import id determines; `read` adds the rest. @default `{ id }` */
  import?(id: string, context: Context<Client>): Promise<Partial<StateOf<S>>> | Partial<StateOf<S>>;
}

export interface DataSource<S extends Schema = Schema, Client = unknown> {
  readonly schema: S;
  read(config: StateOf<S>, context: Context<Client>): Promise<StateOf<S>>;
}

/** Lists the existing objects of a resource, whoever made them (`list` block, `terraform query`). */
export interface ListResource<S extends Schema = Schema, Client = unknown> {
  /** The schema of its configuration; its type is that of the resource. */
  readonly schema: S;
  /**
   * Lists the objects. Rejects, or reports an error, when it cannot: an empty list means that nothing exists. Reads only.
   */
  list(config: StateOf<S>, context: Context<Client>): Promise<readonly ListedObject[]>;
}

export interface ListedObject {
  /** The import id. */
  readonly id: string;
  /** The name that people use. */
  readonly name: string;
}

/** A value that exists only while Terraform runs (`ephemeral` block). */
export interface EphemeralResource<S extends Schema = Schema, Client = unknown> {
  readonly schema: S;
  open(config: StateOf<S>, context: Context<Client>): Promise<StateOf<S>>;
}
