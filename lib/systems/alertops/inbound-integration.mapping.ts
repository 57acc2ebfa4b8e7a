import { canonicalSet } from "../../terraform-plugin/values";
import type { Integration, NewIntegration } from "./contract";
import type { InboundIntegrationState } from "./inbound-integration.schema";
import type { NameReference } from "./names";

type State = InboundIntegrationState;

/** Values that the attributes manage. `enabled` always stands there: left out, `false` would never be sent. */
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
    api_settings: { is_bidirection: false },
  };
}

/** Read, overlay, write: a PUT may replace the whole, so everything that was read goes back with ours on top. */
export const changedIntegrationBody = (fresh: Integration, planned: State): Integration => ({
  ...fresh,
  ...managed(planned),
});

/** What AlertOps holds, in the user's attributes; unset and empty mean the same, and the user's way of saying it stays. */
export function integrationState(held: Integration, source: string, prior: Partial<State>): State {
  return {
    id: String(held.inbound_integration_id),
    name: held.inbound_integration_name,
    enabled: held.enabled ?? prior.enabled ?? true,
    escalation_policy: held.escalation_policy || null,
    recipient_groups: names(held.recipient_groups, prior.recipient_groups),
    recipient_users: names(held.recipient_users, prior.recipient_users),
    template_id: held.inbound_template_id || (prior.template_id ?? null),
    api_url_source: source,
    adopt_existing: prior.adopt_existing ?? false,
    timeouts: prior.timeouts ?? null,
  };
}

/** `["enabled is true, declared false"]`: where what AlertOps holds is not what is declared. */
export function differences(held: Integration, planned: State): string[] {
  const is = integrationState(held, "", planned);
  return (["enabled", "escalation_policy", "recipient_groups", "recipient_users", "template_id"] as const)
    .map((name) => [name, comparable(is[name]), comparable(planned[name])] as const)
    .filter(([, found, declared]) => found !== declared)
    .map(([name, found, declared]) => `${name} is ${found}, declared ${declared}`);
}

/** Whom a plan refers to, as far as it is known: unknown values are skipped. */
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

const comparable = (value: unknown): string =>
  JSON.stringify(Array.isArray(value) ? canonicalSet(value as never[]) : (value ?? null));

/** As the import id and the resource's `id` write it. */
export const idOf = (one: Integration): string => String(one.inbound_integration_id);
