import { written } from "../../core/problem";
import { prose, setting } from "../../core/prose";
import type { SchemaCheck } from "../../terraform-plugin/schema";
import type { notificationRuleAttributes } from "./notification-rule.schema";

type Check = SchemaCheck<typeof notificationRuleAttributes>;

const FILTERS = [
  "criticalities",
  "alert_statuses",
  "alert_control_states",
  "resource_kinds",
  "alert_definition_ids",
] as const;

/** Whether a filter is certainly empty; an unknown one may not be. */
const isCertainlyEmpty = (filter: readonly unknown[] | null | undefined) =>
  filter === null || (filter !== undefined && filter.length === 0);

const someFilter: Check = {
  describes: "warns about a rule without any filter",
  check: (values) =>
    FILTERS.every((name) => isCertainlyEmpty(values[name]))
      ? [
          {
            code: "vrops/rule-without-filter",
            severity: "warning",
            summary: "This rule has no filter: its receivers get a mail for every alert",
            path: [],
            fix: `Set at least one of ${FILTERS.join(", ")}, such as criticalities = ["CRITICAL", "IMMEDIATE"], unless all alerts is what you want.`,
          },
        ]
      : [],
};

const repeatsNeedInterval: Check = {
  describes: "warns about `max_notifications` without `resend_minutes`",
  check: ({ max_notifications, resend_minutes }) =>
    max_notifications !== null && max_notifications !== undefined && resend_minutes === null
      ? [
          written({
            code: "vrops/repeats-without-interval",
            severity: "warning",
            summary: prose`${setting("max_notifications")} limits repeats, but none are asked for`,
            path: ["max_notifications"],
            got: String(max_notifications),
            fix: prose`Set ${setting("resend_minutes")} to have mails repeated while the alert is active, or remove ${setting("max_notifications")}.`,
          }),
        ]
      : [],
};

/** The checks across the attributes, run at synth and by the provider. */
export const notificationRuleChecks: readonly Check[] = [someFilter, repeatsNeedInterval];
