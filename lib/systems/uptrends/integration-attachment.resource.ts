import { ProblemError } from "../../core/problem";
import type { Context, PlanRequest, PrivateState, Resource } from "../../terraform-plugin/resource";
import { isObject, isWhollyKnown, sameValue, UNKNOWN, type Value } from "../../terraform-plugin/values";
import { CallError } from "../kit/rest-api";
import type { Place } from "./attachment-collection";
import type { UptrendsClient } from "./client";
import type { Integration } from "./contract";
import {
  adopted,
  adoptedChanged,
  attachmentConflict,
  badImportId,
  notForType,
  notTaken,
  ownedTwice,
  switchesImported,
  vanished,
  variableRemains,
} from "./errors";
import { levelId, theLevel } from "./escalation-level.resource";
import { fingerprints } from "./fingerprint";
import { guid, sameGuid } from "./guid";
import {
  attachmentBody,
  attachmentDifferences,
  attachmentState,
  SWITCHES,
  type Variables,
} from "./integration-attachment.mapping";
import {
  integrationAttachmentSchema,
  type IntegrationAttachmentSchema,
  type IntegrationAttachmentState,
} from "./integration-attachment.schema";

type Ctx = Context<UptrendsClient>;
type State = IntegrationAttachmentState;

/** `outbound_uptrends_integration_attachment`: one integration on one level. */
export const integrationAttachmentResource: Resource<IntegrationAttachmentSchema, UptrendsClient> = {
  schema: integrationAttachmentSchema,

  plan(request) {
    planVariables(request);
    planSwitches(request);
  },

  async create({ planned, config, private: notes, save }, context) {
    const { client } = context;
    const place = placeOf(planned);
    const id = idOf(place);
    if (client.claimed.has(id.toLowerCase())) throw new ProblemError(ownedTwice(`attachment ${id}`));
    client.claimed.add(id.toLowerCase());
    const addresses = await checkType(planned, context);
    await theLevel(place.definition, place.level, context);
    const variables = config.variable_values_wo as Variables;
    return client.mutex.run(place.definition, async () => {
      await ensure(place, planned, variables, addresses, context);
      save({ ...planned, id, variable_values_wo: null });
      return confirm(place, planned, variables, notes, context);
    });
  },

  async read({ prior, private: notes, imported }, { client, signal, report }) {
    const place = placeOf(prior);
    const held = await client.below(place.definition, () => client.attachments.find(place, signal), signal);
    if (held === undefined) return null;
    const known = prior.variable_fingerprints;
    const shown = Object.keys(held.VariableValues ?? {});
    const names = imported ? (shown.length === 0 ? null : shown) : known && Object.keys(known);
    const state = attachmentState(idOf(place), held, prior, names);
    if (imported) {
      noteHash(notes, held);
      report(switchesImported(idOf(place)));
      return { ...state, switches: SWITCHES.unsent };
    }
    const edited = typeof notes["hash"] === "string" && !!held.Hash && held.Hash !== notes["hash"];
    const unedited = prior.switches === SWITCHES.suspect ? SWITCHES.sent : prior.switches;
    return { ...state, switches: edited ? SWITCHES.suspect : unedited };
  },

  async update({ prior, planned, config, private: notes }, context) {
    const { client, signal, report } = context;
    const place = placeOf(planned);
    const addresses = await checkType(planned, context);
    const variables = config.variable_values_wo as Variables;
    return client.mutex.run(place.definition, async () => {
      await client.attachments.patch(place, attachmentBody(planned, variables, addresses), signal);
      const state = await confirm(place, planned, variables, notes, context);
      const removed = Object.keys(prior.variable_fingerprints ?? {}).filter((name) => !(name in (variables ?? {})));
      const held = await client.attachments.find(place, signal);
      const remaining = variables === null ? [] : removed.filter((name) => held?.VariableValues?.[name]);
      if (remaining.length > 0) report(variableRemains(remaining));
      return state;
    });
  },

  async delete({ prior }, { client, signal }) {
    const place = placeOf(prior);
    // Attached anew in this very run, by a resource that takes this one's place.
    if (client.claimed.has(idOf(place).toLowerCase())) return;
    const isGone = async () => (await client.definitions.find(place.definition, signal)) === undefined;
    await client.mutex.run(place.definition, () => client.attachments.detach(place, isGone, signal));
  },

  import: (id) => {
    const [definition = "", level = "", integration = "", ...rest] = id.split("/");
    const guids = guid.check(definition) === undefined && guid.check(integration) === undefined;
    if (!guids || !/^[1-9]\d*$/.test(level) || rest.length > 0) {
      throw new ProblemError(badImportId(id, "<alert definition>/<level>/<integration>"));
    }
    return { id, alert_definition_id: definition, level: Number(level), integration_id: integration };
  },
};

/** A write-only value has no place in a plan, but its digest has: so a changed URL is an update that everybody can see. */
function planVariables({ prior, planned, config }: PlanRequest<IntegrationAttachmentSchema>): void {
  if (prior === null || planned === null || config === null) return;
  const values = config.variable_values_wo as Value;
  planned.variable_fingerprints = isObject(values)
    ? isWhollyKnown(values)
      ? fingerprints(prior.id!, values as Record<string, string>)
      : UNKNOWN
    : values === null
      ? null
      : UNKNOWN;
}

/** Any change sends the switches again; so does doubt, and so does `enforce = "always"`. */
function planSwitches({ prior, planned }: PlanRequest<IntegrationAttachmentSchema>): void {
  if (prior === null || planned === null) return;
  const doubtful = prior.switches === SWITCHES.suspect;
  const unknown = !isWhollyKnown(planned as unknown as Value);
  const changed = !sameValue(planned as unknown as Value, prior as unknown as Value);
  // A value that is not known yet may turn out not to have changed.
  if (planned.enforce === "always" || (unknown && !doubtful)) planned.switches = UNKNOWN;
  else if (doubtful || changed) planned.switches = SWITCHES.sent;
}

/** What the type forbids is said before Uptrends says it in fewer words. True when addresses may be sent. */
async function checkType(planned: State, { client, signal }: Ctx): Promise<boolean> {
  const all = await client.allIntegrations(signal);
  const type = all.find((one) => sameGuid(one.IntegrationGuid, planned.integration_id))?.Type ?? undefined;
  const declared = (planned.extra_email_addresses ?? []).length > 0;
  // The API account may attach what it may not see.
  if (type === undefined) return declared;
  const wrong = [
    ...(planned.send_ok_alerts && ["GenericWebhook", "Phone"].includes(type) ? ["send_ok_alerts"] : []),
    ...(planned.send_reminder_alerts && type === "GenericWebhook" ? ["send_reminder_alerts"] : []),
    ...(declared && type !== "Email" ? ["extra_email_addresses"] : []),
  ];
  if (wrong.length > 0) throw new ProblemError(...wrong.map((attribute) => notForType(attribute, type)));
  return type === "Email";
}

async function ensure(place: Place, planned: State, variables: Variables, addresses: boolean, context: Ctx) {
  const { client, signal, report } = context;
  const id = idOf(place);
  const body = attachmentBody(planned, variables, addresses);
  const found = await client.attachments.find(place, signal);
  if (found === undefined) return attach(place, body, context);
  const differing = attachmentDifferences(id, found, planned, variables);
  if (differing.length > 0 && !planned.adopt_existing) throw new ProblemError(attachmentConflict(id, differing));
  // Equal in what can be seen; the switches are sent in any case.
  await client.attachments.patch(place, body, signal);
  const what = `attachment of ${JSON.stringify(found.Name ?? place.integration)} to level ${place.level}`;
  report(
    differing.length === 0
      ? adopted(what, "integration_id", id)
      : adoptedChanged(what, "integration_id", id, differing),
  );
}

/** Attaches; when the reply is lost and it is there, sends it again as a change, which is harmless. */
async function attach(place: Place, body: ReturnType<typeof attachmentBody>, { client, signal }: Ctx): Promise<void> {
  try {
    await client.attachments.attach(place, body, signal);
  } catch (error) {
    if (!(error instanceof CallError) || !error.mayHaveHappened) throw error;
    const found = await client.attachments.find(place, signal).catch(() => undefined);
    if (found === undefined) throw error;
    await client.attachments.patch(place, body, signal);
  }
}

/** Reads back until what was sent shows. */
async function confirm(place: Place, planned: State, variables: Variables, notes: PrivateState, context: Ctx) {
  const { client, signal } = context;
  const id = idOf(place);
  const differing = (held: Integration) => attachmentDifferences(id, held, planned, variables);
  const { value, right } = await client.attachments.shown(
    place,
    (held) => held !== undefined && differing(held).length === 0,
    signal,
  );
  if (value === undefined) throw new ProblemError(vanished(`attachment ${id}`));
  if (!right) throw new ProblemError(notTaken(`set up the attachment ${id}`, differing(value)));
  noteHash(notes, value);
  const sent = variables === null ? null : fingerprints(id, variables);
  const known = { ...planned, variable_fingerprints: sent };
  return { ...attachmentState(id, value, known, sent && Object.keys(sent)), switches: SWITCHES.sent };
}

/** An edit in Uptrends changes the hash: the only sign of what it does not show. */
function noteHash(notes: PrivateState, { Hash }: Integration): void {
  if (Hash) notes["hash"] = Hash;
  else delete notes["hash"];
}

const placeOf = (state: State): Place => ({
  definition: state.alert_definition_id,
  level: state.level,
  integration: state.integration_id,
});
const idOf = ({ definition, level, integration }: Place) => `${levelId(definition, level)}/${integration}`;
