import type { ConnectionSecurity } from "../../core/topology";

/** A mailbox in which to look for the test mail, and its login. */
export interface ImapMailbox {
  readonly host: string;
  readonly port: number;
  readonly security: ConnectionSecurity;
  readonly username: string;
  readonly password: string;
  /** `password` is an OAuth2 access token. @default false */
  readonly accessToken?: boolean;
  /** PEM text or the path of a PEM file, trusted besides the well-known authorities. */
  readonly ca?: string;
  /** Name servers for its host name, as `ip` or `ip:port`. @default the operating system's resolver */
  readonly dnsServers?: readonly string[];
  /** Folder in which the mail is expected; all others are searched too. @default INBOX */
  readonly folder?: string;
  /** The owner of the mailbox, one of the test's receivers. */
  readonly receiver: string;
  /** How long to wait for the mail after the server accepted it; within the time of the whole test. */
  readonly waitMs: number;
  /** Whether to delete the test mail once it is found. @default false */
  readonly remove?: boolean;
  /** The setting that declares it, for remedies: `more_mailboxes[0]`. @default imap */
  readonly setting?: string;
}

/** What was found in the mailbox. */
export interface Arrival {
  /** The owner of the mailbox. */
  readonly receiver: string;
  readonly folder: string;
  /** Whether the folder is the server's junk folder (RFC 6154), or has such a name. */
  readonly junk: boolean;
  /** From the server's acceptance to the arrival in the mailbox, as far as clocks can tell. */
  readonly latencyMs: number;
  /** The message in the mailbox. */
  readonly raw: Buffer;
  /** `Authentication-Results` headers, topmost first, unfolded. @see RFC 8601 */
  readonly authenticationResults: readonly string[];
  /** `ARC-Authentication-Results` headers: results of servers before the last one. @see RFC 8617 */
  readonly arcAuthenticationResults?: readonly string[];
}
