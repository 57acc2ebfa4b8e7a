import { whenAborted } from "../../core/signals";
import * as tls from "node:tls";
import { reasonOf } from "../../core/clock";

/** An error event without a listener ends the process. */
export const ignore = () => undefined;

/** The other side hung up in the middle of the handshake. */
export class HandshakeClosed extends Error {
  constructor() {
    super("the connection was closed during the TLS handshake");
    this.name = "HandshakeClosed";
  }
}

/** A TLS handshake that can be told to stop. The certificate is judged by whoever asked for it. */
export function handshake(options: tls.ConnectionOptions, signal: AbortSignal): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(reasonOf(signal));
    // Not trusting is decided after looking, so that the report can say what was seen; nothing is
    // sent before that.
    const socket = tls.connect({ ...options, rejectUnauthorized: false });
    const settle = () => {
      stopListening();
      socket.off("secureConnect", onSecure).off("close", onClose);
    };
    const fail = (error: Error) => {
      settle();
      socket.destroy();
      reject(error);
    };
    const onAbort = () => fail(reasonOf(signal));
    const onClose = () => fail(new HandshakeClosed());
    const onSecure = () => {
      settle();
      socket.off("error", fail).on("error", ignore);
      resolve(socket);
    };
    const stopListening = whenAborted(signal, onAbort);
    socket.on("error", fail).on("secureConnect", onSecure).on("close", onClose);
  });
}
