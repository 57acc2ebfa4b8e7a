import { createHash } from "node:crypto";

/** Identifies a finding from one run to the next, even when its wording has changed. */
export function fingerprint(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
