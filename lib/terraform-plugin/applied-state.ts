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
 * Encodes an applied object. It always succeeds: an object that exists outside must not be lost because one of its values
 * cannot be written, so the planned value replaces such a value.
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

/** The differences between a successful apply and its plan. Terraform would call them a bug in the provider. */
export function brokenPromises(
  { schema, codec, secrets }: Registered<Resource>,
  planned: ValueObject,
  applied: Uint8Array,
  operation: Operation,
): Problem[] {
  // Decoded as Terraform decodes it: sets in order, text normalized.
  const held = codec.decode(applied) as ValueObject;
  return differences(schema.attributes, planned, held, secrets).map((one) => inconsistentResult(one, operation));
}
