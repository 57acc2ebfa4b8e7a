import type { Socket } from "node:net";
import { fetched } from "./imap-fetch";
import type { ImapFolder } from "./imap-folders";
import { HANG_UP, SILENCE, type ImapScript, type ImapSessionState } from "./imap-script";

/** What all connections of a server have in common. */
export interface ImapServing {
  readonly script: ImapScript;
  readonly folders: ReadonlyMap<string, ImapFolder>;
  /** Is given every line, without its tag. */
  readonly hear: (line: string) => void;
  /** What becomes of everything that is said, before it is sent. */
  readonly garble: (text: string) => string;
  readonly encrypt: (socket: Socket) => Socket;
}

interface Command {
  readonly tag: string;
  /** In capitals: `LOGIN`, `UID FETCH`. */
  readonly name: string;
  readonly args: string;
}

/** What is said at the end of an answer. */
interface Endings {
  readonly ok: (text?: string) => void;
  readonly no: (text: string) => void;
  readonly bad: (text: string) => void;
}

/** One connection, which a server of the tests answers. */
export class ImapConversation {
  private received = "";
  private line = "";
  private literal = 0;
  /** What the next line is, when it answers a challenge. */
  private challenge: ((answer: string) => void) | undefined;

  constructor(
    private readonly serving: ImapServing,
    private readonly state: ImapSessionState,
  ) {
    state.socket.on("error", () => undefined).on("data", this.onData);
  }

  begin(): void {
    const { greeting } = this.serving.script;
    if (greeting !== undefined) this.say(greeting);
  }

  private say(text: string): void {
    const { socket } = this.state;
    if (text === HANG_UP) socket.destroy();
    else if (text !== SILENCE && socket.writable) socket.write(this.serving.garble(text), "latin1");
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
      this.serving.hear("(answer to a challenge)");
      return challenge(line);
    }
    const [, tag = "*", rest = ""] = /^(\S+) (.*)$/s.exec(line) ?? [];
    this.serving.hear(rest);
    const [first = "", second = ""] = rest.split(" ");
    const name = (/^UID$/i.test(first) ? `UID ${second}` : first).toUpperCase();
    const scripted = this.serving.script.answers[name];
    const answer = typeof scripted === "function" ? scripted(rest, this.state) : scripted;
    if (answer !== undefined) return this.say(answer.replaceAll("{tag}", tag));
    this.answer({ tag, name, args: rest.slice(name.length + 1) });
  }

  private answer(command: Command): void {
    const { tag, name } = command;
    const endings: Endings = {
      ok: (text = `${name} completed`) => this.say(`${tag} OK ${text}\r\n`),
      no: (text) => this.say(`${tag} NO ${text}\r\n`),
      bad: (text) => this.say(`${tag} BAD ${text}\r\n`),
    };
    if (this.answerAlways(command, endings)) return;
    if (!this.state.loggedIn) return endings.bad(`${name} before login, or unknown`);
    if (this.answerLoggedIn(command, endings)) return;
    const { folder } = this.state;
    if (!folder) return endings.bad(`${name} without a folder, or unknown`);
    this.answerInFolder(folder, command, endings);
  }

  /** @returns whether it knows the command */
  private answerAlways({ tag, name, args }: Command, { ok, no, bad }: Endings): boolean {
    const { script } = this.serving;
    const { socket, encrypted } = this.state;
    switch (name) {
      case "CAPABILITY":
        this.say(`* CAPABILITY ${this.offered}\r\n`);
        ok();
        return true;
      case "LOGOUT":
        this.say("* BYE until next time\r\n");
        ok();
        socket.end();
        return true;
      case "NOOP":
        ok();
        return true;
      case "ID":
        this.say('* ID ("name" "scripted")\r\n');
        ok();
        return true;
      case "STARTTLS":
        if (encrypted || !script.capabilities.includes("STARTTLS")) bad("not offered");
        else {
          ok("begin TLS now");
          this.startTls();
        }
        return true;
      case "LOGIN": {
        const [user = "", password = ""] = strings(args);
        if (this.offered.includes("LOGINDISABLED")) no("[PRIVACYREQUIRED] not in plain text");
        else this.logIn(tag, user === script.user && password === script.password);
        return true;
      }
      case "AUTHENTICATE":
        this.authenticate(tag, args);
        return true;
      default:
        return false;
    }
  }

  /** @returns whether it knows the command */
  private answerLoggedIn({ name, args }: Command, { ok, no }: Endings): boolean {
    const { folders } = this.serving;
    switch (name) {
      case "NAMESPACE":
        this.say('* NAMESPACE (("" "/")) NIL NIL\r\n');
        ok();
        return true;
      case "LIST":
      case "LSUB": {
        const [, pattern = "*"] = strings(args);
        for (const folder of folders.values()) {
          if (pattern !== "*" && pattern !== folder.name) continue;
          this.say(`* ${name} (${folder.attributes.join(" ")}) "/" "${folder.name}"\r\n`);
        }
        ok();
        return true;
      }
      case "SELECT":
      case "EXAMINE": {
        const folder = folders.get(strings(args)[0] ?? "");
        if (!folder?.selectable) {
          no("[NONEXISTENT] no such folder");
          return true;
        }
        const readOnly = name === "EXAMINE";
        Object.assign(this.state, { folder, readOnly });
        this.say(`* FLAGS (\\Seen \\Deleted)\r\n* ${folder.messages.length} EXISTS\r\n* 0 RECENT\r\n`);
        this.say(`* OK [UIDVALIDITY 1] stable\r\n* OK [UIDNEXT ${folder.uidNext}] next\r\n`);
        this.say("* OK [PERMANENTFLAGS (\\Seen \\Deleted)] may be kept\r\n");
        ok(`[${readOnly ? "READ-ONLY" : "READ-WRITE"}] ${name} completed`);
        return true;
      }
      default:
        return false;
    }
  }

  private answerInFolder(folder: ImapFolder, { name, args }: Command, { ok, no, bad }: Endings): void {
    switch (name) {
      case "UID SEARCH": {
        const [key = "", field = "", text = ""] = strings(args);
        if (key.toUpperCase() !== "HEADER") return bad("only HEADER is known here");
        const found = folder.search(field, text).map((uid) => ` ${uid}`);
        this.say(`* SEARCH${found.join("")}\r\n`);
        return ok();
      }
      case "FETCH":
      case "UID FETCH":
        this.fetch(folder, args, name === "UID FETCH");
        return ok();
      case "UID STORE": {
        if (this.state.readOnly) return no("[READ-ONLY] opened by EXAMINE");
        const [, set = "", operation = "", flags = ""] = /^(\S+) (\S+) \((.*)\)$/.exec(args) ?? [];
        if (operation.toUpperCase() !== "+FLAGS.SILENT") return bad("only +FLAGS.SILENT is known here");
        for (const number of folder.numbersOf(set, true)) {
          for (const flag of flags.split(" ")) folder.messages[number - 1]!.flags.add(flag);
        }
        return ok();
      }
      case "EXPUNGE":
      case "UID EXPUNGE": {
        if (this.state.readOnly) return no("[READ-ONLY] opened by EXAMINE");
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

  private startTls(): void {
    const { socket } = this.state;
    socket.off("data", this.onData);
    new ImapConversation(this.serving, { ...this.state, socket: this.serving.encrypt(socket), encrypted: true });
  }

  private get offered(): string {
    const { capabilities, capabilitiesTls } = this.serving.script;
    return this.state.encrypted ? capabilitiesTls : capabilities;
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
    const { user, password, token } = this.serving.script;
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
      this.say(`* ${number} FETCH (${fetched(folder.messages[number - 1]!, items).join(" ")})\r\n`);
    }
  }
}

/** The strings of a command: quoted, or atoms. */
function strings(args: string): string[] {
  return [...args.matchAll(/"((?:[^"\\]|\\.)*)"|([^\s()]+)/g)].map(
    ([, quoted, atom]) => quoted?.replace(/\\(.)/g, "$1") ?? atom!,
  );
}
