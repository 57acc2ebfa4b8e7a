import type { Problem } from "../core/problem";

/** Problems of files that are no plan, and of planning with Terraform. */

const makeOne =
  "Make one with `terraform show -json <plan file>`, or name a synthesised stack and let this command plan.";

export function fileMissing(path: string): Problem {
  return {
    code: "plan/file-missing",
    severity: "error",
    summary: "There is no such plan file",
    got: path,
    fix: makeOne,
  };
}

export function truncated(source: string, length: number, evidence: string): Problem {
  return {
    code: "plan/truncated",
    severity: "error",
    summary: "The plan ends in the middle: its JSON is incomplete",
    got: `${length} characters in ${source}`,
    fix: "Write it again: the command that wrote it was stopped, or its disk was full. Let the pipeline fail when `terraform show` does (`set -o pipefail`).",
    evidence,
  };
}

export function notJson(source: string, evidence: string): Problem {
  return {
    code: "plan/not-json",
    severity: "error",
    summary: "This is not the JSON of a plan",
    got: source,
    expected: "what `terraform show -json` prints, or the plan file itself",
    fix: makeOne,
    evidence,
  };
}

export function notAPlan(
  source: string,
  looksLike: string,
  expected = "an object with format_version and resource_changes",
): Problem {
  return {
    code: "plan/not-a-plan",
    severity: "error",
    summary: "This is JSON, but not a plan",
    got: `${looksLike} (${source})`,
    expected,
    fix: makeOne,
  };
}

export function newerFormat(version: string): Problem {
  return {
    code: "plan/newer-format",
    severity: "error",
    summary: "The plan has a newer format than this release understands",
    got: `format version ${version}`,
    expected: "format version 0.x or 1.x",
    fix: "Update this package, or plan with an older Terraform. A review that misses what it cannot read would be worse than none.",
  };
}

export function planErrored(): Problem {
  return {
    code: "plan/errored",
    severity: "error",
    summary: "The plan is not whole: Terraform met an error while it planned",
    got: '"errored": true',
    fix: "Run `terraform plan`, put right what it says, and review the new plan.",
  };
}

export function notSynthesised(directory: string): Problem {
  return {
    code: "plan/not-synthesised",
    severity: "error",
    summary: "Nothing is synthesised here",
    got: `no manifest.json in ${directory}`,
    fix: "Run `npx cdktf synth` first, or name the directory with --output.",
  };
}

export function manifestUnreadable(path: string, evidence: string): Problem {
  return {
    code: "plan/manifest-unreadable",
    severity: "error",
    summary: "The list of synthesised stacks cannot be read",
    got: path,
    fix: "Run `npx cdktf synth` again.",
    evidence,
  };
}

export function noSuchStack(stack: string, stacks: readonly string[], nearest: string | undefined): Problem {
  return {
    code: "plan/no-such-stack",
    severity: "error",
    summary: `There is no stack "${stack}"`,
    got: stack,
    expected: stacks.length === 0 ? "a stack; none is synthesised" : `one of ${stacks.join(", ")}`,
    fix: nearest === undefined ? "Name one of these, or run `npx cdktf synth` again." : `Did you mean "${nearest}"?`,
  };
}

export function whichStack(stacks: readonly string[]): Problem {
  return {
    code: "plan/which-stack",
    severity: "error",
    summary: stacks.length === 0 ? "No stack is synthesised" : "There are several stacks",
    got: stacks.join(", ") || "none",
    fix:
      stacks.length === 0
        ? "Add a stack to the app and run `npx cdktf synth`."
        : "Name the one that is meant. Commands that take several stacks take patterns, too: '*' is all of them.",
  };
}

export function variableUnset(names: readonly string[]): Problem {
  return {
    code: "plan/variable-unset",
    severity: "error",
    summary: "Variables of the stack have no value, and nobody sits at the prompt",
    got: names.join(", "),
    fix: `Set ${names.length === 1 ? "it" : "them"} in the environment; in a pipeline as a masked secret.`,
  };
}

export function providerMissing(evidence: string): Problem {
  return {
    code: "plan/provider-missing",
    severity: "error",
    summary: "Terraform has no provider for what the stack declares",
    fix: "Run `npx cdktf synth` again, which puts the provider beside the stack; with plain HCL run `outbound provider install`. Providers of others need a registry or a mirror that can be reached.",
    evidence,
  };
}

export function terraformFailed(command: string, exitCode: number | undefined, evidence: string): Problem {
  return {
    code: "plan/terraform-failed",
    severity: "error",
    summary: `\`${command}\` did not work`,
    got: exitCode === undefined ? "stopped because it took too long" : `exit code ${exitCode}`,
    fix: "Put right what Terraform says below, then run this again.",
    evidence,
  };
}
