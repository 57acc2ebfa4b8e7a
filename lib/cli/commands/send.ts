import type { Command } from "commander";
import { mailOptions, type MailOptions } from "../mail/options";
import type { Runner } from "../runner";

const help = `
Examples:
  $ read -rs SMTP_PASSWORD && export SMTP_PASSWORD
  $ outbound send smtp.example.com --from alerts@example.com --to oncall@example.com \\
      --username alerts --password-environment SMTP_PASSWORD
  $ outbound send --from-stack alerting --only outbound_test_email.test
  $ outbound send smtp.example.com --from alerts@example.com --to oncall@example.com \\
      --imap-host imap.example.com --imap-password-environment IMAP_PASSWORD --require spf,dmarc

It asks nothing and sends one mail, marked as a test, to the receivers given by --to; at most one every five seconds.
Platforms (--via) are configured by the environment variables that the provider reads.
With --from-plan and --from-stack, an outbound_smtp_probe and an action outbound_probe are only probed: they declare that nothing
is sent.`;

/** `outbound send`: the whole test of `outbound_test_email`, without a deployment. */
export function sendCommand(command: Command, runner: Runner): void {
  command
    .description(
      "Sends a test mail through every stage, and where asked also lets platforms send theirs, looks for the mail in the " +
        "receiver's mailbox and judges SPF, DKIM and DMARC. The same test as the resource outbound_test_email.",
    )
    .argument("[host]", "name or address of the SMTP server; none with --from-plan or --from-stack");
  mailOptions(command, "send")
    .addHelpText("after", help)
    .action((host: string | undefined, options: MailOptions) =>
      runner.run(async (surroundings) => {
        // Loaded here, since a wrong option is reported without it.
        const { mailCommand } = await import("../mail/command");
        return mailCommand("send", host, options, surroundings);
      }),
    );
}
