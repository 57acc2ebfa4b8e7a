import { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { Clock } from "../../core/clock";
import { messageOf } from "../../core/thrown";
import { StepTimeout } from "../wire/deadline";
import type { ConnectionLog } from "../wire/transcript";
import { parseReply, type Reply } from "./reply";

/** A command and its reply. */
export interface Exchange {
  /** "RCPT TO:<oncall@example.com>"; empty for what is no part of the envelope. */
  readonly command: string;
  readonly reply?: Reply;
  readonly durationMs: number;
}

/**
 * Records exchanges from nodemailer's log: its results contain only refusals and no times, and its error after the
 * message's last line does not say whether the message had been sent.
 */
export class ExchangeLog {
  private readonly exchanges: { command: string; sentAt: number; reply?: Reply; durationMs: number }[] = [];
  private lastReplyAt = 0;
  private final: Exchange | undefined;

  private raw: Buffer | undefined;
  private socket: () => unknown = () => undefined;

  constructor(
    private readonly clock: Clock,
    /** Records every line. @default nowhere */
    private readonly wire?: ConnectionLog,
  ) {}

  /** Watches what nodemailer's log does not show: the message, and its socket. */
  watch(raw: Buffer, socket: () => unknown): void {
    this.raw = raw;
    this.socket = socket;
  }

  /** The `logger` for nodemailer. Keeps envelope commands only; login lines are dropped at once. */
  readonly logger = {
    trace: () => undefined,
    debug: (entry: unknown, message: unknown) => this.note(entry, message),
    info: (entry: unknown, message: unknown) => this.happened(entry, String(message)),
    warn: () => undefined,
    error: () => undefined,
    fatal: () => undefined,
  };

  /** The connection ended early. */
  broken(error: unknown): void {
    if (error instanceof StepTimeout) this.wire?.trouble(`no end after ${error.ms / 1_000} s, gave up`);
    // For a refusal, the log has the server's own line.
    else if (!/^[45]/.test(String((error as { response?: unknown }).response))) {
      this.wire?.trouble(messageOf(error));
    }
  }

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

  /** Whether the server asked for the message: from here on only its answer shows the result. */
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
    if (tnx === "client") {
      // nodemailer has masked the login in what it logs.
      this.wire?.sent(String(message), true);
      this.sent(String(message), now);
    } else if (tnx === "server") {
      for (const line of String(message).split(/\r?\n/)) this.wire?.received(line);
      const wanted = this.messageWanted;
      this.answered(parseReply(String(message)), now);
      if (this.messageWanted && !wanted && this.raw) this.wire?.message(this.raw);
    }
  }

  private happened(entry: unknown, message: string): void {
    const { tnx, remoteAddress } = (entry ?? {}) as { tnx?: unknown; remoteAddress?: unknown };
    const socket = this.socket();
    if (tnx === "network" && remoteAddress !== undefined) {
      if (socket instanceof Socket) this.wire?.connected(socket);
    } else if (tnx === "smtp" && /upgraded with STARTTLS/.test(message)) {
      this.wire?.secured(socket instanceof TLSSocket ? socket : undefined);
    }
  }

  private sent(line: string, now: number): void {
    // A line of the login may contain the bare password; its content does not matter here.
    const command = /^(MAIL FROM:|RCPT TO:|DATA$)/.test(line) ? line : "";
    this.exchanges.push({ command, sentAt: now, durationMs: 0 });
  }

  private answered(reply: Reply | undefined, now: number): void {
    const asked = this.exchanges.find((exchange) => exchange.reply === undefined);
    // With pipelining all commands are sent at once: each is timed from the previous reply.
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
