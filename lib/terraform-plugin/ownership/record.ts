/**
 * What the processes of one Terraform run tell each other: one line of JSON each, appended to the run's ledger. No
 * values of attributes and no credentials: realms and identities are digests.
 */

/** An object outside Terraform, as the state knows it. */
export interface OwnedObject {
  /** Digest of where it lives (URL, tenant); null while the provider's settings are not known. */
  readonly realm: string | null;
  /** "outbound_vrops_email_plugin" */
  readonly type: string;
  readonly id: string;
  /** The resource type that speaks of it, where objects of this type are declared by others as well. No part of which object it is. */
  readonly as?: string;
}

/** The resource type that speaks of an object. */
export const spokenOfAs = ({ type, as = type }: Pick<OwnedObject, "type" | "as">): string => as;

/** Digest of each identifying attribute; null for one that is not known yet. Empty: there is only one such object. */
export type IdentityKey = readonly (string | null)[];

/** What is kept beside the state of an object, handed on with it. Not secret. */
export type Notes = Readonly<Record<string, unknown>>;

export type LedgerEvent =
  | { readonly event: "start"; readonly pid: number; readonly workspace: string }
  /** The process has answered all it was asked. */
  | { readonly event: "end" }
  // What a walk has seen and planned.
  | { readonly event: "owned" | "read" | "vanished"; readonly object: OwnedObject }
  | PlannedEvent
  | ({ readonly event: "create"; readonly key: IdentityKey } & Omit<OwnedObject, "id">)
  // What an apply does.
  | { readonly event: "applying" }
  /** Whoever claims an object first has it; `claim` tells the claims apart. */
  | { readonly event: "take"; readonly object: OwnedObject; readonly key: IdentityKey; readonly claim: string }
  | { readonly event: "deleting"; readonly object: OwnedObject; readonly claim: string }
  | { readonly event: "create-failed"; readonly realm: string | null; readonly type: string; readonly key: IdentityKey }
  | { readonly event: "release"; readonly object: OwnedObject; readonly key: IdentityKey; readonly notes: Notes }
  | { readonly event: "changed" | "deleted" | "delete-failed" | "wanted"; readonly object: OwnedObject }
  /** Another run has applied: this one's plan can no longer be. */
  | { readonly event: "consumed"; readonly run: string };

export interface PlannedEvent {
  readonly event: "keep" | "replace" | "destroy";
  readonly object: OwnedObject;
  /** The identity it has now. */
  readonly was: IdentityKey;
  /** The identity that it, or what replaces it, is planned to have; null for a destroy. */
  readonly key: IdentityKey | null;
  readonly notes: Notes;
}

/** An event and the process that told it. */
export type LedgerRecord = LedgerEvent & { readonly by: string };

export function encodeRecord(record: LedgerRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/** Lines that a killed process has left half-written say nothing. */
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
