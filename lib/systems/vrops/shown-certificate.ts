import { X509Certificate } from "node:crypto";
import type { Certificate } from "./contract";
import { normalThumbprint, sameThumbprint } from "./thumbprint";

/** The digests that identify a certificate shown by vROps; notation as `openssl x509 -fingerprint` prints it. */
export interface Thumbprints {
  /** The digest of the certificate itself, where it is shown. */
  readonly sha256?: string;
  readonly sha1?: string;
  /** vROps' own handle: a digest in some releases, a GUID in others. */
  readonly handle?: string;
}

/**
 * Computes the digests from the certificate, because what vROps calls `thumbprint` is its own handle: the interface
 * description of 9.x says "guid", other documents show SHA-1.
 */
export function thumbprintsOf(certificate: Certificate): Thumbprints {
  const handle = certificate.thumbprint ? { handle: certificate.thumbprint } : {};
  const x509 = shownCertificate(certificate);
  if (x509 === undefined) return handle;
  const { fingerprint: sha1, fingerprint256: sha256 } = x509;
  // A handle that is a digest identifies its certificate; a different certificate in the text beside it is not that one.
  const isDigest = handle.handle !== undefined && [40, 64].includes(normalThumbprint(handle.handle).length);
  if (isDigest && ![sha1, sha256].some((digest) => sameThumbprint(digest, handle.handle))) return handle;
  return { ...handle, sha1, sha256 };
}

/** Whether the pin is a digest of the certificate, or the server's handle of it. */
export function isPinned(certificate: Certificate, pin: string | null): boolean {
  return pin !== null && Object.values(thumbprintsOf(certificate)).some((one) => sameThumbprint(one, pin));
}

function shownCertificate({ certificate: pem, ...shown }: Certificate): X509Certificate | undefined {
  // The server's own certificate is the first of a chain.
  if (pem) return [...certificatesIn(pem)][0];
  // Whoever made the certificate chose its names, which could contain a foreign certificate.
  const foreign = [shown.issuedTo, shown.issuedBy].filter((text) => typeof text === "string" && text !== "");
  return onlyCertificate(
    foreign.reduce<string>((text, name) => text.replaceAll(name!, ""), shown.certificateDetails ?? ""),
  );
}

/** Base64 of a DER certificate (`30 82`), in lines or in one piece, with or without the PEM markers. */
const BASE64_CERTIFICATE = /MII[A-Za-z0-9+/\s]{200,}/g;

function* certificatesIn(text: string): Iterable<X509Certificate> {
  for (const [base64] of text.matchAll(BASE64_CERTIFICATE)) {
    const x509 = parsed(Buffer.from(base64.replace(/\s/g, ""), "base64"));
    if (x509 !== undefined) yield x509;
  }
}

/** The certificate in a text that also contains names; undefined where there is none, or where there are several. */
function onlyCertificate(text: string): X509Certificate | undefined {
  const found = new Map([...certificatesIn(text)].map((x509) => [x509.fingerprint256, x509]));
  return found.size === 1 ? [...found.values()][0] : undefined;
}

function parsed(bytes: Buffer): X509Certificate | undefined {
  // The text that follows may look like more of it: the certificate contains its own length.
  const end = 4 + bytes.readUInt16BE(2);
  if (bytes.length < end) return undefined;
  try {
    return new X509Certificate(bytes.subarray(0, end));
  } catch {
    return undefined;
  }
}
