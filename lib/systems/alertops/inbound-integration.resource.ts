import { ProblemError } from "../../core/problem";
import type { Resource } from "../../terraform-plugin/resource";
import { createOrTakeOver } from "../kit/adoption";
import { badImportId, vanished } from "../kit/problems";
import type { AlertOpsClient } from "./client";
import type { Integration } from "./contract";
import { unknownNameYet, urlDerived, wrongType } from "./errors";
import {
  changedIntegrationBody,
  differences,
  idOf,
  integrationState,
  newIntegrationBody,
  references,
} from "./inbound-integration.mapping";
import {
  inboundIntegrationSchema,
  type InboundIntegrationSchema,
  type InboundIntegrationState,
} from "./inbound-integration.schema";
import { integrationWords } from "./inbound-integration.words";

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

  async create({ planned, save, ownership }, { client, signal, report }) {
    const { name } = planned;
    const { integrations } = client;
    const wrong = (one: Integration) => differences(one, planned);
    await client.names.check(references(planned), signal);
    const held = await createOrTakeOver(
      {
        words: integrationWords,
        name,
        idOf,
        existing: () => integrations.named(name, signal),
        differences: wrong,
        adoptExisting: planned.adopt_existing,
        create: () => integrations.create(name, { body: newIntegrationBody(planned) }, () => true, signal),
        besides: (made) => integrations.besides({ name, id: idOf(made) }, signal),
        write: async (one, differing) => (differing.length === 0 ? one : overwrite(idOf(one), planned, client, signal)),
        save: (one) => save(stateOf(one, client, planned)),
      },
      { ownership, report },
    );
    const settled = await integrations.settled({ name, id: idOf(held) }, wrong, "creation", signal);
    const state = stateOf(settled, client, planned);
    if (state.api_url_source === "derived") report(urlDerived(name));
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

  async delete({ prior }, { client, signal }) {
    await client.integrations.delete({ name: prior.name, id: prior.id! }, signal);
  },

  import: (id) => {
    if (!/^\d+$/.test(id)) throw new ProblemError(badImportId(integrationWords, id));
    return { id };
  },
};

/** A PUT may replace the whole, so what is there now is read first and goes back with ours on top. */
async function overwrite(
  id: string,
  planned: State,
  { integrations }: AlertOpsClient,
  signal: AbortSignal,
): Promise<Integration> {
  const ref = { name: planned.name, id };
  const fresh = await integrations.get(id, signal);
  if (fresh === undefined) throw new ProblemError(vanished(integrationWords, ref));
  const body = changedIntegrationBody(fresh, planned);
  return integrations.change(ref, { method: "PUT", body }, (one) => differences(one, planned), signal);
}

/** As planned where AlertOps was told, as held where it tells; the URL itself is kept nowhere. */
function stateOf(held: Integration, client: AlertOpsClient, prior: Partial<State>): State {
  return integrationState(held, client.urlOf(held)?.source ?? "config", prior);
}

const keyOf = ({ what, name }: { what: string; name: string }) => `${what} ${name}`;
