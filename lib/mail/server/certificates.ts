import { createHash, generateKeyPairSync, randomBytes, sign, X509Certificate, type KeyObject } from "node:crypto";
import { isIP, isIPv4 } from "node:net";
import * as der from "../../core/der";
import { certificateBlock } from "../../core/pem";

const DAY_MS = 86_400_000;

/** A certificate with its key, as TLS servers use them. */
export interface Issued {
  /** PEM. */
  readonly certificate: string;
  /** PEM, PKCS #8. */
  readonly key: string;
  /** "AB:CD:…", the form that people compare. */
  readonly thumbprintSha1: string;
}

export interface CertificateRequest {
  /** Common name. */
  readonly name: string;
  /** Host names and IP addresses that the certificate is valid for. @default none */
  readonly hosts?: readonly string[];
  /** Milliseconds since 1970. @default a day ago */
  readonly notBefore?: number;
  /** Milliseconds since 1970. @default a year from now */
  readonly notAfter?: number;
}

/** A certificate authority that exists as long as the process. */
export class Authority {
  private constructor(
    private readonly name: string,
    private readonly privateKey: KeyObject,
    private readonly publicKey: KeyObject,
    /** Its own certificate, PEM. */
    readonly pem: string,
  ) {}

  static create(name = "Sandbox CA", now = Date.now()): Authority {
    const { privateKey, publicKey } = newKey();
    const pem = write({
      subject: name,
      issuer: name,
      publicKey,
      signer: privateKey,
      notBefore: now - DAY_MS,
      notAfter: now + 365 * DAY_MS,
      extensions: [basicConstraints(true), keyUsage(0x06, 1), subjectKeyId(publicKey)],
    });
    return new Authority(name, privateKey, publicKey, pem);
  }

  issue(request: CertificateRequest, now = Date.now()): Issued {
    const { privateKey, publicKey } = newKey();
    const certificate = write({
      ...times(request, now),
      subject: request.name,
      issuer: this.name,
      publicKey,
      signer: this.privateKey,
      extensions: [...serverExtensions(request, publicKey), authorityKeyId(this.publicKey)],
    });
    return issued(certificate, privateKey);
  }
}

/** A self-signed certificate. */
export function selfSigned(request: CertificateRequest, now = Date.now()): Issued {
  const { privateKey, publicKey } = newKey();
  const certificate = write({
    ...times(request, now),
    subject: request.name,
    issuer: request.name,
    publicKey,
    signer: privateKey,
    extensions: serverExtensions(request, publicKey),
  });
  return issued(certificate, privateKey);
}

interface Content {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly extensions: readonly Buffer[];
}

const newKey = () => generateKeyPairSync("ec", { namedCurve: "P-256" });

const times = (request: CertificateRequest, now: number) => ({
  notBefore: request.notBefore ?? now - DAY_MS,
  notAfter: request.notAfter ?? now + 365 * DAY_MS,
});

function issued(certificate: string, privateKey: KeyObject): Issued {
  return {
    certificate,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    thumbprintSha1: new X509Certificate(certificate).fingerprint,
  };
}

/** An X.509 certificate as in RFC 5280, signed with ECDSA and SHA-256. */
function write(content: Content): string {
  const algorithm = der.sequence(der.objectIdentifier("1.2.840.10045.4.3.2"));
  const serial = randomBytes(16);
  const body = der.sequence(
    der.tagged(0, der.integer(Buffer.from([2]))),
    der.integer(serial),
    algorithm,
    distinguishedName(content.issuer),
    der.sequence(der.time(content.notBefore), der.time(content.notAfter)),
    distinguishedName(content.subject),
    content.publicKey.export({ type: "spki", format: "der" }),
    der.tagged(3, der.sequence(...content.extensions)),
  );
  const signature = sign("sha256", body, content.signer);
  return certificateBlock(der.sequence(body, algorithm, der.bitString(signature)));
}

function distinguishedName(commonName: string): Buffer {
  return der.sequence(der.set(der.sequence(der.objectIdentifier("2.5.4.3"), der.utf8String(commonName))));
}

function extension(oid: string, content: Buffer, critical = false): Buffer {
  const flag = critical ? [der.boolean(true)] : [];
  return der.sequence(der.objectIdentifier(oid), ...flag, der.octetString(content));
}

const basicConstraints = (authority: boolean) =>
  extension("2.5.29.19", authority ? der.sequence(der.boolean(true)) : der.sequence(), true);
const keyUsage = (bits: number, unused: number) =>
  extension("2.5.29.15", der.bitString(Buffer.from([bits]), unused), true);
const keyId = (key: KeyObject) =>
  createHash("sha1")
    .update(key.export({ type: "spki", format: "der" }))
    .digest();
const subjectKeyId = (key: KeyObject) => extension("2.5.29.14", der.octetString(keyId(key)));
const authorityKeyId = (key: KeyObject) => extension("2.5.29.35", der.sequence(der.tagged(0, keyId(key), false)));

function serverExtensions(request: CertificateRequest, publicKey: KeyObject): Buffer[] {
  const names = (request.hosts ?? []).map((host) =>
    isIP(host) === 0 ? der.tagged(2, Buffer.from(host, "ascii"), false) : der.tagged(7, addressBytes(host), false),
  );
  return [
    basicConstraints(false),
    keyUsage(0x80, 7),
    extension("2.5.29.37", der.sequence(der.objectIdentifier("1.3.6.1.5.5.7.3.1"))),
    subjectKeyId(publicKey),
    ...(names.length === 0 ? [] : [extension("2.5.29.17", der.sequence(...names))]),
  ];
}

function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split(".").map(Number));
  // The URL parser writes IPv6 addresses in one canonical form, IPv4 tails included.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const [head = [], tail = []] = groups.map((part) => part.split(":").filter((group) => group !== ""));
  const middle = Array<string>(groups.length === 2 ? 8 - head.length - tail.length : 0).fill("0");
  return Buffer.from([...head, ...middle, ...tail].map((group) => group.padStart(4, "0")).join(""), "hex");
}
