import { defineSchema, string } from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { nonEmpty, singleLine } from "../../validators";
import { absoluteUrl } from "./url-validator";

/** The URL of an inbound integration, while Terraform runs. */
export const inboundUrlSchema = defineSchema({
  type: "outbound_alertops_inbound_integration",
  description:
    "The URL of an inbound integration of AlertOps. Whoever knows it can raise alerts, and it may contain the account's API key: so it exists only while Terraform runs and never reaches a plan or a state. It feeds write-only attributes, such as `variable_values_wo` of `outbound_uptrends_integration_attachment`.",
  attributes: {
    id: string("required", {
      description: "The integration: the `id` of an `outbound_alertops_inbound_integration`.",
      validators: [nonEmpty, singleLine],
    }),
    api_url: string("optional-computed", {
      description:
        "The URL. Unset: what AlertOps tells, else what can be worked out (the provider's `notify_url`), else an error that says where to copy it from.",
      sensitive: true,
      validators: [absoluteUrl],
    }),
    api_url_source: string("computed", {
      description: "Where it comes from: `config` (you gave it), `api` (AlertOps told it) or `derived` (worked out).",
    }),
    timeouts: timeouts({}),
  },
});

export type InboundUrlSchema = typeof inboundUrlSchema;
