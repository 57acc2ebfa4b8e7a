import { problemsOf } from "../diagnostics";
import { parseJson } from "../json";
import { objectName } from "../object-name";
import type { RawState } from "../protocol";
import { learnSecrets, ownedType, Scope, type Engine, type Registered } from "../registry";
import type { Resource } from "../resource";
import { decodeStoredState } from "../stored-state";

/**
 * Handles UpgradeResourceState: Terraform calls it on every run, with the state as JSON, whether or not it needs an upgrade.
 */
export function upgrade(engine: Engine, entry: Registered<Resource>, fromVersion: number, raw: RawState | null) {
  const scope = new Scope(engine, entry.schema.attributes);
  try {
    const state = decodeStoredState(entry, fromVersion, raw);
    if (state !== null) learnSecrets(engine.redactor, entry.secrets, state);
    ownedType(engine, entry)?.seen("owned", state);
    return { upgraded_state: { msgpack: entry.codec.encode(state) }, diagnostics: [] };
  } catch (error) {
    scope.object = () => nameIn(entry.schema.type, raw);
    scope.problems.push(...problemsOf(error, `read the stored state of ${entry.schema.type}`));
    return { diagnostics: scope.diagnostics() };
  }
}

/** The name of a state's object when the state does not decode: as much as can be recognised. */
function nameIn(type: string, raw: RawState | null): string | undefined {
  try {
    const state = parseJson(raw?.json ?? new Uint8Array());
    if (typeof state !== "object" || state === null || !("id" in state)) return undefined;
    const { id } = state;
    return typeof id === "string" ? objectName({ type, id, identity: "" }) : undefined;
  } catch {
    return undefined;
  }
}
