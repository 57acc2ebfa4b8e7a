import { printable } from "../core/printable";
import type { Redactor } from "../core/redaction";

/** The greatest length of a message in characters. */
const LONGEST_MESSAGE = 2_000;

/** How many messages may wait for a slow client. */
const MOST_WAITING = 1_000;

/** The messages of a running action, queued for the client. */
export class Progress {
  private waiting: string[] = [];
  private leftOut = 0;
  private ended = false;
  private wake: () => void = () => undefined;

  constructor(private readonly redactor: Redactor) {}

  /** Queues a message; never waits. */
  readonly report = (message: string): void => {
    if (this.ended) return;
    if (this.waiting.length >= MOST_WAITING) this.leftOut += 1;
    else this.waiting.push(this.shown(message));
    this.wake();
  };

  end(): void {
    this.ended = true;
    this.wake();
  }

  /** Yields all messages until the end, as they come. */
  async *messages(): AsyncGenerator<string> {
    for (;;) {
      const message = this.waiting.shift();
      if (message !== undefined) yield message;
      else if (this.leftOut > 0) yield this.remark();
      else if (this.ended) return;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  private remark(): string {
    const count = this.leftOut;
    this.leftOut = 0;
    return `(${count} ${count === 1 ? "message" : "messages"} left out: they came faster than they were read)`;
  }

  private shown(message: string): string {
    const redact = (text: string) => this.redactor.redact(text);
    return withoutColours(redact(printable(redact(message), LONGEST_MESSAGE)));
  }
}

/** Removes the brackets by which Terraform colours its line (`[red]`) or hides it (`[hidden]`), whoever wrote them. */
const withoutColours = (text: string): string => text.replace(/\[([a-z_]+)\]/gi, "($1)");
