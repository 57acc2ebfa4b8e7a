import { createHash } from "node:crypto";
import { isMask as isUsualMask } from "../kit/mask";

/** Sixty-four bits: enough to detect a change, and useless for finding a long random value. */
const DIGITS = 16;

/** A digest of each value. It includes the attachment and the name, so that equal values have different digests. */
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

/** Whether a value is a mask, which reveals nothing. */
export const isMask = (value: string): boolean => isUsualMask(value) || /^x{3,}$/i.test(value);
