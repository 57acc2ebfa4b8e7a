import { bool, defineSchema, number, string, type StateOf } from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { integer, oneOf } from "../../validators";
import { reference } from "./guid";
import { MODES } from "./modes";

/** An escalation level of an alert definition: it always exists and can only be edited. */
export const escalationLevelSchema = defineSchema({
  type: "outbound_uptrends_escalation_level",
  description:
    "An escalation level of an alert definition of Uptrends. Levels come with the definition: they can be neither added nor removed, so creating this resource takes the level over, and destroying it gives the managed settings the values found then. What is left out stays as it is.",
  identity: { attributes: ["alert_definition_id", "level"], twins: false },
  importIdentity: { forms: [["alert_definition_id", "level"]] },
  attributes: {
    id: string("computed", { description: "`<alert definition>/<level>`; also the import id.", keep: true }),
    alert_definition_id: string("required", {
      description: "The definition: the `id` of an `outbound_uptrends_alert_definition`.",
      ...reference,
    }),
    level: number("required", {
      description: "Which level, counted from 1. How many there are is decided by the account (usually 3).",
      validators: [integer({ min: 1 })],
      replace: true,
    }),
    enabled: bool("optional-computed", {
      description: "Whether the level alerts. Unset: as it was found.",
      keep: true,
    }),
    mode: string("optional-computed", {
      description:
        "`AlertOnErrorCount`: after `threshold_error_count` errors in a row; `AlertOnErrorDuration`: after `threshold_minutes` of errors. Unset: as it was found.",
      validators: [oneOf(MODES)],
      keep: true,
    }),
    threshold_error_count: number("optional-computed", {
      description: "Errors in a row before the alert. Unset: as it was found.",
      validators: [integer({ min: 1 })],
      keep: true,
    }),
    threshold_minutes: number("optional-computed", {
      description: "Minutes of errors before the alert. Unset: as it was found.",
      validators: [integer({ min: 0 })],
      keep: true,
    }),
    number_of_reminders: number("optional-computed", {
      description: "Reminders while the error lasts; 0: none. Unset: as it was found.",
      validators: [integer({ min: 0 })],
      keep: true,
    }),
    reminder_delay_minutes: number("optional-computed", {
      description: "Minutes between reminders. Unset: as it was found.",
      validators: [integer({ min: 0 })],
      keep: true,
    }),
    message: string("optional-computed", {
      description:
        "Text for e-mail, Slack and PagerDuty; custom integrations such as AlertOps take it only where their own message says `{{@escalationLevel.message}}`. Empty: none. Unset: as it was found.",
      keep: true,
    }),
    include_trace_route: bool("optional-computed", {
      description: "Whether a trace route is added to the alert. Unset: as it was found.",
      keep: true,
    }),
    timeouts: timeouts({ create: "5m", update: "5m", delete: "5m" }),
  },
});

export type EscalationLevelSchema = typeof escalationLevelSchema;
export type EscalationLevelState = StateOf<EscalationLevelSchema>;
