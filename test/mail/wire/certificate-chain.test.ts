import { X509Certificate } from "node:crypto";
import { describeChain, presented } from "../../../lib/mail/wire/certificate-chain";
import { Authority } from "../../../lib/mail/server";
import { weakSignatureOf } from "../../../lib/mail/wire/signature-algorithm";

/** Self-signed with SHA-1, for clients only, with an address among its DNS names. */
const OLD = `
-----BEGIN CERTIFICATE-----
MIIBxjCCAW2gAwIBAgIUYsGfRrulLw/U2s9i+ILaeF9eJp4wCQYHKoZIzj0EATAW
MRQwEgYDVQQKDAtPbGQvRXhhbXBsZTAgFw0yNjExMjgwMjQ2NTJaGA8yMTI2MTEw
NDAyNDY1MlowFjEUMBIGA1UECgwLT2xkL0V4YW1wbGUwWTATBgcqhkjOPQIBBggq
hkjOPQMBBwNCAARalPUAPEBTmc+IFNViuZW1Gceah9t0ZTEiqv2oSq38lait5Gn9
baBlIyvXrYcyTk37YVzINE5kSXllBuQOND10o4GXMIGUMB0GA1UdDgQWBBQY9fUo
tNr/GOLFzTRIWVkSf8yd9TAfBgNVHSMEGDAWgBQY9fUotNr/GOLFzTRIWVkSf8yd
9TAPBgNVHRMBAf8EBTADAQH/MBMGA1UdJQQMMAoGCCsGAQUFBwMCMCwGA1UdEQQl
MCOCEG1haWwuZXhhbXBsZS5jb22HBMAAAgGCCTEyNy4wLjAuMTAJBgcqhkjOPQQB
A0gAMEUCIAkwUsLuW+/vThYlg/IaWtJP16VJ/Lsc1Z/Nx9SswNmvAiEA0QN6KMIW
JAGwahyDIiw4SO59mUnV4IMFFC+38j8yj1k=
-----END CERTIFICATE-----
`;

it("reads what decides whether a certificate can be trusted", () => {
  const certificate = new X509Certificate(OLD.trim());
  expect(presented(certificate)).toEqual({
    raw: certificate.raw,
    name: "Old/Example",
    issuer: "Old/Example",
    selfIssued: true,
    from: Date.parse("2026-11-28T02:46:52Z"),
    to: Date.parse("2126-11-04T02:46:52Z"),
    alternativeNames: [
      { kind: "DNS", name: "mail.example.com" },
      { kind: "IP Address", name: "192.0.2.1" },
      { kind: "DNS", name: "127.0.0.1" },
    ],
    purposes: ["1.3.6.1.5.5.7.3.2"],
    authority: true,
    weakSignature: "SHA-1",
  });
});

it("finds nothing weak in a current one, nor in bytes that are none", () => {
  const { certificate } = Authority.create("Some CA").issue({ name: "mail", hosts: ["mail.example.com"] });
  const read = presented(new X509Certificate(certificate));
  expect(read).toMatchObject({ name: "mail", issuer: "Some CA", selfIssued: false, authority: false });
  expect(read).not.toHaveProperty("weakSignature");
  expect(weakSignatureOf(Buffer.from([0x30, 0x84, 0xff]))).toBeUndefined();
  expect(weakSignatureOf(Buffer.alloc(0))).toBeUndefined();
});

it("names the chain from the server's own certificate upwards", () => {
  const one = { raw: new Uint8Array(), selfIssued: false, from: 0, to: 0, alternativeNames: [], authority: false };
  const chain = [
    { ...one, name: "leaf", issuer: "middle" },
    { ...one, name: "middle", issuer: "root" },
    { ...one, name: "root", issuer: "root" },
  ];
  expect(describeChain(chain)).toBe("CN=leaf, issued by CN=middle, issued by CN=root");
  expect(describeChain([])).toBe("no certificate");
});
