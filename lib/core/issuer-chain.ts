import type { DetailedPeerCertificate } from "node:tls";

/** The greatest length of a legitimate chain. */
const LONGEST_CHAIN = 6;

/** The server's own certificate, then each issuer, as far as they are known. Empty without a certificate. */
export function issuerChain(own: DetailedPeerCertificate | undefined): readonly DetailedPeerCertificate[] {
  const chain = new Map<string, DetailedPeerCertificate>();
  // The root names itself as its issuer; a server may also send a cycle.
  for (let next = own; next?.raw !== undefined && !chain.has(next.fingerprint256); next = next.issuerCertificate) {
    if (chain.size === LONGEST_CHAIN) break;
    chain.set(next.fingerprint256, next);
  }
  return [...chain.values()];
}
