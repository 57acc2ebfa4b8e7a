import type { Attributes, ObjectOf } from "../../terraform-plugin/schema";
import type { Unknown, Value, ValueObject } from "../../terraform-plugin/values";
import type { Realm } from "./realm";
import type { Runtime } from "./system";

/** One way to log in: the settings that together are a credential. */
export interface LoginKind<Field extends string = string> {
  readonly needs: readonly Field[];
  /** What they are, for people: "a service account". */
  readonly describes: string;
}

export type LoginKinds<Field extends string = string> = { readonly [kind: string]: LoginKind<Field> };

/** A value and where it was found: `vrops.url`, `VROPS_URL` or a file's path. */
export interface SourcedText {
  readonly value: string;
  readonly source: string;
}

/** A configuration file of the vendor's own tools. */
export interface SettingsFile {
  /** "ovh.conf": as the vendor calls it, wherever it lies. */
  readonly name: string;
  /** "the section [ovh-eu] of ovh.conf": where a user would write what is missing. */
  readonly place: string;
  get(field: string): SourcedText | undefined;
}

/** The surroundings that settings come from. */
export type SettingsWorld = Pick<
  Runtime,
  "environment" | "homeDirectory" | "workingDirectory" | "readFile" | "redactor" | "log"
>;

/**
 * All that there is to say about a system's settings, as data: the provider's nested attribute, where each may come
 * from, and what must be there. {@link resolveSettings} is the one place that reads it.
 */
export interface SettingsDeclaration<
  A extends Attributes = Attributes,
  Sure extends string = string,
  L extends LoginKinds = LoginKinds,
> {
  /** The fields of the provider's nested attribute. */
  readonly attributes: A;
  /** The environment variable that stands in for each field left out: `{ url: "VROPS_URL" }`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Fields without which nothing can be asked. */
  readonly required: readonly Sure[];
  /** What holds where nobody says anything. */
  readonly defaults: ValueObject;
  /** How long an answer may take where nobody says anything, as a duration. @default `60s` */
  readonly httpTimeout?: string;
  /** Exactly one of these is used; what the provider block chooses hides the others. Empty: the required fields are the login. */
  readonly logins: L;
  /** The vendor's own file. Unknown while what tells where to look in it is not known. */
  readonly file?: (known: (field: string) => Value, world: SettingsWorld) => SettingsFile | Unknown;
  /** How a user comes by a value that is missing; a sentence. */
  readonly hint?: (missing: string, known: (field: string) => Value) => string | undefined;
  /** Where the system's objects live, told from the settings alone. */
  readonly realm: Realm;
}

type LoginOf<L extends LoginKinds> = {
  [K in keyof L]: { readonly kind: K } & { readonly [F in L[K]["needs"][number]]: string };
}[keyof L];

/** The settings of a system, complete: null only where a field may be left out; of the logins, the one that is used. */
export type SettingsOf<D> =
  D extends SettingsDeclaration<infer A, infer Sure, infer L>
    ? Omit<ObjectOf<A>, Sure> & { readonly [K in Sure & keyof A]: NonNullable<ObjectOf<A>[K]> } & ([keyof L] extends [
          never,
        ]
          ? unknown
          : { readonly login: LoginOf<L> })
    : never;

type Fields<A extends Attributes> = keyof A & string;

/** Declares a system's settings; exists so that fields are checked by the compiler and keep their exact types. */
export function defineSettings<
  A extends Attributes,
  const Required extends Fields<A> = never,
  const Defaulted extends Fields<A> = never,
  const L extends LoginKinds<Fields<A>> = Record<never, never>,
  const Place extends Fields<A> = never,
>(declared: {
  readonly attributes: A;
  readonly environment: { readonly [F in Fields<A>]?: string };
  /** @default none */
  readonly required?: readonly Required[];
  /** @default none */
  readonly defaults?: { readonly [F in Defaulted]: NonNullable<ObjectOf<A>[F]> };
  readonly httpTimeout?: SettingsDeclaration["httpTimeout"];
  /** @default none: the required fields are the login */
  readonly logins?: L;
  readonly file?: SettingsDeclaration["file"];
  readonly hint?: SettingsDeclaration["hint"];
  readonly realm: {
    readonly settings: readonly Place[];
    place(settings: { readonly [F in Place]: ObjectOf<A>[F] }): readonly string[] | undefined;
  };
}): SettingsDeclaration<A, Required | Defaulted, L> {
  const { attributes, required = [], defaults = {}, realm, ...rest } = declared;
  return {
    ...rest,
    attributes,
    required,
    // Attributes of settings are texts, numbers and booleans.
    defaults: defaults as ValueObject,
    environment: declared.environment as Readonly<Record<string, string>>,
    logins: declared.logins ?? ({} as L),
    // The settings of a system have the types that its attributes declare.
    realm: realm as Realm,
  };
}
