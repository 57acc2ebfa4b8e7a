import { decodeWords } from "./encoded-words";
import { headerFields } from "./header-fields";
import { ImapRefusal, type ImapSession, type MessageHeaders } from "./session";
import type { SentMessage } from "./sent-message";

/** The number of the newest search results that are examined: a server that searches badly may return any number. */
const MOST_HITS = 20;
/** The number of the newest messages that are examined one by one, where the search finds nothing. */
const NEWEST = 50;

/** Looks for the mail in one folder, repeatedly. */
export class FolderSearch {
  private uidNext: number | undefined;

  constructor(
    private readonly session: ImapSession,
    private readonly path: string,
    private readonly sent: SentMessage,
  ) {}

  /** The UID of the message, when it is there. A folder that cannot be opened or read throws {@link ImapRefusal}. */
  async again(): Promise<number | undefined> {
    const { exists, uidNext } = await this.session.open(this.path);
    if (exists === 0) return undefined;
    const found = await this.bySearch();
    if (found !== undefined) return found;
    // A search finds nothing when its index is behind, or leaves out this header: examine the new messages.
    if (uidNext !== undefined && uidNext === this.uidNext) return undefined;
    this.uidNext = uidNext;
    const { sent } = this;
    const newest = await this.session.headersOf({ from: Math.max(1, exists - NEWEST + 1) }, NEWEST);
    return (newest.find((message) => hasId(message, sent)) ?? newest.find((message) => hasSubject(message, sent)))?.uid;
  }

  private async bySearch(): Promise<number | undefined> {
    const hits = await this.session.search(this.sent.messageId).catch((error: unknown) => {
      // Some servers refuse every search.
      if (error instanceof ImapRefusal) return [];
      throw error;
    });
    if (hits.length === 0) return undefined;
    const uids = [...hits].sort((a, b) => b - a).slice(0, MOST_HITS);
    return (await this.session.headersOf({ uids }, MOST_HITS)).find((message) => hasId(message, this.sent))?.uid;
  }
}

/** Also by the test's own header: some servers replace the Message-ID. */
function hasId({ headers }: MessageHeaders, { messageId, id }: SentMessage): boolean {
  if (headerFields(headers, "Message-ID").includes(messageId)) return true;
  return id !== undefined && headerFields(headers, "X-Outbound-Test").includes(id);
}

/** Some gateways keep only the subject, and add a tag to it. Replies are excluded. */
function hasSubject({ headers }: MessageHeaders, { subject }: SentMessage): boolean {
  if (headerFields(headers, "In-Reply-To").length > 0) return false;
  const plain = (text: string) => text.normalize("NFC").replace(/\s+/g, " ").trim();
  const wanted = plain(subject);
  return wanted !== "" && headerFields(headers, "Subject").some((text) => plain(decodeWords(text)).endsWith(wanted));
}
