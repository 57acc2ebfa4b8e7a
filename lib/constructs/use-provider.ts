import type { IConstruct } from "constructs";
import type { TerraformProvider } from "./cdktf";
import { Aspects, NullProvider, TerraformStack } from "./cdktf";
import { ProviderBlock } from "./provider-block";

/**
 * Providers that a stack needs and nobody declared. They are added when the stack is synthesised and
 * not before, because the user may declare one after the constructs that use it.
 */
const needed = new WeakMap<TerraformStack, Set<string>>();

const MAKE: Readonly<Record<string, (stack: TerraformStack) => TerraformProvider>> = {
  // All settings can come from environment variables, so a stack without an OutboundProvider is complete.
  outbound: (stack) => new ProviderBlock(stack, "outbound-provider", {}, {}),
  null: (stack) => new NullProvider(stack, "null-provider"),
};

export const useOutboundProvider = (scope: IConstruct) => use(scope, "outbound");
export const useNullProvider = (scope: IConstruct) => use(scope, "null");

function use(scope: IConstruct, name: "outbound" | "null"): void {
  const stack = TerraformStack.of(scope);
  const names = needed.get(stack);
  if (names !== undefined) {
    names.add(name);
    return;
  }
  const wanted = new Set([name as string]);
  needed.set(stack, wanted);
  Aspects.of(stack).add({
    visit(node) {
      if (node !== stack) return;
      for (const type of wanted) {
        if (!stack.allProviders().some((provider) => provider.terraformResourceType === type)) MAKE[type]!(stack);
      }
    },
  });
}
