import type { Marked } from "./ownership/address";
import type { PrivateState } from "./resource";
import { unreadablePrivate } from "./state-errors";

/**
 * The content of the bytes that Terraform keeps beside the state: the resource's own notes and, until the first read,
 * whether the object was just imported. The state holds them unencrypted: no secrets.
 */
export interface KeptNotes {
  readonly imported: boolean;
  readonly notes: PrivateState;
  /** In plans only: the run that planned, and the state that the plan replaces. */
  readonly marked?: Marked;
}

/**
 * Decodes the notes, and never guesses: a resource that forgot what it had found could not restore it.
 *
 * @throws ProblemError when the bytes are not what {@link encodePrivate} wrote
 */
export function decodePrivate(bytes: Uint8Array | null | undefined): KeptNotes {
  if (!bytes?.length) return { imported: false, notes: {} };
  const kept = parsed(Buffer.from(bytes).toString());
  if (!isRecord(kept)) throw unreadablePrivate("JSON that is no object");
  const { imported = false, notes = {}, marked } = kept;
  if (typeof imported !== "boolean") throw unreadablePrivate("`imported` that is neither true nor false");
  if (!isRecord(notes)) throw unreadablePrivate("`notes` that are no object");
  // Written by the plan that this call belongs to; the data of another version is ignored.
  return { imported, notes, ...(isMarked(marked) ? { marked } : {}) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadablePrivate("text that is no JSON");
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isMarked = (value: unknown): value is Marked => isRecord(value) && typeof value["run"] === "string";

export function encodePrivate(kept: KeptNotes): Uint8Array {
  const hasNotes = Object.keys(kept.notes).length > 0;
  if (!hasNotes && !kept.imported && kept.marked === undefined) return new Uint8Array();
  return Buffer.from(
    JSON.stringify({
      ...(kept.imported ? { imported: true } : {}),
      ...(hasNotes ? { notes: kept.notes } : {}),
      ...(kept.marked === undefined ? {} : { marked: kept.marked }),
    }),
  );
}
