import * as z from "zod";

/**
 * What goes over the wire, for the client (which believes only what it has checked) and the
 * simulator (which refuses what the vendor would refuse). Objects are loose: releases add fields, and
 * what the server said is sent back on update.
 *
 * @see https://developer.broadcom.com/xapis/vmware-cloud-foundation-operations-api/latest/
 */

const text = z.string();
/** Absent and null mean the same to this API. */
const optionalText = text.nullish();

export const tokenRequest = z.looseObject({ username: text.min(1), password: text.min(1), authSource: optionalText });

export const tokenReply = z.looseObject({
  token: text.min(1),
  /** The instant of expiry, milliseconds since 1970; pushed on by every call. */
  validity: z.number(),
  expiresAt: optionalText,
  roles: z.array(text).nullish(),
});

export const version = z.looseObject({ releaseName: text });

export const nameValue = z.looseObject({ name: text, value: text });
/** A masked or unset secret may come without its value. */
export const readNameValue = z.looseObject({ name: text, value: optionalText });

export const certificate = z.looseObject({
  thumbprint: optionalText,
  certificateDetails: optionalText,
  issuedTo: optionalText,
  issuedBy: optionalText,
  expires: optionalText,
  certificate: optionalText,
});

const pluginFields = {
  pluginTypeId: text.min(1),
  name: text.min(1),
  description: optionalText,
  enabled: z.boolean().nullish(),
  /** 8.x: must be sent back on update (optimistic lock). */
  version: z.number().nullish(),
};

export const plugin = z.looseObject({
  ...pluginFields,
  pluginId: text.min(1),
  configValues: z.array(readNameValue).nullish(),
  certificates: z.array(certificate).nullish(),
});
export const plugins = z.looseObject({ notificationPluginInstances: z.array(plugin).nullable() });

export const newPlugin = z.looseObject({ ...pluginFields, configValues: z.array(nameValue).nullish() });
export const changedPlugin = newPlugin.extend({ pluginId: z.uuid() });
export const certificateAcceptance = changedPlugin.extend({
  certificates: z.array(certificate.extend({ thumbprint: text.min(1) })).min(1),
});

export const pluginProperty = z.looseObject({
  key: text,
  required: z.boolean().nullish(),
  dataType: text.nullish(),
  description: optionalText,
  defaultValue: optionalText,
  length: z.number().nullish(),
  "enum-values": z.array(text).nullish(),
  isDeprecated: z.boolean().nullish(),
});
export const pluginType = z.looseObject({
  id: optionalText,
  description: optionalText,
  properties: z.array(pluginProperty).nullish(),
  "rule-properties": z.array(pluginProperty).nullish(),
});
export const pluginTypes = z.looseObject({ notificationPluginType: z.array(text).nullish() });

const resourceKind = z.looseObject({ adapterKind: text, resourceKind: text });
const values = z.looseObject({ values: z.array(text).nullish() });

const ruleFields = {
  name: text.min(1),
  pluginId: text.min(1),
  enabled: z.boolean().nullish(),
  templateId: optionalText,
  resourceKindFilters: z.array(resourceKind).nullish(),
  alertDefinitionIdFilters: values.nullish(),
};

export const rule = z.looseObject({
  ...ruleFields,
  id: text.min(1),
  alertControlStates: z.array(text).nullish(),
  alertStatuses: z.array(text).nullish(),
  criticalities: z.array(text).nullish(),
  properties: z.array(readNameValue).nullish(),
});
export const rules = z.looseObject({
  rules: z.array(rule).nullable(),
  pageInfo: z.looseObject({ totalCount: z.number().nullish() }).nullish(),
});

/** A set on the wire: the vendor marks these arrays as having unique items. */
const setOf = <T extends string>(words: readonly [T, ...T[]]) =>
  z.array(z.enum(words)).refine((items) => new Set(items).size === items.length, "items must be unique");

export const newRule = z.looseObject({
  ...ruleFields,
  ruleType: z.enum(["ALERT", "ACTION", "UNKNOWN"]).nullish(),
  alertControlStates: setOf(["OPEN", "ASSIGNED", "SUSPENDED", "SUPPRESSED"]).nullish(),
  alertStatuses: setOf(["NEW", "ACTIVE", "UPDATED", "CANCELED"]).nullish(),
  criticalities: setOf(["UNKNOWN", "NONE", "INFORMATION", "WARNING", "IMMEDIATE", "CRITICAL", "AUTO"]).nullish(),
  properties: z.array(nameValue).nullish(),
});
export const changedRule = newRule.extend({ id: z.uuid() });

export const errorReply = z.looseObject({
  message: optionalText,
  type: optionalText,
  httpStatusCode: z.number().nullish(),
  apiErrorCode: z.number().nullish(),
  validationFailures: z.array(z.looseObject({ failureMessage: optionalText, violationPath: optionalText })).nullish(),
  moreInformation: z.array(readNameValue).nullish(),
});

export type NameValue = z.infer<typeof readNameValue>;
export type Certificate = z.infer<typeof certificate>;
export type Plugin = z.infer<typeof plugin>;
export type NewPlugin = z.infer<typeof newPlugin>;
export type ChangedPlugin = z.infer<typeof changedPlugin>;
export type CertificateAcceptance = z.infer<typeof certificateAcceptance>;
export type PluginType = z.infer<typeof pluginType>;
export type PluginProperty = z.infer<typeof pluginProperty>;
export type Rule = z.infer<typeof rule>;
export type NewRule = z.infer<typeof newRule>;
export type ChangedRule = z.infer<typeof changedRule>;
