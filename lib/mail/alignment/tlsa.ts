import { createHash, X509Certificate } from "node:crypto";
import type { ConnectionSecurity } from "../../core/topology";
import type { Records } from "../wire/name-servers";

export type TlsaRecord = Records["TLSA"][number];

/**
 * The usages that apply to mail: an authority of the chain, or the server's own certificate. @see RFC 7672 section 3.1
 */
const [ANCHOR, OWN] = [2, 3];

/**
 * Why the records forbid a server; undefined where they do not. Only a validating resolver knows whether they are
 * signed (DNSSEC): unsigned ones are not binding.
 *
 * @param chain in DER, the server's own certificate first
 */
export function forbiddenByTlsa(
  records: readonly TlsaRecord[],
  chain: readonly Uint8Array[],
  security: ConnectionSecurity,
): string | undefined {
  const usable = records.filter(({ certUsage }) => certUsage === ANCHOR || certUsage === OWN);
  if (usable.length === 0) return undefined;
  if (security === "none") return "they demand encryption, and the connection is in plain text";
  if (usable.some((record) => chain.some((der, index) => fits(record, der, index)))) return undefined;
  return `none of ${usable.length} fits the certificate of the server`;
}

function fits({ certUsage, selector, match, data }: TlsaRecord, der: Uint8Array, index: number): boolean {
  if (certUsage === OWN && index > 0) return false;
  const selected = selector === 0 ? Buffer.from(der) : publicKeyOf(der);
  return digested(selected, match)?.equals(Buffer.from(data)) === true;
}

const publicKeyOf = (der: Uint8Array): Buffer =>
  new X509Certificate(der).publicKey.export({ type: "spki", format: "der" });

/** Undefined for a matching type that is not defined. */
function digested(bytes: Buffer, match: number): Buffer | undefined {
  if (match === 0) return bytes;
  if (match === 1) return createHash("sha256").update(bytes).digest();
  return match === 2 ? createHash("sha512").update(bytes).digest() : undefined;
}
