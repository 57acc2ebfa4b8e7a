import { request, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { addressWithinSandbox, type Resolve } from "./loopback";

export interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  /** The time-out of the connection, and of silence afterwards. */
  readonly timeoutMs: number;
  /** @default the machine's own resolver */
  readonly resolve?: Resolve;
}

/**
 * Connects to an address; simulators connect only by this function, and only within 127.0.0.0/8.
 *
 * @throws Error like {@link addressWithinSandbox}, and those of the socket: refused, timed out
 */
export async function connectWithinSandbox({ host, port, timeoutMs, resolve }: ConnectionOptions): Promise<Socket> {
  const address = await addressWithinSandbox(host, resolve);
  const socket = connect({ host: address, port });
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error("connection timed out")));
  await new Promise<void>((settle, reject) => {
    // Stays: an error before the caller adds a listener must not end the process.
    socket.on("error", reject);
    socket.once("connect", () => settle());
  });
  return socket;
}

type TakeSocket = (error: Error | null, socket: { readonly connection: Socket } | false) => void;

/** Nodemailer's `getSocket`, so that it opens no connection by itself. */
export const smtpSocket =
  (timeoutMs: number) =>
  ({ host = "", port = 25 }: { host?: string | undefined; port?: number | string | undefined }, take: TakeSocket) => {
    connectWithinSandbox({ host, port: Number(port), timeoutMs }).then(
      (connection) => take(null, { connection }),
      (error: Error) => take(error, false),
    );
  };

/** Posts JSON by HTTP without following redirects, and returns the status. */
export function postWithinSandbox(url: URL, body: unknown, timeoutMs: number): Promise<number> {
  return new Promise((settle, reject) => {
    if (url.protocol !== "http:") return reject(new Error(`the sandbox speaks HTTP only, not ${url.protocol}`));
    const text = JSON.stringify(body);
    const sending = request(
      url,
      {
        method: "POST",
        headers: { "content-type": "application/json", "content-length": Buffer.byteLength(text) },
        createConnection: (_, take) => {
          const options = { host: url.hostname, port: Number(url.port || 80), timeoutMs };
          // The type requires a stream on failure, the implementation does not.
          connectWithinSandbox(options).then((socket) => take(null, socket), take as (error: Error) => void);
          return undefined;
        },
      },
      (response: IncomingMessage) => {
        response.resume();
        response.on("end", () => settle(response.statusCode ?? 0)).on("error", reject);
      },
    );
    sending.on("error", reject);
    sending.end(text);
  });
}
