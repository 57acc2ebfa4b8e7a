import type { Validator } from "../../terraform-plugin/schema";

/**
 * Normalises a thumbprint: colons, dashes, blanks and case do not distinguish certificates. It may be a SHA-1 or SHA-256
 * digest, or the GUID by which some releases identify a certificate.
 */
export function normalThumbprint(thumbprint: string): string {
  return thumbprint.replace(/[\s:-]/g, "").toLowerCase();
}

/** Whether both identify the same certificate. */
export function sameThumbprint(a: string, b: string): boolean {
  return normalThumbprint(a) === normalThumbprint(b);
}

/** A hexadecimal digest, in any of the usual notations. */
export const thumbprint: Validator<string> = {
  describes: "hexadecimal digits, with or without colons",
  check: (value) =>
    /^[0-9a-f]{16,}$/.test(normalThumbprint(value))
      ? undefined
      : {
          code: "vrops/thumbprint",
          severity: "error",
          summary: "This is not a certificate thumbprint",
          got: JSON.stringify(value),
          expected: "at least 16 hexadecimal digits, with or without colons: 7D:3E:CE:A8:…",
          fix: "Copy the thumbprint that the error about the untrusted certificate shows, or print it with `openssl x509 -noout -fingerprint -sha256`.",
        },
};
