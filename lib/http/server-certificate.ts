import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { ServerCertificate } from "../core/certificate-expiry";

/** The certificate that the other end has shown; undefined without TLS, and where its dates cannot be read. */
export function certificateOf(socket: Socket): ServerCertificate | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  // An empty object when the session was resumed without one.
  const { valid_from: begin, valid_to: end, issuer } = socket.getPeerCertificate() ?? {};
  const [from, to] = [Date.parse(begin), Date.parse(end)];
  if (Number.isNaN(from) || Number.isNaN(to)) return undefined;
  const { servername } = socket as { servername?: unknown };
  return {
    host: typeof servername === "string" && servername !== "" ? servername : (socket.remoteAddress ?? ""),
    from,
    to,
    ...nameOf(issuer),
  };
}

/** The organization is what people know an authority by; its own authorities often have a common name alone. */
function nameOf(issuer: { readonly O?: unknown; readonly CN?: unknown } | undefined): { readonly issuer?: string } {
  const names = [issuer?.CN, issuer?.O].flatMap((name) => (typeof name === "string" && name !== "" ? [name] : []));
  return names.length === 0 ? {} : { issuer: names.join(", ") };
}
