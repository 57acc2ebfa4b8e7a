import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** The reply that is meddled with: by the command it answers. `message` is the reply to the message's end. */
export type Moment = "banner" | "EHLO" | "STARTTLS" | "TLS" | "AUTH" | "MAIL" | "RCPT" | "DATA" | "message";

/** What becomes of that reply. */
export type Mischief =
  | { readonly kind: "silence" }
  /** In milliseconds. */
  | { readonly kind: "delay"; readonly ms: number }
  | { readonly kind: "hang up" }
  /** Ends the connection with a reset, as firewalls do. */
  | { readonly kind: "reset" }
  | { readonly kind: "rewrite"; readonly reply: (reply: string) => string };

export interface Meddler {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Somebody between the client and a real server, who passes everything on but for one reply. From STARTTLS on
 * all is passed on unread; at `TLS` it is the server's half of the handshake that is meddled with.
 */
export async function meddle(upstream: number, moment: Moment, mischief: Mischief): Promise<Meddler> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const real = connect(upstream, "127.0.0.1");
    for (const socket of [client, real]) {
      sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    }
    between(client, real, moment, mischief);
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

const COMMANDS: Readonly<Record<string, Moment>> = {
  EHLO: "EHLO",
  STARTTLS: "STARTTLS",
  AUTH: "AUTH",
  MAIL: "MAIL",
  RCPT: "RCPT",
  DATA: "DATA",
};

function between(client: Socket, real: Socket, moment: Moment, mischief: Mischief): void {
  /** What the next replies answer, in the order of the commands. */
  const awaited: (Moment | undefined)[] = ["banner"];
  let state: "commands" | "message" | "unread" = "commands";
  let asked = "";
  let replied = "";
  let stopped = false;

  client.on("data", (chunk) => {
    if (state !== "unread") {
      asked += chunk.toString("latin1");
      for (let end = asked.indexOf("\r\n"); end >= 0 && state !== "unread"; end = asked.indexOf("\r\n")) {
        read(asked.slice(0, end));
        asked = asked.slice(end + 2);
      }
    }
    real.write(chunk);
  });
  client.on("end", () => real.end());
  real.on("end", () => client.end()).on("close", () => client.destroy());
  client.on("close", () => real.destroy());

  function read(line: string): void {
    if (state === "message") {
      if (line !== ".") return;
      state = "commands";
      awaited.push("message");
      return;
    }
    awaited.push(COMMANDS[line.split(/[ :]/)[0]!.toUpperCase()]);
  }

  real.on("data", (chunk) => {
    if (stopped) return;
    if (state === "unread") return moment === "TLS" ? meddleWith(chunk.toString("latin1")) : pass(chunk);
    replied += chunk.toString("latin1");
    // One reply: any number of lines with "-" after the code, then one without.
    for (let match = whole(replied); match !== undefined && !stopped; match = whole(replied)) {
      replied = replied.slice(match.length);
      answer(match);
    }
  });

  function answer(reply: string): void {
    const at = awaited.shift();
    if (at === "DATA" && reply.startsWith("354")) state = "message";
    if (at === "STARTTLS" && reply.startsWith("220")) state = "unread";
    if (at === moment) meddleWith(reply);
    else pass(Buffer.from(reply, "latin1"));
  }

  function pass(bytes: Buffer): void {
    if (!client.destroyed) client.write(bytes);
  }

  function meddleWith(reply: string): void {
    switch (mischief.kind) {
      case "silence":
        stopped = true;
        return;
      case "delay":
        setTimeout(() => pass(Buffer.from(reply, "latin1")), mischief.ms).unref();
        return;
      case "hang up":
        stopped = true;
        client.end();
        return;
      case "reset":
        stopped = true;
        client.resetAndDestroy();
        return;
      case "rewrite":
        pass(Buffer.from(mischief.reply(reply), "latin1"));
    }
  }
}

function whole(text: string): string | undefined {
  return /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\r?\n/.exec(text)?.[0];
}
