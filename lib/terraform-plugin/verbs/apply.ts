import { ProblemError } from "../../core/problem";
import { brokenPromises, encodeApplied } from "../applied-state";
import { decodeChange, type RequestedChange } from "../change";
import { problemsOf } from "../diagnostics";
import { nameOfState } from "../object-name";
import type { OwnedType } from "../ownership/address";
import { withoutOwnership } from "../ownership/without-ownership";
import { encodePrivate } from "../private-state";
import type { Rpcs } from "../protocol";
import { ownedType, Scope, type Engine, type Registered } from "../registry";
import type { Context, CreateRequest, Resource, UpdateRequest } from "../resource";
import { identityAfter, readIdentity } from "../resource-identity";
import type { Schema, StateOf, ResourceSchema } from "../schema";
import type { Call } from "../service";
import { settle } from "../settle";
import { limited } from "../timeouts";
import { isWhollyKnown, unknownToNull, type ValueObject } from "../values";

/** Handles ApplyResourceChange: creates, updates or deletes, depending on which of prior and planned is null. */
export async function apply(
  engine: Engine,
  entry: Registered<Resource>,
  request: Rpcs["ApplyResourceChange"]["request"],
  call: Call,
) {
  const { attributes, type } = entry.schema;
  const scope = new Scope(engine, attributes);
  let change: RequestedChange;
  try {
    change = decodeChange(engine, entry, request);
  } catch (error) {
    scope.problems.push(...problemsOf(error, `apply the change of ${type}`));
    return {
      new_state: request.prior_state,
      private: request.planned_private,
      new_identity: isWhollyKnown(readIdentity(entry.identity, request.planned_identity))
        ? request.planned_identity
        : null,
      diagnostics: scope.diagnostics(),
    };
  }
  const { operation, prior, planned, config, notes } = change;
  if (planned === null) scope.object = () => nameOfState(entry.schema, prior);
  const inTime = limited(call, attributes, planned ?? prior, operation);

  // The state that Terraform keeps if the handler fails: the prior one, unless the handler saved a newer one.
  let saved: ValueObject | null = prior;
  try {
    const context = scope.context(await entry.client(engine.provider), inTime);
    const owned = ownedType(engine, entry);
    owned?.applies();
    if (planned === null) {
      await remove(entry.handler, owned, change, context);
      saved = null;
    } else {
      const asked = {
        planned: known(planned) as StateOf<ResourceSchema>,
        config: known(config ?? {}) as StateOf<ResourceSchema>,
        private: notes,
        save: (state: ValueObject) => (saved = settle(attributes, state, known(planned))),
      };
      const result =
        prior === null
          ? await create(engine, entry.handler, owned, planned, { ...asked, ownership: withoutOwnership }, context)
          : await update(entry.handler, owned, { ...asked, prior: prior as StateOf<ResourceSchema> }, context);
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
    new_identity: identityAfter(entry.identity, prior, state, request.planned_identity),
    private: state === null ? new Uint8Array() : encodePrivate({ imported: false, notes }),
    diagnostics: scope.diagnostics(),
  };
}

/** Deletes the object, unless it moves to another address of this state. */
async function remove(
  handler: Resource,
  owned: OwnedType | undefined,
  { prior, notes, plannedIn }: RequestedChange,
  context: Context<unknown>,
): Promise<void> {
  const { object, problem } = owned?.removal(prior!, notes, plannedIn) ?? {};
  if (problem?.severity === "error") throw new ProblemError(problem);
  if (problem !== undefined) {
    context.report(problem);
    return;
  }
  let done = false;
  try {
    await handler.delete({ prior: prior as StateOf<ResourceSchema>, private: notes }, context);
    done = true;
  } catch (error) {
    const why = owned?.refusedRemoval(prior!);
    if (why !== undefined) context.report(why);
    throw error;
  } finally {
    if (object !== undefined) owned?.removed(object, done);
  }
}

async function update(
  handler: Resource,
  owned: OwnedType | undefined,
  request: UpdateRequest<Schema>,
  context: Context<unknown>,
): Promise<unknown> {
  const { prior, planned } = request as { prior: ValueObject; planned: ValueObject };
  try {
    await owned?.identityFree(prior, planned, context.signal);
    const state = await handler.update!(request, context).catch(async (error: unknown) => {
      if (await owned?.freeAfterRefusal(prior, planned, context.signal)) return handler.update!(request, context);
      throw error;
    });
    owned?.changed(prior);
    return state;
  } catch (error) {
    const why = owned?.refusedChange(prior, planned);
    if (why !== undefined) context.report(why);
    throw error;
  }
}

/** Creates objects one at a time for each identity: of two equal declarations the second finds the object of the first. */
async function create(
  engine: Engine,
  handler: Resource,
  owned: OwnedType | undefined,
  /** Parts of an identity that only the create determines are unknown here, so that they may be anything. */
  planned: ValueObject,
  request: CreateRequest<Schema>,
  context: Context<unknown>,
): Promise<unknown> {
  if (owned === undefined) return handler.create(request, context);
  const creation = owned.creation(planned, {
    notes: request.private,
    signal: () => context.signal,
    report: context.report,
  });
  const save = (state: never) => {
    creation.reached(state);
    request.save(state);
  };
  return engine.creations.run(owned.nameOf(planned), async () => {
    try {
      const state = await handler.create({ ...request, save, ownership: creation }, context);
      creation.reached(state as ValueObject);
      return state;
    } catch (error) {
      creation.failed();
      throw error;
    }
  });
}

const known = (value: ValueObject): ValueObject => unknownToNull(value) as ValueObject;
