import type { Path } from "../../core/problem";
import { problemsOf } from "../diagnostics";
import { nameOfState } from "../object-name";
import { planChange } from "../plan";
import { decodePrivate, encodePrivate } from "../private-state";
import type { DynamicValue, Rpcs } from "../protocol";
import { decodeObject, ownedType, Scope, type Engine, type Registered } from "../registry";
import type { Call } from "../service";
import type { Planned, PlanRequest, Resource } from "../resource";
import { identityAfter } from "../resource-identity";
import type { Schema, StateOf } from "../schema";
import { inReadTime, limited } from "../timeouts";
import { validateCreation } from "../validate";
import { sameValue, type ValueObject } from "../values";
import { preflight } from "./preflight";

/** Handles PlanResourceChange, also for destroys (capability plan_destroy), so that a resource can warn about one. */
export async function plan(
  engine: Engine,
  entry: Registered<Resource>,
  request: Rpcs["PlanResourceChange"]["request"],
  call: Call,
) {
  const { attributes, type } = entry.schema;
  const scope = new Scope(engine, attributes);
  let inTime = call;
  try {
    const prior = decodeObject(engine, entry, request.prior_state);
    const proposed = sameBytes(request.prior_state, request.proposed_new_state)
      ? prior
      : decodeObject(engine, entry, request.proposed_new_state);
    const config = decodeObject(engine, entry, request.config);
    if (config === null) scope.object = () => nameOfState(entry.schema, prior);
    inTime = "timeouts" in attributes ? limited(call, attributes, config ?? prior, "read") : inReadTime(call);
    const { notes, marked } = decodePrivate(request.prior_private);
    const ruled = proposed === null || config === null ? null : planChange({ attributes, prior, proposed, config });
    if (prior === null && config !== null) scope.problems.push(...validateCreation(entry.schema, config));

    const hooked: PlanRequest<Schema> = {
      prior: prior as StateOf<Schema> | null,
      planned: (ruled?.planned ?? null) as Planned<Schema> | null,
      config: config as Planned<Schema> | null,
      private: notes,
      replace: new Set(),
    };
    const pending = entry.pending(engine.provider) !== undefined;
    const connect = async () => (pending ? undefined : entry.client(engine.provider));
    await entry.handler.plan?.(hooked, scope.planContext(connect, inTime));
    const planned = hooked.planned as ValueObject | null;
    const same = unchanged(prior, planned);
    if (!same) {
      const created = prior === null ? hooked.planned : null;
      const others = created === null ? [] : (entry.handler.asks?.(created) ?? []);
      const looked = { others, logsIn: created !== null, doing: `plan ${type}` };
      scope.problems.push(...(await preflight(engine, entry, looked, inTime)));
    }
    const owned = ownedType(engine, entry);
    owned?.planned(prior, same ? prior : planned, notes, marked?.replaced);
    return {
      planned_state: same ? request.prior_state : { msgpack: entry.codec.encode(planned) },
      requires_replace: replacePaths(ruled?.replace ?? [], hooked.replace),
      planned_identity: identityAfter(entry.identity, prior, planned, request.prior_identity),
      planned_private: encodePrivate({ imported: false, notes, ...(owned && { marked: owned.mark(prior) }) }),
      diagnostics: scope.diagnostics(),
    };
  } catch (error) {
    scope.problems.push(...problemsOf(error, `plan ${type}`, inTime));
    return { diagnostics: scope.diagnostics() };
  }
}

/** Whether two values have the same bytes. Most plans change nothing, and equal bytes mean equal values. */
function sameBytes(a: DynamicValue | null, b: DynamicValue | null): boolean {
  return a !== null && b !== null && a.msgpack.length > 0 && Buffer.compare(a.msgpack, b.msgpack) === 0;
}

const unchanged = (prior: ValueObject | null, planned: ValueObject | null): boolean =>
  prior === null || planned === null ? prior === planned : sameValue(prior, planned);

function replacePaths(ruled: readonly Path[], added: ReadonlySet<string>) {
  const names = new Set([...ruled.map((path) => String(path[0])), ...added]);
  return [...names].sort().map((name) => ({ steps: [{ attribute_name: name }] }));
}
