import { printableLine } from "../core/printable";
import { mapStyled, styled, toned, type Styled } from "../core/styled";
import type { Gathered } from "./gather";
import type { ImportDocument } from "./document";

const UNKNOWN = toned("warning", "unknown");

/** The inventory for people: one line for each collection and each object. */
export function overview(gathered: readonly Gathered[], { leftOut }: ImportDocument): Styled[] {
  const refused = new Map(leftOut.map(({ item, reason }) => [`${item.type} ${item.importId}`, reason]));
  const lines = gathered.flatMap(({ system, inventory }): Styled[] => [
    [toned("strong", system.title)],
    ...inventory.flatMap((collection): Styled[] => {
      if ("unknown" in collection) return [styled`  ${collection.title}: ${UNKNOWN} (${collection.unknown})`];
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
  return lines.map((line) => mapStyled(line, printableLine));
}

/** Whether a collection could not be listed although it should be. */
export const isIncomplete = (gathered: readonly Gathered[]): boolean =>
  gathered.some(({ inventory }) => inventory.some((one) => "unknown" in one && one.outOfReach !== true));
