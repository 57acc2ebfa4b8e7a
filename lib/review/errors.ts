import type { Problem } from "../core/problem";

export function reviewUnreadable(path: string, evidence: string): Problem {
  return {
    code: "review/unreadable",
    severity: "error",
    summary: "This is not a review",
    got: path,
    expected: "what `outbound review` has written, as JSON or as Markdown",
    fix: "Name the file of the review, or give the hash that stands at its end with --hash.",
    evidence,
  };
}

export function notAHash(got: string): Problem {
  return {
    code: "review/not-a-hash",
    severity: "error",
    summary: "This is not the hash of a plan",
    got,
    expected: "sha256: and 64 hexadecimal digits, as at the end of the review",
    fix: "Copy it from the review.",
  };
}

export function otherStack(reviewed: string, stack: string): Problem {
  return {
    code: "review/other-stack",
    severity: "error",
    summary: "The review is of another stack",
    got: `a review of "${reviewed}"`,
    expected: `a review of "${stack}"`,
    fix: "Name the stack that was reviewed.",
  };
}

/** `request` is "pull request". */
export function notReviewed(request: string, commit: string): Problem {
  return {
    code: "review/not-reviewed",
    severity: "error",
    summary: "Nothing was applied: this changes alert mail and was not reviewed",
    got: `no review in the comments of the ${request} by which ${commit} was merged`,
    expected: "a comment by the pipeline's own account with the review of this stack",
    fix: `Revert it and open a ${request}, or apply it by hand with \`outbound apply-reviewed --hash\`.`,
  };
}

export function anotherPlan(reviewed: string, got: string, difference: string): Problem {
  return {
    code: "review/another-plan",
    severity: "error",
    summary: "Nothing was applied: the plan is not the one that was reviewed",
    got,
    expected: reviewed,
    fix: "The code, a variable or the systems have changed since the review. Run `outbound review` again and have the new plan reviewed.",
    attachment: difference,
  };
}
