import { bindingsOf, type Binding, type Plan, type Stack } from "../plan";
import { endpointVariables } from "../systems/endpoints";
import type { Surroundings } from "./surroundings";

/** What decides about the apply of a plan in these surroundings, besides its changes. */
export function bindingsIn(
  plan: Plan,
  stack: Stack | undefined,
  { environment, workingDirectory }: Surroundings,
): readonly Binding[] {
  return bindingsOf(plan, stack, { environment, workingDirectory, endpoints: endpointVariables() });
}
