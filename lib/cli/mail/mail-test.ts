import type { ValueObject } from "../../terraform-plugin/values";

/** `send`: the whole test. `probe`: the stages up to the receivers; sends nothing. */
export type MailTestKind = "send" | "probe";

/** Something to test, in the words of the resource that would test it. */
export interface MailTest {
  /** "smtp.example.com:587", or the address in the stack: "outbound_test_email.test". */
  readonly title: string;
  readonly kind: MailTestKind;
  /** It stands in a plan or stack: its attributes are called as there, and not as options. @default false */
  readonly declared?: boolean;
  /** Attributes of `outbound_test_email` or `outbound_smtp_probe`, without any secret. */
  readonly values: ValueObject;
  /** Where the password of `username` is; undefined without a user. */
  readonly password?: SecretSource;
  /** Where the password of each mailbox is. */
  readonly mailboxPasswords?: MailboxPasswords;
  /** Relative paths start here. */
  readonly directory: string;
  /** What the stack says of a system for its own test. @default what the environment says */
  readonly settings?: (system: string) => ValueObject | null;
  /** What was left out, and why; one sentence each. */
  readonly remarks?: readonly string[];
}

/** By the setting that declares the mailbox: `imap`, `more_mailboxes[0]`. */
export type MailboxPasswords = Readonly<Record<string, SecretSource>>;

/** Never the secret itself, but where the stack has it written in the clear. */
export type SecretSource =
  | { readonly variable: string }
  | { readonly literal: string }
  /** Nobody can tell; `declared` is what the configuration says. */
  | { readonly declared: string | undefined };
