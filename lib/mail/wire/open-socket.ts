import { connect, type Socket } from "node:net";
import { reasonOf } from "../../core/clock";

/** Connects, or gives up when told to. */
export function open(ip: string, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(reasonOf(signal));
    const socket = connect({ host: ip, port });
    const settle = () => {
      signal.removeEventListener("abort", onAbort);
      socket.off("connect", onConnect).off("error", fail);
      // An error event without a listener ends the process.
      socket.on("error", () => undefined);
    };
    const fail = (error: Error) => {
      settle();
      socket.destroy();
      reject(error);
    };
    const onAbort = () => fail(reasonOf(signal));
    const onConnect = () => {
      settle();
      resolve(socket);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    socket.on("connect", onConnect).on("error", fail);
  });
}
