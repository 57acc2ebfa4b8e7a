import { ProblemError, type Problem } from "../../core/problem";
import { removedBlock } from "../../core/terraform-text";
import { problemsOf } from "../diagnostics";
import { parseJson } from "../json";
import type { RawState, Rpcs } from "../protocol";
import { learnSecrets, ownedType, Scope, type Engine, type Registered } from "../registry";
import type { Move, Resource } from "../resource";
import { identityMessage, identityOfState } from "../resource-identity";
import { emptyState, withDefaults } from "../settle";
import { unreadableState } from "../state-errors";
import { decodeStoredState } from "../stored-state";
import { isObject, type ValueObject } from "../values";
import { withoutWriteOnly } from "../write-only";
import { decodeStoredIdentity } from "./upgrade-identity";

/**
 * MoveResourceState: a `moved` block from another type, or from this type of a provider of the same name at another address.
 * What was kept privately beside the source is understood by its own provider alone.
 */
export function move(
  engine: Engine,
  entry: Registered<Resource>,
  request: Rpcs["MoveResourceState"]["request"],
): Rpcs["MoveResourceState"]["response"] {
  const { schema } = entry;
  const scope = new Scope(engine, schema.attributes);
  try {
    const { state, notes, identity } = moved(engine, entry, request);
    if (state !== null) learnSecrets(engine.redactor, entry.secrets, state);
    ownedType(engine, entry)?.seen("owned", state);
    return {
      target_state: { msgpack: entry.codec.encode(state) },
      target_private: notes,
      target_identity: identityMessage(entry.identity, identity),
      diagnostics: [],
    };
  } catch (error) {
    scope.problems.push(...problemsOf(error, `move ${request.source_type_name} to ${schema.type}`));
    return { diagnostics: scope.diagnostics() };
  }
}

function moved(
  engine: Engine,
  entry: Registered<Resource>,
  request: Rpcs["MoveResourceState"]["request"],
): { readonly state: ValueObject | null; readonly notes: Uint8Array; readonly identity: ValueObject | null } {
  const { schema, handler } = entry;
  const { source_type_name: type, source_state: raw, source_schema_version: version } = request;
  const provider = request.source_provider_address.split("/").at(-1) ?? "";
  if (type === schema.type && provider === engine.definition.name) {
    const state = decodeStoredState(entry, version, raw);
    const kept = decodeStoredIdentity(entry, Number(request.source_identity_schema_version), request.source_identity);
    return { state, notes: request.source_private, identity: kept ?? identityOfState(entry.identity, state) };
  }
  const known = handler.moves?.find((one) => one.type === type && one.provider === provider);
  if (known === undefined) throw new ProblemError(notMovable(schema.type, request, handler.moves ?? []));
  const told = known.state(storedObject(type, raw));
  const state = withDefaults(schema.attributes, { ...emptyState(schema.attributes), ...(told as ValueObject) });
  const identity = identityOfState(entry.identity, state);
  return { state: withoutWriteOnly(schema.attributes, state), notes: new Uint8Array(), identity };
}

/** The attributes as Terraform keeps them in its state: those of `dynamic` type carry it with them. */
function storedObject(type: string, raw: RawState | null): ValueObject {
  let stored: unknown;
  try {
    stored = parseJson(raw?.json ?? new Uint8Array());
  } catch {
    throw unreadableState(type, [], "JSON", "text that is none");
  }
  if (!isObject(stored as ValueObject)) throw unreadableState(type, [], "an object", "something else");
  return stored as ValueObject;
}

const notMovable = (
  target: string,
  { source_type_name: source, source_provider_address: provider }: Rpcs["MoveResourceState"]["request"],
  moves: readonly Move[],
): Problem => ({
  code: "terraform/not-movable",
  severity: "error",
  summary: `${source} cannot become ${target}`,
  got: `${source} of ${provider}`,
  expected: [target, ...moves.map((one) => one.type)].join(", "),
  fix: "Take the `moved` block away. To let the old one go without deleting anything, write the block below in its place; then create or import the new one.",
  attachment: removedBlock(`${source}.NAME`),
});
