import { jsonText, type JsonDocument } from "../core/json-document";
import type { InventoryItem } from "../systems/kit/inventory";
import type { ImportDocument } from "./document";
import type { Gathered } from "./gather";
import { isIncomplete } from "./overview";

/** The existing objects of the systems that were asked, whoever made them; no secrets. */
export interface InventoryDocument extends JsonDocument<"outbound-inventory/1"> {
  /** False when a system did not answer completely. */
  readonly complete: boolean;
  readonly systems: readonly ListedSystem[];
}

export interface ListedSystem {
  /** Its name in the provider's configuration: `vrops`. */
  readonly system: string;
  /** "VMware Aria Operations (vROps)" */
  readonly title: string;
  readonly collections: readonly ListedObjects[];
}

export interface ListedObjects {
  /** The resource type that would manage its objects. */
  readonly type: string;
  /** "flows of pcc-192-0-2-10" */
  readonly title: string;
  /** Why the collection could not be listed, which is not the same as empty; null when it could. */
  readonly unknown: string | null;
  /** Whether the login is not meant to see the collection: then an unknown collection is no failure. */
  readonly outOfReach: boolean;
  /** The objects; null when the collection could not be listed. */
  readonly objects: readonly ImportableObject[] | null;
}

export interface ImportableObject {
  readonly importId: string;
  readonly name: string;
  /** Addresses that alerts reach through it. */
  readonly receivers: readonly string[];
  /** Whether it comes with something else, so that leaving it unmanaged is no gap. */
  readonly builtIn: boolean;
  /** Why nobody receives alerts through it in its present state, or why that is not known; null when nothing is wrong. */
  readonly warning: string | null;
  /** Why no code can be written for it; null when it can. */
  readonly leftOut: string | null;
}

/** The inventory as a document, by collection; objects by name. */
export function inventoryToJson(
  gathered: readonly Gathered[],
  { leftOut }: ImportDocument,
  redact: (text: string) => string,
): string {
  const reasonOf = (item: InventoryItem) => leftOut.find((one) => one.item === item)?.reason ?? null;
  const systems = gathered.map(({ system, inventory }): ListedSystem => ({
    system: system.name,
    title: system.title,
    collections: inventory.map((collection) => ({
      type: collection.type,
      title: redact(collection.title),
      unknown: "unknown" in collection ? redact(collection.unknown) : null,
      outOfReach: "unknown" in collection && collection.outOfReach === true,
      objects:
        "items" in collection
          ? [...collection.items]
              .sort((a, b) => (a.name < b.name ? -1 : 1))
              .map((item) => listed(item, reasonOf(item), redact))
          : null,
    })),
  }));
  const document: InventoryDocument = {
    format: "outbound-inventory/1",
    complete: !isIncomplete(gathered),
    systems,
  };
  return jsonText(document);
}

function listed(
  { importId, name, receivers, builtIn = false, warning }: InventoryItem,
  reason: string | null,
  redact: (text: string) => string,
): ImportableObject {
  return {
    importId: redact(importId),
    name: redact(name),
    receivers: receivers.map(redact),
    builtIn,
    warning: warning === undefined ? null : redact(warning),
    leftOut: reason === null ? null : redact(reason),
  };
}
