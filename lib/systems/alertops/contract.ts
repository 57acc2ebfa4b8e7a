import * as z from "../../core/zod";

/**
 * What goes over the wire, for the client (which believes only what it has checked) and the simulator (which refuses
 * what is not in this form). AlertOps publishes no OpenAPI file that could be read: the members are those of its own
 * Terraform provider, and objects are loose, because what the server said is sent back on update.
 *
 * @see https://help.alertops.com/knowledge-base/configuring-api-integration
 */

const text = z.string();
const optionalText = z.nullish(text);
const names = z.nullish(z.array(text));
/** Ids are integers; a release that quotes them does no harm. */
const id = z.union([z.int(), text.check(z.regex(/^\d+$/))]);

const integrationFields = {
  type: optionalText,
  sequence: z.nullish(z.number()),
  enabled: z.nullish(z.boolean()),
  escalation_policy: optionalText,
  recipient_groups: names,
  recipient_users: names,
  inbound_template_id: z.nullish(z.number()),
};

export const integration = z.looseObject({
  ...integrationFields,
  inbound_integration_id: id,
  inbound_integration_name: text,
});

export const newIntegration = z.looseObject({
  ...integrationFields,
  inbound_integration_name: text.check(z.minLength(1)),
  type: z.enum(["API", "Email", "Chat", "Heartbeat", "Bridge"]),
});

/** Lists come in an envelope whose member is named after what is listed; the name for integrations is not documented. */
export const page = z.union([
  z.array(z.unknown()),
  z.looseObject({ limit: z.nullish(z.number()), offset: z.nullish(z.number()), total: z.nullish(z.number()) }),
]);

export const group = z.looseObject({ group_id: z.nullish(id), group_name: text });
export const user = z.looseObject({ user_id: z.nullish(id), user_name: text });
export const policy = z.looseObject({ escalation_policy_id: z.nullish(id), escalation_policy_name: text });

export const alert = z.looseObject({
  alert_id: z.nullish(id),
  source_id: optionalText,
  status: optionalText,
  closed_date: optionalText,
});
export const alerts = z.looseObject({
  alerts: z.nullish(z.array(alert)),
  metadata: z.nullish(z.looseObject({ next: optionalText })),
});

export type InboundIntegration = z.infer<typeof integration>;
export type NewIntegration = z.infer<typeof newIntegration>;
export type Alert = z.infer<typeof alert>;
