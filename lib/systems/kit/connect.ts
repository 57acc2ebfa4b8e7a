import { ProblemError } from "../../core/problem";
import type { Value } from "../../terraform-plugin/values";
import { authorityIn, CA_FIELD } from "./certificate-authority";
import { notKnownYet } from "./problems/settings";
import type { SettingsDeclaration, SettingsOf } from "./settings";
import { resolveSettings } from "./settings-resolution";
import type { Runtime, System } from "./system";
import type { SystemWords } from "./words";

export { prepareRequests } from "../../http/client";

/**
 * Creates a system's client from all sources of its settings, without sending anything.
 *
 * @param block the system's object in the provider configuration: null when everything comes from the environment
 * @throws ProblemError when a setting is missing, unusable or not known yet, `<system>/unreadable-ca`
 */
export async function connectSystem<D extends SettingsDeclaration, Client>(
  system: Pick<System<D, Client>, "name" | "title" | "settings" | "connect">,
  block: Value,
  runtime: Runtime,
): Promise<Client> {
  const resolution = resolveSettings(system, block, runtime);
  switch (resolution.status) {
    case "faulty":
      throw new ProblemError(...resolution.problems);
    case "unknown":
      throw new ProblemError(notKnownYet(system, resolution.fields, `ask ${system.title}`));
    case "complete":
      // resolveSettings has built them by this system's own declaration.
      return system.connect(resolution.settings as SettingsOf<D>, {
        ...runtime,
        limits: resolution.limits,
        ...trusting(system, resolution.settings, runtime),
      });
  }
}

/**
 * Adds the authority that the system's API is trusted by, besides the well-known ones.
 *
 * @throws ProblemError `<system>/unreadable-ca`
 */
export function trusting(
  system: SystemWords,
  settings: Readonly<Record<string, Value>>,
  { readFile }: Pick<Runtime, "readFile">,
): Pick<Runtime, "ca"> {
  const given = settings[CA_FIELD];
  return typeof given === "string" ? { ca: authorityIn(system, CA_FIELD, given, readFile) } : {};
}
