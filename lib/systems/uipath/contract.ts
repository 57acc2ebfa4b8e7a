import * as z from "zod";

/**
 * What goes over the wire, for the client (which believes only what it has checked) and the
 * simulator (which refuses what the vendor would refuse). Objects are loose: releases add fields.
 *
 * @see https://docs.uipath.com/orchestrator/automation-cloud/latest/api-guide/introduction
 */

const text = z.string();
/** Absent and null mean the same. */
const optionalText = text.nullish();

// Login

export const tokenReply = z.looseObject({ access_token: text.min(1), expires_in: z.number().nullish() });

/** The older login of servers on premises; `result` is the token. */
export const loginRequest = z.looseObject({
  tenancyName: text.min(1),
  usernameOrEmailAddress: text.min(1),
  password: text.min(1),
});
export const loginReply = z.looseObject({ result: text.min(1), success: z.literal(true) });

// Orchestrator

export const SETTING_SCOPES = ["Application", "Tenant", "User", "All"] as const;

/** All values are text. `Scope` was null in every row of the one real answer that is known. */
export const setting = z.looseObject({
  Name: text.min(1).max(128),
  Value: optionalText,
  Scope: z.enum(SETTING_SCOPES).nullish().catch(null),
});

const page = <T extends z.ZodType>(row: T) =>
  z.looseObject({ value: z.array(row), "@odata.count": z.number().nullish(), "@odata.nextLink": optionalText });

export const settings = page(setting);

export const updateBulk = z.strictObject({
  settings: z.array(
    z.strictObject({
      Name: text.min(1).max(128),
      Value: text.optional(),
      Scope: z.enum(SETTING_SCOPES).optional(),
      Id: text.optional(),
    }),
  ),
});
export const deleteBulk = z.strictObject({ settingNames: z.array(text.min(1)) });

export const verifyTenantMail = z.strictObject({
  sendTo: text.min(1),
  smtpSettingModel: z
    .strictObject({
      Host: text.min(1),
      Port: z.int(),
      UserName: text.optional(),
      Password: text.optional(),
      Domain: text.optional(),
      EnableSsl: z.boolean().optional(),
      UseDefaultCredentials: z.boolean().optional(),
      DefaultFromAddress: text.optional(),
      DefaultFromDisplayName: text.optional(),
    })
    .optional(),
});

export const roles = page(
  z.looseObject({
    Id: z.number(),
    Name: optionalText,
    DisplayName: optionalText,
    /** Only where `$expand` asked for it. */
    Permissions: z.array(z.looseObject({ Name: optionalText, IsGranted: z.boolean().nullish() })).nullish(),
  }),
);

export const users = page(
  z.looseObject({
    Id: z.number(),
    UserName: optionalText,
    EmailAddress: optionalText,
    Type: optionalText,
    IsActive: z.boolean().nullish(),
    /** Names, or where expanded, ids. */
    RolesList: z.array(text).nullish(),
    UserRoles: z.array(z.looseObject({ RoleId: z.number().nullish(), RoleName: optionalText })).nullish(),
    NotificationSubscription: z.record(text, z.unknown()).nullish(),
  }),
);

export const userIds = z.looseObject({ value: z.array(z.number()) });

const webhookFields = {
  Name: text.max(128),
  Description: text.max(256).nullish(),
  Url: text.max(2000),
  Enabled: z.boolean(),
  SubscribeToAllEvents: z.boolean(),
  AllowInsecureSsl: z.boolean(),
  Events: z.array(z.looseObject({ EventType: text.max(50) })).nullish(),
};
export const webhook = z.looseObject({ Id: z.number(), ...webhookFields });
export const webhooks = page(webhook);
export const newWebhook = z.strictObject({ ...webhookFields, Secret: text.max(100).optional() });

// Identity

export const systemSetting = z.looseObject({
  id: z.number(),
  key: text,
  value: optionalText,
  partitionGlobalId: optionalText,
});
export const systemSettings = z.array(systemSetting);

export const putSystemSettings = z.strictObject({
  settings: z.array(z.strictObject({ key: text.min(1), value: text.nullish() })).min(1),
  partitionGlobalId: z.union([z.uuid(), z.literal("")]).nullish(),
  userId: z.uuid().nullish(),
});
export const deleteSystemSettings = z.strictObject({ settings: z.array(text.min(1)), partitionGlobalId: z.uuid() });

export const verifySystemMail = z.strictObject({
  recipient: text.min(1),
  smtpSettings: z
    .strictObject({
      host: text.min(1),
      port: z.int(),
      userName: text.nullish(),
      password: text.nullish(),
      domain: text.nullish(),
      enableSsl: z.boolean(),
      useDefaultCredentials: z.boolean(),
      fromAddress: text.nullish(),
      fromDisplayName: text.nullish(),
    })
    .optional(),
});

export type Setting = z.infer<typeof setting>;
export type Webhook = z.infer<typeof webhook>;
export type NewWebhook = z.infer<typeof newWebhook>;
export type SystemSetting = z.infer<typeof systemSetting>;
export type Role = z.infer<typeof roles>["value"][number];
export type User = z.infer<typeof users>["value"][number];
