import type { Problem } from "../core/problem";
import type { ImportIdentity } from "./import-identity";
import type { AnyNumber, WholeNumber } from "./numbers";
import type { Type, Value } from "./values";

/**
 * How a schema is declared: once, as plain typed data. The wire schema, the TypeScript types of
 * state and configuration, the construct's props, validation (at synth and at plan) and the
 * reference documentation are all derived from it.
 */

/** How the attribute gets its value. `defaulted` is an `optional` attribute with a default. */
export type Presence = "required" | "optional" | "defaulted" | "computed" | "optional-computed";

/** A problem of one value, before its place is known. */
export type ValueProblem = Omit<Problem, "path">;

/** Checks one known, non-null value. The same validators run at synth and in the provider. */
export interface Validator<T> {
  /** For the reference documentation: "one of 25, 465, 587, 2525". */
  readonly describes: string;
  check(value: T): ValueProblem | undefined;
}

export interface ReplaceRule<T> {
  when(prior: T | null, planned: T | null): boolean;
}

/**
 * A method, because TypeScript compares its parameters in both directions: an attribute of texts stays an attribute of
 * anything.
 */
interface Equality<T> {
  same(a: T, b: T): boolean;
}

// `| undefined`: an attribute derived from another by a spread has all of these, also under `exactOptionalPropertyTypes`.
export interface AttributeOptions<T> {
  /** One sentence in the user's words; Markdown. */
  readonly description: string;
  readonly validators?: readonly Validator<T>[] | undefined;
  /** Masked in Terraform's output. @default false */
  readonly sensitive?: boolean | undefined;
  /** Reaches the provider, but never plan or state. Needs terraform 1.11. @default false */
  readonly writeOnly?: boolean | undefined;
  /** Used where the configuration has no value. */
  readonly default?: T | undefined;
  /** Whether a change replaces the object; `when` decides case by case. @default false */
  readonly replace?: boolean | ReplaceRule<T> | undefined;
  /**
   * For computed values: an update leaves the value unchanged, so plans need not show "(known after apply)".
   *
   * @default false
   */
  readonly keep?: boolean | undefined;
  /** Compares values that have several notations: the configured spelling is kept. */
  readonly equal?: Equality<T>["same"] | undefined;
  /** Names the replacement of a deprecated attribute. */
  readonly deprecated?: string | undefined;
}

export type Nesting = "single" | "list" | "set" | "map";

export interface Attribute<T = unknown, P extends Presence = Presence> extends AttributeOptions<T> {
  readonly presence: P;
  /** Null for nested attributes. */
  readonly type: Type | null;
  readonly nested?: { readonly nesting: Nesting; readonly attributes: Attributes } | undefined;
  /** Whether it is a number without a fraction and without a limit. @default false */
  readonly whole?: boolean | undefined;
}

/** Whether the attribute holds a value that nobody may see. */
export const isSecret = ({ sensitive, writeOnly }: Pick<Attribute, "sensitive" | "writeOnly">): boolean =>
  sensitive === true || writeOnly === true;

export type Attributes = { readonly [name: string]: Attribute };

export interface ListedAttribute {
  readonly name: string;
  readonly attribute: Attribute;
}

/** The attributes in their order, listed once for each schema: every call about an object goes through them several times. */
export function listed(attributes: Attributes): readonly ListedAttribute[] {
  let list = lists.get(attributes);
  if (list === undefined) {
    list = Object.entries(attributes).map(([name, attribute]) => ({ name, attribute }));
    lists.set(attributes, list);
  }
  return list;
}

const lists = new WeakMap<Attributes, readonly ListedAttribute[]>();

type Primitive = { string: string; number: number; bool: boolean };
type PrimitiveName = keyof Primitive;

/** The value type an attribute of presence P has once applied. */
export type AttributeValue<A> =
  A extends Attribute<infer T, infer P> ? (P extends "required" | "defaulted" ? T : T | null) : never;

/** The values that the provider stores: null where none is set. */
export type ObjectOf<A extends Attributes> = { -readonly [K in keyof A]: AttributeValue<A[K]> };

type WithDefault<P extends Presence, O> = O extends { readonly default: unknown } ? "defaulted" : P;
type DeclaredPresence = Exclude<Presence, "defaulted">;
/** Keeps in the type which attributes are secret, so that a construct's props can refuse literals there. */
type Secrecy<O> = (O extends { readonly writeOnly: true } ? { readonly writeOnly: true } : unknown) &
  (O extends { readonly sensitive: true } ? { readonly sensitive: true } : unknown);

/** The numbers that validators get: any that Terraform can write, before it is known to fit its attribute. */
type Checked<T> = [T] extends [WholeNumber]
  ? AnyNumber
  : [T] extends [readonly WholeNumber[]]
    ? readonly AnyNumber[]
    : [T] extends [Readonly<Record<string, WholeNumber>>]
      ? Readonly<Record<string, AnyNumber>>
      : T;
/** A property, for the compiler to compare the parameters strictly, which it does not do for methods. */
interface AttributeValidator<T> {
  readonly describes: string;
  readonly check: (value: Checked<T>) => ValueProblem | undefined;
}
/** The options in the form in which a schema contains them. */
type Options<T> = Omit<AttributeOptions<T>, "validators"> & { readonly validators?: readonly AttributeValidator<T>[] };

function attribute<T, P extends DeclaredPresence, O extends Options<T>>(
  type: Type | null,
  presence: P,
  options: O,
): Attribute<T, WithDefault<P, O>> & Secrecy<O> {
  const effective = options.default === undefined ? presence : "defaulted";
  return { ...options, type, presence: effective as WithDefault<P, O> } as Attribute<T, WithDefault<P, O>> & Secrecy<O>;
}

export const string = <P extends DeclaredPresence, O extends Options<string>>(presence: P, options: O) =>
  attribute<string, P, O>("string", presence, options);
/** A count, a port, an id: an exact JavaScript number; any other is refused before a handler sees it. */
export const number = <P extends DeclaredPresence, O extends Options<number>>(presence: P, options: O) =>
  attribute<number, P, O>("number", presence, options);
/** A whole number of any size, such as a version derived from a digest. Compare it with `===`. */
export const wholeNumber = <P extends DeclaredPresence, O extends Options<WholeNumber>>(presence: P, options: O) => ({
  ...attribute<WholeNumber, P, O>("number", presence, options),
  whole: true as const,
});
export const bool = <P extends DeclaredPresence, O extends Options<boolean>>(presence: P, options: O) =>
  attribute<boolean, P, O>("bool", presence, options);
export const dynamic = <P extends DeclaredPresence, O extends Options<Value>>(presence: P, options: O) =>
  attribute<Value, P, O>("dynamic", presence, options);

export const listOf = <E extends PrimitiveName, P extends DeclaredPresence, O extends Options<Primitive[E][]>>(
  element: E,
  presence: P,
  options: O,
) => attribute<Primitive[E][], P, O>(["list", element], presence, options);
export const setOf = <E extends PrimitiveName, P extends DeclaredPresence, O extends Options<Primitive[E][]>>(
  element: E,
  presence: P,
  options: O,
) => attribute<Primitive[E][], P, O>(["set", element], presence, options);
export const mapOf = <
  E extends PrimitiveName,
  P extends DeclaredPresence,
  O extends Options<Record<string, Primitive[E]>>,
>(
  element: E,
  presence: P,
  options: O,
) => attribute<Record<string, Primitive[E]>, P, O>(["map", element], presence, options);

/** An attribute with attributes of its own, whose exact types it keeps. */
export interface NestedAttribute<T, P extends Presence, N extends Nesting, A extends Attributes> extends Attribute<
  T,
  P
> {
  readonly nested: { readonly nesting: N; readonly attributes: A };
}

function nested<T, N extends Nesting, A extends Attributes, P extends DeclaredPresence, O extends Options<T>>(
  nesting: N,
  attributes: A,
  presence: P,
  options: O,
) {
  const made = { ...attribute<T, P, O>(null, presence, options), nested: { nesting, attributes } };
  return made as NestedAttribute<T, WithDefault<P, O>, N, A> & Secrecy<O>;
}

export const nestedObject = <A extends Attributes, P extends DeclaredPresence, O extends Options<ObjectOf<A>>>(
  attributes: A,
  presence: P,
  options: O,
) => nested<ObjectOf<A>, "single", A, P, O>("single", attributes, presence, options);
export const nestedList = <A extends Attributes, P extends DeclaredPresence, O extends Options<ObjectOf<A>[]>>(
  attributes: A,
  presence: P,
  options: O,
) => nested<ObjectOf<A>[], "list", A, P, O>("list", attributes, presence, options);
export const nestedSet = <A extends Attributes, P extends DeclaredPresence, O extends Options<ObjectOf<A>[]>>(
  attributes: A,
  presence: P,
  options: O,
) => nested<ObjectOf<A>[], "set", A, P, O>("set", attributes, presence, options);
export const nestedMap = <
  A extends Attributes,
  P extends DeclaredPresence,
  O extends Options<Record<string, ObjectOf<A>>>,
>(
  attributes: A,
  presence: P,
  options: O,
) => nested<Record<string, ObjectOf<A>>, "map", A, P, O>("map", attributes, presence, options);

/**
 * The values of attributes as far as they are known: `undefined` is not known yet (unknown at plan, a token at synth), null
 * is not set. The same holds within nested objects and the elements of a nested list; any other list, a set or a map is
 * known as a whole or not at all.
 */
export type KnownValues<A extends Attributes> = {
  readonly [K in keyof A]: KnownValue<A[K]> | null | undefined;
};
type KnownValue<A> = A extends {
  readonly nested: { readonly nesting: "single"; readonly attributes: infer B extends Attributes };
}
  ? KnownValues<B>
  : A extends { readonly nested: { readonly nesting: "list"; readonly attributes: infer B extends Attributes } }
    ? readonly (KnownValues<B> | undefined)[]
    : AttributeValue<A>;

/** Replaces a missing value by its default, which is not filled in where checks run; an unknown one stays undefined. */
export const orDefault = <T>(value: T | null | undefined, otherwise: T): T | undefined =>
  value === null ? otherwise : value;

/** The attributes by which two declarations refer to one outside object. */
export interface SchemaCheck<A extends Attributes> {
  /** For the reference documentation: "`password_wo` needs `username`". */
  readonly describes: string;
  check(values: KnownValues<A>): readonly Problem[];
}

/** The attributes by which two declarations refer to one outside object. */
export interface Identity<Name extends string = string> {
  /**
   * The names of the identifying attributes: objects that agree in all of them are the same. Empty: there is only one
   * object.
   */
  readonly attributes: readonly Name[];
  /** Whether the system allows two objects that agree in them. */
  readonly twins: boolean;
  /** The type that the objects belong to, where several resource types manage them. @default its own */
  readonly sharedWith?: SharedObjects;
}

/** The identity of types each of whose declarations creates an object of its own, so that nothing can be owned twice. */
export interface NoIdentity {
  /** The reason, for readers of the schema. */
  readonly none: string;
}

/** Objects that two types manage: both use the same ids, and neither takes an object that an address of the other has. */
export interface SharedObjects {
  readonly type: string;
  /** The values of that type's first identifying attributes for all objects of this one; its own attributes follow. */
  readonly having: readonly string[];
}

export interface Schema<A extends Attributes = Attributes> {
  /** The full Terraform name, `outbound_ovh_vrops_flow`. */
  readonly type: string;
  /** Raised when old state needs an upgrade. @default 0 */
  readonly version?: number;
  /** First paragraph of the reference page; Markdown. */
  readonly description: string;
  readonly attributes: A;
  // NoInfer: a check for any attributes must not widen the type of these.
  readonly checks?: readonly SchemaCheck<NoInfer<A>>[];
  /**
   * Checks of values that only a new object needs, such as its password: an existing one already has it, and an import
   * leaves it out.
   */
  readonly creationChecks?: readonly SchemaCheck<NoInfer<A>>[];
  /** Absent for types that only read: resources are {@link ResourceSchema}s. */
  readonly identity?: Identity | NoIdentity | undefined;
  /** The parts of the import id. Absent for types that only read. */
  readonly importIdentity?: ImportIdentity | undefined;
  readonly deprecated?: string;
}

/**
 * The schema of a resource: it also declares what identifies its objects, or why nothing does, and the parts of their import
 * id. Its attribute `id` holds that id.
 */
export interface ResourceSchema<A extends Attributes = Attributes> extends Schema<A> {
  readonly identity: Identity | NoIdentity;
  readonly importIdentity: ImportIdentity;
}

/** The identity of a schema's objects; undefined where there is none. */
export function identityOf({ identity }: Pick<Schema, "identity">): Identity | undefined {
  return identity === undefined || "none" in identity ? undefined : identity;
}

export type StateOf<S> = S extends Schema<infer A> ? ObjectOf<A> : never;

/** Declares a schema, so that its attributes keep their exact types, and its identities name some of them. */
export function defineSchema<
  A extends Attributes,
  I extends Identity<NoInfer<keyof A & string>> | NoIdentity | undefined = undefined,
  P extends ImportIdentity<NoInfer<keyof A & string>> | undefined = undefined,
>(
  schema: Schema<A> & { readonly identity?: I; readonly importIdentity?: P },
): Schema<A> & { readonly identity: I; readonly importIdentity: P } {
  // Returned unchanged; the type adds the declared identities.
  return schema as Schema<A> & { readonly identity: I; readonly importIdentity: P };
}
