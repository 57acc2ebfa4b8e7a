import { ProblemError } from "../../core/problem";
import type { PlanContext, PlanRequest, Resource } from "../../terraform-plugin/resource";
import { isUnknown, sameValue, UNKNOWN, type Value } from "../../terraform-plugin/values";
import { createOrTakeOver } from "../kit/adoption";
import { badImportId, vanished } from "../kit/problems";
import type { AlertOpsClient } from "./client";
import type { InboundIntegration } from "./contract";
import { mappingNotShown, nothingOpensAlerts, unknownNameYet, urlDerived, wrongType } from "./errors";
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
import { templateOf } from "./template";

type State = InboundIntegrationState;
type Plan = PlanRequest<InboundIntegrationSchema>;

/**
 * `outbound_alertops_inbound_integration`: an endpoint for the alerts of another system, and the people whom AlertOps then
 * notifies.
 */
export const inboundIntegrationResource: Resource<InboundIntegrationSchema, AlertOpsClient> = {
  schema: inboundIntegrationSchema,

  async plan(request, context) {
    const { prior, planned } = request;
    const { connect, signal, report } = context;
    if (planned === null) return;
    await planTemplate(request, context);
    planOpening(request, context);
    const declared = references(planned as Record<string, unknown>);
    const known = new Set(prior === null ? [] : references(prior as Record<string, unknown>).map(keyOf));
    const changed = declared.filter((reference) => !known.has(keyOf(reference)));
    const client = changed.length === 0 ? undefined : await connect();
    if (client === undefined) return;
    for (const problem of await client.names.problems(changed, signal)) report(unknownNameYet(problem));
  },

  async create({ planned: wanted, save, ownership }, { client, signal, report }) {
    const { name, template_from } = wanted;
    const { integrations } = client;
    const isOpen = wanted.template_id === null && template_from !== null;
    const planned = isOpen ? { ...wanted, template_id: await templateOf(template_from, integrations, signal) } : wanted;
    const wrong = (one: InboundIntegration) => differences(one, planned);
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
        write: async (one, differing) =>
          differing.length === 0 ? one : overwrite(idOf(one), planned, {}, client, signal),
        save: (one) => save(stateOf(one, client, planned)),
      },
      { ownership, report },
    );
    const settled = await integrations.settled({ name, id: idOf(held) }, wrong, "creation", signal);
    const state = stateOf(settled, client, planned);
    if (state.api_url_source === "derived") report(urlDerived(name));
    if (state.alerts_open_by === "unconfirmed") report(mappingNotShown(name));
    return state;
  },

  async read({ prior, imported }, context) {
    const { client } = context;
    const held = await client.integrations.find(prior.id!, context);
    if (held === undefined) return null;
    if (imported && (held.type ?? "API") !== "API") {
      throw new ProblemError(wrongType(held.inbound_integration_name, held.type!));
    }
    return stateOf(held, client, imported ? { timeouts: prior.timeouts } : prior);
  },

  async update({ prior, planned }, { client, signal, report }) {
    const declared = references(planned);
    const known = new Set(references(prior).map(keyOf));
    await client.names.check(
      declared.filter((reference) => !known.has(keyOf(reference))),
      signal,
    );
    const state = stateOf(await overwrite(prior.id!, planned, prior, client, signal), client, planned);
    const isNews = prior.alerts_open_by !== "unconfirmed" && state.alerts_open_by === "unconfirmed";
    if (isNews) report(mappingNotShown(planned.name));
    return state;
  },

  async delete({ prior }, { client, signal }) {
    await client.integrations.delete({ name: prior.name, id: prior.id! }, signal);
  },

  import: (id) => {
    if (!/^\d+$/.test(id)) throw new ProblemError(badImportId(integrationWords, id));
    return { id };
  },
};

/**
 * Plans the number of the template, which is looked up by name once: the integration keeps its template, whatever happens to
 * the model.
 */
async function planTemplate(request: Plan, { connect, signal }: PlanContext<AlertOpsClient>): Promise<void> {
  const { prior, planned, config, replace } = request;
  if (planned === null || config?.template_id !== null) return;
  const { template_from: from } = planned;
  if (from === null) {
    if (prior === null) planned.template_id = null;
    return;
  }
  const isKnown = prior !== null && prior.template_id !== null && prior.template_from === from;
  if (isKnown || isUnknown(from)) return;
  const client = await connect();
  if (client === undefined) return;
  const template = await templateOf(from, client.integrations, signal);
  planned.template_id = template;
  if (prior !== null && prior.template_id !== template) replace.add("template_id");
}

/** Plans what will open alerts, as far as that is known, and warns where nothing will. */
function planOpening({ prior, planned }: Plan, { report }: PlanContext<AlertOpsClient>): void {
  if (planned === null) return;
  const { url_mapping: mapping, template_id: template, name } = planned;
  const isSame =
    prior !== null && sameValue(mapping as Value, prior.url_mapping as Value) && prior.template_id === template;
  if (!isSame) {
    const isTold = mapping === null && !isUnknown(template) && prior !== null;
    planned.alerts_open_by = isTold ? (template === null ? "nothing" : "template") : UNKNOWN;
  }
  const isNothing =
    prior === null || !isSame ? mapping === null && template === null : prior.alerts_open_by === "nothing";
  if (isNothing) report(nothingOpensAlerts(typeof name === "string" ? name : ""));
}

/**
 * Updates an integration. A PUT may replace the whole object, so the present one is read first and goes back, overlaid with
 * the planned values.
 */
async function overwrite(
  id: string,
  planned: State,
  prior: Partial<State>,
  { integrations }: AlertOpsClient,
  signal: AbortSignal,
): Promise<InboundIntegration> {
  const ref = { name: planned.name, id };
  const fresh = await integrations.get(id, signal);
  if (fresh === undefined) throw new ProblemError(vanished(integrationWords, ref));
  const body = changedIntegrationBody(fresh, planned, prior);
  return integrations.change(ref, { method: "PUT", body }, (one) => differences(one, planned), signal);
}

/** The state: planned values, and those that AlertOps provides; the URL itself is stored nowhere. */
function stateOf(held: InboundIntegration, client: AlertOpsClient, prior: Partial<State>): State {
  return integrationState(held, client.urlOf(held)?.source ?? "config", prior);
}

const keyOf = ({ what, name }: { what: string; name: string }) => `${what} ${name}`;
