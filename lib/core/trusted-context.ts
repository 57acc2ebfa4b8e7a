import { createSecureContext, type SecureContext } from "node:tls";

/**
 * A TLS context that trusts these authorities besides those that Node trusts by itself (under Node 20, without those of
 * `NODE_EXTRA_CA_CERTS`). A given authority need not be a root.
 *
 * @param certificates PEM
 * @throws the error of OpenSSL for a text that is not a certificate
 */
export function contextTrustingToo(certificates: readonly string[]): SecureContext {
  const secureContext = createSecureContext({ allowPartialTrustChain: true });
  // The option `ca` would replace Node's own authorities. Passing all of them as text takes about 80 ms and a megabyte
  // for each context; those that Node has already read are shared.
  const { context } = secureContext as { readonly context: { addCACert(pem: string): void } };
  for (const certificate of certificates) context.addCACert(certificate);
  return secureContext;
}
