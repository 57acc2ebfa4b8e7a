import { systems } from ".";
import type { System } from "./kit/system";
import { nestedObject, type Attributes } from "../terraform-plugin/schema";

/** The provider block: one optional object per system. */
export const providerAttributes: Attributes = Object.fromEntries(
  systems.filter(hasSettings).map((system) => [
    system.name,
    nestedObject(system.settings.attributes, "optional", {
      description: `How to reach the ${system.title}. ${variablesSentence(system)}`,
    }),
  ]),
);

/** A system without an API needs no configuration. */
function hasSettings(system: System): boolean {
  return Object.keys(system.settings.attributes).length > 0;
}

function variablesSentence(system: System): string {
  const variables = Object.values(system.settings.environment).map((name) => `\`${name}\``);
  return variables.length === 0 ? "" : `Each field may come from the environment instead: ${variables.join(", ")}.`;
}
