import type { Socket } from "node:net";
import type { SecureContextOptions } from "node:tls";
import { Authority, type Issued } from "../../lib/mail/server/certificates";
import { LoopbackServer } from "./loopback-server";

/**
 * An SMTP server that says exactly what it is told to. The defaults make a whole session work; a test
 * overrides the one reply it is about.
 */
export interface Script {
  /** Sent on connection; undefined says nothing. */
  readonly banner: string | undefined;
  readonly ehlo: string;
  /** HELO, encrypted or not. */
  readonly helo: string;
  /** EHLO once the line is encrypted. */
  readonly ehloTls: string;
  readonly starttls: string;
  /** To all mechanisms, or to each line its own. */
  readonly auth: string | ((line: string) => string);
  /** What answers each further line of the login, once `auth` was a 334. */
  readonly authAnswers: readonly string[];
  readonly mail: string;
  /** By receiver; "*" for all others. */
  readonly rcpt: Readonly<Record<string, string>>;
  readonly data: string;
  readonly message: string;
}

/** Said in place of a reply: hangs up at once. */
export const HANG_UP = "(hang up)";
/** Said in place of a reply: never answers. */
export const SILENCE = "(silence)";

const DEFAULTS: Script = {
  banner: "220 scripted.test ESMTP\r\n",
  ehlo: "250-scripted.test\r\n250-SIZE 100000\r\n250-ENHANCEDSTATUSCODES\r\n250 STARTTLS\r\n",
  helo: "250 scripted.test\r\n",
  ehloTls: "250-scripted.test\r\n250-SIZE 100000\r\n250-ENHANCEDSTATUSCODES\r\n250 AUTH PLAIN LOGIN\r\n",
  starttls: "220 2.0.0 Ready to start TLS\r\n",
  auth: "235 2.7.0 Authentication successful\r\n",
  authAnswers: ["235 2.7.0 Authentication successful\r\n"],
  mail: "250 2.1.0 Ok\r\n",
  rcpt: { "*": "250 2.1.5 Ok\r\n" },
  data: "354 End data with <CR><LF>.<CR><LF>\r\n",
  message: "250 2.0.0 Ok: queued as 4F2A1B3C5D\r\n",
};

export interface ScriptedServer {
  readonly port: number;
  /** PEM of the authority of its certificate. */
  readonly ca: string;
  /** Every line received, in order, over all connections; the message itself is left out. */
  readonly lines: readonly string[];
  /** Resolves once a line that starts like this was received. */
  heard(start: string): Promise<void>;
  close(): Promise<void>;
}

export interface ScriptedOptions {
  readonly certificate?: Issued;
  /** TLS from the first byte. */
  readonly implicitTls?: boolean;
  /** Versions and ciphers. @default Node's */
  readonly tls?: SecureContextOptions;
  /** What the first, second, … connection does differently from the others. */
  readonly connections?: readonly (Partial<Script> & { readonly certificate?: Issued })[];
}

const authority = Authority.create("Scripted CA");
const usual = authority.issue({ name: "127.0.0.1", hosts: ["127.0.0.1", "localhost"] });
export const scriptedAuthority = authority;

export async function startScripted(
  overrides: Partial<Script> = {},
  { certificate = usual, implicitTls = false, tls = {}, connections = [] }: ScriptedOptions = {},
): Promise<ScriptedServer> {
  let connected = 0;
  const lines: string[] = [];
  const listeners: { start: string; resolve: () => void }[] = [];
  const hear = (line: string) => {
    lines.push(line);
    for (const { start, resolve } of listeners) if (line.startsWith(start)) resolve();
  };
  const server = await LoopbackServer.start((socket, { secure }) => {
    const own = { certificate, ...connections[connected++] };
    const { key, certificate: cert } = own.certificate;
    const script = { ...DEFAULTS, ...overrides, ...own };
    const encrypt = (plain: Socket) => secure(plain, { ...tls, key, cert });
    if (implicitTls) new Conversation(encrypt(socket), script, true, hear, encrypt).begin();
    else new Conversation(socket, script, false, hear, encrypt).begin();
  });
  return {
    port: server.port,
    ca: authority.pem,
    lines,
    heard: (start) =>
      lines.some((line) => line.startsWith(start))
        ? Promise.resolve()
        : new Promise((resolve) => listeners.push({ start, resolve })),
    close: () => server.close(),
  };
}

class Conversation {
  private received = "";
  private inMessage = false;
  private authAnswers: string[] = [];

  constructor(
    private readonly socket: Socket,
    private readonly script: Script,
    private readonly encrypted: boolean,
    private readonly hear: (line: string) => void,
    private readonly encrypt: (socket: Socket) => Socket,
  ) {
    socket.on("error", () => undefined).on("data", this.onData);
  }

  begin(): void {
    if (this.script.banner !== undefined) this.say(this.script.banner);
  }

  private say(reply: string): void {
    if (reply === HANG_UP) this.socket.destroy();
    else if (reply !== SILENCE) this.socket.write(reply);
  }

  private readonly onData = (chunk: Buffer): void => {
    this.received += chunk.toString("latin1");
    for (let end = this.received.indexOf("\r\n"); end >= 0; end = this.received.indexOf("\r\n")) {
      const line = this.received.slice(0, end);
      this.received = this.received.slice(end + 2);
      if (this.inMessage) {
        if (line !== ".") continue;
        this.inMessage = false;
        this.say(this.script.message);
        continue;
      }
      this.hear(line);
      if (this.answer(line) === "upgrade") return;
    }
  };

  private answer(line: string): "upgrade" | undefined {
    const next = this.authAnswers.shift();
    if (next !== undefined) {
      this.say(next);
      return undefined;
    }
    const { script } = this;
    const verb = line.split(/[ :]/)[0]!.toUpperCase();
    if (verb === "STARTTLS") return this.startTls();
    if (verb === "EHLO") this.say(this.encrypted ? script.ehloTls : script.ehlo);
    else if (verb === "HELO") this.say(script.helo);
    else if (verb === "AUTH") {
      const auth = typeof script.auth === "string" ? script.auth : script.auth(line);
      if (auth.startsWith("334")) this.authAnswers = [...script.authAnswers];
      this.say(auth);
    } else if (verb === "MAIL") this.say(script.mail);
    else if (verb === "RCPT") this.say(script.rcpt[/<(.*)>/.exec(line)?.[1] ?? ""] ?? script.rcpt["*"] ?? "250 Ok\r\n");
    else if (verb === "DATA") {
      this.inMessage = script.data.startsWith("354");
      this.say(script.data);
    } else if (verb === "QUIT") this.socket.end("221 2.0.0 Bye\r\n");
    else this.say("250 2.0.0 Ok\r\n");
    return undefined;
  }

  private startTls(): "upgrade" | undefined {
    const { starttls } = this.script;
    this.say(starttls);
    if (!starttls.startsWith("220 ")) return undefined;
    this.socket.off("data", this.onData);
    new Conversation(this.encrypt(this.socket), this.script, true, this.hear, this.encrypt);
    return "upgrade";
  }
}
