import { createHash } from "node:crypto";
import { isMask as isUsualMask } from "../kit/mask";

/** Sixty-four bits: enough to see a change, and nothing to find a long random value by. */
const DIGITS = 16;

/** A digest of each value. The attachment and the name go in, so that equal values cannot be told from their digests. */
export function fingerprints(attachment: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, fingerprint(attachment, name, value)]),
  );
}

export function fingerprint(attachment: string, name: string, value: string): string {
  return createHash("sha256")
    .update(JSON.stringify([attachment.toLowerCase(), name, value]))
    .digest("hex")
    .slice(0, DIGITS);
}

/** A value that is shown as a mask tells nothing. */
export const isMask = (value: string): boolean => isUsualMask(value) || /^x{3,}$/i.test(value);
