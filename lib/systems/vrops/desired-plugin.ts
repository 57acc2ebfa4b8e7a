import { isMask } from "../kit/mask";
import { quoted } from "../kit/words";
import type { NameValue, Plugin } from "./contract";
import type { TlsServer } from "./openssl-command";
import { looksSecret } from "./secrets";

/** The settings by which plugins of a type log in, as the vendor's keys. */
export interface LoginKeys {
  /** The key that says whether they log in. */
  readonly flag: string;
  readonly user: string;
}

/** The desired plugin, whatever its type. */
export interface DesiredPlugin {
  readonly pluginTypeId: string;
  readonly name: string;
  readonly description: string | null;
  /** Settings that must have these values. */
  readonly values: ReadonlyMap<string, string>;
  /** Settings that must be absent. Everything else the server holds stays. */
  readonly removed: ReadonlySet<string>;
  /** The secrets that are known now. */
  readonly secrets: ReadonlyMap<string, string>;
  /** The keys of secrets, known or not: the server's value is never written back unless it is the real one. */
  readonly secretKeys: ReadonlySet<string>;
  readonly enabled: boolean;
  readonly pin: string | null;
  /** The server whose certificate is pinned; undefined where the settings do not contain it. */
  readonly server: TlsServer | undefined;
  /** Undefined for types whose settings only the server knows. */
  readonly login?: LoginKeys;
}

export function valuesOf(plugin: Plugin): Map<string, string> {
  return new Map((plugin.configValues ?? []).map(({ name, value }: NameValue) => [name, value ?? ""]));
}

/**
 * Whether the plugin logs in, but not by visible settings: by a credential that somebody has chosen in vROps, or as a user
 * whose name the release does not show.
 */
export function hidesItsLogin(values: ReadonlyMap<string, string>, login: LoginKeys | undefined): boolean {
  return login !== undefined && values.get(login.flag)?.toLowerCase() === "true" && !values.get(login.user);
}

/** Whether the declaration has a login, but the plugin does not log in. */
export function lacksLogin(plugin: Plugin, { login, values }: DesiredPlugin): boolean {
  if (login === undefined || !values.has(login.user) || !plugin.configValues) return false;
  const held = valuesOf(plugin);
  return !held.get(login.user) && held.get(login.flag)?.toLowerCase() !== "true";
}

export function withoutLogin(desired: DesiredPlugin): DesiredPlugin {
  const { login, values } = desired;
  const kept = [...values].filter(([key]) => key !== login?.flag && key !== login?.user);
  return { ...desired, values: new Map(kept) };
}

/** The settings to remove. A login that is not kept as settings is not ours to remove. */
export function toRemove(held: ReadonlyMap<string, string>, { removed, login }: DesiredPlugin): ReadonlySet<string> {
  if (login === undefined || !hidesItsLogin(held, login)) return removed;
  return new Set([...removed].filter((key) => key !== login.flag));
}

/** The differences for people: `SMTP_HOST is "a", declared "b"`. Secrets are invisible and left out; so is the switch. */
export function settingsDifferences(plugin: Plugin, desired: DesiredPlugin): string[] {
  const held = valuesOf(plugin);
  const removed = [...toRemove(held, desired)].filter((key) => held.get(key));
  const hidden = hidesItsLogin(held, desired.login) ? desired.login?.user : undefined;
  return [
    ...difference("name", plugin.name, desired.name),
    ...difference("description", plugin.description ?? "", desired.description ?? ""),
    ...[...desired.values]
      .filter(([key]) => key !== hidden && !isHidden(key, held.get(key)))
      // An absent switch is off.
      .flatMap(([key, value]) => difference(key, held.get(key) ?? (value === "false" ? value : ""), value)),
    ...removed.map((key) => `${key} is set, declared not to be`),
  ];
}

/**
 * The differences between vROps and the declaration. A release that does not show whether a plugin is enabled is trusted.
 */
export const allDifferences = (plugin: Plugin, desired: DesiredPlugin): string[] => [
  ...settingsDifferences(plugin, desired),
  ...switchDifference(plugin, desired.enabled),
];

/**
 * The differences that make an existing plugin a different one. A disabled one that should be enabled is the trace of an
 * interrupted run, not a different plugin.
 */
export const identityDifferences = (plugin: Plugin, desired: DesiredPlugin): string[] =>
  plugin.enabled === true ? allDifferences(plugin, desired) : settingsDifferences(plugin, desired);

export function switchDifference({ enabled }: Plugin, declared: boolean): string[] {
  return typeof enabled === "boolean" ? difference("enabled", String(enabled), String(declared)) : [];
}

const difference = (what: string, is: string, declared: string): string[] =>
  is === declared ? [] : [`${what} is ${quoted(is)}, declared ${quoted(declared)}`];

/** Whether a setting may be a hidden secret in a type that does not describe its keys: masked, or absent. */
const isHidden = (key: string, held: string | undefined): boolean =>
  isMask(held) || (held === undefined && looksSecret(key));
