import { connect, type Socket } from "node:net";
import { reasonOf } from "../../core/clock";
import { firstOf, whenAborted } from "../../core/signals";
import { untilAborted, type Deadline } from "./deadline";

const CONNECT_MS = 10_000;

/** The result for one address: an open connection, or an error. */
export interface ConnectAttempt {
  readonly ip: string;
  readonly socket?: Socket;
  readonly error?: unknown;
}

/**
 * Connects to every address at the same time, in the given order. Once one of them has answered, the others get
 * `stragglerMs` more. The caller closes what it does not need.
 */
export async function connectAll(
  addresses: readonly string[],
  port: number,
  deadline: Deadline,
  stragglerMs: number,
): Promise<readonly ConnectAttempt[]> {
  const impatience = new AbortController();
  let waiting = 0;
  const attempts = addresses.map(async (ip): Promise<ConnectAttempt> => {
    waiting++;
    try {
      const socket = await deadline.step(CONNECT_MS, (signal) => open(ip, port, firstOf([signal, impatience.signal])));
      return { ip, socket };
    } catch (error) {
      return { ip, error };
    } finally {
      waiting--;
    }
  });
  const all = Promise.all(attempts);
  const connected = Promise.any(
    attempts.map(async (attempt) => (await attempt).socket ?? Promise.reject(new Error("not this one"))),
  );
  await Promise.race([all, connected.catch(() => undefined)]);
  // An address that never answers must not delay a working one.
  if (waiting > 0) {
    await deadline
      .step(stragglerMs, (signal) => untilAborted(all, signal))
      .catch((error: unknown) => impatience.abort(error));
  }
  return all;
}

/** Connects, unless the signal aborts. */
export function open(ip: string, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(reasonOf(signal));
    const socket = connect({ host: ip, port });
    const settle = () => {
      stopListening();
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
    const stopListening = whenAborted(signal, onAbort);
    socket.on("connect", onConnect).on("error", fail);
  });
}
