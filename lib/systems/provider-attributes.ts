import { systems } from ".";
import { httpAttributesOf, httpVariable, sharedHttpAttributes } from "./kit/http-settings";
import type { System } from "./kit/system";
import { nestedObject, type Attributes } from "../terraform-plugin/schema";

/** The provider block: one optional object per system, and the settings for all of them. */
export const providerAttributes: Attributes = {
  ...Object.fromEntries(
    systems.filter(hasSettings).map((system) => [
      system.name,
      nestedObject({ ...system.settings.attributes, ...httpAttributesOf(system.settings.httpTimeout) }, "optional", {
        description: `How to reach the ${system.title}. ${variablesSentence(system)}`,
      }),
    ]),
  ),
  ...sharedHttpAttributes,
};

/** A system without an API needs no configuration. */
function hasSettings(system: System): boolean {
  return Object.keys(system.settings.attributes).length > 0;
}

function variablesSentence(system: System): string {
  const own = Object.values(system.settings.environment);
  const http = [httpVariable("http_timeout", system.name), httpVariable("max_retries", system.name)];
  const variables = [...own, ...http].map((name) => `\`${name}\``);
  return variables.length === 0 ? "" : `Each field may come from the environment instead: ${variables.join(", ")}.`;
}
