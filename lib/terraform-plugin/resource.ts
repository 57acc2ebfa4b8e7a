import type { Problem } from "../core/problem";
import type { Redactor } from "../core/redaction";
import type { Logger } from "../core/log";
import type { ObjectOwnership } from "./ownership/address";
import type { ResourceSchema, Schema, StateOf } from "./schema";
import type { Unknown, ValueObject } from "./values";

/**
 * What a resource does. Handlers throw `ProblemError` (or anything else: it becomes a diagnostic)
 * and never need to know of gRPC, msgpack or plan rules.
 */

/** What every handler gets besides its request. */
export interface Context<Client> {
  /** The configured connection to the outside system. */
  readonly client: Client;
  /** Aborts on StopProvider, on SIGINT's second blow, when Terraform is gone, or after the `timeouts` of the operation. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly redactor: Redactor;
  /** Adds a warning (or an error that does not stop the handler). */
  report(problem: Problem): void;
}

/** What a plan hook gets besides its request. */
export interface PlanContext<Client> extends Omit<Context<Client>, "client"> {
  /**
   * The connection, made when a hook asks for it. Undefined while a setting of the provider is known only after apply:
   * what the hook would ask then waits for the apply.
   */
  connect(): Promise<Client | undefined>;
}

/** A configuration or plan in which anything may still be unknown. */
export type Planned<S> = { [K in keyof StateOf<S>]: StateOf<S>[K] | Unknown | null };

/** Bytes the provider keeps beside the state, as a JSON object. Not secret: never put a secret in. */
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
  /** What was planned; what only the object itself can tell (computed) is null. */
  readonly planned: StateOf<S>;
  /** As configured, write-only values included. */
  readonly config: StateOf<S>;
  readonly private: PrivateState;
  /**
   * Records what exists so far. Call it as soon as the outside object exists: if the handler fails
   * later, Terraform keeps this (tainted) instead of losing the object.
   */
  save(state: StateOf<S>): void;
  /** Whose an object is that exists already. Only creates ask; updates have theirs. */
  readonly ownership: ObjectOwnership;
}

export interface ReadRequest<S> {
  readonly prior: StateOf<S>;
  readonly private: PrivateState;
  /** True right after an import: `prior` holds only what the import id told. */
  readonly imported: boolean;
}

export interface UpdateRequest<S> extends Omit<CreateRequest<S>, "ownership"> {
  readonly prior: StateOf<S>;
}

export interface DeleteRequest<S> {
  readonly prior: StateOf<S>;
  readonly private: PrivateState;
}

/** A type of another provider whose objects may become those of a resource, by a `moved` block. */
export interface Move<S extends ResourceSchema = ResourceSchema> {
  /** `null_resource` */
  readonly type: string;
  /** The last part of its provider's address, `null`: forks and mirrors keep it. */
  readonly provider: string;
  /** What its state tells, as JSON; defaults are filled in. Everything that is required must be there: states are complete. */
  state(source: ValueObject): Partial<StateOf<S>>;
}

export interface Resource<S extends ResourceSchema = ResourceSchema, Client = unknown> {
  readonly schema: S;
  /** Upgrades state of an older schema version, step by step: `upgrades[0]` makes version 1 of version 0. */
  readonly upgrades?: { readonly [fromVersion: number]: (state: ValueObject) => ValueObject };
  /** Upgrades an identity that an older version has stored, step by step, as {@link Resource.upgrades} does states. */
  readonly identityUpgrades?: { readonly [fromVersion: number]: (identity: ValueObject) => ValueObject };
  /** Checks that need the outside system, or changes to the plan. Nothing may be written outside here. */
  plan?(request: PlanRequest<S>, context: PlanContext<Client>): Promise<void> | void;
  /**
   * Whom creating it asks besides its own client, by names that the provider knows: a plan tries their settings and logins,
   * too. What is not known yet is left out. @default nobody
   */
  asks?(planned: Planned<S>): readonly string[];
  create(request: CreateRequest<S>, context: Context<Client>): Promise<StateOf<S>>;
  /** Null when the object is gone. Keep the user's spelling where only the notation differs. */
  read(request: ReadRequest<S>, context: Context<Client>): Promise<StateOf<S> | null>;
  /** Absent when every attribute replaces. */
  update?(request: UpdateRequest<S>, context: Context<Client>): Promise<StateOf<S>>;
  /** Succeeds when the object is already gone. */
  delete(request: DeleteRequest<S>, context: Context<Client>): Promise<void>;
  /** @default nothing else can become one */
  readonly moves?: readonly Move<S>[];
  /** The attributes the import id tells; `read` fills the rest. @default `{ id }` */
  import?(id: string, context: Context<Client>): Promise<Partial<StateOf<S>>> | Partial<StateOf<S>>;
}

export interface DataSource<S extends Schema = Schema, Client = unknown> {
  readonly schema: S;
  read(config: StateOf<S>, context: Context<Client>): Promise<StateOf<S>>;
}

/** Lists what exists of a resource, whoever made it (`list` block, `terraform query`). */
export interface ListResource<S extends Schema = Schema, Client = unknown> {
  /** Of its configuration; its type is the resource's. */
  readonly schema: S;
  /** Rejects, or reports an error, when it cannot tell: an empty list says that there is nothing. Reads only. */
  list(config: StateOf<S>, context: Context<Client>): Promise<readonly ListedObject[]>;
}

export interface ListedObject {
  /** The import id. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
}

/** A value that exists only while Terraform runs (`ephemeral` block). */
export interface EphemeralResource<S extends Schema = Schema, Client = unknown> {
  readonly schema: S;
  open(config: StateOf<S>, context: Context<Client>): Promise<StateOf<S>>;
}
