import { printableLine } from "../core/printable";
import type { Gathered } from "./gather";
import type { ImportDocument } from "./document";

/** What was found, for people: a line a collection, a line an object. */
export function overview(gathered: readonly Gathered[], { leftOut }: ImportDocument): string[] {
  const refused = new Map(leftOut.map(({ item, reason }) => [`${item.type} ${item.importId}`, reason]));
  const lines = gathered.flatMap(({ system, inventory }) => [
    system.title,
    ...inventory.flatMap((collection) => {
      if ("unknown" in collection) return [`  ${collection.title}: unknown (${collection.unknown})`];
      return [
        `  ${collection.title}: ${collection.items.length || "none"}`,
        ...[...collection.items]
          .sort((a, b) => (a.name < b.name ? -1 : 1))
          .map(({ type, importId, name }) => {
            const reason = refused.get(`${type} ${importId}`);
            return `    ${name}  ${importId}${reason === undefined ? "" : `  (left out: ${reason})`}`;
          }),
      ];
    }),
  ]);
  return lines.map(printableLine);
}

/** True when something could not be looked at although it should have been. */
export const isIncomplete = (gathered: readonly Gathered[]): boolean =>
  gathered.some(({ inventory }) => inventory.some((one) => "unknown" in one && one.outOfReach !== true));
