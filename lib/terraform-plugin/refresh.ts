import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { TerraformCommand } from "../core/terraform-text";
import type { Environment } from "../core/environment";

/**
 * Whether a run asks outside systems what exists; false with `-refresh=false`. The protocol does not say, but the command
 * line of the parent process does, and so do the variables in which Terraform looks for further options.
 *
 * @param commandLine the words of that command; none where the operating system does not provide them
 */
export function refreshes(commandLine: readonly string[], env: Environment): boolean {
  const [, subcommand = ""] = commandLine.filter((word) => !word.startsWith("-"));
  // In the order in which Terraform inserts them before the arguments; the last one counts.
  const variables = [env[`TF_CLI_ARGS_${subcommand}`], env["TF_CLI_ARGS"]];
  const words = [...variables.flatMap((text = "") => text.split(/\s+/)), ...commandLine];
  const said = words.filter((word) => /^--?refresh(=|$)/.test(word)).at(-1);
  return said === undefined || !/=(0|f|false)$/i.test(said);
}

/** The program of a command line; `terraform` where that cannot be determined, such as under a debugger. */
export const commandThatRan = ([program = ""]: readonly string[]): TerraformCommand =>
  /^(open)?tofu/.test(basename(program)) ? "tofu" : "terraform";

/** The command line of a process; empty where it cannot be determined. */
export function commandLineOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, -1);
  } catch {
    return commandLineByPs(pid);
  }
}

function commandLineByPs(pid: number): readonly string[] {
  try {
    const args = ["-o", "args=", "-p", String(pid)];
    const text = execFileSync("ps", args, { encoding: "utf8", timeout: 2_000, stdio: ["ignore", "pipe", "ignore"] });
    return text.trim().split(/\s+/);
  } catch {
    return [];
  }
}
