import { defineSchema, string } from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { nonEmpty, singleLine } from "../../validators";

/** An integration of Uptrends, found by its exact name. */
export const integrationSchema = defineSchema({
  type: "outbound_uptrends_integration",
  description:
    "An integration of Uptrends (*Alerting, Integrations*), found by its exact name. Its API can neither create nor change integrations: one is made by hand, once; when it is not there, the steps are shown.",
  attributes: {
    name: string("required", {
      description: "The exact name; upper and lower case count.",
      validators: [nonEmpty, singleLine],
    }),
    type: string("optional-computed", {
      description:
        "The type it must be of, such as `GenericWebhook` (which is what AlertOps, Teams, Opsgenie and all custom integrations show as) or `Email`. Unset: any.",
      validators: [nonEmpty, singleLine],
    }),
    id: string("computed", { description: "The integration's GUID." }),
    timeouts: timeouts({}),
  },
});

export type IntegrationSchema = typeof integrationSchema;
