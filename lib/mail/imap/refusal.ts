import type { Problem } from "../../core/problem";
import type { ImapMailbox } from "./mailbox";
import type { ReachedMailbox } from "./reach";

/** What an IMAP server refuses with before there is a session. */
export interface ImapEntryRefusal {
  readonly step: "greeting" | "STARTTLS" | "login";
  /** Its words, with the response code in brackets where there is one. */
  readonly said: string;
  readonly mailbox: ImapMailbox;
  /** Known at the login only. */
  readonly reached?: Pick<ReachedMailbox, "greeting" | "capabilities">;
}

/** Says what a refusal means; undefined when that cannot be read from the words. */
export type ExplainEntryRefusal = (refusal: ImapEntryRefusal) => Problem | undefined;
