import { isMask } from "../kit/mask";
import { quoted } from "../kit/words";
import type { NameValue, Plugin } from "./contract";
import type { TlsServer } from "./openssl-command";
import { looksSecret } from "./secrets";

/** The settings by which plugins of a type log in, in the vendor's keys. */
export interface LoginKeys {
  /** Says whether they do. */
  readonly flag: string;
  readonly user: string;
}

/** A plugin as the user wants it, whatever its type. */
export interface DesiredPlugin {
  readonly pluginTypeId: string;
  readonly name: string;
  readonly description: string | null;
  /** Settings that must have these values. */
  readonly values: ReadonlyMap<string, string>;
  /** Settings that must not be there. Everything else the server holds stays. */
  readonly removed: ReadonlySet<string>;
  /** Secrets that are known now. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Keys that hold secrets, known or not: what the server shows of them is never written back unless it is the real value. */
  readonly secretKeys: ReadonlySet<string>;
  readonly enabled: boolean;
  readonly pin: string | null;
  /** Whose certificate the pin is of; undefined where the settings do not tell. */
  readonly server: TlsServer | undefined;
  /** Undefined for types whose settings are known to the server alone. */
  readonly login?: LoginKeys;
}

export function valuesOf(plugin: Plugin): Map<string, string> {
  return new Map((plugin.configValues ?? []).map(({ name, value }: NameValue) => [name, value ?? ""]));
}

/**
 * The plugin logs in, but not by settings that are shown: by a credential that somebody has chosen in vROps, or as a user
 * whose name the release does not tell.
 */
export function hidesItsLogin(values: ReadonlyMap<string, string>, login: LoginKeys | undefined): boolean {
  return login !== undefined && values.get(login.flag)?.toLowerCase() === "true" && !values.get(login.user);
}

/** The login is declared, and the plugin does not log in. */
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

/** The settings to take out. A login that is not by settings is nobody's to take out here. */
export function toRemove(held: ReadonlyMap<string, string>, { removed, login }: DesiredPlugin): ReadonlySet<string> {
  if (login === undefined || !hidesItsLogin(held, login)) return removed;
  return new Set([...removed].filter((key) => key !== login.flag));
}

/** For people: `SMTP_HOST is "a", declared "b"`. Secrets cannot be seen, and are left aside; so is the switch. */
export function settingsDifferences(plugin: Plugin, desired: DesiredPlugin): string[] {
  const held = valuesOf(plugin);
  const removed = [...toRemove(held, desired)].filter((key) => held.get(key));
  const hidden = hidesItsLogin(held, desired.login) ? desired.login?.user : undefined;
  return [
    ...difference("name", plugin.name, desired.name),
    ...difference("description", plugin.description ?? "", desired.description ?? ""),
    ...[...desired.values]
      .filter(([key]) => key !== hidden && !isHidden(key, held.get(key)))
      // A switch that is absent is off.
      .flatMap(([key, value]) => difference(key, held.get(key) ?? (value === "false" ? value : ""), value)),
    ...removed.map((key) => `${key} is set, declared not to be`),
  ];
}

/** How what vROps holds is not yet as declared. A release that does not tell whether a plugin is enabled is believed. */
export const allDifferences = (plugin: Plugin, desired: DesiredPlugin): string[] => [
  ...settingsDifferences(plugin, desired),
  ...switchDifference(plugin, desired.enabled),
];

/**
 * What makes a plugin that is there another one than the declared. A disabled one that should be enabled is the trace of
 * a run cut short, not a different plugin.
 */
export const identityDifferences = (plugin: Plugin, desired: DesiredPlugin): string[] =>
  plugin.enabled === true ? allDifferences(plugin, desired) : settingsDifferences(plugin, desired);

export function switchDifference({ enabled }: Plugin, declared: boolean): string[] {
  return typeof enabled === "boolean" ? difference("enabled", String(enabled), String(declared)) : [];
}

const difference = (what: string, is: string, declared: string): string[] =>
  is === declared ? [] : [`${what} is ${quoted(is)}, declared ${quoted(declared)}`];

/** A secret in a type that does not describe its keys: shown as a mask, or not at all. */
const isHidden = (key: string, held: string | undefined): boolean =>
  isMask(held) || (held === undefined && looksSecret(key));
