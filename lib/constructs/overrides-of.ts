import type { TerraformStack } from "./cdktf";

/** What `addOverride` has put into the stack. The property is protected, and there is no other way to see it: hence the cast. */
export function overridesOf(stack: TerraformStack): Readonly<Record<string, unknown>> {
  return (stack as unknown as { readonly rawOverrides: Readonly<Record<string, unknown>> }).rawOverrides;
}
