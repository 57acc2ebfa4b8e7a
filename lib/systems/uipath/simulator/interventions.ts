import * as z from "../../../core/zod";
import { intervention, type Interventions } from "../../kit/simulator/interventions";
import { ALERTS_ENABLED, SYSTEM_KEYS, TENANT_KEYS } from "../keys";
import type { Directory } from "./directory";
import type { SendMail, UiPathMail } from "./mailer";
import type { PartitionKind, SystemStore } from "./system-store";
import type { TenantStore } from "./tenant-store";
import type { SimulatedTokens } from "./tokens";
import type { WebhookStore } from "./webhook-store";

interface Parts {
  readonly tenant: TenantStore;
  readonly system: SystemStore;
  readonly directory: Directory;
  readonly tokens: SimulatedTokens;
  readonly webhooks: WebhookStore;
  readonly tenantMail: "used" | "ignored" | "absent";
  readonly send: SendMail;
}

const scope = z._default(z.enum(["organization", "host"]), "organization");
const account = z.object({
  username: z.string(),
  address: z.optional(z.string()),
  roles: z._default(z.array(z.string()), ["Administrator"]),
});
const webhook = z.object({ id: z.coerce.number() });

/** The changes of UiPath behind Terraform's back. */
export function interventions(parts: Parts): Interventions {
  const { tenant, system, directory, tokens, webhooks } = parts;
  return {
    /** Settings by name: `{ "Abp.Net.Mail.Smtp.Port": "25" }`. */
    "edit-tenant-mail": intervention(z.record(z.string(), z.string()), (settings) => {
      for (const [name, value] of Object.entries(settings)) tenant.set(name, value);
      return tenant.shown();
    }),
    /** A person chooses "default" in Settings > Mail. */
    "reset-tenant-mail": () => {
      for (const name of Object.values(TENANT_KEYS)) tenant.unset(name);
      return tenant.shown();
    },
    "edit-system-mail": intervention(z.object({ scope, set: z.record(z.string(), z.nullable(z.string())) }), (edit) => {
      system.edit(edit.scope, edit.set);
      return system.shown(edit.scope);
    }),
    "reset-system-mail": intervention(z.object({ scope }), (which) => {
      system.reset(which.scope);
      return system.shown(which.scope);
    }),
    "add-account": intervention(account, (added) => directory.accounts.push(added)),
    "remove-account": intervention(z.object({ username: z.string() }), ({ username }) => {
      const index = directory.accounts.findIndex((one) => one.username === username);
      if (index < 0) throw new RangeError(`There is no account ${username}`);
      return directory.accounts.splice(index, 1);
    }),
    "add-webhook": intervention(z.record(z.string(), z.unknown()), (added) => webhooks.create(added)),
    "edit-webhook": intervention(z.extend(webhook, { set: z.record(z.string(), z.unknown()) }), ({ id, set }) =>
      webhooks.edit(id, set),
    ),
    "delete-webhook": intervention(webhook, ({ id }) => webhooks.delete(id)),
    "expire-tokens": () => ({ expired: tokens.expireAll() }),
    /** A job fails: its mail is sent if alert mails are on, somebody receives them, and there are settings to send by. */
    "raise-alert": intervention(z.object({ text: z._default(z.string(), "Job failed") }), async ({ text }) => {
      const to = directory.receivers();
      if (tenant.value(ALERTS_ENABLED) !== "true") return { sent: false, why: "alert mails are off" };
      if (to.length === 0) return { sent: false, why: "nobody receives alert mails" };
      const mail = mailInForce(parts);
      if (mail === undefined) return { sent: false, why: "there are no mail settings by which alerts leave" };
      const why = await parts.send(mail, { to, subject: `UiPath Orchestrator alert: ${text}`, text });
      return why === undefined ? { sent: true, to } : { sent: false, why };
    }),
  };
}

/** The settings for alerts: the tenant's, or where these are ignored the organization's, else the host's. */
function mailInForce({ tenant, system, tenantMail }: Parts): UiPathMail | undefined {
  if (tenantMail === "used") return mailOfTenant(tenant);
  return mailOfSystem(system, "organization") ?? mailOfSystem(system, "host");
}

function mailOfSystem(system: SystemStore, scope: PartitionKind): UiPathMail | undefined {
  const value = (key: keyof typeof SYSTEM_KEYS) => system.value(scope, SYSTEM_KEYS[key]);
  if (value("host") === "") return undefined;
  return {
    host: value("host"),
    port: Number(value("port")),
    username: value("username"),
    password: value("password"),
    enableSsl: /^true$/i.test(value("enableSsl")),
    useDefaultCredentials: /^true$/i.test(value("useDefaultCredentials")),
    senderAddress: value("senderAddress"),
    senderName: value("senderName"),
  };
}

function mailOfTenant(tenant: TenantStore): UiPathMail {
  const value = (key: keyof typeof TENANT_KEYS) => tenant.value(TENANT_KEYS[key]);
  return {
    host: value("host"),
    port: Number(value("port")),
    username: value("username"),
    password: value("password"),
    enableSsl: value("enableSsl") === "true",
    useDefaultCredentials: value("useDefaultCredentials") === "true",
    senderAddress: value("senderAddress"),
    senderName: value("senderName"),
  };
}
