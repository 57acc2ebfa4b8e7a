import { commandRuntime } from "../inventory/runtime";
import { bindingsOf, type Binding, type Plan, type Stack } from "../plan";
import { surroundingOf } from "../systems/endpoints";
import type { Surroundings } from "./surroundings";

/** Everything besides its changes that decides what the apply of a plan does in these surroundings. */
export function bindingsIn(plan: Plan, stack: Stack | undefined, surroundings: Surroundings): readonly Binding[] {
  const { environment, homeDirectory, workingDirectory, redactor } = surroundings;
  // The provider runs in the stack's folder, and reads vendors' files there.
  const where = { environment, homeDirectory, workingDirectory: stack?.directory ?? workingDirectory };
  const told = surroundingOf(commandRuntime(where, redactor));
  return bindingsOf(plan, stack, { environment, workingDirectory, ...told });
}
