import { ProblemError } from "../../core/problem";
import { CallError } from "../kit/rest-api";
import type { PluginType } from "./contract";
import { hidesItsLogin, lacksLogin, valuesOf, type DesiredPlugin, type LoginKeys } from "./desired-plugin";
import { loginNotKept, loginNotShown } from "./plugin-login.errors";
import type { PluginContext } from "./plugin-sync";
import type { PluginRef } from "./plugins";

/** The kinds of credential objects that a plugin type accepts: `["BASIC"]`. */
export function credentialKinds(type: PluginType | undefined): string[] {
  const kinds = (type?.properties ?? []).flatMap((property) => property.acceptableServiceCredentialTypes ?? []);
  return [...new Set(kinds)];
}

/** Whether a type's description excludes a login by user name. */
export function knowsNoUserName(type: PluginType | undefined, { user }: LoginKeys): boolean {
  const properties = type?.properties ?? [];
  if (properties.length === 0) return false;
  const property = properties.find(({ key }) => key === user);
  return property === undefined || (property.isDeprecated === true && credentialKinds(type).length > 0);
}

/**
 * Checks that a plugin that was just written has kept its login. Releases from 8.14 on keep logins as credentials beside the
 * plugin; whether they still accept user name and password as settings is not documented, so they are sent, and checked.
 * Where the type's own description does not contain them there is nothing to wait for.
 *
 * @throws ProblemError `vrops/login-not-kept`
 */
export async function seeLoginKept(
  ref: PluginRef,
  desired: DesiredPlugin,
  during: "create" | "update",
  context: Omit<PluginContext, "log">,
): Promise<void> {
  const { plugins, pluginTypes, signal, report } = context;
  const { login } = desired;
  if (login === undefined || !desired.values.has(login.user)) return;
  const look = await plugins.objects.get(ref.id, signal);
  if (look === undefined) return;
  const name = desired.name;
  if (hidesItsLogin(valuesOf(look), login)) return report(loginNotShown(name));
  if (!lacksLogin(look, desired)) return;
  // If the type cannot be read, the error lacks the explanation, no more.
  const type = await pluginTypes.get(desired.pluginTypeId, signal).catch((error: unknown) => {
    if (error instanceof CallError) return undefined;
    throw error;
  });
  if (!knowsNoUserName(type, login) && (await comes(ref, desired, context))) return;
  throw new ProblemError(loginNotKept(name, desired.values.get(login.user) ?? "", credentialKinds(type), during));
}

/** Waits for the login to show: one look at the old state proves nothing. */
async function comes(
  ref: PluginRef,
  desired: DesiredPlugin,
  { plugins, signal }: Pick<PluginContext, "plugins" | "signal">,
): Promise<boolean> {
  const missing = ["the login is not kept"];
  try {
    await plugins.objects.settled(ref, (one) => (lacksLogin(one, desired) ? missing : []), "change", signal);
    return true;
  } catch (error) {
    if (error instanceof ProblemError && error.problems.some(({ code }) => code === "vrops/not-kept")) return false;
    throw error;
  }
}
