import { createServer, type AddressInfo, type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { Authority, type Issued } from "../../lib/mail/server/certificates";
import { headerLines, imapDate, ImapFolder } from "./imap-folders";

/**
 * An IMAP server small enough to be read and strict enough to be believed: it serves its folders, and
 * refuses what it does not know. A test replaces the one answer it is about. @see RFC 3501
 */
export interface ImapScript {
  /** Sent on connection; undefined says nothing. */
  readonly greeting: string | undefined;
  /** In plain text, before STARTTLS. */
  readonly capabilities: string;
  /** Once the line is encrypted, or where it never will be. */
  readonly capabilitiesTls: string;
  readonly user: string;
  readonly password: string;
  readonly token: string;
  /**
   * Said in place of the server's own answer to a command, by its name ("LOGIN", "UID SEARCH", "AUTHENTICATE").
   * `{tag}` stands for the command's tag. A function may decide each time; undefined lets the server answer.
   */
  readonly answers: Readonly<
    Record<string, string | ((line: string, session: ImapSessionState) => string | undefined)>
  >;
}

/** Said in place of an answer: hangs up at once. */
export const HANG_UP = "(hang up)";
/** Said in place of an answer: never answers. */
export const SILENCE = "(silence)";

const OFFER = "IMAP4rev1 ID NAMESPACE SPECIAL-USE UIDPLUS";
export const IMAP_DEFAULTS: ImapScript = {
  greeting: "* OK scripted IMAP ready\r\n",
  capabilities: `${OFFER} STARTTLS LOGINDISABLED`,
  capabilitiesTls: `${OFFER} AUTH=PLAIN AUTH=LOGIN AUTH=XOAUTH2`,
  user: "oncall@example.com",
  password: "correct horse",
  token: "ya29.token",
  answers: {},
};

export interface ScriptedImap {
  readonly port: number;
  /** PEM of the authority of its certificate. */
  readonly ca: string;
  /** Every line received, without tags, in order, over all connections. */
  readonly lines: readonly string[];
  readonly folders: Map<string, ImapFolder>;
  readonly inbox: ImapFolder;
  /** Connections that are open now. */
  connections(): number;
  /** A number that changes whenever something is received or sent. */
  activity(): number;
  /** Resolves once the other side has closed all connections. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

export interface ScriptedImapOptions {
  readonly certificate?: Issued;
  /** The certificate of each handshake, where they differ. */
  readonly certificateOf?: () => Issued;
  /** TLS from the first byte. */
  readonly implicitTls?: boolean;
  /** Never encrypts. */
  readonly plain?: boolean;
  /** What becomes of everything that is said, before it is sent. */
  readonly garble?: (text: string) => string;
  /** Besides INBOX. */
  readonly folders?: readonly ImapFolder[];
}

export interface ImapSessionState {
  readonly socket: Socket;
  encrypted: boolean;
  loggedIn: boolean;
  folder: ImapFolder | undefined;
  readOnly: boolean;
}

const authority = Authority.create("Scripted IMAP CA");
const usual = authority.issue({ name: "127.0.0.1", hosts: ["127.0.0.1", "localhost"] });
export const imapAuthority = authority;

export async function startScriptedImap(
  overrides: Partial<ImapScript> = {},
  {
    certificate = usual,
    certificateOf = () => certificate,
    implicitTls = false,
    plain = false,
    folders = [],
    garble = (text) => text,
  }: ScriptedImapOptions = {},
): Promise<ScriptedImap> {
  const script = { ...IMAP_DEFAULTS, ...overrides };
  const lines: string[] = [];
  const sockets = new Set<Socket>();
  let accepted = 0;
  const inbox = new ImapFolder("INBOX");
  const all = new Map([inbox, ...folders].map((folder) => [folder.name, folder]));
  const secure = (socket: Socket) => {
    const { key, certificate: cert } = certificateOf();
    const secured = new TLSSocket(socket, { isServer: true, key, cert });
    // Connections are ended from above: destroying what lies below a handshake crashes Node.
    sockets.delete(socket);
    sockets.add(secured.on("close", () => sockets.delete(secured)));
    return secured;
  };

  const server = createServer({ noDelay: true }, (socket) => {
    accepted++;
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    const state = { loggedIn: false, folder: undefined, readOnly: true };
    if (implicitTls) new Conversation({ ...state, socket: secure(socket), encrypted: true }, true);
    else new Conversation({ ...state, socket, encrypted: plain }, true);
  });

  class Conversation {
    private received = "";
    private line = "";
    private literal = 0;
    /** What the next line is, when it answers a challenge. */
    private challenge: ((answer: string) => void) | undefined;

    constructor(
      private readonly state: ImapSessionState,
      fresh: boolean,
    ) {
      state.socket.on("error", () => undefined).on("data", this.onData);
      if (fresh && script.greeting !== undefined) this.say(script.greeting);
    }

    private say(text: string): void {
      const { socket } = this.state;
      if (text === HANG_UP) socket.destroy();
      else if (text !== SILENCE && socket.writable) socket.write(garble(text), "latin1");
    }

    private readonly onData = (chunk: Buffer) => {
      this.received += chunk.toString("latin1");
      for (;;) {
        if (this.literal > 0) {
          if (this.received.length < this.literal) return;
          this.line += JSON.stringify(this.received.slice(0, this.literal));
          this.received = this.received.slice(this.literal);
          this.literal = 0;
        }
        const end = this.received.indexOf("\r\n");
        if (end < 0) return;
        this.line += this.received.slice(0, end);
        this.received = this.received.slice(end + 2);
        const announced = /\{(\d+)(\+?)\}$/.exec(this.line);
        if (announced) {
          this.line = this.line.slice(0, announced.index);
          this.literal = Number(announced[1]);
          if (announced[2] === "") this.say("+ go on\r\n");
          continue;
        }
        const { line } = this;
        this.line = "";
        this.take(line);
      }
    };

    private take(line: string): void {
      const { challenge } = this;
      if (challenge) {
        this.challenge = undefined;
        lines.push("(answer to a challenge)");
        return challenge(line);
      }
      const [, tag = "*", rest = ""] = /^(\S+) (.*)$/s.exec(line) ?? [];
      lines.push(rest);
      const [first = "", second = ""] = rest.split(" ");
      const name = (/^UID$/i.test(first) ? `UID ${second}` : first).toUpperCase();
      const args = rest.slice(name.length + 1);
      const scripted = script.answers[name];
      const answer = typeof scripted === "function" ? scripted(rest, this.state) : scripted;
      if (answer !== undefined) return this.say(answer.replaceAll("{tag}", tag));
      this.answer(tag, name, args);
    }

    private answer(tag: string, name: string, args: string): void {
      const { state } = this;
      const { socket } = state;
      const ok = (text = `${name} completed`) => this.say(`${tag} OK ${text}\r\n`);
      const no = (text: string) => this.say(`${tag} NO ${text}\r\n`);
      const bad = (text: string) => this.say(`${tag} BAD ${text}\r\n`);
      switch (name) {
        case "CAPABILITY":
          this.say(`* CAPABILITY ${state.encrypted ? script.capabilitiesTls : script.capabilities}\r\n`);
          return ok();
        case "LOGOUT":
          this.say("* BYE until next time\r\n");
          ok();
          socket.end();
          return;
        case "NOOP":
          return ok();
        case "ID":
          this.say('* ID ("name" "scripted")\r\n');
          return ok();
        case "STARTTLS":
          if (state.encrypted || !script.capabilities.includes("STARTTLS")) return bad("not offered");
          ok("begin TLS now");
          socket.off("data", this.onData);
          new Conversation({ ...state, socket: secure(socket), encrypted: true }, false);
          return;
        case "LOGIN": {
          if (this.offered.includes("LOGINDISABLED")) return no("[PRIVACYREQUIRED] not in plain text");
          const [user = "", password = ""] = strings(args);
          return this.logIn(tag, user === script.user && password === script.password);
        }
        case "AUTHENTICATE":
          return this.authenticate(tag, args);
      }
      if (!state.loggedIn) return bad(`${name} before login, or unknown`);
      switch (name) {
        case "NAMESPACE":
          this.say('* NAMESPACE (("" "/")) NIL NIL\r\n');
          return ok();
        case "LIST":
        case "LSUB": {
          const [, pattern = "*"] = strings(args);
          for (const folder of all.values()) {
            if (pattern !== "*" && pattern !== folder.name) continue;
            this.say(`* ${name} (${folder.attributes.join(" ")}) "/" "${folder.name}"\r\n`);
          }
          return ok();
        }
        case "SELECT":
        case "EXAMINE": {
          const folder = all.get(strings(args)[0] ?? "");
          if (!folder?.selectable) return no("[NONEXISTENT] no such folder");
          Object.assign(state, { folder, readOnly: name === "EXAMINE" });
          this.say(`* FLAGS (\\Seen \\Deleted)\r\n* ${folder.messages.length} EXISTS\r\n* 0 RECENT\r\n`);
          this.say(`* OK [UIDVALIDITY 1] stable\r\n* OK [UIDNEXT ${folder.uidNext}] next\r\n`);
          this.say("* OK [PERMANENTFLAGS (\\Seen \\Deleted)] may be kept\r\n");
          return ok(`[${state.readOnly ? "READ-ONLY" : "READ-WRITE"}] ${name} completed`);
        }
      }
      const { folder } = state;
      if (!folder) return bad(`${name} without a folder, or unknown`);
      switch (name) {
        case "UID SEARCH": {
          const [key = "", field = "", text = ""] = strings(args);
          if (key.toUpperCase() !== "HEADER") return bad("only HEADER is known here");
          this.say(
            `* SEARCH${folder
              .search(field, text)
              .map((uid) => ` ${uid}`)
              .join("")}\r\n`,
          );
          return ok();
        }
        case "FETCH":
        case "UID FETCH":
          this.fetch(folder, args, name === "UID FETCH");
          return ok();
        case "UID STORE": {
          if (state.readOnly) return no("[READ-ONLY] opened by EXAMINE");
          const [, set = "", operation = "", flags = ""] = /^(\S+) (\S+) \((.*)\)$/.exec(args) ?? [];
          if (operation.toUpperCase() !== "+FLAGS.SILENT") return bad("only +FLAGS.SILENT is known here");
          for (const number of folder.numbersOf(set, true)) {
            for (const flag of flags.split(" ")) folder.messages[number - 1]!.flags.add(flag);
          }
          return ok();
        }
        case "EXPUNGE":
        case "UID EXPUNGE": {
          if (state.readOnly) return no("[READ-ONLY] opened by EXAMINE");
          const numbers = folder.numbersOf(name === "EXPUNGE" ? "1:*" : args, name !== "EXPUNGE");
          for (const number of numbers.reverse()) {
            if (!folder.messages[number - 1]!.flags.has("\\Deleted")) continue;
            folder.messages.splice(number - 1, 1);
            this.say(`* ${number} EXPUNGE\r\n`);
          }
          return ok();
        }
        default:
          return bad(`unknown command ${name}`);
      }
    }

    private get offered(): string {
      return this.state.encrypted ? script.capabilitiesTls : script.capabilities;
    }

    private logIn(tag: string, right: boolean): void {
      this.state.loggedIn = right;
      this.say(right ? `${tag} OK logged in\r\n` : `${tag} NO [AUTHENTICATIONFAILED] wrong user or password\r\n`);
    }

    private authenticate(tag: string, args: string): void {
      const [mechanism = "", initial] = args.split(" ");
      if (!this.offered.includes(`AUTH=${mechanism}`)) return this.say(`${tag} NO not offered\r\n`);
      const ask = (prompt: string, next: (answer: string) => void) => {
        this.challenge = (answer) => next(Buffer.from(answer, "base64").toString());
        this.say(`+ ${Buffer.from(prompt).toString("base64")}\r\n`);
      };
      const { user, password, token } = script;
      if (mechanism === "PLAIN") {
        ask("", (answer) => this.logIn(tag, answer === `\0${user}\0${password}`));
      } else if (mechanism === "LOGIN") {
        ask("Username:", (name) => ask("Password:", (word) => this.logIn(tag, name === user && word === password)));
      } else if (mechanism === "XOAUTH2") {
        const judge = (given: string) => {
          if (given === `user=${user}\x01auth=Bearer ${token}\x01\x01`) return this.logIn(tag, true);
          // As Google has it: the reason as a challenge, to be answered by an empty line.
          ask('{"status":"401","schemes":"bearer","scope":"mail"}', () =>
            this.say(`${tag} NO [AUTHENTICATIONFAILED] Invalid credentials\r\n`),
          );
        };
        // Without SASL-IR, the client waits to be asked (RFC 4959).
        if (initial === undefined) ask("", judge);
        else judge(Buffer.from(initial, "base64").toString());
      } else this.say(`${tag} BAD unknown mechanism\r\n`);
    }

    private fetch(folder: ImapFolder, args: string, byUid: boolean): void {
      const [, set = "", items = ""] = /^(\S+) (.*)$/s.exec(args) ?? [];
      for (const number of folder.numbersOf(set, byUid)) {
        const { uid, raw, storedAt } = folder.messages[number - 1]!;
        const parts = [`UID ${uid}`];
        if (/INTERNALDATE/i.test(items)) parts.push(`INTERNALDATE "${imapDate(storedAt)}"`);
        const fields = /BODY\.PEEK\[(HEADER\.FIELDS \((.*?)\))\]/i.exec(items);
        if (fields) {
          const lines = headerLines(raw, fields[2]!.replaceAll('"', "").split(" ")).join("");
          parts.push(`BODY[${fields[1]}] {${lines.length + 2}}\r\n${lines}\r\n`);
        }
        const body = /BODY\.PEEK\[\](?:<(\d+)\.(\d+)>)?/i.exec(items);
        if (body) {
          const from = Number(body[1] ?? 0);
          const text = raw.slice(from, from + Number(body[2] ?? raw.length));
          parts.push(`BODY[]${body[1] === undefined ? "" : `<${from}>`} {${text.length}}\r\n${text}`);
        }
        this.say(`* ${number} FETCH (${parts.join(" ")})\r\n`);
      }
    }
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    ca: authority.pem,
    lines,
    folders: all,
    inbox,
    connections: () => sockets.size,
    activity: () => [...sockets].reduce((sum, socket) => sum + socket.bytesRead + socket.bytesWritten, accepted),
    quiet: async () => {
      for (const socket of sockets)
        if (!socket.destroyed) await new Promise((resolve) => socket.once("close", resolve));
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** The strings of a command: quoted, or atoms. */
function strings(args: string): string[] {
  return [...args.matchAll(/"((?:[^"\\]|\\.)*)"|([^\s()]+)/g)].map(
    ([, quoted, atom]) => quoted?.replace(/\\(.)/g, "$1") ?? atom!,
  );
}
