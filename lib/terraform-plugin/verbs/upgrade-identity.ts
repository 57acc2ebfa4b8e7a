import { ProblemError } from "../../core/problem";
import { problemsOf } from "../diagnostics";
import { newerIdentity, unreadableIdentity } from "../identity-errors";
import { idOfParts } from "../import-identity";
import { decodeJson, parseJson } from "../json";
import type { RawState, Rpcs } from "../protocol";
import { Scope, type Engine, type Registered } from "../registry";
import type { Resource } from "../resource";
import { identityMessage, type IdentityType } from "../resource-identity";
import { isObject, type ValueObject } from "../values";

/** Handles UpgradeResourceIdentity: Terraform calls it where an older version of the provider has stored the identity. */
export function upgradeIdentity(
  engine: Engine,
  entry: Registered<Resource>,
  fromVersion: number,
  raw: RawState | null,
): Rpcs["UpgradeResourceIdentity"]["response"] {
  const scope = new Scope(engine, entry.schema.attributes);
  try {
    const identity = decodeStoredIdentity(entry, fromVersion, raw);
    return { upgraded_identity: identityMessage(entry.identity, identity), diagnostics: [] };
  } catch (error) {
    scope.problems.push(...problemsOf(error, `read the stored identity of ${entry.schema.type}`));
    return { diagnostics: scope.diagnostics() };
  }
}

/**
 * Decodes a stored identity in the current version; null when none was stored: a state of an older Terraform has none, and
 * the next read adds it.
 *
 * @throws ProblemError when it does not fit
 */
export function decodeStoredIdentity(
  { schema: { type }, handler, identity }: Registered<Resource>,
  fromVersion: number,
  raw: RawState | null,
): ValueObject | null {
  if (identity === undefined || !raw?.json.length) return null;
  const current = identity.declared.version ?? 0;
  if (fromVersion > current) throw newerIdentity(type, fromVersion, current);
  let stored = parsed(type, identity, raw.json);
  if (stored === null) return null;
  for (let version = fromVersion; version < current; version += 1) {
    stored = handler.identityUpgrades?.[version]?.(stored) ?? stored;
  }
  const parts = decoded(type, identity, stored);
  if (idOfParts(identity.declared, parts) === undefined) {
    throw unreadableIdentity(
      type,
      identity.declared,
      `the attributes ${Object.keys(stored).join(", ") || "of nothing"}`,
    );
  }
  return parts;
}

function parsed(type: string, { declared }: IdentityType, bytes: Uint8Array): ValueObject | null {
  let json: unknown;
  try {
    json = parseJson(bytes);
  } catch {
    throw unreadableIdentity(type, declared, "text that is no JSON");
  }
  if (json !== null && !isObject(json as ValueObject))
    throw unreadableIdentity(type, declared, "JSON that is no object");
  return json as ValueObject | null;
}

function decoded(type: string, identity: IdentityType, stored: ValueObject): ValueObject {
  try {
    return decodeJson(identity.type, stored) as ValueObject;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw unreadableIdentity(type, identity.declared, error.problems[0]?.got ?? "another type");
  }
}
