/** The known properties of an unknown value (go-cty refinements); kept for display, never sent back. */
export interface Refinement {
  readonly notNull?: boolean;
  readonly prefix?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** A value that Terraform will know only after apply. */
export class Unknown {
  constructor(readonly refinement?: Refinement) {}
}
export const UNKNOWN = new Unknown();

export function isUnknown(value: unknown): value is Unknown {
  return value instanceof Unknown;
}

/** A number that neither `number` nor `bigint` holds exactly, as decimal digits. */
export class Decimal {
  constructor(readonly digits: string) {}
}

/** The value of a `dynamic` attribute: it carries its own type. */
export class Dynamic {
  constructor(
    readonly type: Type,
    readonly value: Value,
  ) {}
}

/** A Terraform value in JavaScript. Sets are arrays in canonical order without duplicates. */
export type Value = null | Unknown | string | boolean | number | bigint | Decimal | Dynamic | ValueList | ValueObject;
export type ValueList = readonly Value[];
export interface ValueObject {
  readonly [name: string]: Value;
}

/** A Terraform type, in the shape of its own JSON form: `"string"`, `["list", "string"]`, … */
export type Type =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", Type]
  | readonly ["tuple", readonly Type[]]
  | readonly ["object", { readonly [name: string]: Type }];

export function isObject(value: Value | undefined): value is ValueObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Decimal) &&
    !(value instanceof Dynamic)
  );
}

/** Whether neither the value nor anything inside it is unknown. */
export function isWhollyKnown(value: Value): boolean {
  if (isUnknown(value)) return false;
  if (value instanceof Dynamic) return isWhollyKnown(value.value);
  if (Array.isArray(value)) return (value as ValueList).every(isWhollyKnown);
  if (isObject(value)) return Object.values(value).every(isWhollyKnown);
  return true;
}

/** Replaces every unknown by null, for the state of a failed apply. */
export function unknownToNull(value: Value): Value {
  if (isUnknown(value)) return null;
  if (value instanceof Dynamic) return new Dynamic(value.type, unknownToNull(value.value));
  if (Array.isArray(value)) return (value as ValueList).map(unknownToNull);
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, unknownToNull(inner)]));
  }
  return value;
}

/** A text that is equal for equal values, whatever the order of object keys: the basis of sets and comparison. */
function canonical(value: Value): string {
  if (value === null) return "null";
  if (isUnknown(value)) return "unknown";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number" || typeof value === "bigint") return `#${value}`;
  if (value instanceof Decimal) return `#${value.digits}`;
  if (value instanceof Dynamic) return `${JSON.stringify(value.type)}:${canonical(value.value)}`;
  if (Array.isArray(value)) return `[${(value as ValueList).map(canonical).join(",")}]`;
  const object = value as ValueObject;
  return `{${Object.keys(object)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(object[name] ?? null)}`)
    .join(",")}}`;
}

export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  // Plain objects and primitives, the bulk of every plan, need no canonical text.
  if (isObject(a) && isObject(b)) {
    const names = Object.keys(a);
    return (
      names.length === Object.keys(b).length &&
      names.every((name) => Object.hasOwn(b, name) && sameValue(a[name]!, b[name]!))
    );
  }
  if (a === null || b === null || typeof a === "string" || typeof b === "string") return false;
  return canonical(a) === canonical(b);
}

/**
 * Sorts and removes duplicates, as Terraform does with sets. Elements that are not wholly known may yet differ: all stay.
 */
export function canonicalSet(elements: readonly Value[]): Value[] {
  const keyed = elements.map((element) => [canonical(element), element] as const);
  keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return keyed
    .filter(([key, element], index) => key !== keyed[index - 1]?.[0] || !isWhollyKnown(element))
    .map(([, element]) => element);
}
