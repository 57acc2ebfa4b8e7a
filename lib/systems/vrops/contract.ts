import * as z from "../../core/zod";

/**
 * The messages on the wire, for the client (which trusts only what it has checked) and the simulator (which refuses what the
 * vendor would refuse). Objects are loose: releases add fields, and an update sends back what the server returned.
 *
 * @see https://developer.broadcom.com/xapis/vmware-cloud-foundation-operations-api/latest/
 */

const text = z.string();
/** Absent and null mean the same to this API. */
const optionalText = z.nullish(text);

export const tokenRequest = z.looseObject({
  username: text.check(z.minLength(1)),
  password: text.check(z.minLength(1)),
  authSource: optionalText,
});

export const tokenReply = z.looseObject({
  token: text.check(z.minLength(1)),
  /** The time of expiry, milliseconds since 1970; every call extends it. */
  validity: z.number(),
  expiresAt: optionalText,
  roles: z.nullish(z.array(text)),
});

export const authSources = z.looseObject({
  sources: z.nullish(
    z.array(
      z.looseObject({ name: text, sourceType: z.nullish(z.looseObject({ id: optionalText, name: optionalText })) }),
    ),
  ),
});

export const version = z.looseObject({ releaseName: text });

const nameValue = z.looseObject({ name: text, value: text });
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
  pluginTypeId: text.check(z.minLength(1)),
  name: text.check(z.minLength(1)),
  description: optionalText,
  enabled: z.nullish(z.boolean()),
  /** 8.x: an update must contain it (optimistic lock). */
  version: z.nullish(z.number()),
};

export const plugin = z.looseObject({
  ...pluginFields,
  pluginId: text.check(z.minLength(1)),
  configValues: z.nullish(z.array(readNameValue)),
  certificates: z.nullish(z.array(certificate)),
});
export const plugins = z.looseObject({ notificationPluginInstances: z.nullable(z.array(plugin)) });

export const newPlugin = z.looseObject({ ...pluginFields, configValues: z.nullish(z.array(nameValue)) });
export const changedPlugin = z.extend(newPlugin, { pluginId: z.uuid() });
export const certificateAcceptance = z.extend(changedPlugin, {
  certificates: z.array(z.extend(certificate, { thumbprint: text.check(z.minLength(1)) })).check(z.minLength(1)),
});

export const pluginProperty = z.looseObject({
  key: text,
  required: z.nullish(z.boolean()),
  dataType: z.nullish(text),
  description: optionalText,
  defaultValue: optionalText,
  length: z.nullish(z.number()),
  "enum-values": z.nullish(z.array(text)),
  isDeprecated: z.nullish(z.boolean()),
  /** The kinds of credentials, kept as objects of their own, that the type accepts: "BASIC". */
  acceptableServiceCredentialTypes: z.nullish(z.array(text)),
});
export const pluginType = z.looseObject({
  id: optionalText,
  description: optionalText,
  properties: z.nullish(z.array(pluginProperty)),
  "rule-properties": z.nullish(z.array(pluginProperty)),
});
export const pluginTypes = z.looseObject({ notificationPluginType: z.nullish(z.array(text)) });

const resourceKind = z.looseObject({ adapterKind: text, resourceKind: text });
const values = z.looseObject({ values: z.nullish(z.array(text)) });

const ruleFields = {
  name: text.check(z.minLength(1)),
  pluginId: text.check(z.minLength(1)),
  enabled: z.nullish(z.boolean()),
  templateId: optionalText,
  resourceKindFilters: z.nullish(z.array(resourceKind)),
  alertDefinitionIdFilters: z.nullish(values),
};

export const rule = z.looseObject({
  ...ruleFields,
  id: text.check(z.minLength(1)),
  alertControlStates: z.nullish(z.array(text)),
  alertStatuses: z.nullish(z.array(text)),
  criticalities: z.nullish(z.array(text)),
  properties: z.nullish(z.array(readNameValue)),
});
export const rules = z.looseObject({
  rules: z.nullable(z.array(rule)),
  pageInfo: z.nullish(z.looseObject({ totalCount: z.nullish(z.number()) })),
});

/** A set on the wire: the vendor marks these arrays as having unique items. */
const setOf = <T extends string>(words: readonly [T, ...T[]]) =>
  z.array(z.enum(words)).check(z.refine((items) => new Set(items).size === items.length, "items must be unique"));

export const newRule = z.looseObject({
  ...ruleFields,
  ruleType: z.nullish(z.enum(["ALERT", "ACTION", "UNKNOWN"])),
  alertControlStates: z.nullish(setOf(["OPEN", "ASSIGNED", "SUSPENDED", "SUPPRESSED"])),
  alertStatuses: z.nullish(setOf(["NEW", "ACTIVE", "UPDATED", "CANCELED"])),
  criticalities: z.nullish(setOf(["UNKNOWN", "NONE", "INFORMATION", "WARNING", "IMMEDIATE", "CRITICAL", "AUTO"])),
  properties: z.nullish(z.array(nameValue)),
});
export const changedRule = z.extend(newRule, { id: z.uuid() });

export const errorReply = z.looseObject({
  message: optionalText,
  type: optionalText,
  httpStatusCode: z.nullish(z.number()),
  apiErrorCode: z.nullish(z.number()),
  validationFailures: z.nullish(z.array(z.looseObject({ failureMessage: optionalText, violationPath: optionalText }))),
  moreInformation: z.nullish(z.array(readNameValue)),
});

export type NameValue = z.infer<typeof readNameValue>;
export type Certificate = z.infer<typeof certificate>;
export type Plugin = z.infer<typeof plugin>;
export type NewPlugin = z.infer<typeof newPlugin>;
export type ChangedPlugin = z.infer<typeof changedPlugin>;
export type CertificateAcceptance = z.infer<typeof certificateAcceptance>;
export type PluginType = z.infer<typeof pluginType>;
export type PluginProperty = z.infer<typeof pluginProperty>;
export type NotificationRule = z.infer<typeof rule>;
export type NewRule = z.infer<typeof newRule>;
export type ChangedRule = z.infer<typeof changedRule>;
