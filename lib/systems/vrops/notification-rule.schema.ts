import { wholeId } from "../../terraform-plugin/import-identity";
import { bool, defineSchema, nestedSet, number, setOf, string, type StateOf } from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { emailAddress } from "../../validators/email-address";
import { integer } from "../../validators/integer";
import { nonEmpty } from "../../validators/non-empty";
import { oneOf } from "../../validators/one-of";
import { notificationRuleChecks } from "./notification-rule.checks";
import { atLeastOne, each } from "../../validators/each";
import { singleLine } from "../../validators/single-line";
import { withoutSeparator } from "./receiver-list";

export const CRITICALITIES = ["UNKNOWN", "NONE", "INFORMATION", "WARNING", "IMMEDIATE", "CRITICAL", "AUTO"] as const;
export const ALERT_STATUSES = ["NEW", "ACTIVE", "UPDATED", "CANCELED"] as const;
export const ALERT_CONTROL_STATES = ["OPEN", "ASSIGNED", "SUSPENDED", "SUPPRESSED"] as const;

export const notificationRuleAttributes = {
  id: string("computed", { description: "The rule's id, given by vROps; also the import id.", keep: true }),
  name: string("required", {
    description: "The name under *Notifications*. One rule per name: it is how an existing one is found.",
    validators: [nonEmpty, singleLine],
  }),
  plugin_id: string("required", {
    description: "The plugin that sends: the `id` of an `outbound_vrops_email_plugin`.",
    validators: [nonEmpty, singleLine],
  }),
  receivers: setOf("string", "required", {
    description: "The addresses that receive the alerts.",
    validators: [atLeastOne<string>("receiver"), each(emailAddress), each(withoutSeparator)],
  }),
  cc_receivers: setOf("string", "optional", {
    description:
      "Addresses in Cc. Only where vROps itself names a rule property for them (9.0 and later show one in their form). Unset: what somebody has entered in vROps stays, and shows in `other_receivers`; taken out of the configuration, or empty: none.",
    validators: [each(emailAddress), each(withoutSeparator)],
  }),
  bcc_receivers: setOf("string", "optional", {
    description: "Addresses in Bcc, likewise.",
    validators: [each(emailAddress), each(withoutSeparator)],
  }),
  other_receivers: setOf("string", "computed", {
    description:
      "Addresses that the rule sends to besides the declared ones: those that somebody has entered in vROps as Cc or Bcc. Reviews, policies and `outbound routes` count them as receivers. Null when there are none.",
    keep: true,
  }),
  description: string("optional", {
    description:
      "A text that vROps puts into the mails. Only where vROps itself names a rule property for it. Unset: what somebody has entered in vROps stays; taken out of the configuration: none.",
    validators: [singleLine],
  }),
  enabled: bool("optional", {
    description:
      "Whether the rule is in force. vROps before 8.11 may not know the switch: there a rule is always in force.",
    default: true,
  }),
  criticalities: setOf("string", "optional", {
    description: "Only alerts of these criticalities. Unset: of any.",
    validators: [each(oneOf(CRITICALITIES))],
  }),
  alert_statuses: setOf("string", "optional", {
    description: "Only alerts in these states. Unset: in any.",
    validators: [each(oneOf(ALERT_STATUSES))],
  }),
  alert_control_states: setOf("string", "optional", {
    description: "Only alerts in these control states. Unset: in any.",
    validators: [each(oneOf(ALERT_CONTROL_STATES))],
  }),
  resource_kinds: nestedSet(
    {
      adapter_kind: string("required", {
        description: "The adapter, such as `VMWARE`.",
        validators: [nonEmpty, singleLine],
      }),
      resource_kind: string("required", {
        description: "The kind of object, such as `Datastore` or `VirtualMachine`.",
        validators: [nonEmpty, singleLine],
      }),
    },
    "optional",
    { description: "Only alerts about objects of these kinds. Unset: of any kind." },
  ),
  alert_definition_ids: setOf("string", "optional", {
    description: "Only alerts of these definitions, such as `VMWARE-Datastore-NotEnoughIOPS`. Unset: of any.",
    validators: [each(nonEmpty), each(singleLine)],
  }),
  delay_minutes: number("optional", {
    description: "Minutes an alert must last before the first mail. Unset: none.",
    validators: [integer({ min: 0 })],
  }),
  resend_minutes: number("optional", {
    description: "Minutes between repeats while the alert is active. Unset: no repeats.",
    validators: [integer({ min: 0 })],
  }),
  max_notifications: number("optional", {
    description: "At most so many repeats. Unset: as vROps decides.",
    validators: [integer({ min: 0 })],
  }),
  template_id: string("optional-computed", {
    description:
      "The payload template. Unset: vROps takes the default template of the plugin's type; once set, it stays until another is set.",
    validators: [nonEmpty, singleLine],
    keep: true,
  }),
  adopt_existing: bool("optional", {
    description:
      "Take over a rule of the same name although it differs, and change it to this. Unset: that is an error naming the import command. An equal rule is always taken over.",
    default: false,
  }),
  timeouts: timeouts({ create: "5m", update: "5m", delete: "5m" }),
};

/** A notification rule of vROps: which alerts go to whom. */
export const notificationRuleSchema = defineSchema({
  type: "outbound_vrops_notification_rule",
  description:
    "Which alerts of VMware Aria Operations (vROps, VCF Operations) are mailed to whom. What else the rule holds in vROps (resource filters, impact filters, …) is left as it is.",
  // vROps documents no rule for names; a rule is found by its name, so two of one name could not be distinguished.
  identity: { attributes: ["name"], twins: false },
  importIdentity: wholeId,
  attributes: notificationRuleAttributes,
  checks: notificationRuleChecks,
});

export type NotificationRuleSchema = typeof notificationRuleSchema;
export type NotificationRuleState = StateOf<NotificationRuleSchema>;
