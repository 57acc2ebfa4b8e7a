import { ProblemError, type Problem } from "../core/problem";

/** Problems for which a repair is refused. */

const error = (code: string, facts: Omit<Problem, "code" | "severity">) =>
  new ProblemError({ code: `reconcile/${code}`, severity: "error", ...facts });

const detectAgain = "Run `outbound reconcile detect --json <file>` again, look at what it finds, and repair that.";

export const noDetection = () =>
  error("no-detection", {
    summary: "A repair needs the detection that it repairs",
    expected: "--detection <file>, written by `outbound reconcile detect --json <file>`",
    fix: "Without --yes, a preview is shown that needs no file. " + detectAgain,
  });

export const badDetection = (path: string, evidence: string) =>
  error("bad-detection", { summary: "This is not a detection", got: path, fix: detectAgain, evidence });

export const otherStack = (got: string, expected: string) =>
  error("other-stack", { summary: "The detection is of another stack", got, expected, fix: detectAgain });

export const notDetected = (stack: string) =>
  error("not-detected", {
    summary: "The detection does not have this stack",
    got: stack,
    fix: "Detect with the same names or pattern as you repair with. " + detectAgain,
  });

export const codeChanged = (detectedAt: string) =>
  error("code-changed", {
    summary: "The code has changed since the detection",
    got: `another configuration than at ${detectedAt}`,
    fix: `Deploy the change in the usual way; a repair only brings systems back to what was there. ${detectAgain}`,
  });

export const worldChanged = (detectedAt: string) =>
  error("world-changed", {
    summary: "What would be done now is not what the detection found",
    got: `another plan than at ${detectedAt}`,
    fix: detectAgain,
  });

export const undetermined = () =>
  error("undetermined", {
    summary: "The detection could not look at everything, so there is nothing that it would allow to repair",
    fix: `See its unknown entries for what did not answer. When that is put right: ${detectAgain}`,
  });
