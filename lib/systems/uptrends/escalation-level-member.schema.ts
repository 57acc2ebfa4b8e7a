import { defineSchema, number, string, type StateOf } from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { integer } from "../../validators";
import { exactlyOne } from "./exactly-one";
import { reference } from "./guid";

const escalationLevelMemberAttributes = {
  id: string("computed", {
    description:
      "`<alert definition>/<level>/operator/<operator>` or `<alert definition>/<level>/operator_group/<group>`; also the import id.",
    keep: true,
  }),
  alert_definition_id: string("required", {
    description:
      "The definition: the `id` of an `outbound_uptrends_alert_definition`, be it the resource or the data source.",
    ...reference,
  }),
  level: number("required", {
    description: "Which level, counted from 1.",
    validators: [integer({ min: 1 })],
    replace: true,
  }),
  operator_id: string("optional", {
    description: "The operator, by its GUID: the `id` of the data source `outbound_uptrends_operator`.",
    ...reference,
  }),
  operator_group_id: string("optional", {
    description:
      "The operator group, by its GUID: the `id` of the data source `outbound_uptrends_operator_group`. Operators that join the group later are told too.",
    ...reference,
  }),
  timeouts: timeouts({ create: "5m", update: "5m", delete: "5m" }),
};

/** One operator, or one operator group, of an escalation level. */
export const escalationLevelMemberSchema = defineSchema({
  type: "outbound_uptrends_escalation_level_member",
  description:
    "One operator, or one operator group, that an escalation level of Uptrends tells, through the integrations for people on the level (*Email*, *SMS*, *Phone*). Other members stay as they are; destroying takes this one away, unless it was there before (taken over, not imported).",
  identity: { attributes: ["alert_definition_id", "level", "operator_id", "operator_group_id"], twins: false },
  importIdentity: {
    forms: [
      ["alert_definition_id", "level", { word: "operator" }, "operator_id"],
      ["alert_definition_id", "level", { word: "operator_group" }, "operator_group_id"],
    ],
  },
  attributes: escalationLevelMemberAttributes,
  checks: [exactlyOne("operator_id", "operator_group_id")],
});

export type EscalationLevelMemberSchema = typeof escalationLevelMemberSchema;
export type EscalationLevelMemberState = StateOf<EscalationLevelMemberSchema>;
