import type { Socket } from "node:net";
import type { Logger } from "../core/log";
import type { Calls } from "./calls";
import type { Host } from "./host";
import type { Listener } from "./listener";
import { cancelled, interrupted } from "./wire-errors";

export interface LifecycleOptions {
  readonly host: Host;
  readonly listener: Listener;
  readonly calls: Calls;
  readonly log: Logger;
  /** True when Terraform starts and ends the process; false for a debug session, which outlives its clients. */
  readonly managed: boolean;
  readonly connectTimeoutMs?: number;
  readonly graceMs?: number;
}

/** Terraform kills the process two seconds after its Shutdown call, so it must end before. */
const SHUTDOWN_GRACE_MS = 1_500;
/** A reply is delivered by then; after one to Shutdown the client closes its connection even sooner. */
const REPLY_MS = 250;
/** The time between the end of the stdio stream and the Shutdown call that may follow. */
const STDIO_MS = 1_000;

/**
 * Decides when the process ends. Terraform may call Shutdown, or be killed without a word: a provider that only waited for
 * the former would live for ever. Running calls are aborted and get time to record what they did.
 */
export class Lifecycle {
  private readonly sockets = new Set<Socket>();
  private readonly connectTimeout: { cancel(): void } | undefined;
  private interrupts = 0;
  private leaving = false;
  /** Whether the process is ending and no call is active any more. */
  private idle = false;
  private ended = false;
  private shuttingDown = false;

  constructor(private readonly options: LifecycleOptions) {
    const { host, managed, log } = options;
    if (managed) {
      this.connectTimeout = host.after(options.connectTimeoutMs ?? 120_000, () => this.leave());
      // Terraform receives both as well, and then calls StopProvider or closes its connection.
      host.onSignal("SIGHUP", () => undefined);
      host.onSignal("SIGINT", () => {
        if (++this.interrupts > 1) options.calls.abort(interrupted());
      });
    } else {
      host.onSignal("SIGINT", () => this.leave());
    }
    host.onSignal("SIGTERM", () => this.leave());
    // Whatever the error was, the active calls must still report what they did.
    host.onFault((error) => log.error("an error that nobody handled", { error }));
  }

  connected(socket: Socket): void {
    this.connectTimeout?.cancel();
    this.sockets.add(socket);
    // A reset connection is a closed one; Node reports it twice.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.sockets.delete(socket);
      if (this.sockets.size > 0) return;
      if (this.idle) this.end();
      else if (this.options.managed) this.clientGone();
    });
  }

  /** The client needs no more output: it is about to close, or gone. */
  stdioEnded(): void {
    if (this.options.managed) this.options.host.after(STDIO_MS, () => this.leave());
  }

  /** Shutdown was called, and its reply is being sent. Cleaning up happens while the client reads it. */
  shutdown(): void {
    if (!this.options.managed) return;
    this.shuttingDown = true;
    this.options.host.after(0, () => this.leave(SHUTDOWN_GRACE_MS));
  }

  /** Ends the process as soon as no call is active, or after `graceMs`. */
  leave(graceMs = this.options.graceMs ?? 60_000): void {
    if (this.leaving) return;
    this.leaving = true;
    const { host, listener, calls } = this.options;
    this.connectTimeout?.cancel();
    listener.close();
    calls.abort(cancelled());
    const limit = host.after(graceMs, () => this.end());
    calls.whenIdle(() => {
      limit.cancel();
      this.idle = true;
      if (this.sockets.size === 0) this.end();
      // The last replies are still being sent.
      else host.after(REPLY_MS, () => this.end());
    });
  }

  private clientGone(): void {
    this.leave(this.shuttingDown ? SHUTDOWN_GRACE_MS : undefined);
  }

  private end(): void {
    if (this.ended) return;
    this.ended = true;
    for (const socket of this.sockets) socket.destroy();
    this.options.host.exit(0);
  }
}
