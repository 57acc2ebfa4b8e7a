import { bool, defineSchema, string } from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { nonEmpty, singleLine } from "../../validators";

/** An existing alert definition of Uptrends, found by its exact name. */
export const existingDefinitionSchema = defineSchema({
  type: "outbound_uptrends_alert_definition",
  description:
    "An alert definition of Uptrends that is there already, found by its exact name. A near name is an error that names it: a typing error never makes a second definition, which would alert for nothing. Nothing of the definition is managed; attachments, levels and members may be.",
  attributes: {
    name: string("required", {
      description: "The exact name; upper and lower case count.",
      validators: [nonEmpty, singleLine],
    }),
    id: string("computed", { description: "The definition's GUID." }),
    enabled: bool("computed", { description: "Whether it alerts at all." }),
    timeouts: timeouts({}),
  },
});

export type ExistingDefinitionSchema = typeof existingDefinitionSchema;
