import type { TerraformStack } from "./cdktf";

/**
 * The overrides that `addOverride` has put into the stack. The property is protected, and no public one shows them: hence
 * the cast.
 */
export function overridesOf(stack: TerraformStack): Readonly<Record<string, unknown>> {
  return (stack as unknown as { readonly rawOverrides: Readonly<Record<string, unknown>> }).rawOverrides;
}
