import { resolve } from "node:path";
import type { Command } from "commander";
import { jsonText } from "../../core/json-document";
import { runDemo } from "../demo/run";
import { ExitCode } from "../exit-code";
import { integer } from "../numbers";
import { writeOutput } from "../output-file";
import type { Runner } from "../runner";
import type { Surroundings } from "../surroundings";

interface Options {
  readonly keep?: boolean;
  readonly all?: boolean;
  readonly drift?: boolean;
  readonly import?: boolean;
  readonly prove?: boolean;
  readonly review?: boolean;
  readonly json?: string;
  readonly seed?: string;
}

const help = `
It works in a temporary directory and needs no account and no Terraform configuration. What is not installed of
cdktf-cli or cdktn-cli and tsx is fetched with npm, once; nothing else needs a network.
Each check that did not hold is printed with what was expected.`;

/** `outbound demo`: deploys, tests and destroys a whole set-up on this machine. */
export function demoCommand(command: Command, runner: Runner): void {
  command
    .description(
      "Runs the real `cdktf deploy` of the reference stack against a sandbox: opens the flow, configures the plugin,\n" +
        "routes the alerts, sends the test mail; then shows an empty plan, closes the flow behind Terraform's back, shows\n" +
        "drift and the failing stage, repairs it, destroys everything, and looks for secrets and leftovers.",
    )
    .option("--all", "one relay in every system instead: deploy, test, and raise an alert in each")
    .option("--drift", "after the deployment `outbound reconcile`: detect, repair, in sync")
    .option("--import", "after the deployment lose code and state, and let `outbound import` write both anew")
    .option(
      "--prove",
      "after the deployment rotate the relay's password: found by a proof, told by another way, gone after the repair",
    )
    .option("--review", "review a change that does harm, and apply only what was reviewed: `outbound review`")
    .option("--keep", "leave everything up for exploring until Ctrl-C")
    .option("--json <file>", "write what happened as JSON")
    .option("--seed <number>", "make ids and passwords of the simulated world reproducible")
    .addHelpText("after", help)
    .action((options: Options) => runner.run((surroundings) => demo(options, surroundings)));
}

async function demo(options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const seed = integer("--seed", options.seed, 0, 2 ** 32 - 1);
  const report = await runDemo({ ...options, seed }, surroundings);
  if (options.json !== undefined) {
    writeOutput(resolve(surroundings.workingDirectory, options.json), jsonText(report));
  }
  if (report.stoppedBy !== undefined && surroundings.interrupted.aborted) return ExitCode.interrupted;
  return report.ok ? ExitCode.ok : ExitCode.failed;
}
