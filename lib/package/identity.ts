/** Who the provider is, for Terraform. Always three parts: OpenTofu completes two with another host. */
export const PROVIDER_NAME = "outbound";
export const PROVIDER_SOURCE = "registry.terraform.io/cdktf-outbound/outbound";
/** The package's own version: they are released together. */
export const PROVIDER_VERSION = "0.1.0";

/** Our small `null_resource`, for machines that cannot reach the registry. */
export const NULL_NAME = "null";
export const NULL_SOURCE = "registry.terraform.io/cdktf-outbound/null";
export const NULL_VERSION = "0.1.0";
