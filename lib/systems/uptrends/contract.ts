import * as z from "../../core/zod";
import { MODES } from "./modes";

/**
 * What goes over the wire, for the client (which believes only what it has checked) and the simulator (which refuses
 * what the vendor would refuse). Objects are loose: releases add fields.
 *
 * @see https://www.uptrends.com/support/kb/api
 */

const text = z.string();
const optionalText = z.nullish(text);

export const alertDefinition = z.looseObject({
  AlertDefinitionGuid: text.check(z.minLength(1)),
  AlertName: optionalText,
  IsActive: z.nullish(z.boolean()),
  Hash: optionalText,
});
export const alertDefinitions = z.array(alertDefinition);
export const newAlertDefinition = z.looseObject({
  AlertDefinitionGuid: z.optional(z.guid()),
  AlertName: text.check(z.minLength(1)),
  IsActive: z.optional(z.boolean()),
});
export const changedAlertDefinition = z.partial(newAlertDefinition);

const levelFields = {
  EscalationMode: z.optional(z.enum(MODES)),
  ThresholdErrorCount: z.optional(z.int()),
  ThresholdMinutes: z.optional(z.int()),
  IsActive: z.optional(z.boolean()),
  Message: z.optional(text),
  NumberOfReminders: z.optional(z.int()),
  ReminderDelay: z.optional(z.int()),
  IncludeTraceRoute: z.optional(z.boolean()),
};
export const changedLevel = z.looseObject(levelFields);
export const escalationLevel = z.looseObject({
  Id: z.int(),
  EscalationMode: optionalText,
  ThresholdErrorCount: z.nullish(z.number()),
  ThresholdMinutes: z.nullish(z.number()),
  IsActive: z.nullish(z.boolean()),
  Message: optionalText,
  NumberOfReminders: z.nullish(z.number()),
  ReminderDelay: z.nullish(z.number()),
  IncludeTraceRoute: z.nullish(z.boolean()),
  Hash: optionalText,
});
export const escalationLevels = z.array(escalationLevel);

export const integration = z.looseObject({
  IntegrationGuid: text.check(z.minLength(1)),
  Name: optionalText,
  /** Not an enum for the reader: types are added. */
  Type: optionalText,
  /** One text, separated by commas, although it is written as a list. */
  ExtraEmailAddresses: z.nullish(z.union([text, z.array(text)])),
  /** Since October 2023; may be absent, or hold masks. */
  VariableValues: z.nullish(z.record(text, optionalText)),
  Hash: optionalText,
});
export const integrations = z.array(integration);

/** What is attached, and changed. What the answer to a GET never shows: the three switches. */
export const attachment = z.looseObject({
  IntegrationGuid: z.optional(z.guid()),
  IsActive: z.optional(z.boolean()),
  SendOkAlerts: z.optional(z.boolean()),
  SendReminderAlerts: z.optional(z.boolean()),
  VariableValues: z.optional(z.record(text, text)),
  ExtraEmailAddresses: z.optional(z.array(text)),
  ExtraEmailAddressesSpecified: z.optional(z.boolean()),
  StatusHubServiceListSpecified: z.optional(z.boolean()),
  Hash: z.optional(text),
});

/** Of an alert definition a monitor or a monitor group, of an escalation level an operator or an operator group. */
export const member = z.looseObject({
  MonitorGuid: optionalText,
  MonitorGroupGuid: optionalText,
  OperatorGuid: optionalText,
  OperatorGroupGuid: optionalText,
});
export const members = z.array(member);

/** What can be a member, by its own list. Groups have no name but a description; of operators the full name is shown. */
export const listedMembers = z.array(
  z.looseObject({
    MonitorGuid: optionalText,
    MonitorGroupGuid: optionalText,
    OperatorGuid: optionalText,
    OperatorGroupGuid: optionalText,
    Name: optionalText,
    Description: optionalText,
    FullName: optionalText,
    Email: optionalText,
  }),
);

export const messages = z.looseObject({
  Messages: z.nullish(z.array(z.looseObject({ Message: optionalText }))),
});

export type AlertDefinition = z.infer<typeof alertDefinition>;
export type NewAlertDefinition = z.infer<typeof newAlertDefinition>;
export type EscalationLevel = z.infer<typeof escalationLevel>;
export type ChangedLevel = z.infer<typeof changedLevel>;
export type Integration = z.infer<typeof integration>;
export type MemberAnswer = z.infer<typeof member>;
export type Attachment = z.infer<typeof attachment>;
