import { problemsOf } from "../diagnostics";
import { decodePrivate, encodePrivate } from "../private-state";
import type { Rpcs } from "../protocol";
import { decodeObject, Scope, type Engine, type Registered } from "../registry";
import type { Call } from "../service";
import type { Resource } from "../resource";
import { settle } from "../settle";
import { limited, type Operation } from "../timeouts";
import { unknownToNull, type Value, type ValueObject } from "../values";

/** ApplyResourceChange: create, update or delete, told apart by which of prior and planned is null. */
export async function apply(
  engine: Engine,
  entry: Registered<Resource>,
  request: Rpcs["ApplyResourceChange"]["request"],
  call: Call,
) {
  const { attributes, type } = entry.schema;
  const scope = new Scope(engine, attributes);
  const prior = decodeObject(engine, entry, request.prior_state);
  const planned = decodeObject(engine, entry, request.planned_state);
  const config = decodeObject(engine, entry, request.config);
  const { notes } = decodePrivate(request.planned_private);
  const operation: Operation = planned === null ? "delete" : prior === null ? "create" : "update";

  const inTime = limited(call, attributes, planned ?? prior, operation);

  // What Terraform keeps if the handler fails: nothing new, unless it saved what it had made.
  let saved: ValueObject | null = prior;
  try {
    const context = scope.context(await entry.client(engine.provider), inTime);
    if (planned === null) {
      await entry.handler.delete({ prior: prior as never, private: notes }, context);
      saved = null;
    } else {
      const change = {
        planned: known(planned) as never,
        config: known(config ?? {}) as never,
        private: notes,
        save: (state: ValueObject) => (saved = settle(attributes, state, planned)),
      };
      const result = await (prior === null
        ? entry.handler.create(change, context)
        : entry.handler.update!({ ...change, prior: prior as never }, context));
      saved = settle(attributes, result as ValueObject, known(planned));
    }
  } catch (error) {
    scope.problems.push(...problemsOf(error, `${operation} ${type}`, inTime));
  }
  const state = saved === null ? null : known(saved);
  return {
    new_state: { msgpack: entry.codec.encode(state as Value) },
    private: state === null ? new Uint8Array() : encodePrivate({ imported: false, notes }),
    diagnostics: scope.diagnostics(),
  };
}

const known = (value: ValueObject): ValueObject => unknownToNull(value) as ValueObject;
