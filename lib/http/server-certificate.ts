import type { Socket } from "node:net";
import { TLSSocket, type DetailedPeerCertificate } from "node:tls";
import type { ServerCertificate } from "../core/certificate-expiry";
import { issuerChain } from "../core/issuer-chain";

/** The certificate that the server has shown; undefined without TLS, and where its dates cannot be read. */
export function certificateOf(socket: Socket): ServerCertificate | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  // An empty object when the session was resumed without a certificate.
  const chain = issuerChain(socket.getPeerCertificate(true));
  const { valid_from: begin = "", valid_to: end = "", issuer } = chain[0] ?? {};
  const [from, to] = [Date.parse(begin), Date.parse(end)];
  if (Number.isNaN(from) || Number.isNaN(to)) return undefined;
  const { servername } = socket as { servername?: unknown };
  return {
    host: typeof servername === "string" && servername !== "" ? servername : (socket.remoteAddress ?? ""),
    from,
    to,
    ...nameOf(issuer),
    ...authoritiesOf(chain),
  };
}

function authoritiesOf([, ...issuers]: readonly DetailedPeerCertificate[]): Pick<ServerCertificate, "authorities"> {
  const authorities = issuers.flatMap(({ subject, valid_to: end }) => {
    const to = Date.parse(end);
    return Number.isNaN(to) ? [] : [{ name: nameOf(subject).issuer ?? "?", to }];
  });
  return authorities.length === 0 ? {} : { authorities };
}

/**
 * The name of an issuer. People know an authority by its organization; a company's own authorities often have a common name
 * alone.
 */
function nameOf(issuer: { readonly O?: unknown; readonly CN?: unknown } | undefined): { readonly issuer?: string } {
  const names = [issuer?.CN, issuer?.O].flatMap((name) => (typeof name === "string" && name !== "" ? [name] : []));
  return names.length === 0 ? {} : { issuer: names.join(", ") };
}
