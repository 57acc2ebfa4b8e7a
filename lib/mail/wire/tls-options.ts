import { isIP } from "node:net";
import { createSecureContext, type SecureContext } from "node:tls";

/** What TLS options belong to a host: names go into SNI, addresses must not (RFC 6066). */
export function tlsOptions(host: string, ca: readonly string[] | undefined) {
  return {
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...trusting(ca),
  };
}

const contexts = new WeakMap<readonly string[], SecureContext>();

/** TLS options that trust these authorities; undefined: Node's own. Reading them all takes its time, so it is done once. */
export function trusting(ca: readonly string[] | undefined): { readonly secureContext?: SecureContext } {
  if (ca === undefined) return {};
  const known = contexts.get(ca);
  // An authority may be given that is not a root: it is trusted all the same.
  const secureContext = known ?? createSecureContext({ ca: [...ca], allowPartialTrustChain: true });
  contexts.set(ca, secureContext);
  return { secureContext };
}
