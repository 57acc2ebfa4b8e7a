import { createHash } from "node:crypto";
import { ALERTS_ENABLED, TENANT_KEYS } from "./keys";
import {
  declaredOf,
  declaredValues,
  describeDifferences,
  isConfigured,
  isTrue,
  type MailKey,
  type MailValues,
} from "./mail.values";
import type { TenantMailState } from "./tenant-mail.schema";
import type { Rows } from "./tenant-settings";

const KEYS = Object.entries(TENANT_KEYS).filter(([key]) => key !== "password") as readonly (readonly [
  MailKey,
  string,
])[];

/** The names of these values in Orchestrator. */
export const tenantNames = (values: MailValues): Map<string, string> =>
  new Map(KEYS.flatMap(([key, name]) => (values.has(key) ? [[name, values.get(key)!] as const] : [])));

export const tenantValues = (rows: Rows): Map<MailKey, string> =>
  new Map(KEYS.map(([key, name]) => [key, rows.get(name)?.Value ?? ""]));

export const hasPassword = (rows: Rows): boolean => Boolean(rows.get(TENANT_KEYS.password)?.Value);

export const alertsEnabled = (rows: Rows): boolean => isTrue(rows.get(ALERTS_ENABLED)?.Value);

/**
 * Whether the tenant has settings of its own. Newer servers return their `Scope`; the one known answer of an older one has
 * no scopes and shows inherited values like own ones. There, only a server without settings at all is a clear "no".
 */
export function isCustom(rows: Rows): "yes" | "no" | "unknown" {
  const scopes = Object.values(TENANT_KEYS).flatMap((name) => rows.get(name)?.Scope ?? []);
  if (scopes.includes("Tenant")) return "yes";
  if (scopes.length > 0) return "no";
  return isConfigured(tenantValues(rows)) ? "unknown" : "no";
}

/** A digest of the inherited values, so that a later read can recognise them. */
export function fingerprint(rows: Rows): string {
  const values = [...tenantValues(rows)].map(([key, value]) => `${key}=${value}`);
  return createHash("sha256").update(values.join("\n")).digest("hex");
}

/** The differences between the tenant's settings and the declaration, for people. */
export function tenantDifferences(rows: Rows, planned: TenantMailState): string[] {
  const mode = planned.mode === "default" && isCustom(rows) !== "no" ? ['mode is "custom", declared "default"'] : [];
  const mail = planned.mode === "custom" ? describeDifferences(tenantValues(rows), declaredValues(planned)) : mode;
  return [...mail, ...alertsDifference(rows, planned)];
}

export const alertsDifference = (rows: Rows, planned: TenantMailState): string[] =>
  alertsEnabled(rows) === planned.alerts_enabled
    ? []
    : [`alerts_enabled is ${alertsEnabled(rows)}, declared ${planned.alerts_enabled}`];

/**
 * Whether the tenant's own settings, which were like `before`, are gone. Where Orchestrator does not show whose values it
 * returns, others must appear, unless the inherited ones are known to be equal, from what was found at first.
 */
export function isReset(now: Rows, before: Rows, found: Found | undefined): boolean {
  const custom = isCustom(now);
  if (custom !== "unknown") return custom === "no";
  if (fingerprint(now) !== fingerprint(before) || hasPassword(now) !== hasPassword(before)) return true;
  return (
    found !== undefined && [...tenantNames(tenantValues(now))].every(([name, value]) => found.values[name] === value)
  );
}

/** The former settings, for a destroy that cannot delete. Never the password, which UiPath does not show. */
export interface Found {
  readonly values: Readonly<Record<string, string>>;
  readonly hadPassword: boolean;
}

export function foundIn(rows: Rows): Found {
  const values = Object.fromEntries(tenantNames(tenantValues(rows)));
  return {
    values: { ...values, [ALERTS_ENABLED]: String(alertsEnabled(rows)) },
    hadPassword: hasPassword(rows),
  };
}

/** The differences between the settings and these values, by their names in Orchestrator. */
export const differsFrom = (rows: Rows, values: Found["values"]): string[] =>
  Object.entries(values)
    .filter(([name, value]) => (rows.get(name)?.Value ?? "").toLowerCase() !== value.toLowerCase())
    .map(
      ([name, value]) => `${name} is ${JSON.stringify(rows.get(name)?.Value ?? "")}, to be ${JSON.stringify(value)}`,
    );

/** The state of the tenant. `inherited` is the fingerprint that a change to `default` left. */
export function tenantMailState(rows: Rows, prior: Partial<TenantMailState>, inherited: unknown): TenantMailState {
  const custom = isCustom(rows);
  const asLeft = custom === "unknown" && prior.mode === "default" && inherited === fingerprint(rows);
  const isDefault = custom === "no" || asLeft;
  // In mode "default" the declared settings wait: Orchestrator has forgotten them, the configuration has not.
  const declared = isDefault ? waiting(prior) : declaredOf(tenantValues(rows));
  return {
    id: "tenant",
    alerts_enabled: alertsEnabled(rows),
    mode: isDefault ? "default" : "custom",
    ...declared,
    password_wo: null,
    password_wo_version: prior.password_wo_version ?? 1,
    adopt_existing: prior.adopt_existing ?? false,
    timeouts: prior.timeouts ?? null,
  };
}

function waiting(prior: Partial<TenantMailState>) {
  return {
    smtp_host: prior.smtp_host ?? null,
    smtp_port: prior.smtp_port ?? null,
    domain: prior.domain ?? null,
    username: prior.username ?? null,
    enable_ssl: prior.enable_ssl ?? true,
    use_default_credentials: prior.use_default_credentials ?? false,
    sender_address: prior.sender_address ?? null,
    sender_name: prior.sender_name ?? null,
  };
}
