import type { Attributes, ObjectOf } from "../../terraform-plugin/schema";
import type { Unknown, Value, ValueObject } from "../../terraform-plugin/values";
import type { Realm } from "./realm";
import type { Runtime } from "./system";

/** A kind of login: the settings that together are a credential. */
export interface LoginKind<Field extends string = string> {
  readonly needs: readonly Field[];
  /** The description for people: "a service account". */
  readonly describes: string;
}

export type LoginKinds<Field extends string = string> = { readonly [kind: string]: LoginKind<Field> };

/** A value and its source: `vrops.url`, `VROPS_URL` or a file's path. */
export interface SourcedText {
  readonly value: string;
  readonly source: string;
}

/** A configuration file of the vendor's own tools. */
export interface SettingsFile {
  /** The vendor's name of the file, wherever it lies: "ovh.conf". */
  readonly name: string;
  /** The place where a user would add missing settings: "the section [ovh-eu] of ovh.conf". */
  readonly place: string;
  get(field: string): SourcedText | undefined;
}

/** The surroundings that settings come from. */
export type SettingsWorld = Pick<
  Runtime,
  "environment" | "homeDirectory" | "workingDirectory" | "readFile" | "redactor" | "log"
>;

/**
 * The settings of a system, as data: the provider's nested attribute, the other sources of each field, and the required
 * fields. Only {@link resolveSettings} reads it.
 */
export interface SettingsDeclaration<
  A extends Attributes = Attributes,
  Sure extends string = string,
  L extends LoginKinds = LoginKinds,
> {
  /** The fields of the provider's nested attribute. */
  readonly attributes: A;
  /** The environment variable of each field: `{ url: "VROPS_URL" }`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Fields that every request needs. */
  readonly required: readonly Sure[];
  /** The values of fields that no source sets. */
  readonly defaults: ValueObject;
  /** The default time-out of an answer, as a duration. @default `60s` */
  readonly httpTimeout?: string;
  /**
   * The kinds of login. Exactly one is used; the choice of the provider block hides the others. Empty: the required fields
   * are the login.
   */
  readonly logins: L;
  /** The vendor's own file. Unknown while the setting that selects its section is not known. */
  readonly file?: (known: (field: string) => Value, world: SettingsWorld) => SettingsFile | Unknown;
  /** How a user obtains a missing value; a sentence. */
  readonly hint?: (missing: string, known: (field: string) => Value) => string | undefined;
  /** The place where the system's objects live, determined from the settings alone. */
  readonly realm: Realm;
}

type LoginOf<L extends LoginKinds> = {
  [K in keyof L]: { readonly kind: K } & { readonly [F in L[K]["needs"][number]]: string };
}[keyof L];

/** The complete settings of a system: null only for optional fields; of the logins, the one that is used. */
export type SettingsOf<D> =
  D extends SettingsDeclaration<infer A, infer Sure, infer L>
    ? Omit<ObjectOf<A>, Sure> & { readonly [K in Sure & keyof A]: NonNullable<ObjectOf<A>[K]> } & ([keyof L] extends [
          never,
        ]
          ? unknown
          : { readonly login: LoginOf<L> })
    : never;

type Fields<A extends Attributes> = keyof A & string;

/** Declares a system's settings, so that the compiler checks fields and keeps their exact types. */
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
