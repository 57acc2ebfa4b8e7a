import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { connect as connectTls, TLSSocket } from "node:tls";

/** The reply that is meddled with, by the command it answers; `TLS` is the handshake, `message` the end of the mail. */
export const MOMENTS = [
  "banner",
  "EHLO",
  "STARTTLS",
  "TLS",
  "EHLO over TLS",
  "AUTH",
  "MAIL",
  "RCPT",
  "DATA",
  "message",
] as const;
export type Moment = (typeof MOMENTS)[number];

/** What becomes of that reply. */
export type Mischief =
  /** It is swallowed with all that follow, and the connection left open. */
  | { readonly kind: "silence" }
  | { readonly kind: "delay"; readonly ms: number }
  | { readonly kind: "hang up" }
  /** Ends the connection as firewalls do. */
  | { readonly kind: "reset" }
  | { readonly kind: "rewrite"; readonly reply: (reply: string) => string };

export interface Meddler {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Somebody between the client and a real server, who passes everything on but for one reply. Holds the server's
 * key and certificate (one PEM file), and so goes on after STARTTLS.
 */
export async function meddle(upstream: number, pem: string, moment: Moment, mischief: Mischief): Promise<Meddler> {
  const identity = readFileSync(pem);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const real = connect(upstream, "127.0.0.1");
    for (const socket of [client, real]) sockets.add(socket);
    new Conversation(client, real, identity, moment, mischief).begin();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

const COMMANDS: readonly string[] = ["EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA"];

class Conversation {
  private client: Socket;
  private real: Socket;
  /** What the next replies answer, in the order of the commands. */
  private readonly awaited: (string | undefined)[] = ["banner"];
  private inMessage = false;
  private encrypted = false;
  /** The server says nothing more. */
  private over = false;
  private turn = Promise.resolve();
  private asked = "";
  private replied = "";

  constructor(
    private readonly plainClient: Socket,
    plainReal: Socket,
    private readonly identity: Buffer,
    private readonly moment: Moment,
    private readonly mischief: Mischief,
  ) {
    this.client = plainClient;
    this.real = plainReal;
  }

  begin(): void {
    const { client, real } = this;
    client
      .on("data", this.onAsked)
      .on("error", ignore)
      .on("close", () => real.destroy());
    real
      .on("data", this.onReplied)
      .on("error", ignore)
      .on("close", () => client.end());
  }

  private readonly onAsked = (chunk: Buffer) => {
    this.asked += chunk.toString("latin1");
    for (let end = this.asked.indexOf("\r\n"); end >= 0; end = this.asked.indexOf("\r\n")) {
      this.read(this.asked.slice(0, end));
      this.asked = this.asked.slice(end + 2);
    }
    this.real.write(chunk);
  };

  private read(line: string): void {
    if (!this.inMessage) {
      const verb = line.split(/[ :]/)[0]!.toUpperCase();
      this.awaited.push(verb === "EHLO" && this.encrypted ? "EHLO over TLS" : COMMANDS.find((name) => name === verb));
    } else if (line === ".") {
      this.inMessage = false;
      this.awaited.push("message");
    }
  }

  private readonly onReplied = (chunk: Buffer) => {
    this.replied += chunk.toString("latin1");
    for (let reply = whole(this.replied); reply !== undefined; reply = whole(this.replied)) {
      this.replied = this.replied.slice(reply.length);
      const next = reply;
      // In order, however long one of them takes: clients may have sent several commands at once.
      this.turn = this.turn.then(() => this.answer(next));
    }
  };

  private async answer(reply: string): Promise<void> {
    if (this.over) return;
    const at = this.awaited.shift();
    if (at === "DATA" && reply.startsWith("354")) this.inMessage = true;
    const encrypts = at === "STARTTLS" && reply.startsWith("220");
    if (encrypts) this.stopReading();
    if (at === this.moment) await this.meddle(() => this.pass(reply), reply);
    else this.pass(reply);
    if (!encrypts || this.over) return;
    if (this.moment === "TLS") await this.meddle(() => this.encrypt(), "");
    else this.encrypt();
  }

  /** What comes next is for the handshake. */
  private stopReading(): void {
    this.client.off("data", this.onAsked).pause();
    this.real.off("data", this.onReplied).pause();
  }

  private encrypt(): void {
    this.encrypted = true;
    const { identity } = this;
    this.client = new TLSSocket(this.plainClient, { isServer: true, key: identity, cert: identity });
    this.real = connectTls({ socket: this.real, rejectUnauthorized: false });
    this.begin();
  }

  private pass(reply: string): void {
    if (this.client.writable) this.client.write(Buffer.from(reply, "latin1"));
  }

  private async meddle(asItWas: () => void, reply: string): Promise<void> {
    const { mischief } = this;
    if (mischief.kind === "delay") {
      await pause(mischief.ms, undefined, { ref: false });
      asItWas();
    } else if (mischief.kind === "rewrite") {
      this.pass(mischief.reply(reply));
    } else {
      this.over = true;
      if (mischief.kind === "hang up") this.client.end();
      if (mischief.kind === "reset") this.plainClient.resetAndDestroy();
    }
  }
}

/** An error event without a listener ends the process. */
const ignore = () => undefined;

/** One reply: any number of lines with "-" after the code, then one without. */
function whole(text: string): string | undefined {
  return /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\n/.exec(text)?.[0];
}
