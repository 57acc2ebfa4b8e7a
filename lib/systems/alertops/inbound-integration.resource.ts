import { ProblemError } from "../../core/problem";
import type { Context, Resource } from "../../terraform-plugin/resource";
import { CallError } from "../kit/rest-api";
import type { AlertOpsClient } from "./client";
import type { Integration } from "./contract";
import {
  adopted,
  adoptedChanged,
  ambiguous,
  badImportId,
  conflicting,
  noIdInAnswer,
  notRotated,
  ownedTwice,
  unknownNameYet,
  urlDerived,
  vanished,
  wrongType,
} from "./errors";
import {
  changedIntegrationBody,
  differences,
  integrationState,
  newIntegrationBody,
  references,
  idOf,
} from "./inbound-integration.mapping";
import {
  inboundIntegrationSchema,
  type InboundIntegrationSchema,
  type InboundIntegrationState,
} from "./inbound-integration.schema";

type Ctx = Context<AlertOpsClient>;
type State = InboundIntegrationState;

/** `outbound_alertops_inbound_integration`: what receives the alerts of another system, and whom AlertOps then tells. */
export const inboundIntegrationResource: Resource<InboundIntegrationSchema, AlertOpsClient> = {
  schema: inboundIntegrationSchema,

  async plan({ prior, planned }, { connect, signal, report }) {
    if (planned === null) return;
    const declared = references(planned as Record<string, unknown>);
    const known = new Set(prior === null ? [] : references(prior as Record<string, unknown>).map(keyOf));
    const changed = declared.filter((reference) => !known.has(keyOf(reference)));
    const client = changed.length === 0 ? undefined : await connect();
    if (client === undefined) return;
    for (const problem of await client.names.problems(changed, signal)) report(unknownNameYet(problem));
  },

  async create({ planned, save }, context) {
    const { client, signal, report } = context;
    await client.names.check(references(planned), signal);
    const held = await making(planned.name, client, () => ensure(planned, context));
    const state = stateOf(held, client, planned);
    save(state);
    if (state.api_url_source === "derived") report(urlDerived(planned.name));
    return state;
  },

  async read({ prior, imported }, { client, signal }) {
    const held = await client.integrations.find(prior.id!, signal);
    if (held === undefined) return null;
    if (imported && (held.type ?? "API") !== "API") {
      throw new ProblemError(wrongType(held.inbound_integration_name, held.type!));
    }
    return stateOf(held, client, imported ? { timeouts: prior.timeouts } : prior);
  },

  async update({ prior, planned }, { client, signal }) {
    const declared = references(planned);
    const known = new Set(references(prior).map(keyOf));
    await client.names.check(
      declared.filter((reference) => !known.has(keyOf(reference))),
      signal,
    );
    return stateOf(await overwrite(prior.id!, planned, client, signal), client, planned);
  },

  async delete({ prior }, { client, signal, report }) {
    // Replaced under its own name with create_before_destroy: the new resource found this very integration and took it over.
    if (client.claimed.has(prior.id!)) return report(notRotated(prior.name, prior.id!));
    await client.integrations.delete(prior.id!, signal);
  },

  import: (id) => {
    if (!/^\d+$/.test(id)) throw new ProblemError(badImportId(id));
    return { id };
  },
};

/** Takes over the integration that is already there, or makes one. */
async function ensure(planned: State, context: Ctx): Promise<Integration> {
  const { client, signal } = context;
  const existing = await client.integrations.named(planned.name, signal);
  if (existing.length === 0) return create(planned, client, signal);
  // A list may show less than the integration itself.
  const whole = await Promise.all(existing.map((one) => client.integrations.find(idOf(one), signal)));
  const there = whole.filter((one) => one !== undefined);
  const equal = there.find((one) => differences(one, planned).length === 0);
  return takeOver(equal ?? only(there, planned), planned, context);
}

/** Posts; when the reply is lost or says nothing, looks which integration was not there before. */
async function create(planned: State, client: AlertOpsClient, signal: AbortSignal): Promise<Integration> {
  const before = new Set((await client.integrations.list(signal))?.map(idOf));
  let failure: unknown = new ProblemError(noIdInAnswer(planned.name));
  try {
    const created = await client.integrations.create(newIntegrationBody(planned), signal);
    if (created !== undefined) return claim(created, client);
  } catch (error) {
    if (!(error instanceof CallError) || !error.mayHaveHappened) throw error;
    failure = error;
  }
  const found = (await client.integrations.named(planned.name, signal).catch(() => [])).find(
    (one) => !before.has(idOf(one)),
  );
  if (found === undefined) throw failure;
  client.runtime.log.info("the answer to the creation did not tell, but the integration is there", { id: idOf(found) });
  return claim((await client.integrations.get(idOf(found), signal)) ?? found, client);
}

async function takeOver(found: Integration, planned: State, { client, signal, report }: Ctx): Promise<Integration> {
  const id = idOf(found);
  const differing = differences(found, planned);
  if (differing.length > 0 && !planned.adopt_existing) {
    throw new ProblemError(conflicting(planned.name, id, differing));
  }
  claim(found, client);
  if (differing.length === 0) {
    report(adopted(planned.name, id));
    return found;
  }
  const written = await overwrite(id, planned, client, signal);
  report(adoptedChanged(planned.name, id, differing));
  return written;
}

/** Writes and reads back: what a PUT answers is not documented. */
async function overwrite(id: string, planned: State, client: AlertOpsClient, signal: AbortSignal) {
  const fresh = await client.integrations.get(id, signal);
  if (fresh === undefined) throw new ProblemError(vanished(id));
  const body = changedIntegrationBody(fresh, planned);
  await client.integrations.update(id, body, signal);
  return (await client.integrations.get(id, signal)) ?? body;
}

function only(there: readonly Integration[], planned: State): Integration {
  if (there.length === 1) return there[0]!;
  throw new ProblemError(ambiguous(planned.name, there.map(idOf)));
}

/** Runs `make` while no other resource of this run makes one of this name. */
async function making<T>(name: string, client: AlertOpsClient, make: () => Promise<T>): Promise<T> {
  const key = `name ${name}`;
  if (client.claimed.has(key)) throw new ProblemError(ownedTwice(name));
  client.claimed.add(key);
  try {
    return await make();
  } finally {
    client.claimed.delete(key);
  }
}

function claim(one: Integration, client: AlertOpsClient): Integration {
  if (client.claimed.has(idOf(one))) throw new ProblemError(ownedTwice(one.inbound_integration_name));
  client.claimed.add(idOf(one));
  return one;
}

/** As planned where AlertOps was told, as held where it tells; the URL itself is kept nowhere. */
function stateOf(held: Integration, client: AlertOpsClient, prior: Partial<State>): State {
  return integrationState(held, client.urlOf(held)?.source ?? "config", prior);
}

const keyOf = ({ what, name }: { what: string; name: string }) => `${what} ${name}`;
