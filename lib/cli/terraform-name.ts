import { existsSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import type { TerraformCommand } from "../core/terraform-text";

/** `terraform` or `tofu`, without starting either: the configured one, else what is on PATH. */
export function commandByName(environment: Readonly<Record<string, string | undefined>>): TerraformCommand {
  const named = environment["TERRAFORM_BINARY_NAME"];
  if (named) return /^tofu\b/.test(basename(named)) ? "tofu" : "terraform";
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const has = (name: string) => folders.some((folder) => existsSync(join(folder, name)));
  return !has("terraform") && has("tofu") ? "tofu" : "terraform";
}
