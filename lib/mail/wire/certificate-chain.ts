import { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import { issuerChain } from "../../core/issuer-chain";
import { weakSignatureOf } from "./signature-algorithm";

/** The fields of one certificate that the server presented, or that its chain leads to. */
export interface PresentedCertificate {
  /** DER. */
  readonly raw: Uint8Array;
  /** Common name, or the organization where there is none. */
  readonly name: string | undefined;
  readonly issuer: string | undefined;
  /** Whether it names itself as its issuer, as roots do. */
  readonly selfIssued: boolean;
  /** Milliseconds since 1970; NaN where it cannot be read. */
  readonly from: number;
  readonly to: number;
  /** Its subjectAltName, in the certificate's order. */
  readonly alternativeNames: readonly AlternativeName[];
  /** Object identifiers of its extended key usage; undefined: it may be used for anything. */
  readonly purposes?: readonly string[];
  /** Whether it may sign others. */
  readonly authority: boolean;
  /** The hash of its signature, when it is too weak. */
  readonly weakSignature?: string;
}

export interface AlternativeName {
  /** "DNS", "IP Address" and others, as Node calls them. */
  readonly kind: string;
  readonly name: string;
}

/** The server's own certificate first, then each issuer, as far as they are known. Empty without a certificate. */
export function presentedChain(socket: TLSSocket): readonly PresentedCertificate[] {
  return issuerChain(socket.getPeerCertificate(true)).map(({ raw }) => presented(new X509Certificate(raw)));
}

export function presented(certificate: X509Certificate): PresentedCertificate {
  const { subject, issuer, validFrom, validTo, ca, raw } = certificate;
  // Its type says that it always exists; it is undefined without the extension.
  const purposes = certificate.keyUsage as readonly string[] | undefined;
  const weakSignature = weakSignatureOf(raw);
  return {
    raw,
    name: commonName(subject),
    issuer: commonName(issuer),
    selfIssued: subject === issuer,
    from: Date.parse(validFrom),
    to: Date.parse(validTo),
    alternativeNames: alternativeNames(certificate.subjectAltName),
    ...(purposes === undefined ? {} : { purposes }),
    authority: ca,
    ...(weakSignature === undefined ? {} : { weakSignature }),
  };
}

/** Splits "DNS:mail.example.com, IP Address:192.0.2.1"; names that Node had to quote are not names of servers. */
function alternativeNames(text: string | undefined): readonly AlternativeName[] {
  return (text ?? "").split(", ").flatMap((entry) => {
    const colon = entry.indexOf(":");
    return colon < 0 ? [] : [{ kind: entry.slice(0, colon), name: entry.slice(colon + 1) }];
  });
}

/** The common name in a distinguished name as Node writes it, one attribute a line. */
export function commonName(name: string | undefined): string | undefined {
  return /^CN=(.*)$/m.exec(name ?? "")?.[1] ?? /^O=(.*)$/m.exec(name ?? "")?.[1];
}

/** "CN=leaf, issued by CN=intermediate, issued by CN=root". */
export function describeChain([leaf, ...issuers]: readonly PresentedCertificate[]): string {
  if (leaf === undefined) return "no certificate";
  const words = [`CN=${leaf.name ?? "?"}`];
  for (const { issuer, name } of [leaf, ...issuers]) {
    if (issuer !== undefined && issuer !== name) words.push(`issued by CN=${issuer}`);
  }
  return words.join(", ");
}
