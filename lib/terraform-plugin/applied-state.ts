import { ProblemError, problemAt, type Problem } from "../core/problem";
import { differences } from "./differences";
import { inconsistentResult } from "./apply-errors";
import { codecFor } from "./msgpack";
import type { Registered } from "./registry";
import type { Resource } from "./resource";
import type { Operation } from "./timeouts";
import { unknownToNull, type Value, type ValueObject } from "./values";
import { attributeType } from "./wire-schema";

/**
 * The bytes of an applied object. They are always made: an object that exists outside must not be lost because one
 * value of it cannot be written, so such a value gives way to the planned one.
 */
export function encodeApplied(
  { schema, codec }: Registered<Resource>,
  state: ValueObject | null,
  planned: ValueObject | null,
): { readonly bytes: Uint8Array; readonly problems: readonly Problem[] } {
  try {
    return { bytes: codec.encode(state), problems: [] };
  } catch {
    const problems: Problem[] = [];
    const writable: Record<string, Value> = {};
    for (const [name, attribute] of Object.entries(schema.attributes)) {
      const value = state?.[name] ?? null;
      try {
        codecFor(attributeType(attribute)).encode(value);
        writable[name] = value;
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        problems.push(...error.problems.map((problem) => problemAt([name], problem)));
        writable[name] = unknownToNull(planned?.[name] ?? null);
      }
    }
    return { bytes: codec.encode(writable), problems };
  }
}

/** What an apply that succeeded left different from its plan. Terraform would call it a bug in the provider. */
export function brokenPromises(
  { schema, codec, secrets }: Registered<Resource>,
  planned: ValueObject,
  applied: Uint8Array,
  operation: Operation,
): Problem[] {
  // As Terraform reads it: sets in order, text normalized.
  const held = codec.decode(applied) as ValueObject;
  return differences(schema.attributes, planned, held, secrets).map((one) => inconsistentResult(one, operation));
}
