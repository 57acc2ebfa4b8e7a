import { readDynamicValue } from "./dynamic-value";
import { identityParts, partsOfId, type ImportIdentity } from "./import-identity";
import { codecFor, type Codec } from "./msgpack";
import type { ResourceIdentityData, ResourceIdentityDataInput, ResourceIdentitySchemaInput } from "./protocol";
import type { Schema } from "./schema";
import { isObject, isUnknown, isWhollyKnown, type Type, type ValueObject } from "./values";

/** The resource identity on the wire, compiled once for each type. */
export interface IdentityType {
  readonly declared: ImportIdentity;
  readonly type: Type;
  readonly codec: Codec;
  /** The type of an attribute of the resource. */
  typeOf(name: string): Type | undefined;
}

export function identityType({
  importIdentity,
  attributes,
}: Pick<Schema, "importIdentity" | "attributes">): IdentityType | undefined {
  if (importIdentity === undefined) return undefined;
  const typeOf = (name: string) => attributes[name]?.type ?? undefined;
  const parts = identityParts(importIdentity).map(({ name }) => [name, typeOf(name) ?? "string"] as const);
  const type: Type = ["object", Object.fromEntries(parts)];
  return { declared: importIdentity, type, codec: codecFor(type), typeOf };
}

export function identitySchemaMessage({
  importIdentity,
  attributes,
}: Pick<Schema, "importIdentity" | "attributes">): ResourceIdentitySchemaInput {
  return {
    version: importIdentity?.version ?? 0,
    identity_attributes: (importIdentity === undefined ? [] : identityParts(importIdentity)).map(
      ({ name, required }) => ({
        name,
        type: Buffer.from(JSON.stringify(attributes[name]?.type ?? "string")),
        required_for_import: required,
        optional_for_import: !required,
        description: attributes[name]?.description ?? "",
      }),
    ),
  };
}

/**
 * The identity of a state's object; null where there is none, and while its id is unknown: `terraform show -json` fails on
 * an identity with unknown parts.
 */
export function identityOfState(identity: IdentityType | undefined, state: ValueObject | null): ValueObject | null {
  const id = state?.["id"] ?? null;
  if (identity === undefined || id === null || isUnknown(id)) return null;
  // An id has one spelling, however the attributes were declared.
  return partsOfId(identity.declared, String(id as string), identity.typeOf) ?? null;
}

export const identityMessage = (
  identity: IdentityType | undefined,
  parts: ValueObject | null,
): ResourceIdentityDataInput | null =>
  identity === undefined || parts === null ? null : { identity_data: { msgpack: identity.codec.encode(parts) } };

/** Reads the identity of a message; null when there is none, as from older clients. */
export function readIdentity(
  identity: IdentityType | undefined,
  message: ResourceIdentityData | null | undefined,
): ValueObject | null {
  if (identity === undefined || !message?.identity_data) return null;
  const value = readDynamicValue(identity.type, message.identity_data);
  return isObject(value) ? value : null;
}

/**
 * The identity that accompanies a state. An identity stays until the object is replaced, even where the id follows a name;
 * an older client, and a state that it has written, have none.
 */
export function identityWithState(
  identity: IdentityType | undefined,
  state: ValueObject | null,
  told: ResourceIdentityData | null | undefined,
): ResourceIdentityDataInput | null {
  if (state === null) return null;
  const kept = readIdentity(identity, told);
  return identityMessage(identity, kept !== null && isWhollyKnown(kept) ? kept : identityOfState(identity, state));
}

/** The identity after a change: that of the changed object, or the known parts of the new one. */
export const identityAfter = (
  identity: IdentityType | undefined,
  prior: ValueObject | null,
  next: ValueObject | null,
  told: ResourceIdentityData | null | undefined,
): ResourceIdentityDataInput | null =>
  next === null ? null : identityWithState(identity, prior ?? next, prior === null ? null : told);
