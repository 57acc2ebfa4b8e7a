import type { X509Certificate } from "node:crypto";
import type { DetailedPeerCertificate, PeerCertificate, TLSSocket } from "node:tls";
import { ProblemError, type Problem } from "../../core/problem";
import { printable } from "../../core/printable";
import { remedyFor } from "../stage/remedy";
import { certificate as remedies } from "./certificate.remedies";

const DAY_MS = 86_400_000;
/** Days before expiry from which a certificate is worth a warning; below 30 it is urgent. */
const WARN_DAYS = 60;
/** Certificates of large providers are made for dozens. */
const MOST_NAMES = 5;

export interface CertificateReport {
  /** "TLSv1.3 TLS_AES_256_GCM_SHA384; CN=smtp.example.com, issued by Example CA, valid until 2027-01-31 (71 days)" */
  readonly detail: string;
  readonly warning?: Problem;
}

/** When the server's own certificate ends, trusted or not; ISO 8601. */
export function expiryOf(socket: TLSSocket): string | undefined {
  const to = Date.parse(socket.getPeerCertificate().valid_to);
  return Number.isNaN(to) ? undefined : new Date(to).toISOString();
}

/**
 * Judges the connection; throws the problem when the certificate is not to be trusted. `pinned` brings the
 * authorities that the user gave, for when they are not the right ones.
 */
export function judgeCertificate(
  socket: TLSSocket,
  host: string,
  now: number,
  pinned?: () => readonly X509Certificate[],
): CertificateReport {
  const certificate = socket.getPeerCertificate(true);
  const chain = describeChain(certificate);
  const from = Date.parse(certificate.valid_from);
  const to = Date.parse(certificate.valid_to);

  // An expired certificate is expired first, whatever else OpenSSL stumbled upon.
  if (now > to) throw new ProblemError(remedyFor(remedies.expired, { day: day(to) }, chain));
  if (now < from) throw new ProblemError(remedyFor(remedies.notYetValid, { day: day(from) }, chain));
  // Typed as an error, in truth the error's code.
  const code = socket.authorized ? "" : String(socket.authorizationError);
  if (code !== "") throw new ProblemError(rejection(code, host, certificate, chain, pinned));

  const days = Math.floor((to - now) / DAY_MS);
  const protocol = `${socket.getProtocol() ?? "TLS"} ${socket.getCipher().name}`;
  const warning =
    days < WARN_DAYS
      ? remedyFor(days < 30 ? remedies.expiresNext : remedies.expiresSoon, { days, day: day(to) })
      : chainExpiresSoon(certificate, now);
  return {
    detail: `${protocol}; ${chain}, ${names(certificate)}, valid until ${day(to)} (${days} days)`,
    ...(warning === undefined ? {} : { warning }),
  };
}

/** A chain is worth as much as the one of its certificates that expires first. */
function chainExpiresSoon(leaf: DetailedPeerCertificate, now: number): Problem | undefined {
  const [soonest] = chainOf(leaf)
    .slice(1)
    .map((certificate) => ({ name: commonName(certificate.subject) ?? "?", to: Date.parse(certificate.valid_to) }))
    .sort((one, other) => one.to - other.to);
  const days = soonest === undefined ? WARN_DAYS : Math.floor((soonest.to - now) / DAY_MS);
  return soonest !== undefined && days < WARN_DAYS
    ? remedyFor(remedies.chainExpiresSoon, { name: `CN=${soonest.name}`, days, day: day(soonest.to) })
    : undefined;
}

const UNKNOWN_ISSUER = [
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_SIGNATURE_FAILURE",
];

const ANOTHER = "an unknown day (another certificate of the chain)";

function rejection(
  code: string,
  host: string,
  certificate: DetailedPeerCertificate,
  chain: string,
  pinned: (() => readonly X509Certificate[]) | undefined,
): Problem {
  if (pinned && UNKNOWN_ISSUER.includes(code)) return notByPinned(certificate, chain, pinned());
  switch (code) {
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return remedyFor(remedies.wrongName, { host }, names(certificate));
    case "CERT_HAS_EXPIRED":
      return remedyFor(remedies.expired, { day: ANOTHER }, chain);
    case "CERT_NOT_YET_VALID":
      return remedyFor(remedies.notYetValid, { day: ANOTHER }, chain);
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
      return remedyFor(remedies.selfSigned, {}, chain);
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
      return remedyFor(remedies.unknownIssuer, {}, chain);
    default:
      return remedyFor(remedies.rejected, { error: code }, chain);
  }
}

/** The user brought authorities, and the chain does not lead to any of them. */
function notByPinned(leaf: DetailedPeerCertificate, chain: string, pinned: readonly X509Certificate[]): Problem {
  const nameOf = (subject: string) => /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.replace(/\n/g, ", ");
  const given = pinned.map(({ subject }) => nameOf(subject));
  const sent = chainOf(leaf);
  const issuers = sent.map(({ issuer }) => commonName(issuer));
  const renamed = given.find((name) => issuers.includes(name));
  if (renamed !== undefined) {
    return remedyFor(remedies.authorityReplaced, { name: `CN=${printable(renamed, 100)}` }, chain);
  }
  const listed = given.map((name) => `CN=${name}`).slice(0, 5);
  return remedyFor(remedies.notByGivenAuthority, { given: printable(listed.join(", ")) }, chain);
}

/** "made for smtp.example.com, mail.example.com and 3 more names" */
function names(certificate: PeerCertificate): string {
  const alternative = certificate.subjectaltname?.replace(/DNS:|IP Address:/g, "").split(", ") ?? [];
  const shown = alternative.slice(0, MOST_NAMES).join(", ");
  const rest = alternative.length - MOST_NAMES;
  return `made for ${shown || commonName(certificate.subject) || "nobody"}${rest > 0 ? ` and ${rest} more names` : ""}`;
}

/** "CN=leaf, issued by CN=intermediate, issued by CN=root". */
function describeChain(leaf: DetailedPeerCertificate): string {
  const words = [`CN=${commonName(leaf.subject) ?? "?"}`];
  for (const { issuer, subject } of chainOf(leaf)) {
    const name = commonName(issuer);
    if (name !== undefined && name !== commonName(subject)) words.push(`issued by CN=${name}`);
  }
  return words.join(", ");
}

/** The leaf first. The root names itself as its issuer; a server may also send a circle. */
function chainOf(leaf: DetailedPeerCertificate): readonly DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = [];
  let certificate: DetailedPeerCertificate | undefined = leaf;
  while (certificate && chain.length < 6) {
    const { fingerprint256 } = certificate;
    if (chain.some((seen) => seen.fingerprint256 === fingerprint256)) break;
    chain.push(certificate);
    certificate = certificate.issuerCertificate;
  }
  return chain;
}

function commonName(subject: PeerCertificate["subject"] | undefined): string | undefined {
  const { CN, O } = (subject ?? {}) as { CN?: string | string[]; O?: string | string[] };
  const name = CN ?? O;
  return Array.isArray(name) ? name[0] : name;
}

function day(ms: number): string {
  return Number.isNaN(ms) ? "an unknown day" : new Date(ms).toISOString().slice(0, 10);
}
