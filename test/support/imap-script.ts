import type { Socket } from "node:net";
import type { ImapFolder } from "./imap-folders";

/** What an IMAP server of the tests says. */
export interface ImapScript {
  /** Sent on connection; undefined says nothing. */
  readonly greeting: string | undefined;
  /** In plain text, before STARTTLS. */
  readonly capabilities: string;
  /** Once the line is encrypted, or where it never will be. */
  readonly capabilitiesTls: string;
  readonly user: string;
  readonly password: string;
  readonly token: string;
  /**
   * Said in place of the server's own answer to a command, by its name ("LOGIN", "UID SEARCH", "AUTHENTICATE").
   * `{tag}` stands for the command's tag. A function may decide each time; undefined lets the server answer.
   */
  readonly answers: Readonly<
    Record<string, string | ((line: string, session: ImapSessionState) => string | undefined)>
  >;
}

/** Said in place of an answer: hangs up at once. */
export const HANG_UP = "(hang up)";
/** Said in place of an answer: never answers. */
export const SILENCE = "(silence)";

export interface ImapSessionState {
  readonly socket: Socket;
  encrypted: boolean;
  loggedIn: boolean;
  folder: ImapFolder | undefined;
  readOnly: boolean;
}
