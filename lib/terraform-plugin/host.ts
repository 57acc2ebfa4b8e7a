import { writeSync } from "node:fs";
import type { Environment } from "../core/environment";

/** The process that a server runs in, as a parameter. */
export interface Host {
  readonly env: Environment;
  readonly platform: string;
  readonly pid: number;
  /** For the handshake line only. */
  stdout(text: string): void;
  stderr(text: string): void;
  /** Ends the process. */
  exit(code: number): void;
  onSignal(signal: "SIGINT" | "SIGTERM" | "SIGHUP", listener: () => void): void;
  /** Listens for uncaught exceptions and rejections. */
  onFault(listener: (error: unknown) => void): void;
  after(ms: number, action: () => void): { cancel(): void };
}

/** The host for the real process. */
export function processHost(): Host {
  return {
    env: process.env,
    platform: process.platform,
    pid: process.pid,
    stdout: (text) => write(1, text),
    stderr: (text) => write(2, text),
    exit: (code) => process.exit(code),
    onSignal: (signal, listener) => void process.on(signal, listener),
    onFault(listener) {
      process.on("uncaughtException", listener);
      process.on("unhandledRejection", listener);
    },
    after(ms, action) {
      const timer = setTimeout(action, ms);
      return { cancel: () => clearTimeout(timer) };
    },
  };
}

/** Never throws: the reader of our output may be gone, and the remaining work must still be done. */
function write(descriptor: number, text: string): void {
  try {
    let rest = Buffer.from(text);
    while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
  } catch {
    // EPIPE: nobody reads. EAGAIN: the pipe is full; a log line is not worth waiting for.
  }
}
