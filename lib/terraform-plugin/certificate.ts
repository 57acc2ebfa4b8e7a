import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** The server's half of mutual TLS: made for one run, trusted by nobody but the Terraform that started it. */
export interface ServerCertificate {
  readonly der: Buffer;
  readonly certificatePem: string;
  /** Lives in this process only; never written to a disk. */
  readonly privateKeyPem: string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const OID = {
  commonName: [0x55, 0x04, 0x03],
  subjectAltName: [0x55, 0x1d, 0x11],
  basicConstraints: [0x55, 0x1d, 0x13],
  keyUsage: [0x55, 0x1d, 0x0f],
  extendedKeyUsage: [0x55, 0x1d, 0x25],
  serverAuth: [0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01],
  clientAuth: [0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02],
  ecdsaWithSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
};

/**
 * A self-signed ECDSA P-256 certificate for `localhost`, valid from an hour ago for seven days. Terraform takes it for
 * its own root, so it is a CA as well.
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function selfSignedCertificate(now: number, random: (bytes: number) => Buffer = randomBytes): ServerCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const name = sequence(set(sequence(oid(OID.commonName), der(0x0c, Buffer.from("localhost")))));
  const toBeSigned = sequence(
    der(0xa0, integer(Buffer.from([2]))), // version 3
    integer(serialNumber(random)),
    algorithm,
    name,
    sequence(time(now - HOUR), time(now + 7 * DAY)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(
      0xa3,
      sequence(
        extension(OID.keyUsage, true, der(0x03, Buffer.from([0x02, 0x84]))), // digitalSignature, keyCertSign
        extension(OID.extendedKeyUsage, false, sequence(oid(OID.serverAuth), oid(OID.clientAuth))),
        extension(OID.basicConstraints, true, sequence(TRUE)), // CA:TRUE
        extension(OID.subjectAltName, false, sequence(der(0x82, Buffer.from("localhost")))), // DNS name
      ),
    ),
  );
  const signature = sign("sha256", toBeSigned, { key: privateKey, dsaEncoding: "der" });
  const certificate = sequence(toBeSigned, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  return {
    der: certificate,
    certificatePem: pem(certificate),
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
  };
}

/** At most 20 bytes, positive, not zero. */
function serialNumber(random: (bytes: number) => Buffer): Buffer {
  const serial = Buffer.from(random(16));
  serial[0] = (serial[0]! & 0x3f) | 0x40;
  return serial;
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...derLength(body.length)]), body]);
}

function derLength(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const set = (...parts: Buffer[]) => der(0x31, ...parts);
const oid = (bytes: number[]) => der(0x06, Buffer.from(bytes));
const integer = (bytes: Buffer) => der(0x02, bytes);
const TRUE = Buffer.from([0x01, 0x01, 0xff]);

function extension(id: number[], critical: boolean, value: Buffer): Buffer {
  return critical ? sequence(oid(id), TRUE, der(0x04, value)) : sequence(oid(id), der(0x04, value));
}

/** UTCTime is not only allowed but required for years before 2050. */
function time(ms: number): Buffer {
  const text = new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, "");
  return Number(text.slice(0, 4)) < 2050 ? der(0x17, Buffer.from(text.slice(2))) : der(0x18, Buffer.from(text));
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
