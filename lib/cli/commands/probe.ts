import type { Command } from "commander";
import { mailOptions, type MailOptions } from "../mail/options";
import type { Runner } from "../runner";

const help = `
Examples:
  $ read -rs SMTP_PASSWORD && export SMTP_PASSWORD
  $ outbound probe smtp.example.com --from alerts@example.com --to oncall@example.com \\
      --username alerts --password-environment SMTP_PASSWORD
  $ outbound probe --from-stack alerting                  what a synthesised stack declares
  $ terraform show -json | outbound probe --from-plan -   what is deployed

It proves what this machine can do. Whether the monitored platform can do it too, only the platform's own test
tells: \`outbound send --via\`, or the test mail of a deployment.`;

/** `outbound probe`: the diagnosis of the test mail up to the receivers, without a deployment. */
export function probeCommand(command: Command, runner: Runner): void {
  command
    .description(
      "Walks from DNS over TCP, TLS and login to sender and receivers, and says at which stage it breaks, why, and what to " +
        "do about it. Sends nothing. The same diagnosis as the data source outbound_smtp_probe.",
    )
    .argument("[host]", "name or address of the SMTP server; none with --from-plan or --from-stack");
  mailOptions(command, "probe")
    .addHelpText("after", help)
    .action((host: string | undefined, options: MailOptions) =>
      runner.run(async (surroundings) => {
        // Loaded here, since a wrong option is reported without it.
        const { mailCommand } = await import("../mail/command");
        return mailCommand("probe", host, options, surroundings);
      }),
    );
}
