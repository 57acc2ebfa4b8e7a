import { createServer, type AddressInfo, type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { Authority, selfSigned, type Issued } from "../../lib/mail/server/certificates";
import { hostileReply, pieces } from "./hostile-replies";
import { pick, upTo, type Random } from "./random";

/** An SMTP server that misbehaves at random, the same seed in the same way, and remembers what was entrusted to it. */
export interface HostileServer {
  readonly port: number;
  /** PEM of the authority of its honest certificate. */
  readonly ca: string;
  /** Its certificate is made for 127.0.0.1, valid, and signed by `ca`. */
  readonly trustworthy: boolean;
  /** What arrived unencrypted; handshakes left out. */
  plain(): string;
  encrypted(): string;
  /** A number that changes whenever something is said on either side. */
  activity(): number;
  /** The most it could send over one connection. */
  mostSent(): number;
  close(): Promise<void>;
}

const authority = Authority.create("Hostile CA");
const DAY = 86_400_000;
const hosts = ["127.0.0.1", "localhost"];
const HONEST = authority.issue({ name: "127.0.0.1", hosts });
const DUBIOUS: readonly Issued[] = [
  selfSigned({ name: "127.0.0.1", hosts }),
  Authority.create("\u001b[31mElsewhere\n\u202e").issue({ name: "mx\r\n\u0007\u2028\u202e", hosts: ["127.0.0.1"] }),
  authority.issue({
    name: "x".repeat(2_000),
    hosts: Array.from({ length: 300 }, (_, index) => `h${index}.example.com`),
  }),
  authority.issue({ name: "127.0.0.1", hosts, notBefore: Date.now() - 9 * DAY, notAfter: Date.now() - DAY }),
];

/** So much is sent where a client would let itself be flooded without end. */
const FLOOD = 64 * 1_048_576;
const FLOODS = ["x".repeat(65_536), "250-more\r\n".repeat(6_000), "250 done\r\n".repeat(6_000), "\r\n".repeat(30_000)];

/** Harmless, so that the talk gets to the place where it is not. */
const ANSWERS: Readonly<Record<string, string>> = {
  EHLO: "250-hostile.test\r\n250-SIZE 100000\r\n250-PIPELINING\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN CRAM-MD5 XOAUTH2\r\n",
  HELO: "250 hostile.test\r\n",
  STARTTLS: "220 2.0.0 Go ahead\r\n",
  AUTH: "235 2.7.0 Ok\r\n",
  MAIL: "250 2.1.0 Ok\r\n",
  RCPT: "250 2.1.5 Ok\r\n",
  DATA: "354 Go ahead\r\n",
  QUIT: "221 2.0.0 Bye\r\n",
};

/** How many lines a login takes after the first, which is without the response that may come with it. */
const LOGIN_LINES: Readonly<Record<string, number>> = { LOGIN: 2, "CRAM-MD5": 1 };

export interface Hostility {
  readonly random: Random;
  /** Encrypted from the first byte. */
  readonly implicitTls: boolean;
  /** The number of the answer, counted over all connections, at which it begins to misbehave. */
  readonly from: number;
}

export async function startHostile(hostility: Hostility): Promise<HostileServer> {
  const { random, implicitTls } = hostility;
  const certificate = random() < 0.75 ? HONEST : pick(random, DUBIOUS);
  const shared = new Shared(hostility, certificate, random() < 0.2);
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    shared.sockets.add(socket);
    socket.on("error", () => undefined);
    new Conversation(shared, implicitTls ? shared.secure(socket) : socket, socket).greet();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const each = <T>(of: (socket: Socket) => T): T[] => [...shared.sockets].map(of);
  return {
    port: (server.address() as AddressInfo).port,
    ca: authority.pem,
    trustworthy: certificate === HONEST,
    plain: () => shared.plain.join(""),
    encrypted: () => shared.encrypted.join(""),
    activity: () => connections + sum(each((socket) => socket.bytesRead + socket.bytesWritten)),
    mostSent: () => Math.max(0, ...each(({ bytesWritten, writableLength }) => bytesWritten - writableLength)),
    close: () =>
      new Promise((resolve) => {
        each((socket) => socket.destroy());
        server.close(() => resolve());
      }),
  };
}

/** What the conversations of one server share. */
class Shared {
  readonly plain: string[] = [];
  readonly encrypted: string[] = [];
  readonly sockets = new Set<Socket>();
  readonly random: Random;
  private readonly from: number;
  private answers = 0;

  constructor(
    { random, from }: Hostility,
    private readonly certificate: Issued,
    /** As somebody on the way does who wants the password in clear. */
    readonly hidesTls: boolean,
  ) {
    this.random = random;
    this.from = from;
  }

  /** Whether the next answer is one at which it misbehaves. */
  isTurn(): boolean {
    const number = this.answers++;
    return number === this.from || (number > this.from && this.random() < 0.4);
  }

  secure(socket: Socket): TLSSocket {
    const { key, certificate: cert } = this.certificate;
    const secured = new TLSSocket(socket, { isServer: true, key, cert });
    // Ended from above: what lies below an encryption is not to be pulled away from under it.
    this.sockets.delete(socket);
    this.sockets.add(secured);
    return secured;
  }
}

class Conversation {
  private received = "";
  private inMessage = false;
  /** Answers to 334 that are still to come. */
  private loginLines = 0;
  private readonly isEncrypted: boolean;

  /** @param raw what `socket` encrypts, or the socket itself */
  constructor(
    private readonly shared: Shared,
    private readonly socket: Socket,
    private readonly raw: Socket,
  ) {
    this.isEncrypted = socket !== raw;
    socket.on("error", () => undefined);
    socket.on("data", this.onData);
  }

  greet(): void {
    const greeting = "220 hostile.test ESMTP\r\n";
    if (!this.shared.isTurn()) this.socket.write(greeting);
    else this.misbehave(greeting, "");
  }

  private readonly onData = (chunk: Buffer) => {
    const text = chunk.toString("latin1");
    this.shared[this.isEncrypted ? "encrypted" : "plain"].push(text);
    this.received += text;
    for (let end = this.received.indexOf("\n"); end >= 0; end = this.received.indexOf("\n")) {
      const line = this.received.slice(0, end).replace(/\r$/, "");
      this.received = this.received.slice(end + 1);
      if (this.inMessage && line !== ".") continue;
      if (this.answer(line) === "encrypted") return;
    }
  };

  private answer(line: string): "encrypted" | undefined {
    const { shared, socket } = this;
    const verb = this.inMessage ? "." : this.loginLines > 0 ? "334" : line.split(/[ :]/)[0]!.toUpperCase();
    const usual = this.usual(verb, line);
    this.inMessage = false;
    const honest = !shared.isTurn();
    if (honest) socket.write(usual);
    else this.misbehave(usual, line);
    if (honest && verb === "DATA") this.inMessage = true;
    if (honest && verb === "QUIT") socket.end();
    if (verb !== "STARTTLS" || this.isEncrypted || !(honest || shared.random() < 0.5)) return undefined;
    socket.off("data", this.onData);
    if (shared.random() < 0.1) socket.write(hostileReply(shared.random));
    new Conversation(shared, shared.secure(socket), socket);
    return "encrypted";
  }

  private usual(verb: string, line: string): string {
    if (verb === ".") return "250 2.0.0 Ok: queued as 4F2A1B3C5D\r\n";
    if (verb === "334") this.loginLines -= 1;
    else if (verb === "AUTH") this.loginLines = LOGIN_LINES[line.split(" ")[1] ?? ""] ?? 0;
    if (this.loginLines > 0) return "334 UGFzc3dvcmQ6\r\n";
    if (verb === "334") return ANSWERS.AUTH!;
    const answer = ANSWERS[verb] ?? "250 2.0.0 Ok\r\n";
    return this.isEncrypted || this.shared.hidesTls ? answer.replace("250-STARTTLS\r\n", "") : answer;
  }

  private misbehave(usual: string, heard: string): void {
    const { socket, raw } = this;
    const { random } = this.shared;
    const deed = random();
    if (deed < 0.04) return; // never answers
    if (deed < 0.07) return void socket.destroy();
    if (deed < 0.1) return void (socket === raw ? socket.resetAndDestroy() : socket.destroy());
    if (deed < 0.12) return void socket.end();
    if (deed < 0.17) return flood(socket, pick(random, FLOODS));
    // Says back what it was told: a login, too.
    const isLogin = /^AUTH |^[\w+/]{8,}=*$/.test(heard);
    const told =
      random() < (isLogin ? 0.6 : 0.1)
        ? `${pick(random, ["535 ", "334 ", "250-", "550 5.7.1 "])}${echo(heard, random)}\r\n`
        : "";
    for (const piece of pieces(Buffer.concat([Buffer.from(told), hostileReply(random, usual)]), random))
      socket.write(piece);
    if (random() < 0.75) socket.end();
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** What was heard, and what is in it. */
function echo(heard: string, random: Random): string {
  const word = heard.split(" ").at(-1) ?? "";
  const inside = Buffer.from(word, "base64")
    .toString("latin1")
    .replace(/[\0\x01]/g, " ");
  return `${"x".repeat(pick(random, [0, 0, upTo(random, 400)]))}${pick(random, [heard, word, inside])}`;
}

function flood(socket: Socket, text: string): void {
  const more = () => {
    while (!socket.destroyed && socket.writable && socket.bytesWritten < FLOOD) {
      if (!socket.write(text)) return void socket.once("drain", more);
    }
  };
  more();
}
