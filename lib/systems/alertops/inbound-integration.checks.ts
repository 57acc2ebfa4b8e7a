import type { SchemaCheck } from "../../terraform-plugin/schema";
import { nobodyTold } from "./errors";
import type { inboundIntegrationAttributes } from "./inbound-integration.schema";

/** Checks across the attributes of an inbound integration. */
export const recipientChecks: readonly SchemaCheck<typeof inboundIntegrationAttributes>[] = [
  {
    describes: "a warning when neither policy, group nor user is named: then nobody is told",
    check({ name, escalation_policy, recipient_groups, recipient_users }) {
      const nobody = escalation_policy === null && isEmpty(recipient_groups) && isEmpty(recipient_users);
      return nobody ? [nobodyTold(name ?? "")] : [];
    },
  },
];

const isEmpty = (values: readonly string[] | null | undefined) =>
  values === null || (values !== undefined && values.length === 0);
