import { anyOf, isSet, topologyOf } from "../kit/topology";
import type { KnownValues } from "../../terraform-plugin/schema";
import { inboundIntegrationSchema, type inboundIntegrationAttributes } from "./inbound-integration.schema";

/**
 * An inbound integration is both a mailer to which other systems pass alerts, and a route to the people whom AlertOps
 * notifies.
 */
export const topology = topologyOf(inboundIntegrationSchema, (integration) => {
  const { escalation_policy: policy, recipient_groups: groups, recipient_users: users } = integration;
  const name = integration.name ?? undefined;
  const enabled = integration.enabled ?? undefined;
  const policyReceivers = policy ? [`policy ${policy}`] : [];
  const unknown = policy === undefined || groups === undefined || users === undefined;
  return [
    { kind: "mailer", name, id: integration.id, enabled, opensAlerts: opensAlerts(integration) },
    {
      kind: "route",
      name,
      enabled,
      via: { attribute: "id", id: integration.id },
      receivers: unknown
        ? undefined
        : [
            ...policyReceivers,
            ...(groups ?? []).map((group) => `group ${group}`),
            ...(users ?? []).map((user) => `user ${user}`),
          ],
      ...(isSet(policy) === true
        ? { receiversElsewhere: "the escalation policy's own members are set in AlertOps" }
        : {}),
      severities: null,
      resourceKinds: null,
      filtered: undefined,
    },
  ];
});

/** Whether alerts are opened: as AlertOps shows it, else as declared. */
function opensAlerts(integration: KnownValues<typeof inboundIntegrationAttributes>): boolean | undefined {
  const { alerts_open_by: by, template_id, template_from, url_mapping } = integration;
  if (by) return by !== "nothing";
  return anyOf(isSet(template_id), isSet(template_from), isSet(url_mapping));
}
