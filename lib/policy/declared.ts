import type { TerraformStack } from "../constructs/cdktf";
import type { SchemaResource } from "../constructs/resource-class";
import { buildTopology, declaredIn, type Topology } from "../topology";

/** `outbound_vrops_email_plugin.alerts_plugin` */
export function addressOf(resource: SchemaResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}

/**
 * The way of the alerts as a stack declares it: by the configuration that Terraform will get, so that overrides and aspects
 * count. Only what was visited is judged; what only Terraform knows stays unknown.
 */
export function declaredTopology(stack: TerraformStack, visited: ReadonlySet<string>): Topology {
  return buildTopology(declaredIn(stack.toTerraform()).filter(({ address }) => visited.has(address)));
}
