import type { Inventory, InventoryItem } from "../systems/kit/inventory";
import { kindOf } from "../systems/kinds";
import type { Coverage, Entry, Share } from "./detection";

export interface Compared {
  /** What exists without being declared, and what could not be read. */
  readonly entries: readonly Entry[];
  readonly coverage: readonly Coverage[];
  readonly receivers: Share;
  /** What is wrong with managed objects although they may be as declared; by {@link objectKey}. */
  readonly warnings: ReadonlyMap<string, string>;
}

/** What other stacks manage in the same place. */
export interface OtherStacksInPlace {
  /** Whether one of them manages the object with this key. */
  manage(key: string): boolean;
  /** The stacks that may have objects of this type which could not be read. */
  withUnread(type: string): readonly string[];
}

const NO_OTHERS: OtherStacksInPlace = { manage: () => false, withUnread: () => [] };

/**
 * Compares what exists with what is managed. A collection that could not be listed is unknown: never empty, never
 * covered.
 */
export function compareInventory(
  inventory: Inventory,
  managed: readonly Entry[],
  others: OtherStacksInPlace = NO_OTHERS,
): Compared {
  const known = new Set(managed.flatMap(({ type, id }) => (id === undefined ? [] : [objectKey(type, id)])));
  const isManaged = ({ type, importId }: InventoryItem) => {
    const key = objectKey(type, importId);
    return known.has(key) || others.manage(key);
  };
  const entries: Entry[] = [];
  const warnings = new Map<string, string>();
  const coverage: Coverage[] = [];
  const reached = { managed: new Set<string>(), all: new Set<string>() };
  for (const collection of inventory) {
    const { type, title } = collection;
    if ("unknown" in collection) {
      const expected = collection.outOfReach === true ? { expected: true } : {};
      entries.push({
        bucket: "unknown",
        type,
        kind: kindOf(type),
        name: title,
        reason: collection.unknown,
        ...expected,
      });
      continue;
    }
    const counted = collection.items.filter((item) => isManaged(item) || item.builtIn !== true);
    coverage.push({ title, managed: counted.filter(isManaged).length, total: counted.length });
    for (const item of counted) {
      for (const receiver of item.receivers) {
        reached.all.add(receiver.toLowerCase());
        if (isManaged(item)) reached.managed.add(receiver.toLowerCase());
      }
      const { importId: id, name, warning } = item;
      if (isManaged(item)) {
        if (warning !== undefined) warnings.set(objectKey(type, id), warning);
        continue;
      }
      const warned = warning === undefined ? {} : { warning };
      const about = { type, kind: kindOf(type), id, name, ...warned };
      const withUnread = others.withUnread(type);
      if (withUnread.length === 0) entries.push({ bucket: "unmanaged", ...about, cause: "outside" });
      else entries.push({ bucket: "unknown", ...about, reason: perhapsOf(withUnread) });
    }
  }
  return { entries, coverage, receivers: { managed: reached.managed.size, total: reached.all.size }, warnings };
}

const perhapsOf = (stacks: readonly string[]) =>
  `it exists, and may belong to ${stacks.join(", ")}, which could not be looked at as a whole`;

/** The key of an object: its type and import id, in lower case. */
export const objectKey = (type: string, id: string) => `${type} ${id.toLowerCase()}`;
