import * as z from "zod";
import { MODES } from "./modes";

/**
 * What goes over the wire, for the client (which believes only what it has checked) and the simulator (which refuses
 * what the vendor would refuse). Objects are loose: releases add fields.
 *
 * @see https://www.uptrends.com/support/kb/api
 */

const text = z.string();
const optionalText = text.nullish();

/** As of 2023; AlertOps and all other templates of the custom kind are expected to show as `GenericWebhook`. */
export const INTEGRATION_TYPES = [
  "Slack",
  "PagerDuty",
  "Sms",
  "Email",
  "Phone",
  "Statushub",
  "GenericWebhook",
] as const;

export const alertDefinition = z.looseObject({
  AlertDefinitionGuid: text.min(1),
  AlertName: optionalText,
  IsActive: z.boolean().nullish(),
  Hash: optionalText,
});
export const alertDefinitions = z.array(alertDefinition);
export const newAlertDefinition = z.looseObject({
  AlertDefinitionGuid: z.guid().optional(),
  AlertName: text.min(1),
  IsActive: z.boolean().optional(),
});
export const changedAlertDefinition = newAlertDefinition.partial();

const levelFields = {
  EscalationMode: z.enum(MODES).optional(),
  ThresholdErrorCount: z.number().int().optional(),
  ThresholdMinutes: z.number().int().optional(),
  IsActive: z.boolean().optional(),
  Message: text.optional(),
  NumberOfReminders: z.number().int().optional(),
  ReminderDelay: z.number().int().optional(),
  IncludeTraceRoute: z.boolean().optional(),
};
export const changedLevel = z.looseObject(levelFields);
export const escalationLevel = z.looseObject({
  Id: z.number().int(),
  EscalationMode: optionalText,
  ThresholdErrorCount: z.number().nullish(),
  ThresholdMinutes: z.number().nullish(),
  IsActive: z.boolean().nullish(),
  Message: optionalText,
  NumberOfReminders: z.number().nullish(),
  ReminderDelay: z.number().nullish(),
  IncludeTraceRoute: z.boolean().nullish(),
  Hash: optionalText,
});
export const escalationLevels = z.array(escalationLevel);

export const integration = z.looseObject({
  IntegrationGuid: text.min(1),
  Name: optionalText,
  /** Not an enum for the reader: types are added. */
  Type: optionalText,
  /** One text, separated by commas, although it is written as a list. */
  ExtraEmailAddresses: z.union([text, z.array(text)]).nullish(),
  /** Since October 2023; may be absent, or hold masks. */
  VariableValues: z.record(text, optionalText).nullish(),
  Hash: optionalText,
});
export const integrations = z.array(integration);

/** What is attached, and changed. What the answer to a GET never shows: the three switches. */
export const attachment = z.looseObject({
  IntegrationGuid: z.guid().optional(),
  IsActive: z.boolean().optional(),
  SendOkAlerts: z.boolean().optional(),
  SendReminderAlerts: z.boolean().optional(),
  VariableValues: z.record(text, text).optional(),
  ExtraEmailAddresses: z.array(text).optional(),
  ExtraEmailAddressesSpecified: z.boolean().optional(),
  StatusHubServiceListSpecified: z.boolean().optional(),
  Hash: text.optional(),
});

export const messages = z.looseObject({
  Messages: z.array(z.looseObject({ Message: optionalText })).nullish(),
});

export type AlertDefinition = z.infer<typeof alertDefinition>;
export type NewAlertDefinition = z.infer<typeof newAlertDefinition>;
export type EscalationLevel = z.infer<typeof escalationLevel>;
export type ChangedLevel = z.infer<typeof changedLevel>;
export type Integration = z.infer<typeof integration>;
export type Attachment = z.infer<typeof attachment>;
