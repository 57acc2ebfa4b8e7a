import { problemsOf } from "../diagnostics";
import { brokenPromises, encodeApplied } from "../applied-state";
import { decodeChange, type Change } from "../change";
import { encodePrivate } from "../private-state";
import type { Rpcs } from "../protocol";
import { Scope, type Engine, type Registered } from "../registry";
import type { Call } from "../service";
import type { Resource } from "../resource";
import { settle } from "../settle";
import { limited } from "../timeouts";
import { unknownToNull, type ValueObject } from "../values";

/** ApplyResourceChange: create, update or delete, told apart by which of prior and planned is null. */
export async function apply(
  engine: Engine,
  entry: Registered<Resource>,
  request: Rpcs["ApplyResourceChange"]["request"],
  call: Call,
) {
  const { attributes, type } = entry.schema;
  const scope = new Scope(engine, attributes);
  let change: Change;
  try {
    change = decodeChange(engine, entry, request);
  } catch (error) {
    scope.problems.push(...problemsOf(error, `apply the change of ${type}`));
    return { new_state: request.prior_state, private: request.planned_private, diagnostics: scope.diagnostics() };
  }
  const { operation, prior, planned, config, notes } = change;
  const inTime = limited(call, attributes, planned ?? prior, operation);

  // What Terraform keeps if the handler fails: nothing new, unless it saved what it had made.
  let saved: ValueObject | null = prior;
  try {
    const context = scope.context(await entry.client(engine.provider), inTime);
    if (planned === null) {
      await entry.handler.delete({ prior: prior as never, private: notes }, context);
      saved = null;
    } else {
      const asked = {
        planned: known(planned) as never,
        config: known(config ?? {}) as never,
        private: notes,
        save: (state: ValueObject) => (saved = settle(attributes, state, planned)),
      };
      const result = await (prior === null
        ? entry.handler.create(asked, context)
        : entry.handler.update!({ ...asked, prior: prior as never }, context));
      saved = settle(attributes, result as ValueObject, known(planned));
    }
  } catch (error) {
    scope.problems.push(...problemsOf(error, `${operation} ${type}`, inTime));
  }
  const state = saved === null ? null : known(saved);
  const { bytes, problems } = encodeApplied(entry, state, planned);
  scope.problems.push(...problems);
  if (planned !== null && !scope.failed) scope.problems.push(...brokenPromises(entry, planned, bytes, operation));
  return {
    new_state: { msgpack: bytes },
    private: state === null ? new Uint8Array() : encodePrivate({ imported: false, notes }),
    diagnostics: scope.diagnostics(),
  };
}

const known = (value: ValueObject): ValueObject => unknownToNull(value) as ValueObject;
