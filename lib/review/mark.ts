import { readFleetHeader } from "./fleet/header";
import { selectionOf, selectionText, type Selection } from "./fleet/selection";
import { readHeader } from "./header";

/** Identifies a comment: there is one for each stack, and one for each selection of several. */
export type ReviewKey = string;

export const keyOfStack = (stack: string): ReviewKey => `stack ${stack}`;

export const keyOfSelection = (selection: Selection): ReviewKey => `fleet ${JSON.stringify(selectionOf(selection))}`;

/** The content of a comment's hidden first line. */
export interface Mark {
  readonly key: ReviewKey;
  /** The stack or the selection: "prod", "prod-*". */
  readonly name: string;
  /** Whether there is nothing to apply: such a change needs no comment. */
  readonly isIdle: boolean;
  readonly commit: string | null;
  /** The hash of each stack, as far as the comment has them; empty when it could not be planned. */
  readonly hashes: ReadonlyMap<string, string>;
}

/** Reads the first line of a comment; undefined when it is no comment of a review. */
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

/** The stacks for which another comment of the same commit has a different hash. */
export function contradicted({ hashes, commit }: Mark, others: readonly Mark[]): string[] {
  return [...hashes].flatMap(([stack, hash]) =>
    others.some((other) => other.commit === commit && (other.hashes.get(stack) ?? hash) !== hash) ? [stack] : [],
  );
}
