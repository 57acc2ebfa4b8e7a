import { fork } from "node:child_process";
import { resolve } from "node:path";

export interface HealthyServer {
  readonly port: number;
  /** PEM. */
  readonly ca: string;
}

export const LOGIN = { username: "alerts", password: "benchmark-password" };

/** In a process of its own, so that it does not share a core's time with the measuring one. */
export async function startHealthyServer(): Promise<{ server: HealthyServer; stop: () => Promise<void> }> {
  const child = fork(resolve(__dirname, "mail-server-worker.ts"), [], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", 2, 2, "ipc"],
  });
  const server = await new Promise<HealthyServer>((settle, reject) => {
    child.once("message", (ready) => settle(ready as HealthyServer));
    child.once("exit", (code) => reject(new Error(`the mail server of the benchmark ended with ${code}`)));
  });
  const stop = async () => {
    const ended = new Promise<void>((settle) => child.once("exit", () => settle()));
    child.disconnect();
    await ended;
  };
  return { server, stop };
}
