import * as z from "../../core/zod";

/**
 * The messages on the wire, for the client (which trusts only what it has checked) and the simulator (which refuses any
 * other form). AlertOps publishes no readable OpenAPI file: the members are those of its own Terraform provider, and objects
 * are loose, because an update sends back what the server returned.
 *
 * @see https://help.alertops.com/knowledge-base/configuring-api-integration
 */

const text = z.string();
const optionalText = z.nullish(text);
const names = z.nullish(z.array(text));
/** Ids are integers; a release that quotes them is accepted, too. */
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

/** The envelope of a list: a member named after its items; the name for integrations is not documented. */
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
