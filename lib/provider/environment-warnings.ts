import type { Problem } from "../core/problem";
import { canBeKeptSecret } from "../core/redaction";
import { SWITCH, verificationStaysOn } from "../core/tls-verification";
import type { System } from "../systems/kit/system";
import { isSecret } from "../terraform-plugin/schema";
import { weakSecret } from "../terraform-plugin/validate";

/** Warnings about the environment, independent of the configuration. */
export function environmentWarnings(
  systems: readonly Pick<System, "settings">[],
  environment: Readonly<Record<string, string | undefined>>,
): readonly Problem[] {
  const weak = systems.flatMap(({ settings }) =>
    Object.entries(settings.environment).flatMap(([field, variable]) => {
      const value = environment[variable];
      const counts = value && isSecret(settings.attributes[field]!) && !canBeKeptSecret(value);
      return counts ? [weakSecret(variable)] : [];
    }),
  );
  return environment[SWITCH] === "0" ? [verificationStaysOn, ...weak] : weak;
}
