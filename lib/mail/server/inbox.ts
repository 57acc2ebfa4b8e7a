import { systemClock, type Clock } from "../../core/clock";
import { printable } from "../../core/printable";
import { firstOf } from "../../core/signals";

/** A message the server accepted. */
export interface InboxMessage {
  readonly queueId: string;
  /** ISO 8601. */
  readonly receivedAt: string;
  /** Envelope sender. */
  readonly from: string;
  /** Envelope receivers, those accepted. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** Names in lower case; repeated headers are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly messageId?: string;
  readonly bytes: number;
  /** "TLSv1.3"; undefined when it came in plain text. */
  readonly tls?: string;
  /** The user that logged in, if any. */
  readonly user?: string;
}

/** A message as it was received, to be looked at. */
export interface Original {
  /** The received bytes, at most {@link MOST_RAW_BYTES} of them. */
  readonly raw: Buffer;
  /** Whether `raw` ends before the message does. */
  readonly truncated: boolean;
  /** The headers in the message's order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Undefined when the message has no HTML part, or one too large to store. */
  readonly html?: string;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly bytes: number }[];
}

/** Older messages are dropped. */
const MOST_MESSAGES = 1_000;

/** The limit for each message; longer ones are cut. */
export const MOST_RAW_BYTES = 512 * 1024;

/**
 * The limit for all originals together: those of the oldest messages are dropped first, the messages themselves are
 * not.
 */
const MOST_ORIGINAL_BYTES = 32 * 1024 * 1024;

export class Inbox {
  private received: InboxMessage[] = [];
  /** Oldest first: a Map keeps the order of insertion. */
  private readonly originals = new Map<InboxMessage, Original>();
  private originalBytes = 0;
  /** The number of dropped messages, so that a number is never reused. */
  private gone = 0;
  private readonly waiting = new Set<(message: InboxMessage) => void>();

  constructor(private readonly clock: Clock = systemClock) {}

  /** Oldest first. */
  get messages(): readonly InboxMessage[] {
    return this.received;
  }

  add(message: InboxMessage, original?: Original): void {
    this.received.push(message);
    if (original !== undefined) this.keep(message, original);
    if (this.received.length > MOST_MESSAGES) {
      this.forget(this.received.shift()!);
      this.gone++;
    }
    for (const offer of [...this.waiting]) offer(message);
  }

  clear(): void {
    this.gone += this.received.length;
    this.received = [];
    this.originals.clear();
    this.originalBytes = 0;
  }

  /** The messages by number: 1, 2, 3… in the order of their arrival; a message keeps its number. */
  numbered(): readonly { readonly number: number; readonly message: InboxMessage }[] {
    return this.received.map((message, index) => ({ number: this.gone + index + 1, message }));
  }

  /** The existing numbers; `last` is one less than `first` when there are none. */
  get span(): { readonly first: number; readonly last: number } {
    return { first: this.gone + 1, last: this.gone + this.received.length };
  }

  /** The message with this number, when it is still there. */
  at(number: number): InboxMessage | undefined {
    return this.received[number - this.gone - 1];
  }

  /** Undefined when the original was dropped. */
  original(message: InboxMessage): Original | undefined {
    return this.originals.get(message);
  }

  /**
   * Waits for the first message, received or still to come, that satisfies the predicate.
   *
   * @throws Error with what did arrive, when none came in time
   */
  async waitFor(
    predicate: (message: InboxMessage) => boolean,
    options: { readonly signal?: AbortSignal; readonly timeoutMs: number },
  ): Promise<InboxMessage> {
    const found = this.received.find(predicate);
    if (found) return found;
    const enough = new AbortController();
    const signals = options.signal ? [options.signal, enough.signal] : [enough.signal];
    let offer: ((message: InboxMessage) => void) | undefined;
    try {
      return await Promise.race([
        new Promise<InboxMessage>((resolve) => {
          offer = (message) => predicate(message) && resolve(message);
          this.waiting.add(offer);
        }),
        this.clock.sleep(options.timeoutMs, firstOf(signals)).then(() => {
          throw new Error(`no such message within ${options.timeoutMs} ms; ${this.describe()}`);
        }),
      ]);
    } finally {
      this.waiting.delete(offer!);
      enough.abort();
    }
  }

  /** All messages as JSON. Passwords never get here: the server drops them once checked. */
  snapshot(): readonly InboxMessage[] {
    return structuredClone(this.received);
  }

  private keep(message: InboxMessage, original: Original): void {
    this.originals.set(message, original);
    this.originalBytes += sizeOf(original);
    for (const oldest of this.originals.keys()) {
      if (this.originalBytes <= MOST_ORIGINAL_BYTES) break;
      this.forget(oldest);
    }
  }

  private forget(message: InboxMessage): void {
    const original = this.originals.get(message);
    if (original === undefined) return;
    this.originals.delete(message);
    this.originalBytes -= sizeOf(original);
  }

  private describe(): string {
    const subjects = this.received.map((message) => JSON.stringify(printable(message.subject, 80)));
    return subjects.length === 0 ? "the inbox is empty" : `the inbox holds ${subjects.join(", ")}`;
  }
}

/** Strings take at most two bytes for each character. */
function sizeOf({ raw, html = "" }: Original): number {
  return raw.length + 2 * html.length;
}
