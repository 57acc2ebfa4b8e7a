import type { WholeNumber } from "../terraform-plugin/numbers";
import type { Attribute, Attributes, Schema } from "../terraform-plugin/schema";
import type { IResolvable, TerraformMetaArguments } from "./cdktf";
import type { Camel } from "../core/camel";
import type { Secret } from "./secret";

/** The props of a construct, derived from the schema that the provider serves: no generated code. */

/** Which attributes take a {@link Secret} and nothing else. */
export type SecretRule =
  /** Resources: attributes that reach the provider but never plan or state. */
  | "writeOnly"
  /** The provider's own settings: everything sensitive, because none of it is stored. */
  | "sensitive";

/** The props of a resource or data source. */
export type PropsOf<S> = S extends Schema<infer A> ? TerraformMetaArguments & InputOf<A, "writeOnly"> : never;

/** The props that a user may set for these attributes; computed ones are left out. */
export type InputOf<A extends Attributes, R extends SecretRule> = Simplify<
  { readonly [K in RequiredName<A> & string as Camel<K>]: ValueInput<A[K], R> } & {
    readonly [K in OptionalName<A> & string as Camel<K>]?: ValueInput<A[K], R> | undefined;
  }
>;

type Simplify<T> = { [K in keyof T]: T[K] };
type PresenceOf<A> = A extends { readonly presence: infer P } ? P : never;
type RequiredName<A extends Attributes> = { [K in keyof A]: PresenceOf<A[K]> extends "required" ? K : never }[keyof A];
type OptionalName<A extends Attributes> = {
  [K in keyof A]: PresenceOf<A[K]> extends "required" | "computed" ? never : K;
}[keyof A];

type ValueInput<A, R extends SecretRule> = A extends {
  readonly nested: { readonly nesting: infer N; readonly attributes: infer B extends Attributes };
}
  ? Nested<N, InputOf<B, R>>
  : A extends { readonly [Flag in R]: true }
    ? Secretly<ValueOf<A>>
    : Openly<ValueOf<A>>;

type ValueOf<A> = A extends Attribute<infer T> ? T : never;
type Nested<N, Element> = N extends "single"
  ? Element
  : N extends "map"
    ? Readonly<Record<string, Element>>
    : readonly Element[];
type Secretly<T> = T extends Record<string, string> ? Readonly<Record<string, Secret>> : Secret;
type Openly<T> = [T] extends [boolean]
  ? boolean | IResolvable
  : T extends readonly (infer E)[]
    ? readonly E[]
    : T extends Record<string, infer E>
      ? Readonly<Record<string, E>>
      : T;

/** The tokens that other constructs can refer to, one for each attribute. */
export type AttributeTokens<A extends Attributes> = {
  readonly [K in keyof A & string as Camel<K>]: TokenOf<A[K]>;
};

type TokenOf<A> = A extends { readonly nested: unknown }
  ? IResolvable
  : [ValueOf<A>] extends [string]
    ? string
    : [ValueOf<A>] extends [WholeNumber]
      ? number
      : [ValueOf<A>] extends [readonly string[]]
        ? string[]
        : [ValueOf<A>] extends [readonly number[]]
          ? number[]
          : [ValueOf<A>] extends [Record<string, string>]
            ? Record<string, string>
            : IResolvable;
