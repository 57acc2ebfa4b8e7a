import { ProblemError } from "../../core/problem";
import type { Context, PlanRequest, PrivateState, Resource } from "../../terraform-plugin/resource";
import { isObject, isWhollyKnown, sameValue, UNKNOWN, type Value } from "../../terraform-plugin/values";
import { createOrTakeOver } from "../kit/adoption";
import { badImportId } from "../kit/problems";
import type { UptrendsClient } from "./client";
import { attachmentId } from "./ids";
import type { Integration } from "./contract";
import { notForType, switchesImported, switchesUnproved, variableRemains } from "./errors";
import { theLevel } from "./escalation-level.resource";
import { fingerprints } from "./fingerprint";
import { sameIgnoringCase } from "../../core/ignoring-case";
import { isGuid } from "../kit/guid";
import {
  attachmentBody,
  attachmentDifferences,
  attachmentState,
  SWITCHES,
  type Variables,
} from "./integration-attachment.mapping";
import {
  integrationAttachmentSchema,
  UNREADABLE,
  type IntegrationAttachmentSchema,
  type IntegrationAttachmentState,
} from "./integration-attachment.schema";
import { attachmentWords } from "./integration-attachment.words";

type Ctx = Context<UptrendsClient>;
type State = IntegrationAttachmentState;

/** The place of an attachment. */
interface Place {
  readonly definition: string;
  readonly level: number;
  readonly id: string;
}

/** `outbound_uptrends_integration_attachment`: one integration on one level. */
export const integrationAttachmentResource: Resource<IntegrationAttachmentSchema, UptrendsClient> = {
  schema: integrationAttachmentSchema,

  plan(request) {
    planVariables(request);
    planSwitches(request);
  },

  async create({ planned, config, private: notes, save, ownership }, context) {
    const { client, signal, report } = context;
    const place = placeOf(planned);
    const { definition, level, id } = place;
    const attachments = client.attachments(definition, level);
    const addresses = await checkType(planned, context);
    await theLevel(definition, level, context);
    const variables = config.variable_values_wo as Variables;
    const body = attachmentBody(planned, variables, addresses);
    const differences = (one: Integration) => attachmentDifferences(id, one, planned, variables);
    await createOrTakeOver(
      {
        words: attachmentWords,
        name: id,
        idOf: () => id,
        existing: async () => [await attachments.find(id, { signal })].filter((one) => one !== undefined),
        differences,
        adoptExisting: planned.adopt_existing,
        create: () => client.inTurn(place, () => attachments.create(id, { body }, () => true, signal)),
        // Also when it seems equal: the switches are invisible.
        write: () => patch(place, planned, variables, addresses, context),
        save: () => save({ ...planned, id, variable_values_wo: null }),
      },
      { ownership, report },
    );
    const held = await attachments.settled({ name: id, id }, differences, "creation", signal);
    return stateAsSent(held, planned, variables, notes);
  },

  async read({ prior, private: notes, imported }, { client, signal, report }) {
    const { definition, level, id } = placeOf(prior);
    const held = await client.below(
      definition,
      () => client.attachments(definition, level).find(id, { signal }),
      signal,
    );
    if (held === undefined) return null;
    const known = prior.variable_fingerprints;
    const shown = Object.keys(held.VariableValues ?? {});
    const names = imported ? (shown.length === 0 ? null : shown) : known && Object.keys(known);
    const state = attachmentState(id, held, prior, names);
    if (imported) {
      noteHash(notes, held);
      report(switchesImported(id));
      return { ...state, switches: SWITCHES.unsent };
    }
    const edited = typeof notes["hash"] === "string" && !!held.Hash && held.Hash !== notes["hash"];
    const unedited = prior.switches === SWITCHES.suspect ? SWITCHES.sent : prior.switches;
    return { ...state, switches: edited ? SWITCHES.suspect : unedited };
  },

  async update({ prior, planned, config, private: notes }, context) {
    const { report } = context;
    const place = placeOf(planned);
    const addresses = await checkType(planned, context);
    const variables = config.variable_values_wo as Variables;
    const held = await patch(place, planned, variables, addresses, context);
    const switched = UNREADABLE.filter((name) => prior[name] !== planned[name]);
    if (switched.length > 0 && held.Hash && held.Hash === notes["hash"]) report(switchesUnproved(place.id, switched));
    const removed = Object.keys(prior.variable_fingerprints ?? {}).filter((name) => !(name in (variables ?? {})));
    const remaining = variables === null ? [] : removed.filter((name) => held.VariableValues?.[name]);
    if (remaining.length > 0) report(variableRemains(remaining));
    return stateAsSent(held, planned, variables, notes);
  },

  async delete({ prior }, { client, signal }) {
    const place = placeOf(prior);
    const { definition, level, id } = place;
    const attachments = client.attachments(definition, level);
    await client.inTurn(place, () =>
      client.below(definition, () => attachments.delete({ name: id, id }, signal), signal),
    );
  },

  import: (id) => {
    const [definition = "", level = "", integration = "", ...rest] = id.split("/");
    if (!isGuid(definition) || !isGuid(integration) || !/^[1-9]\d*$/.test(level) || rest.length > 0) {
      throw new ProblemError(badImportId(attachmentWords, id));
    }
    return { id, alert_definition_id: definition, level: Number(level), integration_id: integration };
  },
};

/**
 * Plans the digests of write-only values: the values cannot be in a plan, but a digest makes a changed URL a visible update.
 */
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

/** Plans the switches: any change sends them again; so does uncertainty, and so does `enforce = "always"`. */
function planSwitches({ prior, planned }: PlanRequest<IntegrationAttachmentSchema>): void {
  if (prior === null || planned === null) return;
  const doubtful = prior.switches === SWITCHES.suspect;
  // A complete plan is a value, too, but its type is one for handlers.
  const [wanted, held] = [planned, prior] as unknown as readonly [Value, Value];
  const unknown = !isWhollyKnown(wanted);
  const changed = !sameValue(wanted, held);
  // An unknown value may turn out to be unchanged.
  if (planned.enforce === "always" || (unknown && !doubtful)) planned.switches = UNKNOWN;
  else if (doubtful || changed) planned.switches = SWITCHES.sent;
}

/** Reports what the type forbids more precisely than Uptrends would. True when addresses may be sent. */
async function checkType(planned: State, { client, signal }: Ctx): Promise<boolean> {
  const all = await client.allIntegrations(signal);
  const type = all.find((one) => sameIgnoringCase(one.IntegrationGuid, planned.integration_id))?.Type ?? undefined;
  const declared = (planned.extra_email_addresses ?? []).length > 0;
  // The API account may attach an integration that it may not see.
  if (type === undefined) return declared;
  const wrong = [
    ...(planned.send_ok_alerts && ["GenericWebhook", "Phone"].includes(type) ? ["send_ok_alerts"] : []),
    ...(planned.send_reminder_alerts && type === "GenericWebhook" ? ["send_reminder_alerts"] : []),
    ...(declared && type !== "Email" ? ["extra_email_addresses"] : []),
  ];
  if (wrong.length > 0) throw new ProblemError(...wrong.map((attribute) => notForType(attribute, type)));
  return type === "Email";
}

/** Sends the complete attachment, and waits until its visible part shows. */
function patch(
  place: Place,
  planned: State,
  variables: Variables,
  addresses: boolean,
  { client, signal }: Ctx,
): Promise<Integration> {
  const { definition, level, id } = place;
  const body = attachmentBody(planned, variables, addresses);
  const differences = (one: Integration) => attachmentDifferences(id, one, planned, variables);
  // Repeating it does no harm.
  const request = { method: "PATCH", retry: "safe", body } as const;
  return client.inTurn(place, () =>
    client.attachments(definition, level).change({ name: id, id }, request, differences, signal),
  );
}

function stateAsSent(held: Integration, planned: State, variables: Variables, notes: PrivateState): State {
  const { id } = placeOf(planned);
  noteHash(notes, held);
  const sent = variables === null ? null : fingerprints(id, variables);
  const known = { ...planned, variable_fingerprints: sent };
  return { ...attachmentState(id, held, known, sent && Object.keys(sent)), switches: SWITCHES.sent };
}

/** Records the hash. An edit in Uptrends changes it: the only sign of changes in hidden fields. */
function noteHash(notes: PrivateState, { Hash }: Integration): void {
  if (Hash) notes["hash"] = Hash;
  else delete notes["hash"];
}

const placeOf = ({ alert_definition_id: definition, level, integration_id: integration }: State): Place => ({
  definition,
  level,
  id: attachmentId(definition, level, integration),
});
