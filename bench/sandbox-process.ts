import { fork } from "node:child_process";
import { resolve } from "node:path";
import type { Request, Ready } from "./sandbox-worker";

export interface SandboxProcess {
  readonly environment: Record<string, string>;
  readonly url: string;
  readonly accessToken: string;
  /** Of everything that there is at the start, in its order; a resource can be imported by it. */
  readonly ids: readonly string[];
  /** Requests since the last call. */
  takeRequestCount(): Promise<number>;
  setLatency(ms: number): Promise<void>;
  stop(): Promise<void>;
}

export interface SandboxProcessOptions {
  /** What the simulator is told: objects to begin with, duration of tasks. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** One system's simulator in a process of its own, so that it does not share a core's time with the measuring one. */
export async function startSandboxProcess(
  system: string,
  { options = {} }: SandboxProcessOptions = {},
): Promise<SandboxProcess> {
  const child = fork(resolve(__dirname, "sandbox-worker.ts"), [], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", 2, 2, "ipc"],
  });
  const ask = <T>(request: Request): Promise<T> =>
    new Promise((settle, reject) => {
      child.once("message", (answer) => settle(answer as T));
      child.once("exit", (code) => reject(new Error(`the sandbox ended with ${code}`)));
      child.send(request);
    });
  const ready = await ask<Ready>({ kind: "start", system, options });
  return {
    ...ready,
    takeRequestCount: () => ask<number>({ kind: "take-request-count" }),
    setLatency: (ms) => ask<void>({ kind: "set-latency", ms }),
    stop: async () => {
      const ended = new Promise<void>((settle) => child.once("exit", () => settle()));
      child.send({ kind: "stop" } satisfies Request);
      await ended;
    },
  };
}
