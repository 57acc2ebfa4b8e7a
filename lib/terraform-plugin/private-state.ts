import type { PrivateState } from "./resource";

/**
 * The bytes Terraform keeps beside the state: the resource's own notes and, until the first read,
 * whether the object was just imported. They lie in the state in clear: no secrets.
 */
export interface Kept {
  readonly imported: boolean;
  readonly notes: PrivateState;
}

export function decodePrivate(bytes: Uint8Array | null | undefined): Kept {
  if (!bytes?.length) return { imported: false, notes: {} };
  const parsed = JSON.parse(Buffer.from(bytes).toString()) as Partial<Kept>;
  return { imported: parsed.imported === true, notes: parsed.notes ?? {} };
}

export function encodePrivate(kept: Kept): Uint8Array {
  const hasNotes = Object.keys(kept.notes).length > 0;
  if (!hasNotes && !kept.imported) return new Uint8Array();
  return Buffer.from(
    JSON.stringify({ ...(kept.imported ? { imported: true } : {}), ...(hasNotes ? { notes: kept.notes } : {}) }),
  );
}
