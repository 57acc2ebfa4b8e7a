/** The program that tests run as Terraform: the one that `TERRAFORM_BINARY_NAME` names, as `cdktf` and `outbound` read it. */
export const terraformBinary = process.env["TERRAFORM_BINARY_NAME"] || "terraform";
