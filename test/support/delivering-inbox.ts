import { Inbox, type InboxMessage, type Original } from "../../lib/mail/server";
import type { ImapFolder } from "./imap-folders";

/** What the SMTP server takes is what the receiver finds in a folder, as a mail system would have it. */
export class DeliveringInbox extends Inbox {
  /** Undefined: the mail system loses it. */
  folder: ImapFolder | undefined;
  /** What the receiving server writes on top of each message. */
  trace = "";

  override add(message: InboxMessage, original?: Original): void {
    super.add(message, original);
    if (original !== undefined) this.folder?.store(this.trace + original.raw.toString("latin1"));
  }
}
