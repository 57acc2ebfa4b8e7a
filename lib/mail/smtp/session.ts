import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { expiresAt } from "../wire/certificate";
import type { Deadline } from "../wire/deadline";
import type { ProbeRuntime } from "../wire/probe-runtime";
import type { ConnectionLog } from "../wire/transcript";
import { Dialogue } from "./dialogue";
import type { Reply } from "./reply";
import type { Target } from "./target";
import { clientName } from "./client-name";

const REPLY_MS = 20_000;

/** One connection to the server, as its stages share it. */
export class Session {
  /** To introduce ourselves by. */
  clientName = "[127.0.0.1]";
  /** Of the server's own certificate, trusted or not. */
  certificateExpiresAt: string | undefined;
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
    this.certificateExpiresAt = expiresAt(socket);
  }

  get encrypted(): boolean {
    return this.socket instanceof TLSSocket;
  }

  get dialogue(): Dialogue {
    return (this.opened ??= new Dialogue(this.socket!, this.wire));
  }

  command(line: string): Promise<Reply> {
    return this.deadline.step(REPLY_MS, (signal) => this.dialogue.command(line, signal));
  }

  /** Says goodbye where the server still listens; else closes. */
  end(healthy: boolean): void {
    if (!this.opened) this.socket?.destroy();
    else if (healthy && this.opened.usable) this.opened.quit();
    else this.opened.close();
  }
}
