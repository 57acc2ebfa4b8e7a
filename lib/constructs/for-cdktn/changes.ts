import type { Construct } from "constructs";
import { DataResource } from "../cdktf";

/**
 * A `terraform_data` whose `triggersReplace` describe what could change delivery. It is part of Terraform itself: CDK
 * Terrain has no package with the null provider, and needs none.
 */
export type Changes = DataResource;

/** @param triggers may grow until the stack is synthesised */
export function recordChanges(scope: Construct, id: string, triggers: Readonly<Record<string, string>>): Changes {
  return new DataResource(scope, id, { triggersReplace: triggers });
}
