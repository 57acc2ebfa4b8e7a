import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import * as der from "../core/der";
import { certificateBlock } from "../core/pem";

/** The server's half of mutual TLS: created for one run, trusted only by the Terraform that started it. */
export interface ServerIdentity {
  readonly der: Buffer;
  readonly certificatePem: string;
  /** Kept in this process; never written to a disk. */
  readonly privateKeyPem: string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const OID = {
  commonName: "2.5.4.3",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  keyUsage: "2.5.29.15",
  extendedKeyUsage: "2.5.29.37",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
};

/**
 * A self-signed ECDSA P-256 certificate for `localhost`, valid from an hour ago for seven days. Terraform takes it for
 * its own root, so it is a CA as well.
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function selfSignedCertificate(now: number, random: (bytes: number) => Buffer = randomBytes): ServerIdentity {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const algorithm = der.sequence(der.objectIdentifier(OID.ecdsaWithSha256));
  const name = der.sequence(der.set(der.sequence(der.objectIdentifier(OID.commonName), der.utf8String("localhost"))));
  const toBeSigned = der.sequence(
    der.tagged(0, der.integer(Buffer.from([2]))), // version 3
    der.integer(serialNumber(random)),
    algorithm,
    name,
    der.sequence(der.time(now - HOUR), der.time(now + 7 * DAY)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der.tagged(
      3,
      der.sequence(
        extension(OID.keyUsage, true, der.bitString(Buffer.from([0x84]), 2)), // digitalSignature, keyCertSign
        extension(
          OID.extendedKeyUsage,
          false,
          der.sequence(...[OID.serverAuth, OID.clientAuth].map(der.objectIdentifier)),
        ),
        extension(OID.basicConstraints, true, der.sequence(der.boolean(true))), // CA:TRUE
        extension(OID.subjectAltName, false, der.sequence(der.tagged(2, Buffer.from("localhost"), false))), // DNS name
      ),
    ),
  );
  const signature = sign("sha256", toBeSigned, { key: privateKey, dsaEncoding: "der" });
  const certificate = der.sequence(toBeSigned, algorithm, der.bitString(signature));
  return {
    der: certificate,
    certificatePem: certificateBlock(certificate),
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
  };
}

/** At most 20 bytes, positive, not zero. */
function serialNumber(random: (bytes: number) => Buffer): Buffer {
  const serial = Buffer.from(random(16));
  serial[0] = (serial[0]! & 0x3f) | 0x40;
  return serial;
}

/**
 * An extension; its value is an element itself, wrapped in an octet string.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
function extension(oid: string, critical: boolean, value: Buffer): Buffer {
  const flag = critical ? [der.boolean(true)] : [];
  return der.sequence(der.objectIdentifier(oid), ...flag, der.octetString(value));
}
