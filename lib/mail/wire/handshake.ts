import { whenAborted } from "../../core/signals";
import * as tls from "node:tls";
import { reasonOf } from "../../core/clock";

/** For error events: without a listener they end the process. */
export const ignore = () => undefined;

/** The other side hung up during the handshake. */
export class HandshakeClosed extends Error {
  constructor() {
    super("the connection was closed during the TLS handshake");
    this.name = "HandshakeClosed";
  }
}

/** A TLS handshake that can be aborted. The caller judges the certificate. */
export function handshake(options: tls.ConnectionOptions, signal: AbortSignal): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(reasonOf(signal));
    // Trust is decided afterwards, so that the report can describe the certificate; nothing is sent before that.
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
