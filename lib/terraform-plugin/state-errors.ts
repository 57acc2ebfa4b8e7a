import { ProblemError, renderPath, type Path, type Problem } from "../core/problem";

/** The errors of a stored state: of another version, damaged, or edited by hand. */

const BACK_TO_SOUND =
  "Nothing was changed outside. Bring back an earlier state (`terraform.tfstate.backup`, or an older version in the backend), or let go of the object with `terraform state rm` and import it again.";

const error = (code: string, problem: Omit<Problem, "code" | "severity">): ProblemError =>
  new ProblemError({ code: `terraform/${code}`, severity: "error", ...problem });

export const newerState = (type: string, stored: number, known: number) =>
  error("state-too-new", {
    summary: `The state of ${type} was written by a newer provider`,
    got: `state version ${stored}`,
    expected: `${known} or older`,
    fix: "Use the provider version that last applied this state, or a newer one.",
  });

export const flatState = (type: string) =>
  error("state-in-old-form", {
    summary: `The state of ${type} is in the form of Terraform 0.11`,
    got: "`attributes_flat`",
    expected: "`attributes`, as Terraform writes it since 0.12; no version of this provider ever wrote another",
    fix: BACK_TO_SOUND,
  });

export const unreadableState = (type: string, path: Path, expected: string, got: string) =>
  error("unreadable-state", {
    summary: `The stored state of ${type} cannot be read${path.length === 0 ? "" : `: \`${renderPath(path)}\` does not fit`}`,
    path,
    got,
    expected,
    fix: `It was damaged or edited by hand. ${BACK_TO_SOUND}`,
  });

export const incompleteState = (type: string, attribute: string) =>
  error("incomplete-state", {
    summary: `The stored state of ${type} has no \`${attribute}\``,
    path: [attribute],
    got: "null",
    expected: "a value: every apply and every import stores one",
    fix: `It was damaged or edited by hand. ${BACK_TO_SOUND}`,
  });

export const unreadablePrivate = (got: string) =>
  error("unreadable-private-state", {
    summary: "What the provider keeps beside the state cannot be read",
    got: `${got} in \`private\``,
    expected: "what this provider wrote there, unchanged",
    fix: `It was damaged or edited by hand. ${BACK_TO_SOUND}`,
  });
