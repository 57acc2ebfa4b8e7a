import { createServer, type AddressInfo, type Socket } from "node:net";
import { TLSSocket, type SecureContextOptions } from "node:tls";
import { Authority, type Issued } from "../../lib/mail/server/certificates";

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
  const sockets = new Set<Socket>();
  const secure = (socket: Socket, { certificate: own = certificate }: { certificate?: Issued }) => {
    const secured = new TLSSocket(socket, { ...tls, isServer: true, key: own.key, cert: own.certificate });
    // Connections are ended from above: destroying what lies below a handshake crashes Node.
    sockets.delete(socket);
    sockets.add(secured.on("close", () => sockets.delete(secured)));
    return secured;
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    const script = { ...DEFAULTS, ...overrides, ...connections[connected++] };
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    if (implicitTls) converse(secure(socket, script), script, true, true);
    else converse(socket, script, false, true);
  });

  function converse(
    socket: Socket,
    script: Script & { certificate?: Issued },
    encrypted: boolean,
    fresh: boolean,
  ): void {
    let received = "";
    let inMessage = false;
    let authAnswers: string[] = [];
    const say = (reply: string) => {
      if (reply === HANG_UP) socket.destroy();
      else if (reply !== SILENCE) socket.write(reply);
    };
    socket.on("error", () => undefined);
    if (fresh && script.banner !== undefined) say(script.banner);
    const onData = (chunk: Buffer) => {
      received += chunk.toString("latin1");
      for (let end = received.indexOf("\r\n"); end >= 0; end = received.indexOf("\r\n")) {
        const line = received.slice(0, end);
        received = received.slice(end + 2);
        if (inMessage) {
          if (line !== ".") continue;
          inMessage = false;
          say(script.message);
          continue;
        }
        lines.push(line);
        for (const { start, resolve } of listeners) if (line.startsWith(start)) resolve();
        if (answer(line) === "upgrade") return;
      }
    };
    socket.on("data", onData);

    function answer(line: string): "upgrade" | undefined {
      const next = authAnswers.shift();
      if (next !== undefined) {
        say(next);
        return undefined;
      }
      const verb = line.split(/[ :]/)[0]!.toUpperCase();
      if (verb === "EHLO") say(encrypted ? script.ehloTls : script.ehlo);
      else if (verb === "HELO") say(script.helo);
      else if (verb === "STARTTLS") {
        say(script.starttls);
        if (!script.starttls.startsWith("220 ")) return undefined;
        socket.off("data", onData);
        converse(secure(socket, script), script, true, false);
        return "upgrade";
      } else if (verb === "AUTH") {
        const auth = typeof script.auth === "string" ? script.auth : script.auth(line);
        if (auth.startsWith("334")) authAnswers = [...script.authAnswers];
        say(auth);
      } else if (verb === "MAIL") say(script.mail);
      else if (verb === "RCPT") say(script.rcpt[/<(.*)>/.exec(line)?.[1] ?? ""] ?? script.rcpt["*"] ?? "250 Ok\r\n");
      else if (verb === "DATA") {
        inMessage = script.data.startsWith("354");
        say(script.data);
      } else if (verb === "QUIT") socket.end("221 2.0.0 Bye\r\n");
      else say("250 2.0.0 Ok\r\n");
      return undefined;
    }
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    ca: authority.pem,
    lines,
    heard: (start) =>
      lines.some((line) => line.startsWith(start))
        ? Promise.resolve()
        : new Promise((resolve) => listeners.push({ start, resolve })),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
