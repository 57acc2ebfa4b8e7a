import type { IConstruct } from "constructs";
import { Aspects, TerraformStack, type TerraformProvider } from "./cdktf";
import { ProviderBlock } from "./provider-block";

type Make = (stack: TerraformStack) => TerraformProvider;

/**
 * The providers that a stack needs and nobody has declared. They are added at synth and not before, because the user may
 * declare one after the constructs that use it.
 */
const needed = new WeakMap<TerraformStack, Map<string, Make>>();

/** Adds an OutboundProvider unless the stack declares one: all settings can come from environment variables. */
export const useOutboundProvider = (scope: IConstruct) =>
  useProvider(scope, "outbound", (stack) => new ProviderBlock(stack, "outbound-provider", {}, {}));

/** @param type the provider's name in Terraform; `make` is called unless the stack has one at synth */
export function useProvider(scope: IConstruct, type: string, make: Make): void {
  const stack = TerraformStack.of(scope);
  const makers = needed.get(stack);
  if (makers !== undefined) {
    makers.set(type, make);
    return;
  }
  const wanted = new Map([[type, make]]);
  needed.set(stack, wanted);
  Aspects.of(stack).add({
    visit(node) {
      if (node !== stack) return;
      for (const [name, add] of wanted) {
        if (!stack.allProviders().some((provider) => provider.terraformResourceType === name)) add(stack);
      }
    },
  });
}
