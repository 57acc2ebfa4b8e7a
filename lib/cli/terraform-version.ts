import { cutShort } from "../core/cut-short";
import { ProblemError } from "../core/problem";
import type { TerraformCommand } from "../core/terraform-text";
import type { Surroundings } from "./surroundings";
import { oldestTerraform, terraformMissing, terraformTooOld, terraformUnusable } from "./tools.errors";

export interface TerraformInstallation {
  /** The command: a name on PATH or a path. */
  readonly binary: string;
  readonly product: "Terraform" | "OpenTofu";
  /** "1.11.4" */
  readonly version: string;
}

/**
 * Finds the Terraform that `cdktf` will use, and checks that it is new enough.
 *
 * @param environment `TERRAFORM_BINARY_NAME` names another binary, as cdktf reads it. Without it `tofu` is used where
 * there is no `terraform`.
 * @throws ProblemError `cli/terraform-missing`, `cli/terraform-too-old`, `cli/terraform-unusable`
 */
export async function requireTerraform(
  environment: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<TerraformInstallation> {
  const { binary, output } = await firstToAnswer(environment, signal);
  const match = /^(Terraform|OpenTofu) v(\d+\.\d+\.\d+\S*)/m.exec(output);
  if (match === null) throw new ProblemError(terraformUnusable(binary, cutShort(output.trim(), 300) || "(nothing)"));
  const product = match[1] as TerraformInstallation["product"];
  const version = match[2]!;
  if (isOlder(version, oldestTerraform)) throw new ProblemError(terraformTooOld(product, version, binary));
  return { binary, product, version };
}

/** `terraform` or `tofu`, for advice: the one in use, and `terraform` where there is neither or it cannot be used. */
export async function terraformCommand({
  environment,
  interrupted,
}: Pick<Surroundings, "environment" | "interrupted">): Promise<TerraformCommand> {
  try {
    return commandOf(await requireTerraform(environment, interrupted));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return "terraform";
  }
}

/** The name of its command. */
export const commandOf = ({ product }: Pick<TerraformInstallation, "product">): TerraformCommand =>
  product === "OpenTofu" ? "tofu" : "terraform";

/** The configured one, else `terraform`, else `tofu`. */
async function firstToAnswer(environment: Readonly<Record<string, string | undefined>>, signal?: AbortSignal) {
  const named = environment["TERRAFORM_BINARY_NAME"];
  const names = named ? [named] : ["terraform", "tofu"];
  for (const binary of names) {
    const output = await versionOutput(binary, environment, signal);
    if (output !== undefined) return { binary, output };
  }
  throw new ProblemError(terraformMissing(names.join(" and ")));
}

/** Compares semantic versions; a pre-release is older than its release. */
export function isOlder(version: string, than: string): boolean {
  const [release, preRelease] = split(version);
  const [other, otherPreRelease] = split(than);
  for (const [index, part] of release.entries()) {
    const difference = part - (other[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return preRelease && !otherPreRelease;
}

function split(version: string): [number[], boolean] {
  const [release = "", ...rest] = version.replace(/^v/, "").split("-");
  return [release.split(".").map(Number), rest.length > 0];
}

/** Undefined when there is no such program. */
async function versionOutput(
  binary: string,
  environment: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<string | undefined> {
  // Loaded here: every command loads this module, and few start a process.
  const { execFile } = await import("node:child_process");
  return new Promise((resolve, reject) => {
    // CHECKPOINT_DISABLE: otherwise `version` asks the Internet whether it is out of date.
    const env = { ...environment, CHECKPOINT_DISABLE: "1" };
    execFile(binary, ["version"], { env, signal, timeout: 30_000 }, (error, stdout, stderr) => {
      if (signal?.aborted) return reject(signal.reason);
      const code = (error as NodeJS.ErrnoException | null)?.code;
      if (code === "ENOENT") return resolve(undefined);
      if (error) return reject(new ProblemError(terraformUnusable(binary, stderr.trim() || error.message)));
      resolve(stdout);
    });
  });
}
