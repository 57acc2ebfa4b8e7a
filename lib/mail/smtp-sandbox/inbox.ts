import { systemClock, type Clock } from "../../core/clock";
import { printable } from "../reply";

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

/** Old messages make room for new ones. */
const MOST_MESSAGES = 1_000;

export class Inbox {
  private received: InboxMessage[] = [];
  private readonly waiting = new Set<(message: InboxMessage) => void>();

  constructor(private readonly clock: Clock = systemClock) {}

  /** Oldest first. */
  get messages(): readonly InboxMessage[] {
    return this.received;
  }

  add(message: InboxMessage): void {
    this.received.push(message);
    if (this.received.length > MOST_MESSAGES) this.received.shift();
    for (const offer of [...this.waiting]) offer(message);
  }

  clear(): void {
    this.received = [];
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
        this.clock.sleep(options.timeoutMs, AbortSignal.any(signals)).then(() => {
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

  private describe(): string {
    const subjects = this.received.map((message) => JSON.stringify(printable(message.subject, 80)));
    return subjects.length === 0 ? "the inbox is empty" : `the inbox holds ${subjects.join(", ")}`;
  }
}
