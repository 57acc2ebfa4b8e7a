import type { Secret } from "./secret";
import type { Sender } from "./smtp-server";

/** The settings of a known mail service; its host and its encryption are fixed. */
export interface MailboxProps {
  /** The account that sends, `alerts@example.com`: the login, and the sender unless `sender` names another. */
  readonly address: string;
  /** The name shown beside the address. @default none */
  readonly name?: string;
  /** A sender other than the account itself; the service must allow it. @default the account */
  readonly sender?: Sender;
  /**
   * An IPv4 address of the service, for firewall flows. Services like these change theirs without notice, and then the flow
   * stops working; a relay with a fixed address is the better destination.
   *
   * @default none: the server cannot be reached through an OutboundFlow
   */
  readonly ip?: string;
}

export interface GmailProps extends MailboxProps {
  /**
   * An app password of the account, 16 letters: Google refuses the account's own password. The account needs 2-Step
   * Verification for it. OAuth 2.0 (XOAUTH2) is no alternative: none of the platforms here has a field for it, only the test
   * mail supports it.
   *
   * @see https://support.google.com/accounts/answer/185833
   */
  readonly appPassword: Secret;
  /** 465 is implicit TLS, 587 STARTTLS; both are encrypted. @default 465 */
  readonly port?: (typeof GMAIL_PORTS)[number];
}

export interface Microsoft365Props extends MailboxProps {
  /** The mailbox's password. SMTP AUTH must be enabled for the mailbox. */
  readonly password: Secret;
}

export const GMAIL_HOST = "smtp.gmail.com";
export const GMAIL_PORTS = [465, 587] as const;
export const MICROSOFT_365_HOST = "smtp.office365.com";
export const MICROSOFT_365_PORT = 587;
