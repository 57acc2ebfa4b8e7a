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
import { clientName } from "./client-name";

/** As long as a client should wait for an answer to a command. @see RFC 5321 section 4.5.3.2 */
const REPLY_MS = 300_000;
/** Of the time that is left, what one reply may take: something is kept for telling what was seen. */
const REPLY_SHARE = 0.8;

/** One connection to the server, as its stages share it. */
export class Session {
  /** To introduce ourselves by. */
  clientName = "[127.0.0.1]";
  /** Of the server's own certificate, trusted or not. */
  certificateLife: CertificateLife | undefined;
  /** What the server said of itself: its greeting, and the first line of each answer to EHLO. */
  readonly greetings: string[] = [];
  /** As it said when it was last asked. */
  capabilities: Capabilities | undefined;
  /** By which it has let us in. */
  loggedInBy: Mechanism | undefined;
  /** Of the server's own certificate. */
  certificateNames: readonly string[] = [];
  private socket: Socket | undefined;
  private opened: Dialogue | undefined;
  private wire: ConnectionLog | undefined;

  constructor(
    readonly target: Target,
    readonly runtime: ProbeRuntime,
    readonly deadline: Deadline,
  ) {}

  /** A connection that stands. */
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
    // A dialogue that was upgraded writes that by itself.
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

  /** What one step may take: as long as the protocol asks, where the whole time allows it. */
  patience(ms: number): number {
    return Math.round(Math.min(ms, this.deadline.remainingMs * REPLY_SHARE));
  }

  /** Says goodbye where the server still listens; else closes. */
  end(healthy: boolean): void {
    if (!this.opened) this.socket?.destroy();
    else if (healthy && this.opened.usable) this.opened.quit();
    else this.opened.close();
  }
}
