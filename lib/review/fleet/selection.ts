import { compare } from "../../core/finding";

/** Stacks as they are named on the command line: names, or patterns with `*`. They identify the comment of a fleet. */
export type Selection = readonly string[];

/** Sorts and deduplicates: the same stacks in another order are the same selection. */
export const selectionOf = (names: readonly string[]): Selection => [...new Set(names)].sort(compare);

export const isSameSelection = (a: Selection, b: Selection): boolean => JSON.stringify(a) === JSON.stringify(b);

/** "prod-*, test" */
export const selectionText = (selection: Selection): string => selection.join(", ");
