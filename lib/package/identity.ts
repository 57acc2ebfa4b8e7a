/**
 * The identity of the provider for Terraform. The source always has three parts: OpenTofu completes two with another host.
 */
export const PROVIDER_NAME = "outbound";
export const PROVIDER_SOURCE = "registry.terraform.io/cdktf-outbound/outbound";
/** The full sources that the short source `cdktf-outbound/outbound` stands for: under Terraform, and under OpenTofu. */
export const PROVIDER_SOURCES = [PROVIDER_SOURCE, "registry.opentofu.org/cdktf-outbound/outbound"] as const;
/** The version of the package and of the provider, which are released together. */
export const PROVIDER_VERSION = "0.1.0";

/** Our own small `null_resource`, for machines that cannot reach the registry. */
export const NULL_NAME = "null";
export const NULL_SOURCE = "registry.terraform.io/cdktf-outbound/null";
export const NULL_VERSION = "0.1.0";
