import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { Resource as NullResource } from "@cdktf/provider-null/lib/resource";
import type { Construct } from "constructs";
import { useProvider } from "../use-provider";

/** A `null_resource` whose `triggers` describe what could change delivery. */
export type Changes = NullResource;

/** @param triggers may grow until the stack is synthesised */
export function recordChanges(scope: Construct, id: string, triggers: Readonly<Record<string, string>>): Changes {
  useProvider(scope, "null", (stack) => new NullProvider(stack, "null-provider"));
  return new NullResource(scope, id, { triggers });
}
