import { ProblemError } from "../../core/problem";
import type { Context, PrivateState, Resource } from "../../terraform-plugin/resource";
import { CallError } from "../kit/rest-api";
import {
  alertDefinitionSchema,
  type AlertDefinitionSchema,
  type AlertDefinitionState,
} from "./alert-definition.schema";
import type { UptrendsClient } from "./client";
import type { AlertDefinition, NewAlertDefinition } from "./contract";
import { adopted, adoptedChanged, ambiguousDefinition, definitionConflict, ownedTwice } from "./errors";
import { guid } from "./guid";

type Ctx = Context<UptrendsClient>;
type State = AlertDefinitionState;

/** What a definition that was there before is given back on destroy. */
type Found = Pick<Partial<NewAlertDefinition>, "AlertName" | "IsActive">;

/** `outbound_uptrends_alert_definition`. */
export const alertDefinitionResource: Resource<AlertDefinitionSchema, UptrendsClient> = {
  schema: alertDefinitionSchema,

  async create({ planned, private: notes, save }, context) {
    const { client, signal } = context;
    // One at a time per name: of two equal declarations the second must find the first.
    const held = await client.mutex.run(`name ${planned.name}`, () => ensure(planned, notes, context));
    const state = stateOf(held, planned);
    save(state);
    await client.definitions.untilListed(held.AlertDefinitionGuid, signal);
    return state;
  },

  async read({ prior, imported }, { client, signal }) {
    const held = await client.definitions.find(prior.id!, signal);
    return held === undefined ? null : stateOf(held, imported ? { timeouts: prior.timeouts } : prior);
  },

  async update({ prior, planned }, { client, signal }) {
    return stateOf(await client.definitions.patch(prior.id!, wire(planned), signal), planned);
  },

  async delete({ prior, private: notes }, { client, signal, log }) {
    const id = prior.id!;
    // Replaced under its own name with create_before_destroy: the new resource found this very definition and took it over.
    if (client.claimed.has(id)) return;
    const found = notes["found"] as Found | undefined;
    if (found === undefined) {
      await client.definitions.delete(id, signal);
      return;
    }
    if ((await client.definitions.find(id, signal)) === undefined) return;
    log.info("the alert definition was there before: it is given back as it was found", { id });
    await client.definitions.patch(id, found, signal);
  },

  import: (id) => {
    const problem = guid.check(id);
    if (problem !== undefined) throw new ProblemError({ ...problem, path: ["id"] });
    return { id };
  },
};

async function ensure(planned: State, notes: PrivateState, { client, signal, report }: Ctx): Promise<AlertDefinition> {
  const existing = await namesakes(planned.name, client, signal);
  if (existing.length === 0) return claim(await create(planned, client, signal), client);
  if (existing.length > 1) {
    throw new ProblemError(
      ambiguousDefinition(
        planned.name,
        existing.map((one) => one.AlertDefinitionGuid),
      ),
    );
  }
  const found = existing[0]!;
  const id = found.AlertDefinitionGuid;
  const differing = (found.IsActive ?? planned.enabled) === planned.enabled ? [] : [`enabled is ${found.IsActive}`];
  if (differing.length > 0 && !planned.adopt_existing) {
    throw new ProblemError(definitionConflict(planned.name, id, differing));
  }
  claim(found, client);
  notes["found"] = {
    AlertName: found.AlertName ?? planned.name,
    ...(typeof found.IsActive === "boolean" ? { IsActive: found.IsActive } : {}),
  } satisfies Found;
  const what = `alert definition ${JSON.stringify(planned.name)}`;
  if (differing.length === 0) {
    report(adopted(what, "name", id));
    return found;
  }
  const written = await client.definitions.patch(id, wire(planned), signal);
  report(adoptedChanged(what, "name", id, differing));
  return written;
}

/** Posts; when the reply is lost, looks whether it is there: nobody of this name was before. */
async function create(planned: State, client: UptrendsClient, signal: AbortSignal): Promise<AlertDefinition> {
  const before = new Set((await namesakes(planned.name, client, signal)).map((one) => one.AlertDefinitionGuid));
  try {
    return await client.definitions.create(wire(planned), signal);
  } catch (error) {
    if (!(error instanceof CallError) || !error.mayHaveHappened) throw error;
    const found = (await namesakes(planned.name, client, signal).catch(() => [])).find(
      (one) => !before.has(one.AlertDefinitionGuid),
    );
    if (found === undefined) throw error;
    return found;
  }
}

async function namesakes(name: string, client: UptrendsClient, signal: AbortSignal): Promise<AlertDefinition[]> {
  return (await client.definitions.list(signal)).filter((one) => one.AlertName === name);
}

function claim(held: AlertDefinition, client: UptrendsClient): AlertDefinition {
  const id = held.AlertDefinitionGuid;
  if (client.claimed.has(id)) throw new ProblemError(ownedTwice(`alert definition ${id}`));
  client.claimed.add(id);
  return held;
}

const wire = (planned: State) => ({ AlertName: planned.name, IsActive: planned.enabled });

function stateOf(held: AlertDefinition, prior: Partial<State>): State {
  return {
    id: held.AlertDefinitionGuid,
    name: held.AlertName ?? prior.name ?? "",
    enabled: held.IsActive ?? prior.enabled ?? true,
    adopt_existing: prior.adopt_existing ?? false,
    timeouts: prior.timeouts ?? null,
  };
}
