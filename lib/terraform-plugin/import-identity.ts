import { decimalText, type AnyNumber } from "./numbers";
import { Decimal, type Type, type Value, type ValueObject } from "./values";

/**
 * The parts of a resource's import id. Terraform (1.12 and newer) keeps these parts beside the state as the *resource
 * identity*, and an `import` block may name them one by one (`identity = { … }`) instead of the id.
 */
export interface ImportIdentity<Name extends string = string> {
  /**
   * The forms of an id, each as its segments between slashes: `["service_name", "flow_id"]`. The first that fits is used.
   */
  readonly forms: readonly (readonly ImportSegment<Name>[])[];
  /** Raised when the parts change; `Resource.identityUpgrades` then upgrades stored ones. @default 0 */
  readonly version?: number;
}

/** A segment: the value of an attribute, or a literal word; such a word may itself be the value of an attribute. */
export type ImportSegment<Name extends string = string> = Name | { readonly word: string; readonly attribute?: Name };

/** The identity of objects whose id comes from the outside system and is used unchanged. */
export const wholeId = { forms: [["id"]] } as const satisfies ImportIdentity;

/** One attribute of the identity. */
export interface IdentityPart {
  readonly name: string;
  /** Whether every form has this attribute. */
  readonly required: boolean;
}

const nameOf = (segment: ImportSegment): string | undefined =>
  typeof segment === "string" ? segment : segment.attribute;

/** The attributes that all forms name together. */
export function identityParts(identity: ImportIdentity): readonly IdentityPart[] {
  let parts = known.get(identity);
  if (parts === undefined) {
    const named = identity.forms.map((form) => form.flatMap((segment) => nameOf(segment) ?? []));
    parts = [...new Set(named.flat())].map((name) => ({
      name,
      required: named.every((names) => names.includes(name)),
    }));
    known.set(identity, parts);
  }
  return parts;
}

/** Every state and plan comes with its identity. */
const known = new WeakMap<ImportIdentity, readonly IdentityPart[]>();

/** The parts of an import id; undefined when it has none of the forms. Attributes of other forms are null. */
export function partsOfId(
  identity: ImportIdentity,
  id: string,
  typeOf: (name: string) => Type | undefined,
): ValueObject | undefined {
  for (const form of identity.forms) {
    // An id of one part may itself contain slashes.
    const texts = form.length === 1 ? [id] : id.split("/");
    if (texts.length !== form.length) continue;
    const parts: Record<string, Value> = {};
    for (const { name } of identityParts(identity)) parts[name] = null;
    const fits = form.every((segment, index) => {
      const text = texts[index]!;
      if (typeof segment !== "string" && segment.word !== text) return false;
      const name = nameOf(segment);
      if (name === undefined) return true;
      const isNumber = typeOf(name) === "number";
      if (text === "" || (isNumber && !/^\d{1,15}$/.test(text))) return false;
      parts[name] = isNumber ? Number(text) : text;
      return true;
    });
    if (fits) return parts;
  }
  return undefined;
}

/** The import id that these parts form; undefined when they fit no form: one is missing, or one is too many. */
export function idOfParts(identity: ImportIdentity, parts: ValueObject): string | undefined {
  const names = identityParts(identity).map(({ name }) => name);
  for (const form of identity.forms) {
    const used = new Set(form.map(nameOf));
    if (names.some((name) => !used.has(name) && (parts[name] ?? null) !== null)) continue;
    const texts = form.map((segment) => {
      const name = nameOf(segment);
      if (name === undefined) return (segment as { readonly word: string }).word;
      const text = textOf(parts[name] ?? null);
      return typeof segment === "string" || segment.word === text ? text : undefined;
    });
    if (texts.every((text) => text !== undefined)) return texts.join("/");
  }
  return undefined;
}

/** Lists the forms for a message: `{ service_name, flow_id }`. */
export const formsInWords = ({ forms }: ImportIdentity): string =>
  forms
    .map((form) =>
      form.flatMap((segment) => {
        const name = nameOf(segment);
        if (name === undefined) return [];
        return [typeof segment === "string" ? name : `${name} = ${JSON.stringify(segment.word)}`];
      }),
    )
    .map((names) => `{ ${names.join(", ")} }`)
    .join(" or ");

function textOf(value: Value): string | undefined {
  if (typeof value === "string") return value;
  const isNumber = typeof value === "number" || typeof value === "bigint" || value instanceof Decimal;
  return isNumber ? decimalText(value as AnyNumber) : undefined;
}
