import { defineSchema, string, type StateOf } from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { reference } from "./guid";
import { exactlyOne } from "./exactly-one";

const alertDefinitionMemberAttributes = {
  id: string("computed", {
    description:
      "`<alert definition>/monitor/<monitor>` or `<alert definition>/monitor_group/<group>`; also the import id.",
    keep: true,
  }),
  alert_definition_id: string("required", {
    description:
      "The definition: the `id` of an `outbound_uptrends_alert_definition`, be it the resource or the data source.",
    ...reference,
  }),
  monitor_id: string("optional", {
    description: "The monitor, by its GUID: the `id` of the data source `outbound_uptrends_monitor`.",
    ...reference,
  }),
  monitor_group_id: string("optional", {
    description:
      "The monitor group, by its GUID: the `id` of the data source `outbound_uptrends_monitor_group`. Monitors that join the group later are watched too.",
    ...reference,
  }),
  timeouts: timeouts({ create: "5m", update: "5m", delete: "5m" }),
};

/** One monitor, or one monitor group, of an alert definition. */
export const alertDefinitionMemberSchema = defineSchema({
  type: "outbound_uptrends_alert_definition_member",
  description:
    "One monitor, or one monitor group, that an alert definition of Uptrends alerts for. A definition without members never alerts. Other members stay as they are; destroying takes this one away, unless it was there before (taken over, not imported).",
  identity: { attributes: ["alert_definition_id", "monitor_id", "monitor_group_id"], twins: false },
  importIdentity: {
    forms: [
      ["alert_definition_id", { word: "monitor" }, "monitor_id"],
      ["alert_definition_id", { word: "monitor_group" }, "monitor_group_id"],
    ],
  },
  attributes: alertDefinitionMemberAttributes,
  checks: [exactlyOne("monitor_id", "monitor_group_id")],
});

export type AlertDefinitionMemberSchema = typeof alertDefinitionMemberSchema;
export type AlertDefinitionMemberState = StateOf<AlertDefinitionMemberSchema>;
