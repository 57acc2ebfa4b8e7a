import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { ServerCertificate } from "../core/certificate-expiry";

/** The certificate that the other end has shown; undefined without TLS, and where its dates cannot be read. */
export function certificateOf(socket: Socket): ServerCertificate | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  // An empty object when the session was resumed without one.
  const { valid_from: begin, valid_to: end } = socket.getPeerCertificate() ?? {};
  const [from, to] = [Date.parse(begin), Date.parse(end)];
  if (Number.isNaN(from) || Number.isNaN(to)) return undefined;
  const { servername } = socket as { servername?: unknown };
  return {
    host: typeof servername === "string" && servername !== "" ? servername : (socket.remoteAddress ?? ""),
    from,
    to,
  };
}
