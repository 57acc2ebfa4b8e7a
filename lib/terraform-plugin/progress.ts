import { printable } from "../core/printable";
import type { Redactor } from "../core/redaction";

/** Of one message, in characters. */
const LONGEST_MESSAGE = 2_000;

/** How many may wait for a client that is slow to read. */
const MOST_WAITING = 1_000;

/** The messages of an action while it runs, on their way to whoever reads them. */
export class Progress {
  private waiting: string[] = [];
  private leftOut = 0;
  private ended = false;
  private wake: () => void = () => undefined;

  constructor(private readonly redactor: Redactor) {}

  /** Takes a message; never waits. */
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

  /** All messages until the end, as they come. */
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

/** Terraform colours its line by `[red]` and hides by `[hidden]`, whoever wrote it. */
const withoutColours = (text: string): string => text.replace(/\[([a-z_]+)\]/gi, "($1)");
