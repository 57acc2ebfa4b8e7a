import { X509Certificate } from "node:crypto";
import { certificateBlock, certificatesIn, firstCertificate } from "../../lib/core/pem";
import { selfSigned } from "../../lib/mail/server/certificates";

const { certificate } = selfSigned({ name: "relay.example.com" });
const { raw } = new X509Certificate(certificate);

it.each([
  "",
  "no certificate",
  "-----BEGIN CERTIFICATE-----",
  "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----",
])("finds none in %j", (text) => {
  expect(certificatesIn(text)).toEqual([]);
  expect(firstCertificate(text)).toHaveLength(0);
});

it("takes the first of a chain, whatever stands between", () => {
  const chain = `subject=relay\r\n${certificate.replaceAll("\n", "\r\n")}\nissuer=\n${selfSigned({ name: "other" }).certificate}`;
  expect(certificatesIn(chain)).toHaveLength(2);
  expect(firstCertificate(chain)).toEqual(raw);
});

it("writes lines of 64 characters, as every reader takes them", () => {
  expect(certificateBlock(raw)).toBe(certificate);
  expect(new X509Certificate(certificateBlock(raw)).raw).toEqual(raw);
  // A length that fills its last line leaves no empty one behind.
  expect(certificateBlock(Buffer.alloc(48))).toBe(
    `-----BEGIN CERTIFICATE-----\n${"A".repeat(64)}\n-----END CERTIFICATE-----\n`,
  );
});
