import { wholeId } from "../../terraform-plugin/import-identity";
import { bool, defineSchema, string, type StateOf } from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { nonEmpty, singleLine } from "../../validators";

/** An alert definition of Uptrends. */
export const alertDefinitionSchema = defineSchema({
  type: "outbound_uptrends_alert_definition",
  description:
    "An alert definition of Uptrends: when its monitors fail, its escalation levels say who is told, when and how. Creating one creates its levels, with the account's defaults. Destroying one that was there before (taken over, not imported) gives it back its name and switch instead of deleting it.",
  identity: { attributes: ["name"], twins: true },
  importIdentity: wholeId,
  attributes: {
    id: string("computed", {
      description: "The definition's GUID, given by Uptrends; also the import id.",
      keep: true,
    }),
    name: string("required", {
      description: "The name. One definition per name: it is how an existing one is found.",
      validators: [nonEmpty, singleLine],
    }),
    enabled: bool("optional", { description: "Whether it alerts at all.", default: true }),
    adopt_existing: bool("optional", {
      description:
        "Take over a definition of the same name although its switch differs. Unset: that is an error naming the import command. An equal one is always taken over.",
      default: false,
    }),
    timeouts: timeouts({ create: "5m", update: "5m", delete: "5m" }),
  },
});

export type AlertDefinitionSchema = typeof alertDefinitionSchema;
export type AlertDefinitionState = StateOf<AlertDefinitionSchema>;
