import { isIP } from "node:net";
import type { DetailedPeerCertificate, PeerCertificate, TLSSocket } from "node:tls";
import { ProblemError, type Problem } from "../core/problem";
import * as errors from "./errors";

const DAY_MS = 86_400_000;
/** Days before expiry from which a certificate is worth a warning; below 30 it is urgent. */
const WARN_DAYS = 60;

export interface CertificateReport {
  /** "TLSv1.3 TLS_AES_256_GCM_SHA384; CN=smtp.example.com, issued by Example CA, valid until 2027-01-31 (71 days)" */
  readonly detail: string;
  readonly warning?: Problem;
}

/** What TLS options belong to a host: names go into SNI, addresses must not (RFC 6066). */
export function tlsOptions(host: string, ca: readonly string[] | undefined) {
  return {
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === undefined ? {} : { ca: [...ca] }),
  };
}

/** When the server's own certificate ends, trusted or not; ISO 8601. */
export function expiryOf(socket: TLSSocket): string | undefined {
  const to = Date.parse(socket.getPeerCertificate().valid_to);
  return Number.isNaN(to) ? undefined : new Date(to).toISOString();
}

/** Judges the connection; throws the problem when the certificate is not to be trusted. */
export function judgeCertificate(socket: TLSSocket, host: string, now: number): CertificateReport {
  const certificate = socket.getPeerCertificate(true);
  const chain = describeChain(certificate);
  const from = Date.parse(certificate.valid_from);
  const to = Date.parse(certificate.valid_to);

  // An expired certificate is expired first, whatever else OpenSSL stumbled upon.
  if (now > to) throw new ProblemError(errors.certificateExpired(day(to), chain));
  if (now < from) throw new ProblemError(errors.certificateNotYetValid(day(from), chain));
  // Typed as an error, in truth the error's code.
  const code = socket.authorized ? "" : String(socket.authorizationError);
  if (code !== "") throw new ProblemError(rejection(code, host, certificate, chain));

  const days = Math.floor((to - now) / DAY_MS);
  const protocol = `${socket.getProtocol() ?? "TLS"} ${socket.getCipher().name}`;
  return {
    detail: `${protocol}; ${chain}, valid until ${day(to)} (${days} days)`,
    ...(days < WARN_DAYS ? { warning: errors.certificateExpiresSoon(days, day(to)) } : {}),
  };
}

function rejection(code: string, host: string, certificate: PeerCertificate, chain: string): Problem {
  switch (code) {
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return errors.certificateWrongName(host, names(certificate));
    case "CERT_HAS_EXPIRED":
      return errors.certificateExpired("an unknown day (another certificate of the chain)", chain);
    case "CERT_NOT_YET_VALID":
      return errors.certificateNotYetValid("an unknown day (another certificate of the chain)", chain);
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
      return errors.certificateSelfSigned(chain);
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
      return errors.certificateUnknownIssuer(chain);
    default:
      return errors.certificateRejected(code, chain);
  }
}

function names(certificate: PeerCertificate): string {
  const alternative = certificate.subjectaltname?.replace(/DNS:|IP Address:/g, "");
  return `made for ${alternative ?? commonName(certificate.subject) ?? "nobody"}`;
}

/** "CN=leaf, issued by CN=intermediate, issued by CN=root". */
function describeChain(leaf: DetailedPeerCertificate): string {
  const seen: string[] = [];
  const words = [`CN=${commonName(leaf.subject) ?? "?"}`];
  let certificate: DetailedPeerCertificate | undefined = leaf;
  // The root names itself as its issuer; a server may also send a circle.
  while (certificate && !seen.includes(certificate.fingerprint256) && seen.length < 6) {
    seen.push(certificate.fingerprint256);
    const issuer = commonName(certificate.issuer);
    if (issuer !== undefined && issuer !== commonName(certificate.subject)) words.push(`issued by CN=${issuer}`);
    certificate = certificate.issuerCertificate;
  }
  return words.join(", ");
}

function commonName(subject: PeerCertificate["subject"] | undefined): string | undefined {
  const { CN, O } = (subject ?? {}) as { CN?: string | string[]; O?: string | string[] };
  const name = CN ?? O;
  return Array.isArray(name) ? name[0] : name;
}

function day(ms: number): string {
  return Number.isNaN(ms) ? "an unknown day" : new Date(ms).toISOString().slice(0, 10);
}
