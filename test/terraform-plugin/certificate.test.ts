import { X509Certificate, createPrivateKey } from "node:crypto";
import { selfSignedCertificate } from "../../lib/terraform-plugin/certificate";

const NOON = Date.UTC(2026, 5, 1, 12, 0, 0);

describe("the server's certificate", () => {
  const made = selfSignedCertificate(NOON);
  const read = new X509Certificate(made.der);

  it("is its own root, for localhost, and signed by its own key", () => {
    expect(read.subject).toBe("CN=localhost");
    expect(read.checkIssued(read)).toBe(true);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.ca).toBe(true);
    expect(read.subjectAltName).toBe("DNS:localhost");
    expect(read.checkHost("localhost")).toBe("localhost");
    expect(read.checkHost("example.com")).toBeUndefined();
    expect(read.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
    // keyUsage, critical: digitalSignature and keyCertSign.
    expect(made.der.includes(Buffer.from("0603551d0f0101ff040403020284", "hex"))).toBe(true);
    expect(read.checkPrivateKey(createPrivateKey(made.privateKeyPem))).toBe(true);
    expect(read.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: "prime256v1" });
  });

  it("begins an hour ago, so that clocks may differ, and ends after a week", () => {
    expect(new Date(read.validFrom)).toEqual(new Date(NOON - 3_600_000));
    expect(new Date(read.validTo)).toEqual(new Date(NOON + 7 * 86_400_000));
    expect(made.der.includes(Buffer.from("260601110000Z"))).toBe(true);
  });

  it("still has readable times after 2049", () => {
    const later = selfSignedCertificate(Date.UTC(2049, 11, 30));
    expect(new Date(new X509Certificate(later.der).validTo)).toEqual(new Date(Date.UTC(2050, 0, 6)));
  });

  it("says the same as PEM", () => {
    expect(new X509Certificate(made.certificatePem).raw.equals(made.der)).toBe(true);
  });

  it("has a serial number of its own, positive whatever is drawn", () => {
    expect(new X509Certificate(selfSignedCertificate(NOON).der).serialNumber).not.toBe(read.serialNumber);
    for (const byte of [0x00, 0x7f, 0xff]) {
      const { serialNumber } = new X509Certificate(selfSignedCertificate(NOON, (n) => Buffer.alloc(n, byte)).der);
      expect(serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
    }
  });
});
