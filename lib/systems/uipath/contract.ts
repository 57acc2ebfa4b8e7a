import * as z from "../../core/zod";

/**
 * The messages on the wire, for the client (which trusts only what it has checked) and the simulator (which refuses what the
 * vendor would refuse). Objects are loose: releases add fields.
 *
 * @see https://docs.uipath.com/orchestrator/automation-cloud/latest/api-guide/introduction
 */

const text = z.string();
/** Absent and null mean the same. */
const optionalText = z.nullish(text);

// Login

export const tokenReply = z.looseObject({
  access_token: text.check(z.minLength(1)),
  expires_in: z.nullish(z.number()),
});

/** The older login of servers on premises; `result` is the token. */
export const loginRequest = z.looseObject({
  tenancyName: text.check(z.minLength(1)),
  usernameOrEmailAddress: text.check(z.minLength(1)),
  password: text.check(z.minLength(1)),
});
export const loginReply = z.looseObject({ result: text.check(z.minLength(1)), success: z.literal(true) });

// Orchestrator

const SETTING_SCOPES = ["Application", "Tenant", "User", "All"] as const;

/** A setting; all values are text. `Scope` was null in every row of the one real answer that is known. */
export const setting = z.looseObject({
  Name: text.check(z.minLength(1), z.maxLength(128)),
  Value: optionalText,
  Scope: z.catch(z.nullish(z.enum(SETTING_SCOPES)), null),
});

const page = <T extends z.ZodMiniType>(row: T) =>
  z.looseObject({ value: z.array(row), "@odata.count": z.nullish(z.number()), "@odata.nextLink": optionalText });

export const settings = page(setting);

/** A setting in a write. */
export const tenantSetting = z.strictObject({
  Name: text.check(z.minLength(1), z.maxLength(128)),
  Value: z.optional(text),
  Scope: z.optional(z.enum(SETTING_SCOPES)),
  Id: z.optional(text),
});
export const updateBulk = z.strictObject({ settings: z.array(tenantSetting) });
export const deleteBulk = z.strictObject({ settingNames: z.array(text.check(z.minLength(1))) });

export const verifyTenantMail = z.strictObject({
  sendTo: text.check(z.minLength(1)),
  smtpSettingModel: z.optional(
    z.strictObject({
      Host: text.check(z.minLength(1)),
      Port: z.int(),
      UserName: z.optional(text),
      Password: z.optional(text),
      Domain: z.optional(text),
      EnableSsl: z.optional(z.boolean()),
      UseDefaultCredentials: z.optional(z.boolean()),
      DefaultFromAddress: z.optional(text),
      DefaultFromDisplayName: z.optional(text),
    }),
  ),
});

export const roles = page(
  z.looseObject({
    Id: z.number(),
    Name: optionalText,
    DisplayName: optionalText,
    /** Present only where `$expand` asked for it. */
    Permissions: z.nullish(z.array(z.looseObject({ Name: optionalText, IsGranted: z.nullish(z.boolean()) }))),
  }),
);

export const users = page(
  z.looseObject({
    Id: z.number(),
    UserName: optionalText,
    EmailAddress: optionalText,
    Type: optionalText,
    IsActive: z.nullish(z.boolean()),
    /** Names; where expanded, ids. */
    RolesList: z.nullish(z.array(text)),
    UserRoles: z.nullish(z.array(z.looseObject({ RoleId: z.nullish(z.number()), RoleName: optionalText }))),
    NotificationSubscription: z.nullish(z.record(text, z.unknown())),
  }),
);

export const userIds = z.looseObject({ value: z.array(z.number()) });

const webhookFields = {
  Name: text.check(z.maxLength(128)),
  Description: z.nullish(text.check(z.maxLength(256))),
  Url: text.check(z.maxLength(2000)),
  Enabled: z.boolean(),
  SubscribeToAllEvents: z.boolean(),
  AllowInsecureSsl: z.boolean(),
  Events: z.nullish(z.array(z.looseObject({ EventType: text.check(z.maxLength(50)) }))),
};
export const webhook = z.looseObject({ Id: z.number(), ...webhookFields });
export const webhooks = page(webhook);
export const newWebhook = z.strictObject({ ...webhookFields, Secret: z.optional(text.check(z.maxLength(100))) });

// Identity

export const systemSetting = z.looseObject({
  id: z.number(),
  key: text,
  value: optionalText,
  partitionGlobalId: optionalText,
});
export const systemSettings = z.array(systemSetting);

export const putSystemSettings = z.strictObject({
  settings: z.array(z.strictObject({ key: text.check(z.minLength(1)), value: z.nullish(text) })).check(z.minLength(1)),
  partitionGlobalId: z.nullish(z.union([z.uuid(), z.literal("")])),
  userId: z.nullish(z.uuid()),
});
export const deleteSystemSettings = z.strictObject({
  settings: z.array(text.check(z.minLength(1))),
  partitionGlobalId: z.uuid(),
});

export const verifySystemMail = z.strictObject({
  recipient: text.check(z.minLength(1)),
  smtpSettings: z.optional(
    z.strictObject({
      host: text.check(z.minLength(1)),
      port: z.int(),
      userName: z.nullish(text),
      password: z.nullish(text),
      domain: z.nullish(text),
      enableSsl: z.boolean(),
      useDefaultCredentials: z.boolean(),
      fromAddress: z.nullish(text),
      fromDisplayName: z.nullish(text),
    }),
  ),
});

export type Setting = z.infer<typeof setting>;
export type Webhook = z.infer<typeof webhook>;
export type NewWebhook = z.infer<typeof newWebhook>;
export type SystemSetting = z.infer<typeof systemSetting>;
export type Role = z.infer<typeof roles>["value"][number];
export type User = z.infer<typeof users>["value"][number];
