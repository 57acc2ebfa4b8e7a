import * as z from "../../core/zod";
import { MODES } from "./modes";

/**
 * The messages on the wire, for the client (which trusts only what it has checked) and the simulator (which refuses what the
 * vendor would refuse). Objects are loose: releases add fields.
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
  /** Not an enum: the vendor adds types. */
  Type: optionalText,
  /** One text with commas in answers, although requests contain a list. */
  ExtraEmailAddresses: z.nullish(z.union([text, z.array(text)])),
  /** Since October 2023; may be absent, or contain masks. */
  VariableValues: z.nullish(z.record(text, optionalText)),
  Hash: optionalText,
});
export const integrations = z.array(integration);

/** An attachment in a request. A GET never returns the three switches. */
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

/**
 * A member: a monitor or a monitor group of an alert definition, an operator or an operator group of an escalation level.
 */
export const member = z.looseObject({
  MonitorGuid: optionalText,
  MonitorGroupGuid: optionalText,
  OperatorGuid: optionalText,
  OperatorGroupGuid: optionalText,
});
export const members = z.array(member);

/** The possible members in their own lists. Groups have a description instead of a name; operators a full name. */
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
