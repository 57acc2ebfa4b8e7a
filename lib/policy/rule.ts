import type { FindingSeverity } from "../core/finding";
import type { Topology } from "../topology";

/**
 * One requirement for alert mail. A rule examines the topology only, so the same rule runs at synth (on what the
 * constructs declare) and in the review (on what a plan makes of it).
 */
export interface Rule {
  /** The stable id in kebab-case, by which the rule is acknowledged and its page is found. */
  readonly id: string;
  /** What is true when the rule passes, as a heading. */
  readonly title: string;
  readonly severity: FindingSeverity;
  /** What goes wrong when the rule is broken, for the reader who has to decide. */
  readonly why: string;
  /** What to do, one or two sentences. */
  readonly fix: string;
  /** What the rule examines, and what it ignores. */
  readonly scope: string;
  /** A source for its claims. */
  readonly see?: string;
  check(topology: Topology, context: RuleContext): RuleOutcome;
}

export interface RuleContext {
  /** The mail domains that alerts may be sent to. Empty: any. */
  readonly allowedDomains: readonly string[];
  /** How many days before its expiry a certificate becomes a finding; undefined: by its own life. */
  readonly certificateDays: number | undefined;
  /** Milliseconds since 1970; "soon" is measured from it. */
  readonly now: number;
}

/** Nothing to examine is not a success: `not-applicable` differs from `pass`. */
export type RuleOutcome =
  | { readonly outcome: "pass" }
  | { readonly outcome: "not-applicable"; readonly because: string }
  | { readonly outcome: "fail"; readonly violations: readonly Violation[] };

export interface Violation {
  /** The Terraform address of the resource that breaks the rule. */
  readonly address: string;
  /** What is wrong with it, one line, no full stop. Never a secret. */
  readonly summary: string;
  /** @default the rule's */
  readonly fix?: string;
}

const PASS: RuleOutcome = { outcome: "pass" };

export const notApplicable = (because: string): RuleOutcome => ({ outcome: "not-applicable", because });

export const failed = (violations: readonly Violation[]): RuleOutcome =>
  violations.length === 0 ? PASS : { outcome: "fail", violations };

/** Makes a rule's outcome from subjects that are examined one by one; without subjects the rule is not applicable. */
export function judge<T>(
  subjects: readonly T[],
  because: string,
  violation: (subject: T) => Violation | readonly Violation[] | undefined,
): RuleOutcome {
  if (subjects.length === 0) return notApplicable(because);
  return failed(subjects.flatMap((subject) => violation(subject) ?? []));
}
