import { Option, type Command } from "commander";
import { printableLine } from "../../core/printable";
import { problemDetail } from "../../core/problem";
import { styled, toned } from "../../core/styled";
import { PROVIDER_NAME } from "../../package/identity";
import { executable } from "../../package/install";
import { systems } from "../../systems";
import { examine } from "../doctor/examine";
import { findingsToDoctorJson } from "../doctor/json";
import type { SystemsOptions } from "../doctor/systems";
import { badOption } from "../errors";
import { ExitCode } from "../exit-code";
import { placeOptions } from "../place-options";
import type { Runner } from "../runner";
import type { Surroundings } from "../surroundings";
import { collect } from "../repeated";

const MARKS = {
  none: toned("good", "ok     "),
  warning: toned("warning", "warning"),
  error: toned("bad", "WRONG  "),
} as const;

const help = `
Example, before a first deployment to real systems (the variables are those of a deployment):
  $ outbound doctor --systems
  $ outbound doctor --systems --system vrops --json
  $ outbound doctor --systems --record answers     masked answers, for a report of a mistake

With --systems it connects to every configured system and only reads: any request that is no reading and no login is stopped
before it is sent. What reading cannot show is "unknown", with the reason.`;

interface Options extends Partial<SystemsOptions> {
  readonly systems?: boolean;
}

/** Options of --systems: without it they would be ignored silently. */
const OF_SYSTEMS = ["system", "stack", "timeout", "record"] as const;

/** `outbound doctor`: checks whether this machine can deploy, and whether the systems are as expected. */
export function doctorCommand(command: Command, runner: Runner): void {
  command
    .description(
      "Looks at what a deployment needs on this machine: Node.js, Terraform or OpenTofu (1.11 or later), the Terraform\n" +
        "CLI configuration with its pitfalls, and whether the provider starts. In a folder with a cdktf.json also at the\n" +
        "command line that deploys, at what runs the program, and whether hashicorp/null can be had. Changes nothing.\n" +
        "With --systems it looks at the configured systems instead: reached, certificate, version, login, rights, objects,\n" +
        "and whether each answer has the form that this package expects. Reads only.",
    )
    .option("--systems", "look at the configured systems instead of this machine")
    .option("--system <name>", "with --systems: only this one; may be repeated (default: all)", collect, [])
    .option(
      "--stack <name>",
      "with --systems: take the settings from this synthesised stack, or from several by a pattern with * (default: the only one)",
    )
    .addOption(new Option("--output <directory>", "where cdktf synth has written").default("cdktf.out"))
    .option("--timeout <duration>", "with --systems: for each system, such as 30s or 2m (default: 60s)")
    .option("--record <directory>", "with --systems: keep masked answers there")
    .option("--json", "print the findings as JSON")
    .addHelpText("after", help);
  placeOptions(command, systems).action((options: Options) =>
    runner.run((surroundings) =>
      options.systems ? ofSystems(options, surroundings) : ofMachine(options, surroundings),
    ),
  );
}

async function ofSystems(options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const { examineSystems } = await import("../doctor/systems");
  return examineSystems({ system: [], output: "cdktf.out", timeout: "60s", ...options }, surroundings);
}

async function ofMachine(options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const alone = OF_SYSTEMS.find((name) => (options[name]?.length ?? 0) > 0);
  if (alone !== undefined) throw badOption(`--${alone}`, "no --systems", `--systems --${alone}: it is about systems`);
  const findings = await examine(surroundings, () => executable(PROVIDER_NAME));
  if (options.json) surroundings.out(findingsToDoctorJson(findings).trimEnd());
  else {
    for (const { subject, seen, problem } of findings) {
      const mark = MARKS[problem?.severity ?? "none"];
      surroundings.print(styled`${mark}  ${printableLine(`${subject}: ${problem?.summary ?? seen}`)}`);
      if (problem) surroundings.print(problemDetail(problem).replace(/^/gm, "         "));
    }
  }
  return findings.some(({ problem }) => problem?.severity === "error") ? ExitCode.failed : ExitCode.ok;
}
