import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KeyedMutex } from "../core/keyed-mutex";
import { ProblemError, type Problem } from "../core/problem";
import { providerMissing, terraformFailed, variableUnset } from "./errors";
import { isObject } from "./masking";
import { asPlainText, planErrors, type PlanError } from "./plan-errors";
import type { Stack } from "./stack";

/** Runs terraform in a directory to its end, without prompts. */
export type RunTerraform = (args: readonly string[], directory: string) => Promise<TerraformRun>;

export interface TerraformRun {
  /** Undefined when the process was stopped. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  /** Both streams in the order of their arrival. */
  readonly output: string;
}

export interface PlanRunOptions {
  readonly run: RunTerraform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Only detect drift: propose no changes. @default false */
  readonly refreshOnly?: boolean;
  /** Further arguments of `terraform plan`. @default none */
  readonly args?: readonly string[];
  /**
   * When parts of the stack cannot be planned, return the rest, with the errors: Terraform plans everything else, and
   * never applies such a plan. Without it, that is `plan/terraform-failed`. @default false
   */
  readonly partial?: boolean;
}

/** A plan that was made, with its file. */
export interface MadePlan {
  /** What `terraform show -json` says of it. */
  readonly json: string;
  /** The plan file holds secrets in the clear, in a directory that only this user may read. */
  readonly file: string;
  readonly errors: readonly PlanError[];
  /** Deletes the file; to be called in every case. */
  remove(): void;
}

/**
 * Plans a stack and passes the plan file, and the output of `terraform show -json`, to `use`. The file is deleted
 * afterwards in every case.
 *
 * @throws ProblemError `plan/variable-unset`, `plan/provider-missing`, `plan/terraform-failed`
 */
export async function withPlan<T>(
  stack: Stack,
  options: PlanRunOptions,
  use: (json: string, planFile: string, errors: readonly PlanError[]) => Promise<T> | T,
): Promise<T> {
  const { json, file, errors, remove } = await makePlan(stack, options);
  try {
    return await use(json, file, errors);
  } finally {
    remove();
  }
}

/**
 * Plans a stack for a caller who needs the plan file for longer.
 *
 * @throws ProblemError `plan/variable-unset`, `plan/provider-missing`, `plan/terraform-failed`
 */
export async function makePlan(stack: Stack, options: PlanRunOptions): Promise<MadePlan> {
  const unset = unsetVariables(stack, options.environment);
  if (unset.length > 0) throw new ProblemError(variableUnset(unset));
  // mkdtemp makes directories of mode 0700, so nobody else reads what Terraform writes inside.
  const scratch = mkdtempSync(join(tmpdir(), "outbound-plan-"));
  const remove = () => rmSync(scratch, { recursive: true, force: true });
  const file = join(scratch, "plan");
  try {
    return { ...(await planInto(file, stack, options)), file, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

async function planInto(
  file: string,
  stack: Stack,
  { run, environment, refreshOnly = false, args = [], partial = false }: PlanRunOptions,
): Promise<Pick<MadePlan, "json" | "errors">> {
  const plan = () =>
    run(
      [
        "plan",
        "-input=false",
        "-no-color",
        `-out=${file}`,
        ...(partial ? ["-json"] : []),
        ...(refreshOnly ? ["-refresh-only"] : []),
        ...args,
      ],
      stack.directory,
    );
  if (!existsSync(join(stack.directory, ".terraform"))) await init(stack, run, environment);
  let planned = await plan();
  if (planned.exitCode !== 0 && /terraform init|tofu init/.test(planned.output)) {
    await init(stack, run, environment);
    planned = await plan();
  }
  const errors = partial ? planErrors(planned.stdout) : [];
  if (planned.exitCode !== 0 && !(planned.exitCode === 1 && errors.length > 0 && existsSync(file))) {
    const output = partial ? asPlainText(planned.output) : planned.output;
    throw new ProblemError(failure("terraform plan", { ...planned, output }));
  }
  const shown = await run(["show", "-json", "-no-color", file], stack.directory);
  if (shown.exitCode !== 0) throw new ProblemError(failure("terraform show", shown));
  return { json: shown.stdout, errors };
}

/** `terraform show -json` of an existing plan file. */
export async function showPlan(file: string, directory: string, run: RunTerraform): Promise<string> {
  const shown = await run(["show", "-json", "-no-color", file], directory);
  if (shown.exitCode !== 0) throw new ProblemError(failure("terraform show", shown));
  return shown.stdout;
}

/**
 * Terraform writes into a shared cache of providers without a lock: of two concurrent runs, one may find half a file.
 */
const caches = new KeyedMutex();

async function init(stack: Stack, run: RunTerraform, environment: PlanRunOptions["environment"]): Promise<void> {
  const cache = environment["TF_PLUGIN_CACHE_DIR"];
  const act = () => run(["init", "-input=false", "-no-color"], stack.directory);
  const result = await (cache ? caches.run(cache, act) : act());
  if (result.exitCode !== 0) throw new ProblemError(failure("terraform init", result));
}

/** A failed run as a problem, with Terraform's own words. */
export function failure(command: string, { exitCode, output }: TerraformRun): Problem {
  const words = tail(output);
  const missing =
    /Failed to query available provider packages|Could not retrieve the list of available versions|Missing required provider|Required plugins are not installed|does not have a provider named|no available releases match|Inconsistent dependency lock file|Failed to (instantiate|install) provider/;
  return missing.test(output) ? providerMissing(words) : terraformFailed(command, exitCode, words);
}

/** The end of the output: Terraform prints the errors there, in a frame. */
function tail(output: string, most = 4_000): string {
  const plain = output
    .replace(/^[│╷╵] ?/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  const from = plain.indexOf("Error:");
  const words = from === -1 ? plain : plain.slice(from);
  return words.length > most ? `… ${words.slice(-most)}` : words;
}

/**
 * The variables of a stack that have no value: Terraform would prompt for them. Values also come from
 * `terraform.tfvars` and `*.auto.tfvars`; where there is such a file, Terraform itself reports what is missing.
 */
export function unsetVariables(stack: Stack, environment: Readonly<Record<string, string | undefined>>): string[] {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(stack.file, "utf8"));
  } catch {
    return [];
  }
  const files = readdirSync(stack.directory).some((file) =>
    /^terraform\.tfvars(\.json)?$|\.auto\.tfvars(\.json)?$/.test(file),
  );
  const declared = isObject(json) ? json["variable"] : undefined;
  if (files || !isObject(declared)) return [];
  return Object.entries(declared)
    .filter(([name, one]) => !(isObject(one) && "default" in one) && environment[`TF_VAR_${name}`] === undefined)
    .map(([name]) => `TF_VAR_${name}`)
    .sort();
}
