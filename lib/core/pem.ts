/** Base64 has no hyphen, so a block ends with the next one: in time that grows with the text. */
const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** The certificates in a PEM text, each as a block of its own, in their order. */
export const certificatesIn = (text: string): readonly string[] => text.match(BLOCK) ?? [];
