import { plural } from "../core/plural";
import type { Binding, BindingKind } from "../plan";
import type { Review } from "./review";

/** Bindings that no rule can judge, with their meaning, in the order in which a reviewer has to see them. */

const CAUTIONS: Readonly<Partial<Record<BindingKind, string>>> = {
  provisioner: "runs beside the planned changes",
  action: "is invoked beside the planned changes",
  "command-line": "changes what terraform is asked to do",
  development: "replaces the providers that are locked",
};

const PLACES: ReadonlySet<BindingKind> = new Set(["provider", "endpoint", "backend"]);

/** The bindings that no rule can judge. */
export const cautionsOf = (all: readonly Binding[]): readonly Binding[] =>
  all.filter(({ kind }) => CAUTIONS[kind] !== undefined);

/** What such a binding does: "runs beside the planned changes". */
export const meaningOf = ({ kind }: Binding): string => CAUTIONS[kind] ?? "";

/** The APIs that the apply talks to, and where its state is stored. */
export const placesOf = (all: readonly Binding[]): readonly Binding[] => all.filter(({ kind }) => PLACES.has(kind));

const COUNTED: readonly [BindingKind, string][] = [
  ["executable", "executable of a provider"],
  ["lock", "lock of a provider"],
  ["variable", "variable"],
  ["configuration", "configuration"],
  ["file", "other file of the stack"],
];

const MANY: Readonly<Partial<Record<BindingKind, string>>> = {
  executable: "executables of providers",
  lock: "locks of providers",
  file: "other files of the stack",
};

/**
 * Counts the other bindings, which only change the hash: "1 lock of a provider, 2 variables". Empty when there are
 * none.
 */
export function othersOf(all: readonly Binding[]): string {
  return COUNTED.flatMap(([kind, one]) => {
    const count = all.filter((binding) => binding.kind === kind).length;
    return count === 0 ? [] : [plural(count, one, MANY[kind])];
  }).join(", ");
}

export const CAUTIONS_TITLE = "What no rule can judge";
export const PLACES_TITLE = "Whom it talks to, and where the state lies";
export const PLAN_ALONE =
  "Made from a plan alone: the configuration of providers, provisioners, backend and files were not there to be seen, so `apply-reviewed` does not accept it.";
const UNCOMMITTED =
  "Made from a working tree with uncommitted changes: what was reviewed is no commit, so `apply-reviewed --merged` does not accept it.";
const UNKNOWN_COMMITTED =
  "Git did not say whether the working tree has uncommitted changes: what was reviewed may be no commit, so `apply-reviewed --merged` does not accept it.";

/** The sentence about changes that are in no commit; undefined when there are none. */
export function uncommittedText({ uncommitted }: Pick<Review, "uncommitted">): string | undefined {
  return uncommitted === null ? UNKNOWN_COMMITTED : uncommitted ? UNCOMMITTED : undefined;
}
