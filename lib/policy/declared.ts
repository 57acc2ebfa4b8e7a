import type { TerraformStack } from "../constructs/cdktf";
import { buildTopology, declaredIn, type Topology } from "../topology";

/**
 * The topology that a stack declares, from the configuration that Terraform will receive, so that overrides and aspects
 * are included. Only visited resources are judged; what only Terraform knows stays unknown.
 */
export function declaredTopology(stack: TerraformStack, visited: ReadonlySet<string>): Topology {
  return buildTopology(declaredIn(stack.toTerraform()).filter(({ address }) => visited.has(address)));
}
