import type { ValueObject } from "../../terraform-plugin/values";

/** `send`: the whole test. `probe`: the stages up to the receivers; sends nothing. */
export type MailTestKind = "send" | "probe";

/** A test with the attributes of the resource that would run it. */
export interface MailTest {
  /** "smtp.example.com:587", or the address in the stack: "outbound_test_email.test". */
  readonly title: string;
  readonly kind: MailTestKind;
  /**
   * Whether it comes from a plan or stack: its attributes keep their names, and are not named as options. @default
   * false
   */
  readonly declared?: boolean;
  /** Attributes of `outbound_test_email` or `outbound_smtp_probe`, without any secret. */
  readonly values: ValueObject;
  /** The source of the password of `username`; undefined without a user. */
  readonly password?: SecretSource;
  /** The source of each mailbox's password. */
  readonly mailboxPasswords?: MailboxPasswords;
  /** Relative paths start here. */
  readonly directory: string;
  /** The stack's settings for a system's own test. @default those of the environment */
  readonly settings?: (system: string) => ValueObject | null;
  /** What was left out, and why; one sentence each. */
  readonly remarks?: readonly string[];
}

/** Sources by the setting that declares the mailbox: `imap`, `more_mailboxes[0]`. */
export type MailboxPasswords = Readonly<Record<string, SecretSource>>;

/** The source of a secret; the secret itself only where the stack contains it in the clear. */
export type SecretSource =
  | { readonly variable: string }
  | { readonly literal: string }
  /** The source is not known; `declared` is the expression in the configuration. */
  | { readonly declared: string | undefined };
