import type { Problem } from "../core/problem";
import type { KeyedMutex } from "../core/keyed-mutex";
import { ProblemError } from "../core/problem";
import type { Redactor } from "../core/redaction";
import type { Logger } from "../core/log";
import { diagnosticMessages } from "./diagnostics";
import { readDynamicValue } from "./dynamic-value";
import { OwnedType } from "./ownership/address";
import type { Ownership } from "./ownership/ownership";
import { codecFor, type Codec } from "./msgpack";
import type { DiagnosticInput, DynamicValue } from "./protocol";
import type { Bound, Connection, ProviderDefinition } from "./provider";
import type { Call } from "./service";
import type { Context, PlanContext } from "./resource";
import { identityType, type IdentityType } from "./resource-identity";
import { identityOf, isSecret, listed, type Attribute, type Attributes, type Nesting, type Schema } from "./schema";
import { isObject, type Type, type Value, type ValueList, type ValueObject } from "./values";
import type { ReportedErrors } from "./reported-errors";
import { objectType } from "./wire-schema";

/** A connection with all optional members filled in. */
export type Connected = Required<Connection<unknown>>;

/** A handler ready to serve: its schema compiled once, with access to its client. */
export interface Registered<Handler> extends Connected {
  readonly handler: Handler;
  readonly schema: Schema;
  readonly type: Type;
  readonly codec: Codec;
  /** The resource identity; undefined for what only reads. */
  readonly identity: IdentityType | undefined;
  /** @see Bound.connectionTo */
  connectionTo(name: string): Connected | undefined;
  /** Created on demand, for each configuration of the provider. */
  owned?: { readonly ownership: Ownership; readonly type: OwnedType };
  /** The attributes whose values must never be shown, and those that contain such. */
  readonly secrets: Attributes;
}

/** The state that all verbs share. */
export interface Engine {
  readonly definition: ProviderDefinition;
  readonly log: Logger;
  readonly redactor: Redactor;
  /** The result of `configure`; undefined before. */
  provider: unknown;
  /** The ownership of this run; undefined before `configure`. */
  ownership: Ownership | undefined;
  /** The errors that were reported since `configure`. */
  reportedErrors: ReportedErrors;
  /** Whether the run asks outside systems what exists; false with `-refresh=false`. */
  refreshes(): boolean;
  /** Serialises creates of one identity. */
  readonly creations: KeyedMutex;
}

/** The ownership of this type's objects; undefined where it has none, and before the provider is configured. */
export function ownedType(engine: Engine, entry: Registered<unknown>): OwnedType | undefined {
  if (engine.ownership === undefined || identityOf(entry.schema) === undefined) return undefined;
  const { ownership } = engine;
  if (entry.owned?.ownership !== ownership) {
    const realm = entry.realm(engine.provider) ?? null;
    entry.owned = { ownership, type: new OwnedType(ownership, entry.schema, realm) };
  }
  return entry.owned.type;
}

export class Registry<Handler extends { readonly schema: Schema }> {
  private readonly entries = new Map<string, Registered<Handler>>();
  private readonly bound: ReadonlyMap<string, Bound<Handler, unknown>>;

  constructor(handlers: readonly Bound<Handler, unknown>[]) {
    this.bound = new Map(handlers.map((one) => [one.handler.schema.type, one]));
  }

  /** Compiles on first use: most runs need few of the types. */
  get(type: string): Registered<Handler> {
    const known = this.entries.get(type);
    if (known !== undefined) return known;
    const bound = this.bound.get(type);
    if (bound === undefined) throw new ProblemError(unknownType(type, [...this.bound.keys()]));
    const { schema } = bound.handler;
    const wireType = objectType(schema.attributes);
    const entry: Registered<Handler> = {
      handler: bound.handler,
      schema,
      type: wireType,
      codec: codecFor(wireType),
      identity: identityType(schema),
      ...connected(bound),
      connectionTo(name) {
        const other = bound.connectionTo?.(name);
        return other && connected(other);
      },
      secrets: secretAttributes(schema.attributes),
    };
    this.entries.set(type, entry);
    return entry;
  }

  all(): readonly Handler[] {
    return [...this.bound.values()].map((one) => one.handler);
  }
}

function connected(connection: Connection<unknown>): Connected {
  return {
    client: (provider) => connection.client(provider),
    realm: (provider) => (connection.realm === undefined ? "" : connection.realm(provider)),
    pending: (provider) => connection.pending?.(provider),
    checkLogin: async (provider, signal) => (await connection.checkLogin?.(provider, signal)) ?? [],
    answered: (provider) => connection.answered?.(provider) ?? [],
  };
}

function unknownType(type: string, known: readonly string[]): Problem {
  return {
    code: "terraform/unknown-type",
    severity: "error",
    summary: "The provider does not know this type",
    got: type,
    expected: known.join(", "),
    fix: "Install the provider version that the configuration was written for.",
  };
}

/**
 * The attributes that are or contain secrets. Most objects have few or none, and looking at these alone keeps large plans
 * fast.
 */
function secretAttributes(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, attribute]): [string, Attribute][] => {
      if (isSecret(attribute) || attribute.nested === undefined) return isSecret(attribute) ? [[name, attribute]] : [];
      const inner = secretAttributes(attribute.nested.attributes);
      if (Object.keys(inner).length === 0) return [];
      return [[name, { ...attribute, nested: { ...attribute.nested, attributes: inner } }]];
    }),
  );
}

/** Decodes an object and registers every secret in it with the redactor. */
export function decodeObject(
  engine: Engine,
  entry: Pick<Registered<unknown>, "type" | "secrets">,
  message: DynamicValue | null,
): ValueObject | null {
  const value = readDynamicValue(entry.type, message);
  if (!isObject(value)) return null;
  learnSecrets(engine.redactor, entry.secrets, value);
  return value;
}

function learn(redactor: Redactor, value: Value, isOneOf = false): void {
  if (typeof value === "string") redactor[isOneOf ? "addOneOf" : "add"](value);
  else if (Array.isArray(value)) value.forEach((inner: Value) => learn(redactor, inner, true));
  else if (isObject(value)) Object.values(value).forEach((inner) => learn(redactor, inner, true));
}

/** Registers the secrets among these attributes, nested ones included. */
export function learnSecrets(redactor: Redactor, attributes: Attributes, value: ValueObject): void {
  for (const { name, attribute } of listed(attributes)) {
    const inner = value[name] ?? null;
    if (isSecret(attribute)) learn(redactor, inner);
    else if (attribute.nested !== undefined) {
      for (const element of elementsOf(attribute.nested.nesting, inner)) {
        if (isObject(element)) learnSecrets(redactor, attribute.nested.attributes, element);
      }
    }
  }
}

function elementsOf(nesting: Nesting, value: Value): readonly Value[] {
  if (nesting === "single") return [value];
  return Array.isArray(value) ? (value as ValueList) : isObject(value) ? Object.values(value) : [];
}

/** The problems of one RPC, and the context of its handler. */
export class Scope {
  readonly problems: Problem[] = [];
  /**
   * Names the object that the errors are about, where Terraform cannot add an address: a deleted one has none in the
   * configuration any more. Most calls have no errors, and need no name.
   */
  object: (() => string | undefined) | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly attributes: Attributes,
  ) {}

  context(client: unknown, call: Call): Context<unknown> {
    return {
      client,
      // Few handlers ask for it: creating one for each of thousands of calls would cost more than the calls.
      get signal() {
        return call.signal;
      },
      log: this.engine.log,
      redactor: this.engine.redactor,
      report: (problem) => this.problems.push(problem),
    };
  }

  /** The context of a plan, which must not need what is not known yet. */
  planContext(connect: () => Promise<unknown>, call: Call): PlanContext<unknown> {
    return {
      connect,
      get signal() {
        return call.signal;
      },
      log: this.engine.log,
      redactor: this.engine.redactor,
      report: (problem) => this.problems.push(problem),
    };
  }

  get failed(): boolean {
    return this.problems.some((problem) => problem.severity === "error");
  }

  diagnostics(): DiagnosticInput[] {
    const unrecorded = this.engine.ownership?.unrecorded();
    if (unrecorded !== undefined) this.problems.push(unrecorded);
    if (this.problems.length === 0) return [];
    const { redactor, definition, reportedErrors } = this.engine;
    return diagnosticMessages(
      this.problems.map((problem) => reportedErrors.once(problem, this.attributes)),
      this.attributes,
      redactor,
      definition.nameOfSetting,
      definition.terraformCommand,
      this.object?.(),
    );
  }
}
