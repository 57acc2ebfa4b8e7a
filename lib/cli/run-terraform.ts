import type { RunTerraform } from "../plan";
import { runChild } from "./demo/child";
import { isSecretName } from "../plan/secret-names";
import { requireTerraform } from "./terraform-version";
import type { Surroundings } from "./surroundings";

/** Planning contacts every system, and each may be slow. */
const TIMEOUT_MS = 30 * 60_000;

/**
 * Runs Terraform as `cdktf` finds it: without prompts and colours, and stopped with Ctrl-C.
 *
 * @throws ProblemError `cli/terraform-missing`, `cli/terraform-too-old`
 */
export async function terraformRunner({ environment, interrupted, redactor }: Surroundings): Promise<RunTerraform> {
  // Terraform's output and plans may quote values from the environment.
  for (const [name, value] of Object.entries(environment)) if (isSecretName(name)) redactor.addOneOf(value);
  const { binary } = await requireTerraform(environment, interrupted);
  const child = { ...environment, TF_INPUT: "0", TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" };
  return (args, cwd) =>
    runChild([binary, ...args], { cwd, environment: child, signal: interrupted, timeoutMs: TIMEOUT_MS });
}
