import type { SchemaCheck } from "../../terraform-plugin/schema";
import { noRecipients, twoTemplates } from "./errors";
import type { inboundIntegrationAttributes } from "./inbound-integration.schema";

/** Checks across the attributes of an inbound integration. */
export const inboundIntegrationChecks: readonly SchemaCheck<typeof inboundIntegrationAttributes>[] = [
  {
    describes: "a warning when neither policy, group nor user is named: then nobody is told",
    check({ name, escalation_policy, recipient_groups, recipient_users }) {
      const nobody = escalation_policy === null && isEmpty(recipient_groups) && isEmpty(recipient_users);
      return nobody ? [noRecipients(name ?? "")] : [];
    },
  },
  {
    describes: "`template_id` and `template_from` exclude each other",
    check: ({ template_id, template_from }) => (isGiven(template_id) && isGiven(template_from) ? [twoTemplates()] : []),
  },
];

const isEmpty = (values: readonly string[] | null | undefined) =>
  values === null || (values !== undefined && values.length === 0);
const isGiven = (value: unknown) => value !== null && value !== undefined;
