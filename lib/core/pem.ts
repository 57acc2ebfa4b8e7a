/** Base64 has no hyphen, so a block cannot reach into the next one, and the search is linear. */
const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** The certificates in a PEM text, each as a block of its own, in their order. */
export const certificatesIn = (text: string): readonly string[] => text.match(BLOCK) ?? [];

/** A certificate as a block of its own. */
export function certificateBlock(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

/** The first certificate in a PEM text, in DER; empty when there is none. */
export function firstCertificate(pem: string): Buffer {
  const [block = ""] = certificatesIn(pem);
  return Buffer.from(block.replace(/-----[^-]*-----/g, ""), "base64");
}
