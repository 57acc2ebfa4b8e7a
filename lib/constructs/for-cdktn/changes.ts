import type { Construct } from "constructs";
import { DataResource } from "../cdktf";

/**
 * A `terraform_data`, whose `triggersReplace` say in words what could change delivery. It is part of Terraform itself: for
 * CDK Terrain there is no package with the null provider, and none is needed.
 */
export type Changes = DataResource;

/** @param triggers may grow until the stack is synthesised */
export function recordChanges(scope: Construct, id: string, triggers: Readonly<Record<string, string>>): Changes {
  return new DataResource(scope, id, { triggersReplace: triggers });
}
