import { decodeWords } from "./encoded-words";
import { headerFields } from "./header-fields";
import { ImapRefusal, type ImapSession, type MessageHeaders } from "./session";
import type { SentMessage } from "./sent-message";

/** Of the hits of a search, the newest are looked at: a server that searches badly may name any number. */
const MOST_HITS = 20;
/** How many of the newest messages are looked at by themselves, where the search finds nothing. */
const NEWEST = 50;

/** Looks into one folder, as often as it takes. */
export class FolderLook {
  private uidNext: number | undefined;

  constructor(
    private readonly session: ImapSession,
    private readonly path: string,
    private readonly sent: SentMessage,
  ) {}

  /** UID of the message, when it is there. A folder that cannot be opened or read throws {@link ImapRefusal}. */
  async again(): Promise<number | undefined> {
    const { exists, uidNext } = await this.session.open(this.path);
    if (exists === 0) return undefined;
    const found = await this.bySearch();
    if (found !== undefined) return found;
    // Searching an index that is behind, or that leaves out this header, finds nothing: look at what is new.
    if (uidNext !== undefined && uidNext === this.uidNext) return undefined;
    this.uidNext = uidNext;
    const { sent } = this;
    const newest = await this.session.headersOf({ from: Math.max(1, exists - NEWEST + 1) }, NEWEST);
    return (newest.find((message) => hasId(message, sent)) ?? newest.find((message) => hasSubject(message, sent)))?.uid;
  }

  private async bySearch(): Promise<number | undefined> {
    const hits = await this.session.search(this.sent.messageId).catch((error: unknown) => {
      // Some servers refuse to search at all.
      if (error instanceof ImapRefusal) return [];
      throw error;
    });
    if (hits.length === 0) return undefined;
    const uids = [...hits].sort((a, b) => b - a).slice(0, MOST_HITS);
    return (await this.session.headersOf({ uids }, MOST_HITS)).find((message) => hasId(message, this.sent))?.uid;
  }
}

/** By our own header too: some servers put an id of their own in place of the message's. */
function hasId({ headers }: MessageHeaders, { messageId, id }: SentMessage): boolean {
  if (headerFields(headers, "Message-ID").includes(messageId)) return true;
  return id !== undefined && headerFields(headers, "X-Outbound-Test").includes(id);
}

/** Some gateways leave nothing but the subject as it was, and tag it. Answers to it are not meant. */
function hasSubject({ headers }: MessageHeaders, { subject }: SentMessage): boolean {
  if (headerFields(headers, "In-Reply-To").length > 0) return false;
  const plain = (text: string) => text.normalize("NFC").replace(/\s+/g, " ").trim();
  const wanted = plain(subject);
  return wanted !== "" && headerFields(headers, "Subject").some((text) => plain(decodeWords(text)).endsWith(wanted));
}
