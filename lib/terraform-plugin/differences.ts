import type { Path } from "../core/problem";
import type { Attributes } from "./schema";
import {
  Dynamic,
  isObject,
  isUnknown,
  isWhollyKnown,
  sameValue,
  type Type,
  type Value,
  type ValueList,
  type ValueObject,
} from "./values";
import { attributeType } from "./wire-schema";

/** An attribute whose applied value differs from the planned one. */
export interface AppliedDifference {
  readonly path: Path;
  readonly type: Type;
  readonly planned: Value;
  readonly held: Value;
  /** Whether neither value may be shown. */
  readonly secret: boolean;
}

/**
 * Finds where an object differs from its plan; an unknown planned value matches anything. Terraform compares in the same way
 * after every apply, and calls a difference a bug in the provider.
 *
 * @param secrets the attributes not to be shown, and those that contain such
 * @see
 * https://developer.hashicorp.com/terraform/plugin/framework/diagnostics#provider-produced-inconsistent-result-after-apply
 */
export function differences(
  attributes: Attributes,
  planned: ValueObject,
  held: ValueObject,
  secrets: Attributes,
  at: Path = [],
): AppliedDifference[] {
  return Object.entries(attributes).flatMap(([name, attribute]): AppliedDifference[] => {
    const before = planned[name] ?? null;
    const after = held[name] ?? null;
    if (sameValue(before, after)) return [];
    const type = attributeType(attribute);
    if (keeps(type, before, after)) return [];
    const path = [...at, name];
    const { nested } = attribute;
    if (nested?.nesting === "single" && isObject(before) && isObject(after)) {
      return differences(nested.attributes, before, after, secrets[name]?.nested?.attributes ?? {}, path);
    }
    return [{ path, type, planned: before, held: after, secret: name in secrets }];
  });
}

/** Whether the value agrees with the plan. */
function keeps(type: Type, planned: Value, held: Value): boolean {
  if (isUnknown(planned)) return true;
  if (isWhollyKnown(planned)) return sameValue(planned, held);
  if (planned instanceof Dynamic) {
    return held instanceof Dynamic && keeps(planned.type, planned.value, held.value);
  }
  if (Array.isArray(planned) && Array.isArray(held))
    return keepsElements(type, planned as ValueList, held as ValueList);
  if (!isObject(planned) || !isObject(held)) return false;
  const names = Object.keys(planned);
  return (
    names.length === Object.keys(held).length &&
    names.every((name) => Object.hasOwn(held, name) && keeps(elementType(type, name), planned[name]!, held[name]!))
  );
}

function keepsElements(type: Type, planned: ValueList, held: ValueList): boolean {
  if (type[0] !== "set") {
    const sameLength = planned.length === held.length;
    return sameLength && planned.every((element, index) => keeps(elementType(type, index), element, held[index]!));
  }
  // Unknown elements may turn out to be equal to others.
  const known = planned.filter((element) => isWhollyKnown(element));
  return held.length <= planned.length && known.every((element) => held.some((other) => sameValue(element, other)));
}

function elementType(type: Type, step: string | number): Type {
  if (typeof type === "string") return type;
  const inner = type[1] as Type | { readonly [step: string]: Type };
  if (type[0] !== "object" && type[0] !== "tuple") return inner as Type;
  return (inner as { readonly [step: string]: Type })[step] ?? "dynamic";
}
