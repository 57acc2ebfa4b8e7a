import { Inbox, type InboxMessage, type Original } from "../../lib/mail/server";
import type { ImapFolder } from "./imap-folders";

/** What the SMTP server takes is what the receiver finds in a folder, as a mail system would have it. */
export class DeliveringInbox extends Inbox {
  /** Undefined: the mail system loses it. */
  folder: ImapFolder | undefined;
  /** By receiver, where each finds a copy of its own. */
  readonly folders = new Map<string, ImapFolder>();
  /** What the receiving server writes on top of each message. */
  trace = "";

  override add(message: InboxMessage, original?: Original): void {
    super.add(message, original);
    if (original === undefined) return;
    const raw = this.trace + original.raw.toString("latin1");
    this.folder?.store(raw);
    for (const receiver of message.to) this.folders.get(receiver)?.store(raw);
  }
}
