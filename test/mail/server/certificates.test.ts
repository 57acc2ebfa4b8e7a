import { createPrivateKey, X509Certificate } from "node:crypto";
import { Authority, selfSigned } from "../../../lib/mail/server";

const NOW = Date.parse("2026-11-21T12:00:00Z");

it("issues a certificate that the authority's own verifies, for names and addresses of both kinds", () => {
  const authority = Authority.create("Test CA", NOW);
  const hosts = ["mail.example.com", "127.0.0.1", "::1", "2001:db8::25:1"];
  const issued = authority.issue({ name: "mail.example.com", hosts }, NOW);
  const certificate = new X509Certificate(issued.certificate);
  const ca = new X509Certificate(authority.pem);
  expect(ca.ca).toBe(true);
  expect(certificate.ca).toBe(false);
  expect(certificate.verify(ca.publicKey)).toBe(true);
  expect(certificate.checkIssued(ca)).toBe(true);
  expect(certificate.checkHost("mail.example.com")).toBe("mail.example.com");
  for (const ip of hosts.slice(1)) expect(certificate.checkIP(ip)).toBe(ip);
  expect(certificate.checkIP("127.0.0.2")).toBeUndefined();
  expect(certificate.checkPrivateKey(createPrivateKey(issued.key))).toBe(true);
  expect(certificate.fingerprint).toBe(issued.thumbprintSha1);
});

it("issues certificates for any time, past 2050 too", () => {
  const issued = Authority.create("Test CA", NOW).issue({
    name: "x",
    notBefore: Date.parse("2020-01-02T03:04:05Z"),
    notAfter: Date.parse("2051-06-07T08:09:10Z"),
  });
  const { validFrom, validTo } = new X509Certificate(issued.certificate);
  expect([Date.parse(validFrom), Date.parse(validTo)]).toEqual([
    Date.parse("2020-01-02T03:04:05Z"),
    Date.parse("2051-06-07T08:09:10Z"),
  ]);
});

it("makes self-signed certificates that vouch for themselves", () => {
  const certificate = new X509Certificate(selfSigned({ name: "mail.example.com" }, NOW).certificate);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.subject).toBe(certificate.issuer);
});

it("makes serial numbers that differ and are positive", () => {
  const authority = Authority.create("Test CA", NOW);
  const serials = Array.from(
    { length: 20 },
    () => new X509Certificate(authority.issue({ name: "x" }).certificate).serialNumber,
  );
  expect(new Set(serials).size).toBe(20);
  for (const serial of serials) expect(serial).toMatch(/^[0-9A-F]+$/);
});
