import type { RunTerraform } from "../plan";
import { runChild } from "./demo/child";
import { isSecretName } from "../plan/secret-names";
import { requireTerraform } from "./terraform-version";
import type { Surroundings } from "./surroundings";

/** Planning asks every system, and each may take its time. */
const TIMEOUT_MS = 30 * 60_000;

/**
 * Terraform as `cdktf` finds it, for commands that run it by themselves: without prompts, without colours, and stopped with
 * Ctrl-C.
 *
 * @throws ProblemError `cli/terraform-missing`, `cli/terraform-too-old`
 */
export async function terraformRunner({ environment, interrupted, redactor }: Surroundings): Promise<RunTerraform> {
  // What it prints, and what stands in a plan, may quote what it was given.
  for (const [name, value] of Object.entries(environment)) if (isSecretName(name)) redactor.addOneOf(value);
  const { binary } = await requireTerraform(environment, interrupted);
  const child = { ...environment, TF_INPUT: "0", TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" };
  return (args, cwd) =>
    runChild([binary, ...args], { cwd, environment: child, signal: interrupted, timeoutMs: TIMEOUT_MS });
}
