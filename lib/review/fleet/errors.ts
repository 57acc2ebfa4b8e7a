import type { Problem } from "../../core/problem";
import { someOf } from "../../core/some-of";

/** `reviewed` and `wanted` are selections: "prod", "prod-*". */
export function otherSelection(reviewed: string, wanted: string): Problem {
  return {
    code: "review/other-stacks",
    severity: "error",
    summary: "The review is of other stacks",
    got: `a review of "${reviewed}"`,
    expected: `a review of "${wanted}"`,
    fix: "Name the stacks as they were named for the review, with the same patterns. One stack of a fleet can be applied with its own hash, by --hash.",
  };
}

export function fleetNotPlanned(stacks: readonly string[], commit: string | null): Problem {
  return {
    code: "review/not-planned",
    severity: "error",
    summary: "Nothing was applied: some of the stacks could not be planned, so nobody has reviewed them",
    got: `${someOf(stacks)}${commit === null ? "" : ` at the commit ${commit}`}`,
    expected: "a review of every stack",
    fix: "Put right what the comment says, and have the new plans reviewed.",
  };
}

/** The comment of very many stacks does not contain their hashes. */
export function hashesLeftOut(path: string): Problem {
  return {
    code: "review/hashes-left-out",
    severity: "error",
    summary: "Nothing was applied: so many stacks were reviewed that a comment has no room for their hashes",
    got: path,
    expected: "the hash of every stack",
    fix: "Keep the JSON of the review as an artifact and give it with --review as well, or review fewer stacks at once.",
  };
}

export function stacksGone(stacks: readonly string[], wanted: string): Problem {
  return {
    code: "review/stacks-gone",
    severity: "error",
    summary: "Nothing was applied: stacks that were reviewed are no longer there",
    got: someOf(stacks),
    expected: `the stacks of "${wanted}" that were reviewed`,
    fix: "The code has changed since the review. Run `outbound review` again and have the new plans reviewed.",
  };
}

/** The stack was added after the review. */
export function stackNotReviewed(stack: string, wanted: string): Problem {
  return {
    code: "review/stack-not-reviewed",
    severity: "error",
    summary: "Nothing was applied: this stack has changes and is not among those that were reviewed",
    got: stack,
    expected: `a stack in the review of "${wanted}"`,
    fix: "The code has changed since the review. Run `outbound review` again and have the new plans reviewed.",
  };
}

/** `request` is "pull request". */
export function contradictingReviews(request: string, stacks: readonly string[], commit: string | null): Problem {
  return {
    code: "review/contradicting",
    severity: "error",
    summary: `Nothing was applied: two comments of the ${request} say different things of the same stack`,
    got: `${someOf(stacks)}${commit === null ? "" : `, at the commit ${commit}`}`,
    expected: "one plan for each stack in every comment of the last commit",
    fix: "The systems have changed between the two reviews, or one of them was written by another job. Delete the comment that no longer counts, or review again with both jobs.",
  };
}

/** The result of one stack. */
export interface ApplyOutcome {
  readonly applied: readonly string[];
  readonly failed: readonly string[];
  readonly rest: readonly string[];
}

export function partlyApplied({ applied, failed, rest }: ApplyOutcome): Problem {
  const said = (what: string, stacks: readonly string[]) =>
    stacks.length === 0 ? [] : [`${what}: ${someOf(stacks, 100)}`];
  return {
    code: "review/partly-applied",
    severity: "error",
    summary: applied.length === 0 ? "No stack was applied to its end" : "Only some of the stacks were applied",
    got: [...said("applied", applied), ...said("failed", failed), ...said("not begun", rest)].join("; "),
    expected: "every stack applied",
    fix: "Put right what failed and run the same again: what is applied has nothing left to do, and the review still counts for the others. A stack that was applied in part has another plan now, which needs a review of its own.",
  };
}
