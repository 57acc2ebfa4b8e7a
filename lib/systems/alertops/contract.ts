import * as z from "zod";

/**
 * What goes over the wire, for the client (which believes only what it has checked) and the simulator (which refuses
 * what is not in this form). AlertOps publishes no OpenAPI file that could be read: the members are those of its own
 * Terraform provider, and objects are loose, because what the server said is sent back on update.
 *
 * @see https://help.alertops.com/knowledge-base/configuring-api-integration
 */

const text = z.string();
const optionalText = text.nullish();
const names = z.array(text).nullish();
/** Ids are integers; a release that quotes them does no harm. */
const id = z.union([z.number().int(), text.regex(/^\d+$/)]);

const integrationFields = {
  type: optionalText,
  sequence: z.number().nullish(),
  enabled: z.boolean().nullish(),
  escalation_policy: optionalText,
  recipient_groups: names,
  recipient_users: names,
  inbound_template_id: z.number().nullish(),
};

export const integration = z.looseObject({
  ...integrationFields,
  inbound_integration_id: id,
  inbound_integration_name: text,
});

export const newIntegration = z.looseObject({
  ...integrationFields,
  inbound_integration_name: text.min(1),
  type: z.enum(["API", "Email", "Chat", "Heartbeat", "Bridge"]),
  enabled: z.boolean(),
});

/** Lists come in an envelope whose member is named after what is listed; the name for integrations is not documented. */
export const page = z.union([
  z.array(z.unknown()),
  z.looseObject({ limit: z.number().nullish(), offset: z.number().nullish(), total: z.number().nullish() }),
]);

export const group = z.looseObject({ group_id: id.nullish(), group_name: text });
export const user = z.looseObject({ user_id: id.nullish(), user_name: text });
export const policy = z.looseObject({ escalation_policy_id: id.nullish(), escalation_policy_name: text });

export const alert = z.looseObject({
  alert_id: id.nullish(),
  source_id: optionalText,
  status: optionalText,
  closed_date: optionalText,
});
export const alerts = z.looseObject({
  alerts: z.array(alert).nullish(),
  metadata: z.looseObject({ next: optionalText }).nullish(),
});

/** What an inbound integration is sent; which fields mean what is decided by its mapping. */
export const inboundAlert = z.looseObject({
  source: text.min(1),
  source_id: text.min(1),
  source_status: text.min(1),
  description: optionalText,
});

export type Integration = z.infer<typeof integration>;
export type NewIntegration = z.infer<typeof newIntegration>;
export type Alert = z.infer<typeof alert>;
