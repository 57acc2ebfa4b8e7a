import type { Path, Problem } from "../core/problem";
import { isAnyNumber, isWhole, shownNumber, type AnyNumber } from "./numbers";
import { nestedElements } from "./nested-elements";
import { listed, type Attribute, type Attributes, type ValueProblem } from "./schema";
import { isObject, type Type, type Value, type ValueList, type ValueObject } from "./values";

/**
 * Checks that a number fits its attribute. Terraform's numbers are larger and finer than JavaScript's, and handlers are
 * promised a `number`, or also a `bigint` where the attribute is a whole number of any size. So numbers are checked wherever
 * they enter: in configurations and stored states.
 */
export function unfitNumber(
  { type, whole }: Pick<Attribute, "type" | "whole">,
  value: Value,
): ValueProblem | undefined {
  if (type === null || !holdsNumbers(type)) return undefined;
  if (isAnyNumber(value)) return whole === true ? notWhole(value) : notPlain(value);
  const elements = Array.isArray(value) ? (value as ValueList) : isObject(value) ? Object.values(value) : [];
  for (const element of elements) {
    const problem = unfitNumber({ type: type[1] as Type, ...(whole === undefined ? {} : { whole }) }, element);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Finds the first number of an object, nested ones included, that does not fit its attribute. */
export function unfitNumbers(attributes: Attributes, object: ValueObject, at: Path = []): Problem | undefined {
  for (const { name, attribute } of listed(attributes)) {
    const value = object[name] ?? null;
    if (value === null) continue;
    const unfit = unfitNumber(attribute, value);
    if (unfit !== undefined) return { ...unfit, path: [...at, name] };
    const { nested } = attribute;
    if (nested === undefined) continue;
    for (const [step, element] of nestedElements(nested.nesting, value)) {
      const inner = unfitNumbers(nested.attributes, element, [...at, name, ...step]);
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}

/** Whether a type may hold numbers. A dynamic value carries its type, and may hold any. */
function holdsNumbers(type: Type): boolean {
  if (typeof type === "string") return type === "number";
  return (type[0] === "list" || type[0] === "set" || type[0] === "map") && holdsNumbers(type[1]);
}

function notPlain(value: AnyNumber): ValueProblem | undefined {
  if (typeof value === "number") return undefined;
  return isWhole(value)
    ? unfit(value, `a number of at most ${Number.MAX_SAFE_INTEGER}`, "Give a smaller number.")
    : unfit(value, "a number of at most 16 digits", "Write it with fewer digits.");
}

function notWhole(value: AnyNumber): ValueProblem | undefined {
  if (!isWhole(value)) return unfit(value, "a whole number", "Write it without a fraction.");
  if (typeof value === "number" || typeof value === "bigint") return undefined;
  return unfit(value, "a whole number of at most 4096 digits", "Give a smaller number.");
}

const unfit = (value: AnyNumber, expected: string, fix: string): ValueProblem => ({
  code: "terraform/number-out-of-range",
  severity: "error",
  summary: `${shownNumber(value)} is out of range`,
  got: shownNumber(value),
  expected,
  fix,
});
