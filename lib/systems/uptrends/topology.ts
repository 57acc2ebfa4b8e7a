import { means } from "../kit/topology";
import { integrationAttachmentSchema } from "./integration-attachment.schema";

/** An attachment is what tells somebody; definitions and levels only say when. */
export const topology = means(integrationAttachmentSchema, (attachment) => [
  {
    kind: "route",
    name: attachment.level === undefined ? undefined : `escalation level ${attachment.level}`,
    enabled: attachment.enabled ?? undefined,
    // Null is "none besides the operators": who they are is set in Uptrends.
    receivers: attachment.extra_email_addresses === undefined ? undefined : (attachment.extra_email_addresses ?? []),
    receiversElsewhere: "whoever the integration tells, set in Uptrends",
    forwardsTo: { attribute: "variable_values_wo" },
    severities: null,
    resourceKinds: null,
    filtered: undefined,
  },
]);
