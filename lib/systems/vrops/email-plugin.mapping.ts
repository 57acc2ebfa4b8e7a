import type { Plugin } from "./contract";
import { valuesOf, type DesiredPlugin, type LoginKeys } from "./desired-plugin";
import { EMAIL_PLUGIN_TYPE, type EmailPluginState, SECURITY, type PluginSecurity } from "./email-plugin.schema";

/** The keys of an e-mail plugin's settings. */
const KEY = {
  secure: "IS_SECURE_CONNECTION",
  secureType: "SECURE_CONNECTION_TYPE",
  /** The vendor's own spelling. */
  authenticates: "IS_REQUIRES_AUTHETICATION",
  username: "USERNAME",
  password: "PASSWORD",
  host: "SMTP_HOST",
  port: "SMTP_PORT",
  senderAddress: "senderEmailAddress",
  senderName: "senderName",
} as const;

export const LOGIN: LoginKeys = { flag: KEY.authenticates, user: KEY.username };

/** The attributes as the vendor's settings. `password` is what the configuration holds now, if anything. */
export function desiredEmailPlugin(planned: EmailPluginState, password: string | null): DesiredPlugin {
  const values = new Map<string, string>([
    [KEY.host, planned.smtp_host],
    [KEY.port, String(planned.smtp_port)],
    [KEY.secure, String(planned.security !== "none")],
    [KEY.senderAddress, planned.sender_address],
  ]);
  const removed = new Set<string>();
  const optional = (key: string, value: string | null) => (value ? values.set(key, value) : removed.add(key));
  // The vendor's "TLS" is STARTTLS, its "SSL" is TLS from the first byte.
  optional(KEY.secureType, { none: null, starttls: "TLS", tls: "SSL" }[planned.security as PluginSecurity]);
  optional(KEY.senderName, planned.sender_name);
  optional(KEY.username, planned.username);
  // Without authentication the vendor's own tools omit all three.
  optional(KEY.authenticates, planned.username === null ? null : "true");
  if (planned.username === null) removed.add(KEY.password);
  return {
    pluginTypeId: EMAIL_PLUGIN_TYPE,
    name: planned.name,
    description: planned.description,
    values,
    removed,
    secrets: new Map(planned.username !== null && password !== null ? [[KEY.password, password]] : []),
    secretKeys: new Set(planned.username === null ? [] : [KEY.password]),
    enabled: planned.enabled,
    pin: planned.trusted_certificate_thumbprint,
    server: { host: planned.smtp_host, port: planned.smtp_port, startTls: planned.security === "starttls" },
    login: LOGIN,
  };
}

/**
 * The state of a plugin. What vROps does not show (the pinned thumbprint, secrets) stays; so does the user's spelling where
 * two mean the same.
 */
export function emailPluginState(plugin: Plugin, prior: Partial<EmailPluginState>): EmailPluginState {
  const values = valuesOf(plugin);
  const told = Boolean(plugin.configValues);
  const text = (key: string, before: string | null | undefined) => (told ? values.get(key) : before) ?? "";
  return {
    id: plugin.pluginId,
    name: plugin.name,
    description: textOrNull(plugin.description, prior.description),
    smtp_host: text(KEY.host, prior.smtp_host),
    smtp_port: numberOrZero(text(KEY.port, String(prior.smtp_port ?? ""))),
    security: told ? securityOf(values) : (prior.security ?? "starttls"),
    username: told ? usernameOf(values, prior.username) : (prior.username ?? null),
    password_wo: null,
    password_wo_version: prior.password_wo_version ?? 1,
    sender_address: text(KEY.senderAddress, prior.sender_address),
    sender_name: textOrNull(told ? values.get(KEY.senderName) : prior.sender_name, prior.sender_name),
    enabled: plugin.enabled ?? prior.enabled ?? true,
    trusted_certificate_thumbprint: prior.trusted_certificate_thumbprint ?? null,
    adopt_existing: prior.adopt_existing ?? false,
    timeouts: prior.timeouts ?? null,
  };
}

function securityOf(values: ReadonlyMap<string, string>): PluginSecurity {
  const [none, starttls, tls] = SECURITY;
  if (values.get(KEY.secure)?.toLowerCase() !== "true") return none;
  return values.get(KEY.secureType)?.toUpperCase() === "SSL" ? tls : starttls;
}

function usernameOf(values: ReadonlyMap<string, string>, prior: string | null | undefined): string | null {
  const authenticates = values.get(KEY.authenticates)?.toLowerCase();
  if (authenticates === "false") return null;
  // Releases that keep logins as credential objects may show that there is one without its user.
  return values.get(KEY.username) || (authenticates === "true" ? (prior ?? null) : null);
}

/** vROps does not distinguish "not set" from "empty"; the user's notation stays. */
export function textOrNull(value: string | null | undefined, prior: string | null | undefined): string | null {
  return value ? value : prior === "" ? "" : null;
}

/** The port of a plugin when it is not a number; undefined when it is one, or when there is none. */
export function portThatIsNoNumber(plugin: Plugin): string | undefined {
  const held = valuesOf(plugin).get(KEY.port);
  return held === undefined || Number.isFinite(Number(held)) ? undefined : held;
}

/** Zero is not a port, so the plan shows a difference from every declared one. */
function numberOrZero(text: string): number {
  const number = Number(text);
  return Number.isFinite(number) ? number : 0;
}
