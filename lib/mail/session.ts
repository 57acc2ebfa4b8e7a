import { hostname } from "node:os";
import { isIPv6, type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { ProblemError, type Problem } from "../core/problem";
import { expiryOf } from "./certificate";
import type { Deadline } from "./deadline";
import { Dialogue } from "./dialogue";
import * as errors from "./errors";
import { explainRefusal, type RefusalStage } from "./refusals";
import { isPositive, type Reply } from "./reply";
import type { ProbeRuntime } from "./runtime";
import type { Seen, StageLog } from "./stage-log";
import type { Target } from "./target";
import type { WireConnection } from "./wire-transcript";

const REPLY_MS = 20_000;

/** One connection to the server, as its stages share it. */
export class Session {
  /** To introduce ourselves by. */
  clientName = "[127.0.0.1]";
  /** Of the server's own certificate, trusted or not. */
  certificateExpiresAt: string | undefined;
  private socket: Socket | undefined;
  private opened: Dialogue | undefined;
  private wire: WireConnection | undefined;

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
    this.certificateExpiresAt = expiryOf(socket);
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

/** Runs a stage; what an interruption broke is told as that, whatever it looked like. */
export function runStage<T>(
  log: StageLog,
  deadline: Deadline,
  name: string,
  body: () => Promise<Seen<T>>,
  explain: (error: unknown) => Problem,
): Promise<T> {
  return log.run(name, body, (error) => (deadline.signal.aborted ? errors.interrupted(name) : explain(error)));
}

/** Throws the problem of a refusal. */
export function expectPositive(stage: RefusalStage, reply: Reply): void {
  const problem = problemOfReply(stage, reply);
  if (problem) throw new ProblemError(problem);
}

/** What is wrong with a reply that should be a simple yes. */
export function problemOfReply(stage: RefusalStage, reply: Reply): Problem | undefined {
  if (!isPositive(reply)) return explainRefusal(stage, reply);
  return reply.code < 300 ? undefined : errors.brokenProtocol(stage, "a question in place of an answer", reply.text);
}

/** A full host name, or the address literal that RFC 5321 wants in its place. */
function clientName(localAddress: string | undefined): string {
  const name = hostname();
  if (/^[a-z0-9.-]+\.[a-z0-9-]+$/i.test(name)) return name;
  if (localAddress === undefined) return "[127.0.0.1]";
  return isIPv6(localAddress) ? `[IPv6:${localAddress}]` : `[${localAddress}]`;
}
