import { bool, defineSchema, listOf, mapOf, number, setOf, string, type StateOf } from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { each, eachKey, emailAddress, integer, nonEmpty, oneOf } from "../../validators";
import { reference } from "./guid";

/** The fields that Uptrends accepts but never shows. */
export const UNREADABLE = ["enabled", "send_ok_alerts", "send_reminder_alerts"] as const;

const ENFORCE = ["on_change", "always"] as const;

/** One integration on one escalation level. */
export const integrationAttachmentSchema = defineSchema({
  type: "outbound_uptrends_integration_attachment",
  description:
    "One integration on one escalation level of Uptrends: this is what sends the alerts of the level to AlertOps. Uptrends never shows whether `enabled`, `send_ok_alerts` and `send_reminder_alerts` are still as they were sent: they are sent again with every change, and whenever Uptrends shows that something about the attachment was edited. Destroying detaches the integration; the integration itself stays.",
  identity: { attributes: ["alert_definition_id", "level", "integration_id"], twins: false },
  importIdentity: { forms: [["alert_definition_id", "level", "integration_id"]] },
  attributes: {
    id: string("computed", {
      description: "`<alert definition>/<level>/<integration>`; also the import id.",
      keep: true,
    }),
    alert_definition_id: string("required", {
      description: "The definition: the `id` of an `outbound_uptrends_alert_definition`.",
      ...reference,
    }),
    level: number("required", {
      description: "Which level, counted from 1.",
      validators: [integer({ min: 1 })],
      replace: true,
    }),
    integration_id: string("required", {
      description: "The integration: the `id` of the data source `outbound_uptrends_integration`.",
      ...reference,
    }),
    variable_values_wo: mapOf("string", "optional", {
      description:
        "The values of the integration's variables that are set to *Specify value in escalation level*, by name: `{ ApiUrl = ephemeral.outbound_alertops_inbound_integration.this.api_url }`. Write-only: they reach Uptrends and are kept nowhere else; the plan compares their digests, so a changed value is seen without a version number. Unset: the variables are not managed.",
      sensitive: true,
      writeOnly: true,
      validators: [eachKey(nonEmpty)],
    }),
    variable_fingerprints: mapOf("string", "computed", {
      description:
        "A digest of each managed variable's value, as Uptrends holds it: what changes when a value was changed, here or there. A value that Uptrends does not show keeps the digest of what was sent.",
      keep: true,
    }),
    enabled: bool("optional", {
      description: "Whether alerts are sent through it. Cannot be read back.",
      default: true,
    }),
    send_ok_alerts: bool("optional", {
      description:
        "Whether recoveries are sent. Must be false for integrations of type `GenericWebhook` (AlertOps) and `Phone`: there the integration's own message types decide. Cannot be read back.",
      default: false,
    }),
    send_reminder_alerts: bool("optional", {
      description: "Whether reminders are sent. Must be false for `GenericWebhook`. Cannot be read back.",
      default: false,
    }),
    extra_email_addresses: setOf("string", "optional", {
      description:
        "Addresses beside those of the level's operators; for integrations of type `Email` only. Unset: none.",
      validators: [each(emailAddress)],
    }),
    enforce: string("optional", {
      description:
        "When what cannot be read is sent again: `on_change` of anything, or `always` (every plan then shows an update).",
      validators: [oneOf(ENFORCE)],
      default: "on_change",
    }),
    switches: string("computed", {
      description:
        "What is known of the three switches: `as sent`, `maybe changed outside` (Uptrends shows that something was edited; the next apply sends them again), or `not sent yet` (imported: they may differ from what is declared).",
      keep: true,
    }),
    unverifiable: listOf("string", "computed", {
      description: "The attributes whose drift cannot be seen, because Uptrends does not show them.",
      keep: true,
    }),
    adopt_existing: bool("optional", {
      description:
        "Take over an attachment that is there already although it differs. Unset: that is an error naming the import command. An equal one is always taken over.",
      default: false,
    }),
    timeouts: timeouts({ create: "5m", update: "5m", delete: "5m" }),
  },
});

export type IntegrationAttachmentSchema = typeof integrationAttachmentSchema;
export type IntegrationAttachmentState = StateOf<IntegrationAttachmentSchema>;
