import { TLSSocket } from "node:tls";
import type { Socket } from "node:net";
import { elapsed, type Clock } from "../../core/clock";
import { printable } from "../../core/printable";
import { formatIpAndPort } from "./ip-and-port";
import { WireSecrets, type WireLogin } from "./secrets";

/**
 * The direction and visibility of a line: `->` the client and `<-` the server in plain text, `~>` and `<~` under TLS;
 * `==` an event, `**` a failure.
 */
export type WireMark = "->" | "<-" | "~>" | "<~" | "==" | "**";

export interface WireLine {
  /** 1 for the first connection of the run. */
  readonly connection: number;
  /** Milliseconds since the run began. */
  readonly ms: number;
  readonly mark: WireMark;
  /** Redacted, printable, one line. */
  readonly text: string;
}

const MOST_LINES = 1_000;
const LONGEST_LINE = 500;

/**
 * Records the SMTP conversations of a run, redacted when they are written: what a login sends is never kept, and what
 * repeats it is hidden in every encoding. Its size is limited, whatever the server sends.
 */
export class ConversationLog {
  private readonly written: WireLine[] = [];
  private readonly secrets = new WireSecrets();
  private readonly began: number;
  private connections = 0;
  private full = false;

  constructor(
    private readonly clock: Clock,
    /** Redacts other secrets of the run. @default none */
    private readonly redact: (text: string) => string = (text) => text,
  ) {
    this.began = elapsed(clock);
  }

  get lines(): readonly WireLine[] {
    return this.written;
  }

  /** Hides this login from now on. To be called before logging in. */
  protect(login: WireLogin | undefined): void {
    if (login !== undefined) this.secrets.learn(login);
  }

  /** Hides secrets in any other text of the run. */
  clean(text: string): string {
    return this.secrets.clean(this.redact(text));
  }

  connection(): ConnectionLog {
    const connection = ++this.connections;
    return new ConnectionLog(this.secrets, {
      add: (mark, text) => this.add(connection, mark, text),
      hide: (index) => this.hide(index),
    });
  }

  /** Records a failure without a conversation: no connection was made. */
  trouble(text: string): void {
    this.add(Math.max(1, this.connections), "**", text);
  }

  private add(connection: number, mark: WireMark, text: string): Written | undefined {
    const ms = Math.max(0, Math.round(elapsed(this.clock) - this.began));
    if (this.full) return undefined;
    if (this.written.length === MOST_LINES) {
      this.full = true;
      this.written.push({ connection, ms, mark: "**", text: `more than ${MOST_LINES} lines: the rest is left out` });
      return undefined;
    }
    // Text beyond the cut need not be examined, except for a secret that begins before it.
    const seen = text.slice(0, LONGEST_LINE + this.secrets.window);
    const code = codeOf(seen);
    const clean = this.clean(seen.slice(code.length));
    // Again after the cut: it may have left half of a secret.
    this.written.push({ connection, ms, mark, text: this.clean(printable(`${code}${clean}`, LONGEST_LINE)) });
    return { index: this.written.length - 1, text: clean };
  }

  private hide(index: number): void {
    const line = this.written[index];
    if (line !== undefined) this.written[index] = { ...line, text: `${codeOf(line.text)}${hidden(line.text)}` };
  }
}

interface Written {
  /** The index of its line. */
  readonly index: number;
  /** Redacted, without the code of a reply. */
  readonly text: string;
}

interface Paper {
  /** Undefined when the transcript is full. */
  add(mark: WireMark, text: string): Written | undefined;
  hide(index: number): void;
}

/** One connection's part of the transcript. */
export class ConnectionLog {
  private encrypted = false;
  private inLogin = false;
  /** The texts of earlier lines, for a secret that is split over several; not part of the transcript. */
  readonly #recent: Written[] = [];

  constructor(
    private readonly secrets: WireSecrets,
    private readonly paper: Paper,
  ) {}

  /** Records an event. */
  event(text: string): void {
    this.paper.add("==", text);
  }

  /** Records a failure. */
  trouble(text: string): void {
    this.paper.add("**", text);
  }

  connected(socket: Socket): void {
    const { remoteAddress, remotePort } = socket;
    if (remoteAddress !== undefined) this.event(`connected to ${formatIpAndPort(remoteAddress, remotePort ?? 0)}`);
    if (socket instanceof TLSSocket) this.secured(socket);
  }

  /** From here on nobody else can read. */
  secured(socket: TLSSocket | undefined): void {
    this.encrypted = true;
    const protocol = socket?.getProtocol() ?? "TLS";
    const cipher = socket?.getCipher()?.name;
    this.event(`${protocol} established${cipher === undefined ? "" : `, ${cipher}`}`);
  }

  /** Records a command. `masked`: its login was replaced already, so that its length reveals nothing. */
  sent(line: string, masked = false): void {
    if (this.inLogin) return this.answered(masked ? undefined : Buffer.byteLength(line));
    const [, verb, initial] = /^(AUTH +\S+) (.+)$/is.exec(line) ?? [];
    this.inLogin = /^AUTH /i.test(line);
    if (verb === undefined) this.client(line);
    else this.client(`${verb} ${login(masked ? undefined : Buffer.byteLength(initial!))}`);
  }

  /** Records an answer to a 334: it always belongs to the login. */
  answered(bytes: number | undefined): void {
    this.client(login(bytes));
  }

  received(line: string): void {
    if (this.inLogin && line.startsWith("334")) this.secrets.learnChallenge(line.slice(codeOf(line).length));
    else if (/^\d{3}(?: |$)/.test(line)) this.inLogin = false;
    const written = this.paper.add(this.encrypted ? "<~" : "<-", line);
    if (written !== undefined) this.remember(written);
  }

  /** Records the message: its headers and its length. */
  message(raw: Buffer): void {
    const end = raw.indexOf("\r\n\r\n");
    const head = raw.subarray(0, end < 0 ? raw.length : end).toString("utf8");
    for (const line of head.split("\r\n")) this.client(line);
    this.client(`(${raw.length - Math.min(raw.length, head.length + 4)} bytes)`);
    this.client(".");
  }

  private client(text: string): void {
    this.paper.add(this.encrypted ? "~>" : "->", text);
  }

  private remember(written: Written): void {
    const recent = this.#recent;
    recent.push(written);
    let length = recent.reduce((sum, { text: one }) => sum + one.length, 0);
    while (recent.length > 1 && length - recent[0]!.text.length > this.secrets.window + written.text.length) {
      length -= recent.shift()!.text.length;
    }
    const joined = (from: number) =>
      recent
        .slice(from)
        .map((one) => one.text)
        .join("");
    if (recent.length < 2 || !this.secrets.isIn(joined(0))) return;
    let from = recent.length - 2;
    while (from > 0 && !this.secrets.isIn(joined(from))) from--;
    for (const one of recent.splice(from)) this.paper.hide(one.index);
  }
}

function login(bytes: number | undefined): string {
  if (bytes === 0) return "(an empty line)";
  return bytes === undefined ? "(user and password)" : `(user and password, ${bytes} bytes)`;
}

/** Replaces a line that contains part of a secret. */
const hidden = (text: string) => `(redacted: it repeats the login, ${Buffer.byteLength(text)} bytes)`;

const codeOf = (line: string) => /^\d{3}[ -]?/.exec(line)?.[0] ?? "";

/** The transcript as lines of text: connection, milliseconds, mark, text. */
export function renderWire(lines: readonly WireLine[]): string[] {
  const times = Math.max(0, ...lines.map(({ ms }) => String(ms).length));
  return lines.map(({ connection, ms, mark, text }) =>
    `#${connection} ${String(ms).padStart(times)} ms  ${mark} ${text}`.trimEnd(),
  );
}
