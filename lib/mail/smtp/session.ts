import { hostname } from "node:os";
import { isIPv6 } from "node:net";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { lifeOf, namesOf, type CertificateLife } from "../wire/certificate";
import type { Deadline } from "../wire/deadline";
import type { ProbeRuntime } from "../wire/probe-runtime";
import type { ConnectionLog } from "../wire/transcript";
import type { Capabilities } from "./capabilities";
import { Dialogue } from "./dialogue";
import type { Mechanism } from "./mechanism";
import type { Reply } from "./reply";
import type { Target } from "./target";

/** How long a client should wait for the answer to a command. @see RFC 5321 section 4.5.3.2 */
const REPLY_MS = 300_000;
/** The share of the remaining time for one reply: the rest is reserved for the report. */
const REPLY_SHARE = 0.8;

/** One connection to the server, shared by its stages. */
export class Session {
  /** The name for EHLO. */
  clientName = "[127.0.0.1]";
  /** The validity of the server's own certificate, trusted or not. */
  certificateLife: CertificateLife | undefined;
  /** The server's texts about itself: its greeting, and the first line of each answer to EHLO. */
  readonly greetings: string[] = [];
  /** The latest announced capabilities. */
  capabilities: Capabilities | undefined;
  /** The mechanism of the accepted login. */
  loggedInBy: Mechanism | undefined;
  /** The names in the server's own certificate. */
  certificateNames: readonly string[] = [];
  private socket: Socket | undefined;
  private opened: Dialogue | undefined;
  private wire: ConnectionLog | undefined;

  constructor(
    readonly target: Target,
    readonly runtime: ProbeRuntime,
    readonly deadline: Deadline,
  ) {}

  /** Starts the dialogue on an open connection. */
  connected(socket: Socket): void {
    this.socket = socket;
    this.wire = this.runtime.wire?.connection();
    this.wire?.connected(socket);
    this.clientName = clientName(socket.localAddress);
  }

  /** Hands the socket to a TLS handshake, which ends it by itself; doing that from here would crash Node. */
  release(): Socket {
    const socket = this.socket!;
    this.socket = undefined;
    return socket;
  }

  secured(socket: TLSSocket): void {
    this.socket = socket;
    // A dialogue that was upgraded records that by itself.
    if (!this.opened) this.wire?.secured(socket);
    this.certificateLife = lifeOf(socket);
    this.certificateNames = namesOf(socket);
  }

  get encrypted(): boolean {
    return this.socket instanceof TLSSocket;
  }

  get dialogue(): Dialogue {
    return (this.opened ??= new Dialogue(this.socket!, this.wire));
  }

  command(line: string): Promise<Reply> {
    return this.deadline.step(this.patience(REPLY_MS), (signal) => this.dialogue.command(line, signal));
  }

  /** The time limit of one step: what the protocol asks for, where the whole time allows it. */
  patience(ms: number): number {
    return Math.round(Math.min(ms, this.deadline.remainingMs * REPLY_SHARE));
  }

  /** Sends QUIT where the server still listens; else closes. */
  end(healthy: boolean): void {
    if (!this.opened) this.socket?.destroy();
    else if (healthy && this.opened.usable) this.opened.quit();
    else this.opened.close();
  }
}

/** The name for EHLO: a full host name, or the address literal that RFC 5321 requires otherwise. */
function clientName(localAddress: string | undefined): string {
  const name = hostname();
  if (/^[a-z0-9.-]+\.[a-z0-9-]+$/i.test(name)) return name;
  if (localAddress === undefined) return "[127.0.0.1]";
  return isIPv6(localAddress) ? `[IPv6:${localAddress}]` : `[${localAddress}]`;
}
