import { createSecureContext, type SecureContext } from "node:tls";

/**
 * A TLS context that trusts these authorities besides those that Node trusts by itself; under Node 20 without those that
 * `NODE_EXTRA_CA_CERTS` names. An authority may be given that is not a root: it is trusted all the same.
 *
 * @param certificates PEM
 * @throws what OpenSSL says of a text that is no certificate
 */
export function contextTrustingToo(certificates: readonly string[]): SecureContext {
  const secureContext = createSecureContext({ allowPartialTrustChain: true });
  // The option `ca` takes the place of Node's own authorities. To hand them all over as text takes some 80 ms and a megabyte
  // for each context; those that Node has read already are shared.
  const { context } = secureContext as { readonly context: { addCACert(pem: string): void } };
  for (const certificate of certificates) context.addCACert(certificate);
  return secureContext;
}
