import type { Problem } from "../../core/problem";
import type { Surroundings } from "../surroundings";
import { passwordNotSet, passwordUnknown, unusable } from "./errors";
import type { MailTest, SecretSource } from "./mail-test";
import { mailboxesIn, receiverOf } from "./mailboxes";

/** The passwords of one test. */
export interface Passwords {
  readonly smtp?: string;
  /** By the setting that declares the mailbox: `imap`, `more_mailboxes[0]`. */
  readonly mailboxes: Readonly<Record<string, string>>;
}

/**
 * Reads the passwords of all tests, and reports all missing ones at once.
 *
 * @throws CodedError `cli/variable-missing`, `cli/password-source-unknown`
 */
export function readPasswords(
  tests: readonly MailTest[],
  environment: Surroundings["environment"],
): ReadonlyMap<MailTest, Passwords> {
  const missing: Problem[] = [];
  const read = (source: SecretSource | undefined, title: string, what: string, option: string) => {
    if (source === undefined) return undefined;
    if ("literal" in source) return source.literal;
    if ("declared" in source) {
      missing.push(passwordUnknown(title, what, source.declared, option));
      return undefined;
    }
    const value = environment[source.variable] || undefined;
    if (value === undefined) missing.push(passwordNotSet(title, what, source.variable));
    return value;
  };
  const passwords = new Map<MailTest, Passwords>();
  for (const test of tests) {
    const user = JSON.stringify(test.values["username"]);
    const smtp = read(test.password, test.title, `the password of ${user}`, "--password-environment");
    // A probe reads no mailbox.
    const declared = test.kind === "send" ? mailboxesIn(test.values) : [];
    const mailboxes = declared.flatMap((mailbox) => {
      const { setting } = mailbox;
      const receiver = declared.length === 1 ? undefined : receiverOf(mailbox, test.values["to"]);
      const which = receiver === undefined ? "the mailbox" : `the mailbox of ${receiver}`;
      const option = `--imap-password-environment${receiver === undefined ? "" : ` ${receiver}=VARIABLE`}`;
      const password = read(test.mailboxPasswords?.[setting], test.title, `the password of ${which}`, option);
      return password === undefined ? [] : [[setting, password] as const];
    });
    passwords.set(test, { ...(smtp === undefined ? {} : { smtp }), mailboxes: Object.fromEntries(mailboxes) });
  }
  if (missing.length > 0) throw unusable(...distinct(missing));
  return passwords;
}

/** One variable may be missing for many tests. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [problem.summary, problem])).values()];
}
