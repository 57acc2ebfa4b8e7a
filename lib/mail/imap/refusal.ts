import type { Problem } from "../../core/problem";
import type { ImapMailbox } from "./mailbox";
import type { ReachedMailbox } from "./reach";

/** A refusal of an IMAP server before there is a session. */
export interface ImapEntryRefusal {
  readonly step: "greeting" | "STARTTLS" | "login";
  /** Its words, with the response code in brackets where there is one. */
  readonly said: string;
  readonly mailbox: ImapMailbox;
  /** Known at the login only. */
  readonly reached?: Pick<ReachedMailbox, "greeting" | "capabilities">;
}

/** Explains a refusal; undefined when its words do not give the reason. */
export type ExplainEntryRefusal = (refusal: ImapEntryRefusal) => Problem | undefined;
