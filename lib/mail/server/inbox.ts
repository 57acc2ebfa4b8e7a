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
  /** Lower-case names; what stands there several times is joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly messageId?: string;
  readonly bytes: number;
  /** "TLSv1.3"; undefined when it came in plain text. */
  readonly tls?: string;
  /** The user that logged in, if one did. */
  readonly user?: string;
}

/** A message as it crossed the wire, for people to look at. */
export interface Original {
  /** The bytes as they came, no more than {@link MOST_RAW_BYTES} of them. */
  readonly raw: Buffer;
  /** Whether `raw` ends before the message does. */
  readonly truncated: boolean;
  /** As they stand in the message, in its order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Undefined when the message has no HTML part, or one too large to keep. */
  readonly html?: string;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly bytes: number }[];
}

/** Old messages make room for new ones. */
const MOST_MESSAGES = 1_000;

/** Of each message; what is longer is cut off. */
export const MOST_RAW_BYTES = 512 * 1024;

/** Of all originals together: those of the oldest messages are forgotten first, the messages themselves are not. */
const MOST_ORIGINAL_BYTES = 32 * 1024 * 1024;

export class Inbox {
  private received: InboxMessage[] = [];
  /** Oldest first, as a Map keeps them. */
  private readonly originals = new Map<InboxMessage, Original>();
  private originalBytes = 0;
  /** Messages that are no longer there, so that a number is never given twice. */
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

  /** The messages by number: 1, 2, 3… in the order of their arrival; a number stays with its message. */
  numbered(): readonly { readonly number: number; readonly message: InboxMessage }[] {
    return this.received.map((message, index) => ({ number: this.gone + index + 1, message }));
  }

  /** The numbers that are there; `last` is one less than `first` when there is none. */
  get span(): { readonly first: number; readonly last: number } {
    return { first: this.gone + 1, last: this.gone + this.received.length };
  }

  /** The message of this number, when it is still there. */
  at(number: number): InboxMessage | undefined {
    return this.received[number - this.gone - 1];
  }

  /** Undefined when it has been forgotten to make room. */
  original(message: InboxMessage): Original | undefined {
    return this.originals.get(message);
  }

  /**
   * The first message, received or still to come, that satisfies the predicate.
   *
   * @throws Error naming what did arrive, when none came in time
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

  /** All messages as JSON. Passwords never get here: the server forgets them once checked. */
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

/** Strings take two bytes a character at worst. */
function sizeOf({ raw, html = "" }: Original): number {
  return raw.length + 2 * html.length;
}
