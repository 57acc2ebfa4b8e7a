import type { Clock } from "../core/clock";
import { parseReply, type Reply } from "./reply";

/** A command and what came back. */
export interface Exchange {
  /** "RCPT TO:<oncall@example.com>"; empty for what is no part of the envelope. */
  readonly command: string;
  readonly reply?: Reply;
  readonly durationMs: number;
}

/**
 * Listens to nodemailer's log: its results name only what was refused and tell no times, and of an
 * error after the message's last line they do not say whether the message had been sent.
 */
export class Transcript {
  private readonly exchanges: { command: string; sentAt: number; reply?: Reply; durationMs: number }[] = [];
  private lastReplyAt = 0;
  private final: Exchange | undefined;

  constructor(private readonly clock: Clock) {}

  /** For nodemailer's `logger`. Keeps envelope commands only; login lines are let go at once. */
  readonly logger = {
    trace: () => undefined,
    debug: (entry: unknown, message: unknown) => this.note(entry, message),
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
    fatal: () => undefined,
  };

  mail(): Exchange | undefined {
    return this.find((command) => command.startsWith("MAIL FROM:"));
  }

  rcpt(receiver: string): Exchange | undefined {
    return this.find((command) => command.startsWith(`RCPT TO:<${receiver}>`));
  }

  data(): Exchange | undefined {
    return this.find((command) => command === "DATA");
  }

  /** The answer to the message itself. */
  end(): Exchange | undefined {
    return this.final;
  }

  /** The server asked for the message: from here on only its answer tells what became of it. */
  get messageWanted(): boolean {
    const code = this.data()?.reply?.code;
    return code !== undefined && code < 400;
  }

  private find(test: (command: string) => boolean): Exchange | undefined {
    return this.exchanges.find(({ command }) => test(command));
  }

  private note(entry: unknown, message: unknown): void {
    const { tnx } = (entry ?? {}) as { tnx?: unknown };
    const now = this.clock.now();
    if (tnx === "client") this.sent(String(message), now);
    else if (tnx === "server") this.answered(parseReply(String(message)), now);
  }

  private sent(line: string, now: number): void {
    // A line of the login may be nothing but the password; what it was does not matter here.
    const command = /^(MAIL FROM:|RCPT TO:|DATA$)/.test(line) ? line : "";
    this.exchanges.push({ command, sentAt: now, durationMs: 0 });
  }

  private answered(reply: Reply | undefined, now: number): void {
    const asked = this.exchanges.find((exchange) => exchange.reply === undefined);
    // With pipelining all commands leave at once: each counts from the reply before its own.
    const since = Math.max(this.lastReplyAt, asked?.sentAt ?? 0);
    if (asked && reply) {
      asked.reply = reply;
      asked.durationMs = now - since;
    } else if (reply && this.messageWanted && !this.final) {
      this.final = { command: ".", reply, durationMs: now - this.lastReplyAt };
    }
    this.lastReplyAt = now;
  }
}
