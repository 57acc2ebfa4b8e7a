import type { Problem } from "../core/problem";
import { nearestWord } from "../validators/did-you-mean";

import { rules } from "./rules";
import { SEVERITIES } from "./severities";

/** Problems of a policy itself; what a policy finds are findings. */

const error = (code: string, parts: Omit<Problem, "code" | "severity">): Problem => ({
  code: `policy/${code}`,
  severity: "error",
  ...parts,
});

export function unknownRule(id: string): Problem {
  const ids = rules.map((rule) => rule.id);
  const nearest = nearestWord(id, ids);
  return error("unknown-rule", {
    summary: `There is no rule "${id}"`,
    got: id,
    expected: `one of ${ids.join(", ")}`,
    fix: `${nearest === undefined ? "" : `Did you mean "${nearest}"? `}The rules are listed in docs/reference/rules.`,
  });
}

export const unknownSeverity = (rule: string, severity: unknown): Problem =>
  error("unknown-severity", {
    summary: `"${String(severity)}" is no severity`,
    path: ["severities", rule],
    got: String(severity),
    expected: `one of ${SEVERITIES.join(", ")}`,
    fix: "A rule cannot be switched off: acknowledge what is accepted with Policy.acknowledge(scope, rule, reason).",
  });

export const badDomain = (domain: string): Problem =>
  error("bad-domain", {
    summary: `"${domain}" is no mail domain`,
    path: ["allowedDomains"],
    got: domain,
    expected: 'what stands behind the @ of an address: "example.com"',
    fix: "Write the domain alone, without @, wildcard or scheme.",
  });

export const reasonMissing = (rule: string): Problem =>
  error("reason-missing", {
    summary: `The acknowledgement of "${rule}" gives no reason`,
    path: ["reason"],
    got: "nothing",
    expected: "why it is accepted, in words that a reviewer can judge",
    fix: "Say why this is accepted and until when, or name the ticket that says so.",
  });

export const notAStack = (path: string): Problem =>
  error("not-a-stack", {
    summary: "A policy is attached to a stack",
    got: path === "" ? "an App" : path,
    expected: "a TerraformStack",
    fix: "Call Policy.attach(stack) for each stack, or Policy.attachToAll(app) once all stacks are there: CDKTF never runs what is attached to an App.",
  });

export const acknowledgedWithoutPolicy = (rule: string): Problem =>
  error("acknowledged-without-policy", {
    summary: `"${rule}" is acknowledged, but the stack has no policy`,
    fix: "Call Policy.attach(stack): without it nothing is checked, and no review learns of the acknowledgement.",
  });

export const attachedTwice = (stack: string): Problem =>
  error("attached-twice", {
    summary: `The stack "${stack}" has a policy already`,
    fix: "Attach one policy to each stack; put all options into it.",
  });

export const nothingVisited = (stack: string): Problem =>
  error("nothing-visited", {
    summary: `The policy of the stack "${stack}" has seen no construct, so it has checked nothing`,
    fix: "Synthesise with app.synth() or Testing.fullSynth(stack): both run the aspects of a stack before its validations.",
  });

export const notAPolicyFile = (path: string, evidence: string): Problem =>
  error("not-a-policy-file", {
    summary: "The file with the policy of a stack cannot be read",
    path: [path],
    expected: "what a synth of this version writes",
    fix: "Synthesise the stack again; the file is made by Policy.attach.",
    evidence,
  });
