import { compare } from "../../core/finding";

/** Stacks as they are asked for: names, or names with `*` in them. By them the comment of a fleet is found again. */
export type Selection = readonly string[];

/** The same stacks asked for in another order are the same selection. */
export const selectionOf = (names: readonly string[]): Selection => [...new Set(names)].sort(compare);

export const isSameSelection = (a: Selection, b: Selection): boolean => JSON.stringify(a) === JSON.stringify(b);

/** As people say it: "prod-*, test". */
export const selectionText = (selection: Selection): string => selection.join(", ");
