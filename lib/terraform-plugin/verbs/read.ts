import { letGoAdvice } from "../../core/terraform-text";
import { problemsOf } from "../diagnostics";
import { settledImport } from "../imported-state";
import { nameOfState } from "../object-name";
import { decodePrivate, encodePrivate } from "../private-state";
import type { Rpcs } from "../protocol";
import { decodeObject, ownedType, Scope, type Engine, type Registered } from "../registry";
import type { Call } from "../service";
import type { Resource } from "../resource";
import { identityWithState } from "../resource-identity";
import { settle } from "../settle";
import { limited } from "../timeouts";
import type { ValueObject } from "../values";

/** Handles ReadResource. */
export async function read(
  engine: Engine,
  entry: Registered<Resource>,
  request: Rpcs["ReadResource"]["request"],
  call: Call,
) {
  const { attributes, type } = entry.schema;
  const { identity } = entry;
  const told = request.current_identity;
  const unchanged = { new_state: request.current_state, private: request.private, new_identity: told };
  const scope = new Scope(engine, attributes);
  let inTime: Call = call;
  try {
    const prior = decodeObject(engine, entry, request.current_state);
    if (prior === null) return { ...unchanged, diagnostics: [] };
    scope.object = () => nameOfState(entry.schema, prior);
    const { imported, notes } = decodePrivate(request.private);
    const pending = entry.pending(engine.provider);
    if (pending !== undefined && !imported) {
      // The system to ask is not known yet; asking another one would be worse than asking none.
      scope.problems.push(pending);
      return { ...unchanged, new_identity: identityWithState(identity, prior, told), diagnostics: scope.diagnostics() };
    }
    inTime = limited(call, attributes, prior, "read");
    const context = scope.context(await entry.client(engine.provider), inTime);
    const found = (await entry.handler.read({ prior, private: notes, imported }, context)) as ValueObject | null;
    scope.problems.push(...entry.answered(engine.provider));
    const owned = ownedType(engine, entry);
    if (imported) owned?.seen("owned", found);
    owned?.seen(found === null ? "vanished" : "read", found ?? prior);
    if (found === null && !imported) scope.problems.push(vanished(type, prior, engine.definition.adviceWhenGone?.()));
    const state = found === null ? null : stateOf(found, prior, imported);
    return {
      new_state: { msgpack: entry.codec.encode(state) },
      // The import got the id as a person has written it; the result has its actual spelling.
      new_identity: identityWithState(identity, state, imported ? null : told),
      private: encodePrivate({ imported: false, notes }),
      diagnostics: scope.diagnostics(),
    };
  } catch (error) {
    scope.problems.push(...problemsOf(error, `read ${type}`, inTime));
    return { ...unchanged, diagnostics: scope.diagnostics() };
  }

  function stateOf(found: ValueObject, prior: ValueObject, imported: boolean): ValueObject {
    return imported ? settledImport(entry, found, prior) : settle(attributes, found, prior);
  }
}

const vanished = (type: string, prior: ValueObject, goneWithItsPlace: string | undefined) => ({
  code: "terraform/vanished",
  severity: "warning" as const,
  summary: `${type} ${String(prior["id"] ?? "")} no longer exists outside Terraform`.replace("  ", " "),
  got: `the outside system does not have it any more${goneWithItsPlace === undefined ? ": someone removed it" : ""}`,
  expected: "it exists, as the state says",
  fix:
    goneWithItsPlace ??
    `Apply to create it anew. If it was removed on purpose, ${letGoAdvice(type)}: that deletes nothing, should it be there after all.`,
});
