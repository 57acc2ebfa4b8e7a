import type { Socket } from "node:net";
import { TLSSocket, type DetailedPeerCertificate } from "node:tls";
import type { ServerCertificate } from "../core/certificate-expiry";

/** The certificate that the other end has shown; undefined without TLS, and where its dates cannot be read. */
export function certificateOf(socket: Socket): ServerCertificate | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  // An empty object when the session was resumed without one.
  const own: Partial<DetailedPeerCertificate> = socket.getPeerCertificate(true) ?? {};
  const { valid_from: begin = "", valid_to: end = "", issuer } = own;
  const [from, to] = [Date.parse(begin), Date.parse(end)];
  if (Number.isNaN(from) || Number.isNaN(to)) return undefined;
  const { servername } = socket as { servername?: unknown };
  return {
    host: typeof servername === "string" && servername !== "" ? servername : (socket.remoteAddress ?? ""),
    from,
    to,
    ...nameOf(issuer),
    ...authoritiesOf(own),
  };
}

/** No honest chain is longer. */
const LONGEST_CHAIN = 6;

function authoritiesOf(own: Partial<DetailedPeerCertificate>): Pick<ServerCertificate, "authorities"> {
  const found = new Map<string, { name: string; to: number }>();
  let next = own.issuerCertificate;
  // A root names itself as its issuer; a server may also send a circle.
  while (next?.fingerprint256 !== undefined && next.fingerprint256 !== own.fingerprint256) {
    if (found.has(next.fingerprint256) || found.size === LONGEST_CHAIN) break;
    const to = Date.parse(next.valid_to);
    if (!Number.isNaN(to)) found.set(next.fingerprint256, { name: nameOf(next.subject).issuer ?? "?", to });
    next = next.issuerCertificate;
  }
  return found.size === 0 ? {} : { authorities: [...found.values()] };
}

/** The organization is what people know an authority by; its own authorities often have a common name alone. */
function nameOf(issuer: { readonly O?: unknown; readonly CN?: unknown } | undefined): { readonly issuer?: string } {
  const names = [issuer?.CN, issuer?.O].flatMap((name) => (typeof name === "string" && name !== "" ? [name] : []));
  return names.length === 0 ? {} : { issuer: names.join(", ") };
}
