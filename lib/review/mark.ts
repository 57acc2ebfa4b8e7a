import { readFleetHeader } from "./fleet/header";
import { selectionOf, selectionText, type Selection } from "./fleet/selection";
import { readHeader } from "./header";

/** By it a comment is found again: one for each stack, and one for each selection of several. */
export type ReviewKey = string;

export const keyOfStack = (stack: string): ReviewKey => `stack ${stack}`;

export const keyOfSelection = (selection: Selection): ReviewKey => `fleet ${JSON.stringify(selectionOf(selection))}`;

/** What the hidden first line of a comment says. */
export interface Mark {
  readonly key: ReviewKey;
  /** As people say it: "prod", "prod-*". */
  readonly name: string;
  /** A change that does nothing needs no comment. */
  readonly isIdle: boolean;
  readonly commit: string | null;
  /** The hash of each stack, as far as the comment has them; empty when it could not be planned. */
  readonly hashes: ReadonlyMap<string, string>;
}

/** Undefined when it is no comment of a review. */
export function markOf(markdown: string): Mark | undefined {
  const fleet = readFleetHeader(markdown);
  if (fleet !== undefined) {
    return {
      key: keyOfSelection(fleet.selection),
      name: selectionText(selectionOf(fleet.selection)),
      isIdle: fleet.status === "no-changes",
      commit: fleet.commit,
      hashes: new Map(fleet.stacks),
    };
  }
  const header = readHeader(markdown);
  if (header === undefined) return undefined;
  const { stack, hash, status, commit } = header;
  return {
    key: keyOfStack(stack),
    name: stack,
    isIdle: status === "no-changes",
    commit,
    hashes: new Map([[stack, hash]]),
  };
}

/** The stacks of a review of which another comment says something else, of the same commit. */
export function contradicted({ hashes, commit }: Mark, others: readonly Mark[]): string[] {
  return [...hashes].flatMap(([stack, hash]) =>
    others.some((other) => other.commit === commit && (other.hashes.get(stack) ?? hash) !== hash) ? [stack] : [],
  );
}
