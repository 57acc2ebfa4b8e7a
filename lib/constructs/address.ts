import type { TerraformResource } from "./cdktf";

/** The address of a resource in its stack, as Terraform writes it: `outbound_vrops_email_plugin.alerts_plugin`. */
export const addressOf = (resource: TerraformResource): string =>
  `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
