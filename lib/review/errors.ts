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
    summary: "This is not the hash of a review",
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
    fix: "The code, what it is deployed with, a variable or the systems have changed since the review. Run `outbound review` again and have the new plan reviewed.",
    attachment: difference,
  };
}

/** A review made from a plan alone is bound to too little. */
export function boundToPlanAlone(): Problem {
  return {
    code: "review/bound-to-plan-alone",
    severity: "error",
    summary: "Nothing was applied: the review was made from a plan alone",
    got: "a review of a plan without its stack: nobody saw providers, provisioners, backend and files",
    expected: "a review of the synthesised stack",
    fix: "Run `outbound review` where the stack has been synthesised, and have that reviewed.",
  };
}

/** The last run could not plan, and said so in place of the review. */
export function notPlanned(commit: string | null): Problem {
  return {
    code: "review/not-planned",
    severity: "error",
    summary: "Nothing was applied: the last commit could not be planned, so nobody has reviewed it",
    ...(commit === null ? {} : { got: `the commit ${commit}` }),
    expected: "a review",
    fix: "Put right what the comment says, and have the new plan reviewed.",
  };
}

/** `request` is "pull request". */
export function reviewOfAnotherCommit(request: string, reviewed: string | null, head: string): Problem {
  return {
    code: "review/another-commit",
    severity: "error",
    summary: `Nothing was applied: the review is not of the last commit of the ${request}`,
    got: reviewed === null ? "a review that names no commit" : `a review of ${reviewed}`,
    expected: `a review of ${head}, which was merged`,
    fix: `Open a ${request} that is reviewed again, and let the job of the review end before it is merged.`,
  };
}

/** Git did not say whether the reviewed code is a commit, so nothing can prove that it was merged. */
export function reviewOfUnknown(commit: string | null): Problem {
  return {
    code: "review/unknown-changes",
    severity: "error",
    summary: "Nothing was applied: the review does not know whether its working tree had uncommitted changes",
    got: commit === null ? "a review of no commit" : `a review of ${commit}, perhaps with changes that are not in it`,
    expected: "a review that was made where Git answers",
    fix: 'Give the job of the review Git, and let it read the checkout: `git config --global --add safe.directory "$PWD"`.',
  };
}

/** The reviewed code is in no commit, so nothing can prove that it was merged. */
export function reviewOfUncommitted(commit: string | null): Problem {
  return {
    code: "review/uncommitted",
    severity: "error",
    summary: "Nothing was applied: the review was made from a working tree with uncommitted changes",
    got: commit === null ? "a review of no commit" : `a review of ${commit} and of changes that are not in it`,
    expected: "a review of a commit",
    fix: "Commit the changes, or name in .gitignore what is no part of the code, and have that reviewed.",
  };
}

/** Something has changed between the comparison and the apply. */
export function changedMeanwhile(difference: string): Problem {
  return {
    code: "review/changed-meanwhile",
    severity: "error",
    summary: "Nothing was applied: what the plan is bound to has changed while it was compared",
    fix: "Let nothing else write into the stack's folder, and run it again.",
    attachment: difference,
  };
}

export function notACommit(got: string): Problem {
  return {
    code: "review/not-a-commit",
    severity: "error",
    summary: "This is not a commit",
    got,
    expected: "the whole name, 40 or 64 hexadecimal digits, as of `git rev-parse HEAD`",
    fix: "Give the whole name.",
  };
}
