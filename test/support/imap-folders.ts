/** Folders and messages of a mailbox, as the IMAP server of the tests serves them. */

export interface StoredMessage {
  readonly uid: number;
  readonly raw: string;
  /** When it was stored; milliseconds since 1970. */
  readonly storedAt: number;
  readonly flags: Set<string>;
}

export class ImapFolder {
  readonly messages: StoredMessage[] = [];
  uidNext = 1;

  constructor(
    /** As it goes over the wire, in modified UTF-7. */
    readonly name: string,
    readonly attributes: readonly string[] = [],
  ) {}

  /** Stores a message and returns its UID. */
  store(raw: string, storedAt = Date.now(), flags: readonly string[] = []): number {
    const uid = this.uidNext++;
    this.messages.push({ uid, raw, storedAt, flags: new Set(flags) });
    return uid;
  }

  get selectable(): boolean {
    return !this.attributes.includes("\\Noselect");
  }

  /** UIDs of the messages whose header field contains the text; matches as RFC 3501 section 6.4.4 has it. */
  search(field: string, text: string): number[] {
    return this.messages
      .filter(({ raw }) => {
        const value = headerLines(raw, [field])
          .join("")
          .replace(/^[^:]*:/, "");
        return value !== "" && value.toLowerCase().includes(text.toLowerCase());
      })
      .map(({ uid }) => uid);
  }

  /** Sequence numbers (from 1) of a set such as `2:*` or `7,9`. */
  numbersOf(set: string, byUid: boolean): number[] {
    const last = byUid ? (this.messages.at(-1)?.uid ?? 0) : this.messages.length;
    const ranges = set.split(",").map((part) => {
      const [from = "", to = from] = part.split(":");
      const ends = [from, to].map((end) => (end === "*" ? last : Number(end)));
      return [Math.min(...ends), Math.max(...ends)] as const;
    });
    return this.messages
      .map(({ uid }, index) => ({ number: index + 1, key: byUid ? uid : index + 1 }))
      .filter(({ key }) => ranges.some(([from, to]) => key >= from && key <= to))
      .map(({ number }) => number);
  }
}

/** The lines of these header fields, folded ones included, with their line ends. */
export function headerLines(raw: string, fields: readonly string[]): string[] {
  const wanted = fields.map((field) => field.toLowerCase());
  const head = raw.slice(0, raw.indexOf("\r\n\r\n") + 2);
  return head
    .split(/(?<=\r\n)(?![ \t])/)
    .filter((line) => wanted.includes(line.slice(0, Math.max(0, line.indexOf(":"))).toLowerCase()));
}

/** "22-Nov-2026 01:02:03 +0000" */
export function imapDate(ms: number): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(ms).toUTCString())!;
  return `${day}-${month}-${year} ${time} +0000`;
}
