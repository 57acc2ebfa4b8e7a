import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const WAIT_MS = 15_000;
const LOOK_AGAIN_MS = 20;

/** Resolves with the first answer other than undefined; rejects, naming what was waited for, after 15 s. */
export async function until<T>(what: string, look: () => Promise<T | undefined>, ms = WAIT_MS): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain for ${what}`);
    await pause(LOOK_AGAIN_MS);
  }
}

/** Resolves once somebody listens there. */
export async function untilListening(what: string, port: number, host = "127.0.0.1"): Promise<void> {
  await until(`${what} on ${host}:${port}`, () => listens(port, host));
}

function listens(port: number, host: string): Promise<true | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const settle = (answer: true | undefined) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("connect", () => settle(true)).on("error", () => settle(undefined));
  });
}
