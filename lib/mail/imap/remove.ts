import type { Problem } from "../../core/problem";
import { printable } from "../../core/printable";
import { remedyFor } from "../stage/remedy";
import type { ImapMailbox } from "./mailbox";
import { remedies } from "./remedies";
import type { Hit } from "./search";
import { ImapRefusal, type ImapSession } from "./session";

/** The result of deleting the mail. */
export interface MessageRemoval {
  readonly words: string;
  readonly warning?: Problem;
}

/**
 * Deletes this one message. Plain EXPUNGE would delete whatever else the owner has marked, so without UID EXPUNGE the
 * mail is marked and stays.
 */
export async function removeMessage(
  session: ImapSession,
  { path, uid }: Hit,
  mailbox: ImapMailbox,
): Promise<MessageRemoval> {
  const folder = printable(path, 100);
  try {
    await session.open(path, false);
    await session.mark(uid);
    if (!session.deletesSingly) {
      return { words: "marked as deleted", warning: remedyFor(remedies.markedOnly, { folder }) };
    }
    await session.expunge(uid);
    return { words: "deleted" };
  } catch (error) {
    if (!(error instanceof ImapRefusal)) throw error;
    const warning = remedyFor(remedies.notRemoved, { folder, username: mailbox.username }, error.said);
    return { words: `not deleted: ${error.said}`, warning };
  }
}
