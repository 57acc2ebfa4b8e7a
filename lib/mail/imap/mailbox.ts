import type { ConnectionSecurity } from "../../core/topology";

/** Where to look whether the test mail arrived, and as whom. */
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
  /** Name servers to ask for its name, as `ip` or `ip:port`. @default the operating system's resolver */
  readonly dnsServers?: readonly string[];
  /** Folder in which the mail is expected; all others are searched too. @default INBOX */
  readonly folder?: string;
  /** Whose mailbox it is, one of the test's receivers. */
  readonly receiver: string;
  /** How long to wait for the mail after the server took it; within the time of the whole test. */
  readonly waitMs: number;
  /** Deletes the test mail once it was found. @default false */
  readonly remove?: boolean;
  /** The setting that declares it, as remedies shall name it: `more_mailboxes[0]`. @default imap */
  readonly setting?: string;
}

/** What was found in the mailbox. */
export interface Arrival {
  /** Whose mailbox it is. */
  readonly receiver: string;
  readonly folder: string;
  /** The folder is the server's junk folder (RFC 6154), or is named like one. */
  readonly junk: boolean;
  /** From the server's consent to the message's arrival in the mailbox, as far as clocks can tell. */
  readonly latencyMs: number;
  /** The message as it lies in the mailbox. */
  readonly raw: Buffer;
  /** `Authentication-Results` headers, topmost first, unfolded. @see RFC 8601 */
  readonly authenticationResults: readonly string[];
  /** `ARC-Authentication-Results` headers: what servers before the last one found. @see RFC 8617 */
  readonly arcAuthenticationResults?: readonly string[];
}
