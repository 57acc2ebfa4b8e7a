import type { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import type { TLSSocket } from "node:tls";
import { ProblemError, type Problem } from "../../core/problem";
import { printable } from "../../core/printable";
import { remedyFor } from "../stage/remedy";
import { pinnedAuthorities } from "./authorities";
import type { ProbeRuntime } from "./probe-runtime";
import { commonName, describeChain, presentedChain, type PresentedCertificate } from "./certificate-chain";
import { daysLeft, expiryOf } from "../../core/certificate-expiry";
import { certificate as remedies } from "./certificate.remedies";

/** Certificates of large providers have dozens of names. */
const MOST_NAMES = 5;

export interface CertificateReport {
  /** "TLSv1.3 TLS_AES_256_GCM_SHA384; CN=smtp.example.com, issued by Example CA, valid until 2027-01-31 (71 days)" */
  readonly detail: string;
  readonly warning?: Problem;
}

export interface JudgedServer {
  /** The configured host: the certificate must be valid for it. */
  readonly host: string;
  readonly port: number;
  /** The given authorities, for the advice when they are the wrong ones. */
  readonly ca?: string | undefined;
}

/** The validity of the server's own certificate, trusted or not; ISO 8601. */
export interface CertificateLife {
  readonly certificateValidFrom: string;
  readonly certificateExpiresAt: string;
}

export function lifeOf(socket: TLSSocket): CertificateLife | undefined {
  const { valid_from, valid_to } = socket.getPeerCertificate();
  const [from, to] = [new Date(valid_from), new Date(valid_to)];
  if (Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())) return undefined;
  return { certificateValidFrom: from.toISOString(), certificateExpiresAt: to.toISOString() };
}

/** Judges the connection; throws the problem when the certificate is not to be trusted. */
export function judgeCertificate(
  socket: TLSSocket,
  { host, port, ca }: JudgedServer,
  runtime: Pick<ProbeRuntime, "clock" | "readFile" | "onCertificates">,
): CertificateReport {
  const now = runtime.clock.now();
  const pinned = ca === undefined ? undefined : () => pinnedAuthorities(ca, runtime);
  const chain = presentedChain(socket);
  runtime.onCertificates?.({ host, port }, chain);
  // Its type is an error, but it is the error's code.
  const code = socket.authorized ? "" : String(socket.authorizationError);
  const problem = rejection(chain, code, host, now, pinned);
  if (problem) throw new ProblemError(problem);
  const [leaf] = chain as [PresentedCertificate];
  const warning = shortcoming(chain, host, now);
  const validity = `valid until ${day(leaf.to)} (${daysLeft(leaf.to, now)} days)`;
  return {
    detail: `${socket.getProtocol() ?? "TLS"} ${socket.getCipher().name}; ${describeChain(chain)}, ${names(leaf)}, ${validity}`,
    ...(warning === undefined ? {} : { warning }),
  };
}

/** Why the certificate is not trusted; undefined when it is. */
export function rejection(
  chain: readonly PresentedCertificate[],
  code: string,
  host: string,
  now: number,
  pinned?: () => readonly X509Certificate[],
): Problem | undefined {
  const [leaf, ...issuers] = chain;
  const seen = describeChain(chain);
  if (leaf !== undefined) {
    // An expired certificate is reported as expired, whatever else OpenSSL found.
    if (now > leaf.to) return remedyFor(remedies.expired, { day: day(leaf.to) }, seen);
    if (now < leaf.from) return remedyFor(remedies.notYetValid, { day: day(leaf.from) }, seen);
  }
  if (code === "") return undefined;
  if (pinned && UNKNOWN_ISSUER.includes(code)) return notByPinned(chain, pinned());
  switch (code) {
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return wrongName(host, leaf);
    case "CERT_HAS_EXPIRED":
      return expiredIssuer(issuers, now, seen);
    case "CERT_NOT_YET_VALID":
      return remedyFor(remedies.chainNotYetValid, {}, seen);
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
      return remedyFor(remedies.selfSigned, {}, seen);
    case "INVALID_PURPOSE":
      return wrongPurpose(chain, seen);
    case "INVALID_CA":
    case "PATH_LENGTH_EXCEEDED":
      return notAnAuthority(issuers, seen);
    case "CERT_REVOKED":
      return remedyFor(remedies.revoked, {}, seen);
    default:
      if (UNKNOWN_ISSUER.includes(code)) return unknownIssuer(chain, seen);
      return weakSignature(chain, seen) ?? remedyFor(remedies.rejected, { error: inWords(code) }, seen);
  }
}

/** The shortcomings of a trusted certificate; the most pressing first. */
function shortcoming(chain: readonly PresentedCertificate[], host: string, now: number): Problem | undefined {
  const [leaf, ...issuers] = chain;
  if (leaf === undefined) return undefined;
  const end = { days: daysLeft(leaf.to, now), day: day(leaf.to) };
  const expiry = expiryOf(leaf, now);
  if (expiry === "urgent") return remedyFor(remedies.expiresNext, end);
  if (usableNames(leaf).length === 0) return remedyFor(remedies.noAlternativeName, { host });
  // A chain expires with its first certificate.
  const [soonest] = issuers.filter((issuer) => expiryOf(issuer, now) !== undefined).sort((a, b) => a.to - b.to);
  if (soonest !== undefined) {
    const values = { name: `CN=${soonest.name ?? "?"}`, days: daysLeft(soonest.to, now), day: day(soonest.to) };
    return remedyFor(remedies.chainExpiresSoon, values);
  }
  return expiry === "soon" ? remedyFor(remedies.expiresSoon, end) : undefined;
}

/** The kinds of names that identify a server. */
const [DNS, ADDRESS] = ["DNS", "IP Address"];

const UNKNOWN_ISSUER = [
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_SIGNATURE_FAILURE",
];

function wrongName(host: string, leaf: PresentedCertificate | undefined): Problem {
  const known = leaf === undefined ? "" : names(leaf);
  // Self-made certificates often have the address in place of a name, where it is not valid.
  const misplaced =
    isIP(host) !== 0 && leaf?.alternativeNames.some(({ kind, name }) => kind === DNS && name === host) === true;
  return remedyFor(misplaced ? remedies.addressAsName : remedies.wrongName, { host }, known);
}

function expiredIssuer(issuers: readonly PresentedCertificate[], now: number, seen: string): Problem {
  const expired = issuers.find(({ to }) => now > to);
  const values = { name: nameOf(expired), day: day(expired?.to ?? NaN) };
  return remedyFor(expired?.selfIssued === true ? remedies.authorityExpired : remedies.chainExpired, values, seen);
}

const SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
const ANY_PURPOSE = "2.5.29.37.0";

function wrongPurpose(chain: readonly PresentedCertificate[], seen: string): Problem {
  const other = chain.find(
    ({ purposes }) =>
      purposes !== undefined && ![SERVER_AUTHENTICATION, ANY_PURPOSE].some((one) => purposes.includes(one)),
  );
  return remedyFor(remedies.wrongPurpose, { name: nameOf(other ?? chain[0]) }, seen);
}

function notAnAuthority(issuers: readonly PresentedCertificate[], seen: string): Problem {
  return remedyFor(
    remedies.issuerNoAuthority,
    { name: nameOf(issuers.find(({ authority }) => !authority) ?? issuers[0]) },
    seen,
  );
}

function weakSignature(chain: readonly PresentedCertificate[], seen: string): Problem | undefined {
  const weak = chain.find((certificate) => certificate.weakSignature !== undefined && !certificate.selfIssued);
  return weak && remedyFor(remedies.weakSignature, { name: nameOf(weak), hash: weak.weakSignature! }, seen);
}

function unknownIssuer(chain: readonly PresentedCertificate[], seen: string): Problem {
  const inspector = chain.map(({ issuer }) => issuer).find((issuer) => issuer !== undefined && isInspector(issuer));
  if (inspector === undefined) return remedyFor(remedies.unknownIssuer, {}, seen);
  return remedyFor(remedies.issuedByInspector, { name: `CN=${printable(inspector, 100)}` }, seen);
}

/** The user gave authorities, and the chain does not lead to any of them. */
function notByPinned(chain: readonly PresentedCertificate[], pinned: readonly X509Certificate[]): Problem {
  const seen = describeChain(chain);
  const given = pinned.map(({ subject }) => commonName(subject) ?? subject.replace(/\n/g, ", "));
  const issuers = chain.map(({ issuer }) => issuer);
  const renamed = given.find((name) => issuers.includes(name));
  if (renamed !== undefined) {
    return remedyFor(remedies.authorityReplaced, { name: `CN=${printable(renamed, 100)}` }, seen);
  }
  const inspected = chain.some(({ issuer }) => issuer !== undefined && isInspector(issuer));
  if (inspected) return unknownIssuer(chain, seen);
  const listed = given.map((name) => `CN=${name}`).slice(0, 5);
  return remedyFor(remedies.notByGivenAuthority, { given: printable(listed.join(", ")) }, seen);
}

const usableNames = ({ alternativeNames }: PresentedCertificate): readonly string[] =>
  alternativeNames.filter(({ kind }) => kind === DNS || kind === ADDRESS).map(({ name }) => name);

/** The names that the server's own certificate is valid for. */
export function namesOf(socket: TLSSocket): readonly string[] {
  const [leaf] = presentedChain(socket);
  return leaf === undefined ? [] : usableNames(leaf);
}

/** "made for smtp.example.com, mail.example.com and 3 more names" */
function names(certificate: PresentedCertificate): string {
  const all = usableNames(certificate);
  const shown = all.slice(0, MOST_NAMES).join(", ");
  const rest = all.length - MOST_NAMES;
  return `made for ${shown || certificate.name || "nobody"}${rest > 0 ? ` and ${rest} more names` : ""}`;
}

const nameOf = (certificate: PresentedCertificate | undefined) =>
  certificate?.name === undefined ? "an issuer" : `CN=${printable(certificate.name, 100)}`;

const inWords = (code: string) => code.replaceAll("_", " ").toLowerCase();

function day(ms: number): string {
  return Number.isNaN(ms) ? "an unknown day" : new Date(ms).toISOString().slice(0, 10);
}

/** Issuer names of programs and firewalls that inspect mail and sign in the server's place. */
const INSPECTORS =
  /avast|\bavg\b|kaspersky|\beset\b|bitdefender|dr\.? ?web|norton|symantec|mcafee|trend ?micro|sophos|fortinet|fortigate|palo alto|zscaler|check ?point|sonic ?wall|watchguard|barracuda|netskope|forcepoint|websense|blue ?coat|smoothwall|untangle|cisco umbrella|mail shield|inspection|intercept|proxy|firewall|untrusted/i;

/** Whether an authority's name belongs to a device that intercepts connections, not to a mail server. */
const isInspector = (name: string) => INSPECTORS.test(name);
