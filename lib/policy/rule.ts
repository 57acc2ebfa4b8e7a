import type { FindingSeverity } from "../core/finding";
import type { Topology } from "../topology";

/**
 * One thing that alert mail should hold to. A rule looks at the topology only, so the same rule runs at synth (on what
 * the constructs declare) and in the review (on what a plan makes of it).
 */
export interface Rule {
  /** Stable, kebab-case: how it is acknowledged and where its page is. */
  readonly id: string;
  /** What holds when it passes, as a heading. */
  readonly title: string;
  readonly severity: FindingSeverity;
  /** What goes wrong otherwise, for somebody who has to decide. */
  readonly why: string;
  /** What to do, one or two sentences. */
  readonly fix: string;
  /** What it looks at, and what it leaves alone. */
  readonly scope: string;
  /** Where its claims can be checked. */
  readonly see?: string;
  check(topology: Topology, context: RuleContext): RuleOutcome;
}

export interface RuleContext {
  /** Mail domains that alerts may go to. Empty: any. */
  readonly allowedDomains: readonly string[];
  /** Days before its expiry from which a certificate is a finding; undefined: by its own life. */
  readonly certificateDays: number | undefined;
  /** Milliseconds since 1970: what "soon" is measured from. */
  readonly now: number;
}

/** Nothing to look at is no praise: `not-applicable` is not `pass`. */
export type RuleOutcome =
  | { readonly outcome: "pass" }
  | { readonly outcome: "not-applicable"; readonly because: string }
  | { readonly outcome: "fail"; readonly violations: readonly Violation[] };

export interface Violation {
  /** The Terraform address of what breaks the rule. */
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

/** The usual shape: every subject is looked at by itself, and without subjects there is nothing to judge. */
export function judge<T>(
  subjects: readonly T[],
  because: string,
  violation: (subject: T) => Violation | readonly Violation[] | undefined,
): RuleOutcome {
  if (subjects.length === 0) return notApplicable(because);
  return failed(subjects.flatMap((subject) => violation(subject) ?? []));
}
