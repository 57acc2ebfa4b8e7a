import type { StateOf, Schema } from "../schema";
import { printable } from "../../core/printable";
import { problemsOf } from "../diagnostics";
import { stateById } from "../imported-state";
import type { Rpcs } from "../protocol";
import { decodeObject, Scope, type Engine, type Registered } from "../registry";
import type { ListResource, Resource } from "../resource";
import { identityMessage, identityOfState } from "../resource-identity";
import type { Call } from "../service";
import { emptyState } from "../settle";
import { inReadTime } from "../timeouts";

type Request = Rpcs["ListResource"]["request"];
type Event = Rpcs["ListResource"]["response"];

/**
 * Handles ListResource: yields an event for each object, at most as many as requested. What cannot be listed is an error,
 * which ends the stream: an empty list means that nothing exists.
 */
export async function* list(
  engine: Engine,
  entry: Registered<ListResource>,
  resource: Registered<Resource>,
  request: Request,
  call: Call,
): AsyncGenerator<Event> {
  const { attributes, type } = entry.schema;
  const scope = new Scope(engine, attributes);
  const inTime = inReadTime(call);
  const limit = Number(request.limit);
  try {
    const config = decodeObject(engine, entry, request.config) ?? emptyState(attributes);
    const context = scope.context(await entry.client(engine.provider), inTime);
    const listed = await entry.handler.list(config as StateOf<Schema>, context);
    scope.problems.push(...entry.answered(engine.provider));
    const diagnostic = scope.diagnostics();
    if (diagnostic.length > 0) yield { diagnostic };
    if (scope.failed) return;
    let told = 0;
    for (const { id, name } of listed) {
      if (limit > 0 && told >= limit) return;
      const one = new Scope(engine, resource.schema.attributes);
      const state = request.include_resource_object
        ? await stateById(resource, id, one.context(context.client, inTime))
        : undefined;
      // The object was deleted since it was listed.
      if (state === null) continue;
      told += 1;
      yield {
        identity: identityMessage(resource.identity, identityOfState(resource.identity, { id })),
        display_name: displayName(name, engine),
        diagnostic: one.diagnostics(),
        ...(state === undefined ? {} : { resource_object: { msgpack: resource.codec.encode(state) } }),
      };
    }
  } catch (error) {
    scope.problems.push(...problemsOf(error, `list ${type}`, inTime));
    yield { diagnostic: scope.diagnostics() };
  }
}

/** The name, cleaned: people have written it elsewhere. */
const displayName = (name: string, { redactor }: Pick<Engine, "redactor">) =>
  redactor.redact(printable(redactor.redact(name)));
