import { wholeId } from "../../terraform-plugin/import-identity";
import { bool, defineSchema, nestedObject, number, setOf, string, type StateOf } from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { each, integer, nonEmpty, singleLine } from "../../validators";
import { inboundIntegrationChecks } from "./inbound-integration.checks";
import { urlMappingAttributes } from "./url-mapping.schema";

/** Where an integration's URL comes from. */
export const URL_SOURCES = ["api", "derived", "config"] as const;
export type UrlSource = (typeof URL_SOURCES)[number];

export const inboundIntegrationAttributes = {
  id: string("computed", {
    description: "The integration's number, given by AlertOps; also the import id.",
    keep: true,
  }),
  name: string("required", {
    description:
      "The name under *Inbound Integrations*: it is how an existing one is found. A new name makes a new integration, because the name may be part of the URL that others send to; with `lifecycle { create_before_destroy = true }` the old URL works until nothing uses it any more.",
    validators: [nonEmpty, singleLine],
    replace: true,
  }),
  enabled: bool("optional", { description: "Whether alerts that arrive are acted on.", default: true }),
  escalation_policy: string("optional", {
    description: "The escalation policy of its alerts, by its exact name. Unset: none.",
    validators: [nonEmpty, singleLine],
  }),
  recipient_groups: setOf("string", "optional", {
    description: "Groups that are told besides those of the policy, by their exact names. Unset: none.",
    validators: [each(nonEmpty), each(singleLine)],
  }),
  recipient_users: setOf("string", "optional", {
    description: "Users that are told besides, by their exact user names. Unset: none.",
    validators: [each(nonEmpty), each(singleLine)],
  }),
  template_id: number("optional-computed", {
    description:
      "The number of the predefined integration (`inbound_template_id`) that says how messages are read. AlertOps publishes no numbers: see `template_from`. Unset: that of `template_from`, else what the integration has.",
    validators: [integer({ min: 1 })],
    replace: true,
    keep: true,
  }),
  template_from: string("optional", {
    description:
      "The exact name of an inbound integration, made by hand from a predefined one such as *Uptrends*, whose template this one takes. It is looked up when this one is made, or when another name is given. Unset: see `template_id`.",
    validators: [nonEmpty, singleLine],
  }),
  url_mapping: nestedObject(urlMappingAttributes, "optional", {
    description:
      "What the fields of a message mean, and when it opens an alert: for senders without a predefined integration. What is not named here is left as it is in AlertOps. Unset: not managed.",
  }),
  alerts_open_by: string("computed", {
    description:
      "What says which messages open an alert: `template`, `url_mapping` (also one made by hand), `unconfirmed` (AlertOps took the mapping and does not show it) or `nothing`: then AlertOps tells nobody.",
    keep: true,
  }),
  api_url_source: string("computed", {
    description:
      'Where the URL that others send their alerts to comes from: `api` (AlertOps tells it), `derived` (worked out from the provider\'s `notify_url`) or `config` (neither: copy it from AlertOps and hand it to the ephemeral resource of the same name). The URL itself is a credential and is never stored: read it with `ephemeral "outbound_alertops_inbound_integration"`.',
    keep: true,
  }),
  adopt_existing: bool("optional", {
    description:
      "Take over an integration of the same name although it differs, and change it to this. Unset: that is an error naming the import command. An equal one is always taken over.",
    default: false,
  }),
  timeouts: timeouts({ create: "5m", update: "5m", delete: "5m" }),
};

/** An inbound API integration of AlertOps. */
export const inboundIntegrationSchema = defineSchema({
  type: "outbound_alertops_inbound_integration",
  description:
    "An inbound API integration of AlertOps: what receives the alerts of another system, such as Uptrends, and whom AlertOps then tells. What else it holds in AlertOps (filters, grouping, a mapping that is not declared, …) is left as it is.",
  // AlertOps documents no rule for names, and changing the template requires a second integration of the name for a while.
  identity: { attributes: ["name"], twins: true },
  importIdentity: wholeId,
  attributes: inboundIntegrationAttributes,
  checks: inboundIntegrationChecks,
});

export type InboundIntegrationSchema = typeof inboundIntegrationSchema;
export type InboundIntegrationState = StateOf<InboundIntegrationSchema>;
