import { printableJson } from "../core/printable";
import type { ImportDocument } from "./document";
import type { Gathered } from "./gather";
import { isIncomplete } from "./overview";

export const LIST_VERSION = 1;

/** What was found, for machines. Fields are added in later releases, never renamed or removed. */
export function listToJson(
  gathered: readonly Gathered[],
  { leftOut }: ImportDocument,
  redact: (text: string) => string,
): string {
  const refused = new Map(leftOut.map(({ item, reason }) => [item, reason]));
  return printableJson(
    {
      kind: "outbound-inventory",
      version: LIST_VERSION,
      /** False when something could not be looked at although it should have been. */
      complete: !isIncomplete(gathered),
      systems: gathered.map(({ system, inventory }) => ({
        name: system.name,
        title: system.title,
        collections: inventory.map((collection) => ({
          title: redact(collection.title),
          unknown: "unknown" in collection ? redact(collection.unknown) : null,
          objects:
            "unknown" in collection
              ? null
              : collection.items.map((item) => ({
                  type: item.type,
                  importId: redact(item.importId),
                  name: redact(item.name),
                  leftOut: refused.has(item) ? redact(refused.get(item)!) : null,
                })),
        })),
      })),
    },
    2,
  );
}
