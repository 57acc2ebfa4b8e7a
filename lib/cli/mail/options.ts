import { Option, type Command } from "commander";
import { SECURITIES } from "../../mail/wire/security";
import { AUTH, BANNER, DNS, EHLO, MAIL, TCP, TLS } from "../../mail/stage/stage";
import type { MailTestKind } from "./mail-test";
import { collect } from "../repeated";

/** The options of `probe` and `send`, as commander returns them. */
export interface MailOptions {
  readonly port?: string;
  readonly security?: string;
  readonly from?: string;
  readonly to: readonly string[];
  readonly username?: string;
  readonly passwordEnvironment?: string;
  readonly authMechanism?: string;
  readonly ca?: string;
  readonly flow: readonly string[];
  readonly dnsServer: readonly string[];
  readonly timeout?: string;
  readonly alignment?: boolean;
  readonly sourceIp: readonly string[];
  readonly blockLists?: boolean;
  readonly dkimSelector: readonly string[];
  readonly require: readonly string[];
  // Only for `probe`.
  readonly quitAfter?: string;
  // Only for `send`.
  readonly subject?: string;
  readonly fromName?: string;
  readonly via?: readonly string[];
  readonly imapHost?: string;
  readonly imapPort?: string;
  readonly imapSecurity?: string;
  readonly imapUsername?: string;
  readonly imapPasswordEnvironment?: readonly string[];
  readonly imapAccessToken?: boolean;
  readonly imapCa?: string;
  readonly imapFolder?: string;
  readonly imapReceiver?: string;
  readonly imapWait?: string;
  readonly imapRemove?: boolean;
  // Which tests to run.
  readonly fromPlan?: string;
  readonly fromStack?: string | true;
  readonly output: string;
  readonly only: readonly string[];
  // What to write.
  readonly json?: boolean;
  readonly junit?: string;
  readonly transcript?: string | true;
  readonly quiet?: boolean;
  readonly dryRun?: boolean;
  // Refused: see `passwordOnCommandLine`.
  readonly password?: string | true;
  readonly imapPassword?: string | true;
}

/** The stages after which a probe may end. */
export const LAST_STAGES: readonly string[] = [DNS, TCP, BANNER, EHLO, TLS, AUTH, MAIL];

/** Repeatable options, with their values when they are absent. */
export const NO_LISTS = { to: [], flow: [], dnsServer: [], sourceIp: [], dkimSelector: [], require: [], only: [] };

/** Adds the options of `probe`, or of `send`, which has more. */
export function mailOptions(command: Command, kind: MailTestKind): Command {
  command
    .optionsGroup("Server, sender and receivers:")
    .option("--from <address>", "the sender's address, as the alerts will have it")
    .option(
      "--to <address>",
      `a receiver${kind === "probe" ? " to offer to the server" : ""}; may be repeated`,
      collect,
    )
    .option("--port <number>", "25, 465, 587, 2525… (default: 465 for tls, 25 for none, else 587)")
    .option("--security <kind>", `${SECURITIES.join(", ")} (default: starttls)`)
    .option("--username <name>", "log in as this user")
    .option("--password-environment <variable>", "the name of the environment variable that holds the password")
    .option("--auth-mechanism <name>", "PLAIN, LOGIN, CRAM-MD5, or XOAUTH2 with an access token as the password")
    .option("--ca <file>", "PEM file of an authority to trust besides the well-known ones")
    .option("--flow <ip:port>", "an outbound flow that is declared for this server; may be repeated", collect)
    .option("--dns-server <ip[:port]>", "name server to ask for every name; may be repeated", collect)
    .option("--timeout <seconds>", "for all stages together (default: 60)");
  if (kind === "send") sendOptions(command);
  else
    command.option(
      "--quit-after <stage>",
      `end once this has passed: ${LAST_STAGES.join(", ")} (default: the receivers)`,
    );
  return command
    .optionsGroup("Sender's domain:")
    .option("--alignment", "judge SPF, DKIM and DMARC of the sender's domain too")
    .option("--source-ip <ip>", "where the mail leaves for the internet, for SPF and PTR; may be repeated", collect)
    .option("--block-lists", "ask the large block lists whether they have the --source-ip")
    .option("--dkim-selector <name>", "a DKIM selector whose key shall be in DNS; may be repeated", collect)
    .option("--require <checks>", "of spf,dkim,dmarc: those that fail the test; the others only warn", collectCommas)
    .optionsGroup("What a plan or stack declares:")
    .option("--from-plan <file>", "test what a plan or state declares: a file, or `terraform show -json` by - (stdin)")
    .option("--from-stack [name]", "test what a synthesised stack declares; its name where the app has several")
    .option("--output <directory>", "where `cdktf synth` has written", "cdktf.out")
    .option(
      "--only <address>",
      "of the declared tests only this one: outbound_test_email.test; may be repeated",
      collect,
    )
    .optionsGroup("Output:")
    .option("--transcript [file]", "also print the conversation with the server, redacted; or write it to this file")
    .option("--json", "print the outcome as JSON; see docs/probe-and-send.md")
    .option("--junit <file>", "write the outcome as JUnit XML: a suite for each target, a case for each stage")
    .option("--quiet", "print nothing of what passed")
    .option("--dry-run", "print the settings that would be tested, and contact nobody")
    .addOption(new Option("--password [secret]").hideHelp())
    .addOption(new Option("--imap-password [secret]").hideHelp());
}

function sendOptions(command: Command): void {
  command
    .optionsGroup("Mail and platforms:")
    .option("--subject <text>", "stands between [TEST] and the test's id (default: Alert mail test)")
    .option("--from-name <name>", "display name of the sender")
    .option("--via <system:id>", "let this platform send its own test too: vrops:41f3…; may be repeated", collect)
    .optionsGroup("Mailbox:")
    .option("--imap-host <host>", "look for the mail in the receiver's mailbox on this IMAP server")
    .option("--imap-port <number>", "(default: 993 for tls, else 143)")
    .option("--imap-security <kind>", `${SECURITIES.join(", ")} (default: tls)`)
    .option("--imap-username <name>", "user of the mailbox (default: its receiver's address)")
    .option(
      "--imap-password-environment <variable>",
      "the name of the environment variable with its password; of several declared mailboxes <receiver>=<variable>, repeated",
      collect,
    )
    .option("--imap-access-token", "that variable holds an OAuth 2.0 access token")
    .option("--imap-ca <file>", "PEM file of an authority to trust for that server")
    .option("--imap-receiver <address>", "whose mailbox it is, where --to is given more than once")
    .option("--imap-folder <name>", "where the mail is expected (default: INBOX)")
    .option("--imap-wait <seconds>", "how long to wait for it (default: 30)")
    .option("--imap-remove", "delete the test mail from the mailbox once it was found");
}

function collectCommas(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, ...value.split(",").map((one) => one.trim())];
}
