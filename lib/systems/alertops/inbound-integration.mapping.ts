import { canonicalSet, type Value } from "../../terraform-plugin/values";
import type { InboundIntegration, NewIntegration } from "./contract";
import type { InboundIntegrationState } from "./inbound-integration.schema";
import type { NameReference } from "./names";
import { importedMapping, mappingBody, mappingState, shownMapping } from "./url-mapping";

type State = InboundIntegrationState;

/** The values that the attributes manage. `enabled` is always sent: if it were left out, `false` would never be. */
function managed(planned: State) {
  return {
    inbound_integration_name: planned.name,
    enabled: planned.enabled,
    escalation_policy: planned.escalation_policy,
    recipient_groups: planned.recipient_groups ?? [],
    recipient_users: planned.recipient_users ?? [],
  };
}

export function newIntegrationBody(planned: State): NewIntegration {
  return {
    ...managed(planned),
    type: "API",
    sequence: 1,
    ...(planned.template_id === null ? {} : { inbound_template_id: planned.template_id }),
    api_settings: {
      is_bidirection: false,
      ...(planned.url_mapping === null ? {} : { url_mapping: mappingBody(planned.url_mapping, planned.name) }),
    },
  };
}

/**
 * The body of an update. A PUT may replace the whole object, so everything that was read goes back, overlaid with the
 * planned values.
 *
 * @param prior what was declared before: a mapping that is no longer declared is removed
 */
export function changedIntegrationBody(
  fresh: InboundIntegration,
  planned: State,
  prior: Partial<State>,
): InboundIntegration {
  const body = { ...fresh, ...managed(planned) };
  const settings = fresh["api_settings"] as object | null | undefined;
  if (planned.url_mapping !== null) {
    const url_mapping = mappingBody(planned.url_mapping, planned.name, shownMapping(fresh));
    return { ...body, api_settings: { ...settings, url_mapping } };
  }
  return prior.url_mapping ? { ...body, api_settings: { ...settings, url_mapping: null } } : body;
}

/** The state of an integration. Unset and empty mean the same, and the user's notation stays. */
export function integrationState(held: InboundIntegration, source: string, prior: Partial<State>): State {
  const template = held.inbound_template_id || (prior.template_id ?? null);
  return {
    ...mapped(held, template, prior),
    id: String(held.inbound_integration_id),
    name: held.inbound_integration_name,
    enabled: held.enabled ?? prior.enabled ?? true,
    escalation_policy: held.escalation_policy || null,
    recipient_groups: names(held.recipient_groups, prior.recipient_groups),
    recipient_users: names(held.recipient_users, prior.recipient_users),
    template_id: template,
    template_from: prior.template_from ?? null,
    api_url_source: source,
    adopt_existing: prior.adopt_existing ?? false,
    timeouts: prior.timeouts ?? null,
  };
}

/**
 * The mapping in the state. A declared mapping that AlertOps does not show was removed if it was ever shown, and is unknown
 * otherwise: whether AlertOps shows mappings is not documented. After an import it is what AlertOps shows, unless it comes
 * from a template.
 */
function mapped(
  held: InboundIntegration,
  template: number | null,
  prior: Partial<State>,
): Pick<State, "url_mapping" | "alerts_open_by"> {
  const shown = shownMapping(held);
  const otherwise = template === null ? "nothing" : "template";
  const declared = prior.url_mapping ?? null;
  if (declared !== null) {
    if (shown !== undefined) return { url_mapping: mappingState(shown, declared), alerts_open_by: "url_mapping" };
    if (prior.alerts_open_by === "url_mapping") return { url_mapping: null, alerts_open_by: otherwise };
    return { url_mapping: declared, alerts_open_by: "unconfirmed" };
  }
  if (shown === undefined || template !== null) return { url_mapping: null, alerts_open_by: otherwise };
  const isImported = prior.name === undefined;
  return {
    url_mapping: isImported ? importedMapping(shown, held.inbound_integration_name) : null,
    alerts_open_by: "url_mapping",
  };
}

/** Lists the differences from the plan: `["enabled is true, declared false"]`. */
export function differences(held: InboundIntegration, planned: State): string[] {
  // Nobody can see whether a mapping that is not shown is kept: that is a warning, not a difference.
  const is = integrationState(held, "", { ...planned, alerts_open_by: null });
  return COMPARED.map((name) => [name, comparable(is[name]), comparable(planned[name])] as const)
    .filter(([, found, declared]) => found !== declared)
    .map(([name, found, declared]) => `${name} is ${found}, declared ${declared}`);
}

const COMPARED = [
  "enabled",
  "escalation_policy",
  "recipient_groups",
  "recipient_users",
  "template_id",
  "url_mapping",
] as const;

/** The groups, users and policy that a plan refers to; unknown values are skipped. */
export function references(planned: Readonly<Record<string, unknown>>): NameReference[] {
  const list = (name: string) => (Array.isArray(planned[name]) ? (planned[name] as unknown[]) : []).filter(isText);
  const policy = planned["escalation_policy"];
  return [
    ...(isText(policy) ? [{ what: "escalation policy" as const, path: ["escalation_policy"], name: policy }] : []),
    ...list("recipient_groups").map((name) => ({ what: "group" as const, path: ["recipient_groups"], name })),
    ...list("recipient_users").map((name) => ({ what: "user" as const, path: ["recipient_users"], name })),
  ];
}

const isText = (value: unknown): value is string => typeof value === "string";

function names(held: readonly string[] | null | undefined, prior: string[] | null | undefined): string[] | null {
  if (held && held.length > 0) return canonicalSet([...held]) as string[];
  return prior?.length === 0 ? [] : null;
}

/** A text for comparison: the order of sets and of the members of an object does not matter. */
const comparable = (value: unknown): string =>
  JSON.stringify(value ?? null, (_, part: unknown) => {
    if (Array.isArray(part)) return canonicalSet(part as Value[]);
    return typeof part === "object" && part !== null ? Object.fromEntries(Object.entries(part).sort()) : part;
  });

/** The notation of the import id and of the resource's `id`. */
export const idOf = (one: InboundIntegration): string => String(one.inbound_integration_id);
