import { ProblemError, type Problem } from "../core/problem";
import { messageOf } from "../core/thrown";
import { nearestWord } from "../validators/did-you-mean";

/** Everything that the sandbox refuses, in one place. */

export function unknownSystem(got: string, known: readonly string[]): ProblemError {
  const near = nearestWord(got, known);
  return problem({
    code: "sandbox/unknown-system",
    summary: "The sandbox does not simulate this system",
    got,
    expected: `one of ${list(known)}`,
    fix: near === undefined ? "Name one of the simulated systems." : `Did you mean ${near}?`,
  });
}

export function unknownIntervention(system: string, got: string, known: readonly string[]): ProblemError {
  return problem({
    code: "sandbox/unknown-intervention",
    summary: `The simulator of ${system} offers no such intervention`,
    got,
    expected: known.length === 0 ? "none: this simulator offers no interventions" : `one of ${list(known)}`,
    fix: "POST to /_sandbox/intervene/<system>/<name> with one of the names above; GET /_sandbox/interventions lists them all.",
  });
}

export function interventionFailed(system: string, name: string, cause: unknown): ProblemError {
  return problem({
    code: "sandbox/intervention-refused",
    summary: `The simulator of ${system} refused the intervention ${name}`,
    fix: "Check its argument against the state at /_sandbox/state.",
    evidence: messageOf(cause),
  });
}

export function portInUse(address: string, purpose: string): ProblemError {
  return problem({
    code: "sandbox/port-in-use",
    summary: `Something else already listens where the ${purpose} should`,
    got: address,
    expected: "a free port",
    fix: "Stop the other process (perhaps another sandbox), or choose another with --port; without it the sandbox takes any free port.",
  });
}

export function faultSyntax(got: string, reason: string): ProblemError {
  return problem({
    code: "sandbox/fault-syntax",
    summary: `This fault cannot be understood: ${reason}`,
    got,
    expected:
      'METHOD PATH EFFECT [times=N|always] [after=N] [system=NAME], where EFFECT is status=CODE, maintenance, fake-success, delay=MS, reset-before, reset-after, truncated, slow-body=MS, stale or omit; for example "POST /**/outgoingFlow reset-after"',
    fix: "Write * for one path segment, ** for any number of them, and ANY for every method.",
  });
}

export function optionSyntax(got: string, reason: string): ProblemError {
  return problem({
    code: "sandbox/option-syntax",
    summary: `This option of a simulator cannot be understood: ${reason}`,
    got,
    expected: 'SYSTEM.OPTION=VALUE, each option once, the value as text or JSON; for example "uipath.edition=cloud"',
    fix: "See docs/sandbox.md for the options of each simulator.",
  });
}

export function faultInvalid(reason: string): ProblemError {
  return problem({
    code: "sandbox/fault-invalid",
    summary: "This is not a fault",
    got: reason,
    expected:
      '{"method"?, "path", "system"?, "times"?, "after"?, "effect": {"kind": "status"|"maintenance"|"fake-success"|"delay"|"reset-before"|"reset-after"|"truncated"|"slow-body"|"stale"|"omit", …}}',
    fix: "Correct the JSON and send it again.",
  });
}

export function reportInvalid(reason: string): ProblemError {
  return problem({
    code: "sandbox/report-invalid",
    summary: "This is not the outcome of a test",
    got: reason,
    expected: "what outbound_test_email, outbound_smtp_probe and `outbound probe` send by themselves",
    fix: "Use the same version of the package for the sandbox and for what reports to it.",
  });
}

function problem(fields: Omit<Problem, "severity">): ProblemError {
  return new ProblemError({ severity: "error", ...fields });
}

function list(words: readonly string[]): string {
  return words.join(", ");
}
