import { X509Certificate } from "node:crypto";
import type { Certificate } from "./contract";
import { normalThumbprint, sameThumbprint } from "./thumbprint";

/** By what a certificate that vROps shows can be told from others; notation as `openssl x509 -fingerprint` prints it. */
export interface Thumbprints {
  /** Of the certificate itself, where it is shown. */
  readonly sha256?: string;
  readonly sha1?: string;
  /** What vROps calls it: a digest in some releases, a GUID in others. */
  readonly handle?: string;
}

/**
 * The digests are computed from the certificate, because what vROps calls `thumbprint` is its own handle: the interface
 * description of 9.x says "guid", other documents show SHA-1.
 */
export function thumbprintsOf(certificate: Certificate): Thumbprints {
  const handle = certificate.thumbprint ? { handle: certificate.thumbprint } : {};
  const x509 = shownCertificate(certificate);
  if (x509 === undefined) return handle;
  const { fingerprint: sha1, fingerprint256: sha256 } = x509;
  // A handle that is a digest tells which certificate is meant; another one in the text beside it is not that.
  const isDigest = handle.handle !== undefined && [40, 64].includes(normalThumbprint(handle.handle).length);
  if (isDigest && ![sha1, sha256].some((digest) => sameThumbprint(digest, handle.handle))) return handle;
  return { ...handle, sha1, sha256 };
}

/** True when the pin is a digest of the certificate, or the server's handle of it. */
export function isPinned(certificate: Certificate, pin: string | null): boolean {
  return pin !== null && Object.values(thumbprintsOf(certificate)).some((one) => sameThumbprint(one, pin));
}

function shownCertificate({ certificate: pem, ...shown }: Certificate): X509Certificate | undefined {
  // The server's own is the first of a chain.
  if (pem) return [...certificatesIn(pem)][0];
  // Names are chosen by whoever made the certificate, and could hold one that is not theirs.
  const foreign = [shown.issuedTo, shown.issuedBy].filter((text) => typeof text === "string" && text !== "");
  return onlyCertificate(
    foreign.reduce<string>((text, name) => text.replaceAll(name!, ""), shown.certificateDetails ?? ""),
  );
}

/** Base64 of a DER certificate (`30 82`), in lines or in one piece, with or without PEM's frame around it. */
const BASE64_CERTIFICATE = /MII[A-Za-z0-9+/\s]{200,}/g;

function* certificatesIn(text: string): Iterable<X509Certificate> {
  for (const [base64] of text.matchAll(BASE64_CERTIFICATE)) {
    const x509 = parsed(Buffer.from(base64.replace(/\s/g, ""), "base64"));
    if (x509 !== undefined) yield x509;
  }
}

/** The certificate in a text that names are part of; undefined where there is none, or where there are several to choose from. */
function onlyCertificate(text: string): X509Certificate | undefined {
  const found = new Map([...certificatesIn(text)].map((x509) => [x509.fingerprint256, x509]));
  return found.size === 1 ? [...found.values()][0] : undefined;
}

function parsed(bytes: Buffer): X509Certificate | undefined {
  // What follows in the text may look like more of it: the certificate says its own length.
  const end = 4 + bytes.readUInt16BE(2);
  if (bytes.length < end) return undefined;
  try {
    return new X509Certificate(bytes.subarray(0, end));
  } catch {
    return undefined;
  }
}
