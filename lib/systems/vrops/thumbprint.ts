import type { Validator } from "../../terraform-plugin/schema";

/**
 * A thumbprint without the notation: colons, dashes, blanks and case do not tell certificates apart.
 * SHA-1 and SHA-256 digests are such, and so is the GUID by which some releases call a certificate.
 */
export function normalThumbprint(thumbprint: string): string {
  return thumbprint.replace(/[\s:-]/g, "").toLowerCase();
}

/** True when both name the same certificate. */
export function sameThumbprint(a: string, b: string): boolean {
  return normalThumbprint(a) === normalThumbprint(b);
}

/** Hexadecimal, in any of the usual notations. */
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
