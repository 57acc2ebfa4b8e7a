import { elementAt } from "../../core/der";

/**
 * Signature algorithms that current programs no longer accept in a chain, by the content octets of their object
 * identifier.
 */
const WEAK: Readonly<Record<string, string>> = {
  "2a864886f70d010104": "MD5",
  "2a864886f70d010105": "SHA-1",
  "2a8648ce3d0401": "SHA-1",
  "2b0e03021d": "SHA-1",
};

/**
 * The hash of a signature that is too weak; undefined for all others. Read from the certificate's DER, since Node 20
 * does not report it. @see RFC 5280 section 4.1
 */
export function weakSignatureOf(der: Buffer): string | undefined {
  const certificate = elementAt(der, 0);
  if (certificate === undefined) return undefined;
  const toBeSigned = elementAt(der, certificate.content);
  const algorithm = toBeSigned && elementAt(der, toBeSigned.end);
  const identifier = algorithm && elementAt(der, algorithm.content);
  return identifier && WEAK[der.subarray(identifier.content, identifier.end).toString("hex")];
}
