import type { TerraformStack } from "../constructs/cdktf";
import { buildTopology, declaredIn, type Topology } from "../topology";

/**
 * The way of the alerts as a stack declares it: by the configuration that Terraform will get, so that overrides and aspects
 * count. Only what was visited is judged; what only Terraform knows stays unknown.
 */
export function declaredTopology(stack: TerraformStack, visited: ReadonlySet<string>): Topology {
  return buildTopology(declaredIn(stack.toTerraform()).filter(({ address }) => visited.has(address)));
}
