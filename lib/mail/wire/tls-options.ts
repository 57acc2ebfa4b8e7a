import { isIP } from "node:net";
import { createSecureContext, type SecureContext } from "node:tls";
import { contextTrustingToo } from "../../core/trusted-context";

/** TLS options for a host: names go into SNI, addresses must not (RFC 6066). */
export function tlsOptions(host: string, ca: readonly string[] | undefined) {
  return {
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...trusting(ca),
  };
}

const contexts = new WeakMap<readonly string[], SecureContext>();

/**
 * TLS options that trust these authorities besides Node's own; undefined: only Node's own. One context serves all
 * connections.
 */
export function trusting(ca: readonly string[] | undefined): { readonly secureContext?: SecureContext } {
  if (ca === undefined) return {};
  const secureContext = contexts.get(ca) ?? contextTrustingToo(ca);
  contexts.set(ca, secureContext);
  return { secureContext };
}

/**
 * Does ahead of a handshake what it would wait for: for its first context a process reads the well-known authorities, which
 * takes 20 ms. Never fails: the handshake reports what is wrong.
 */
export function prepareTls(ca: readonly string[] | undefined): void {
  try {
    if (ca === undefined) createSecureContext();
    else trusting(ca);
  } catch {
    // Such as an authority that OpenSSL does not take.
  }
}
