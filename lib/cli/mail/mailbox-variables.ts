import { environmentName } from "../../mail/resource/validators";
import { emailAddress } from "../../validators/email-address";
import { badOption, UsageError } from "../errors";
import type { MailTest } from "./mail-test";
import { mailboxesIn, receiverOf } from "./mailboxes";

const OPTION = "--imap-password-environment";

/** One `--imap-password-environment`. */
interface MailboxVariable {
  /** The owner of the mailbox. @default the only one */
  readonly receiver?: string;
  readonly variable: string;
}

/**
 * Reads `IMAP_PASSWORD` or, for several mailboxes, `oncall@example.com=IMAP_PASSWORD` each.
 *
 * @throws UsageError where that is no name of a variable
 */
export function mailboxVariables(given: readonly string[] = []): readonly MailboxVariable[] {
  return given.map((one) => {
    // An address may contain one before the @. Other text may be a password typed by mistake: it is not shown.
    const end = one.lastIndexOf("=");
    const receiver = emailAddress.check(one.slice(0, Math.max(0, end))) === undefined ? one.slice(0, end) : undefined;
    const variable = receiver === undefined ? one : one.slice(end + 1);
    const problem = environmentName.check(variable);
    if (problem !== undefined) throw new UsageError({ ...problem, path: [OPTION] });
    return { ...(receiver === undefined ? {} : { receiver }), variable };
  });
}

/** The tests with the variables for the passwords of their mailboxes. */
export function withMailboxVariables(tests: readonly MailTest[], given: readonly string[] = []): readonly MailTest[] {
  const variables = mailboxVariables(given);
  if (variables.length === 0) return tests;
  const used = new Set<MailboxVariable>();
  const named = tests.map((test): MailTest => {
    const mailboxes = mailboxesIn(test.values);
    const sources = mailboxes.flatMap((mailbox) => {
      const receiver = receiverOf(mailbox, test.values["to"]).toLowerCase();
      const own = variables.find((one) => one.receiver?.toLowerCase() === receiver);
      const found = own ?? variables.find((one) => one.receiver === undefined);
      if (found === undefined) return [];
      // A password must never reach the server of another mailbox.
      if (found !== own && mailboxes.length > 1) throw badOption(OPTION, found.variable, expected(test));
      used.add(found);
      return [[mailbox.setting, { variable: found.variable }] as const];
    });
    if (sources.length === 0) return test;
    return { ...test, mailboxPasswords: { ...test.mailboxPasswords, ...Object.fromEntries(sources) } };
  });
  const stray = variables.find((one) => one.receiver !== undefined && !used.has(one));
  if (stray) throw badOption(OPTION, `${stray.receiver!}=${stray.variable}`, "a receiver whose mailbox is looked into");
  return named;
}

const expected = (test: MailTest) =>
  mailboxesIn(test.values)
    .map((mailbox) => `${receiverOf(mailbox, test.values["to"])}=VARIABLE`)
    .join(", ");
