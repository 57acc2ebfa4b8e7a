/**
 * The records that the processes of one Terraform run exchange: lines of JSON, appended to the run's ledger. No values of attributes and no credentials: realms and identities are digests.
 */

/** An object outside Terraform, as the state knows it. */
export interface OwnedObject {
  /** A digest of its place (URL, tenant); null while the provider's settings are not known. */
  readonly realm: string | null;
  /** "outbound_vrops_email_plugin" */
  readonly type: string;
  readonly id: string;
  /**
   * The resource type that declares it, where objects of this type are declared by others as well. It does not identify the
   * object.
   */
  readonly as?: string;
}

/** The resource type that declares an object. */
export const spokenOfAs = ({ type, as = type }: Pick<OwnedObject, "type" | "as">): string => as;

/** A digest of each identifying attribute; null for one that is not known yet. Empty: there is only one such object. */
export type IdentityKey = readonly (string | null)[];

/** The notes kept beside the state of an object, which move with it. Not secret. */
export type Notes = Readonly<Record<string, unknown>>;

export type LedgerEvent =
  | { readonly event: "start"; readonly pid: number; readonly workspace: string }
  /** The process has answered all its calls. */
  | { readonly event: "end" }
  // Events of a walk that plans.
  | { readonly event: "owned" | "read" | "vanished"; readonly object: OwnedObject }
  | PlannedEvent
  | ({ readonly event: "create"; readonly key: IdentityKey } & Omit<OwnedObject, "id">)
  // Events of an apply.
  | { readonly event: "applying" }
  /** The first claim of an object wins; `claim` distinguishes the claims. */
  | { readonly event: "take"; readonly object: OwnedObject; readonly key: IdentityKey; readonly claim: string }
  | { readonly event: "deleting"; readonly object: OwnedObject; readonly claim: string }
  | { readonly event: "create-failed"; readonly realm: string | null; readonly type: string; readonly key: IdentityKey }
  | { readonly event: "release"; readonly object: OwnedObject; readonly key: IdentityKey; readonly notes: Notes }
  | { readonly event: "changed" | "deleted" | "delete-failed" | "wanted"; readonly object: OwnedObject }
  /** Another run has applied, so this one's plan is obsolete. */
  | { readonly event: "consumed"; readonly run: string };

export interface PlannedEvent {
  readonly event: "keep" | "replace" | "destroy";
  readonly object: OwnedObject;
  /** The present identity. */
  readonly was: IdentityKey;
  /** The planned identity of the object or its replacement; null for a destroy. */
  readonly key: IdentityKey | null;
  readonly notes: Notes;
}

/** An event and the process that recorded it. */
export type LedgerRecord = LedgerEvent & { readonly by: string };

export function encodeRecord(record: LedgerRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/** Decodes the lines of a ledger; lines that a killed process left half-written are skipped. */
export function decodeRecords(text: string): LedgerRecord[] {
  return text.split("\n").flatMap((line) => {
    if (line === "") return [];
    try {
      const record = JSON.parse(line) as LedgerRecord;
      return typeof record === "object" && record !== null && typeof record.event === "string" ? [record] : [];
    } catch {
      return [];
    }
  });
}
