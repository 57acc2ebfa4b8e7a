import type { Command } from "commander";
import { printableLine } from "../../core/printable";
import { problemDetail } from "../../core/problem";
import { styled, toned } from "../../core/styled";
import { PROVIDER_NAME } from "../../package/identity";
import { executable } from "../../package/install";
import { examine } from "../doctor/examine";
import { findingsToDoctorJson } from "../doctor/json";
import { ExitCode } from "../exit-code";
import type { Runner } from "../runner";

const MARKS = {
  none: toned("good", "ok     "),
  warning: toned("warning", "warning"),
  error: toned("bad", "WRONG  "),
} as const;

/** `outbound doctor`: is this machine able to deploy? */
export function doctorCommand(command: Command, runner: Runner): void {
  command
    .description(
      "Looks at what a deployment needs on this machine: Node.js, Terraform or OpenTofu (1.11 or later), the Terraform\n" +
        "CLI configuration with its pitfalls, and whether the provider starts. In a folder with a cdktf.json also at the\n" +
        "command line that deploys, at what runs the program, and whether hashicorp/null can be had. Changes nothing.",
    )
    .option("--json", "print the findings as JSON")
    .action((options: { json?: boolean }) =>
      runner.run(async (surroundings) => {
        const findings = await examine(surroundings, () => executable(PROVIDER_NAME));
        if (options.json) surroundings.out(findingsToDoctorJson(findings).trimEnd());
        else {
          for (const { subject, seen, problem } of findings) {
            const mark = MARKS[problem?.severity ?? "none"];
            surroundings.tell(styled`${mark}  ${printableLine(`${subject}: ${problem?.summary ?? seen}`)}`);
            if (problem) surroundings.tell(problemDetail(problem).replace(/^/gm, "         "));
          }
        }
        return findings.some(({ problem }) => problem?.severity === "error") ? ExitCode.failed : ExitCode.ok;
      }),
    );
}
