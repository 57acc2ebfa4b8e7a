import { sortFindings, type Finding } from "../core/finding";
import { messageOf } from "../core/thrown";
import type { Topology } from "../topology";
import { acknowledgementOf, type Acknowledgement } from "./acknowledgement";
import type { PolicyOptions } from "./options";
import type { RuleOutcome, Rule, RuleContext } from "./rule";
import { rules as allRules } from "./rules";

/** The result of one rule. */
export interface RuleResult {
  readonly rule: Rule;
  readonly outcome: RuleOutcome["outcome"];
  /** Why the rule is not applicable. */
  readonly because?: string;
  /** Acknowledged ones included. */
  readonly findings: readonly Finding[];
}

export interface PolicyReport {
  /** Every rule, in the order of the catalogue. */
  readonly results: readonly RuleResult[];
  /** All findings, sorted; acknowledged ones last. */
  readonly findings: readonly Finding[];
}

export interface EvaluateOptions extends PolicyOptions {
  /** Milliseconds since 1970; "expires soon" is measured from it. */
  readonly now: number;
  /** @default none */
  readonly acknowledgements?: readonly Acknowledgement[];
  /** The path that a finding shows for an address, for readers who think in constructs. @default the address */
  readonly pathOf?: (address: string) => string;
  /** @default all */
  readonly rules?: readonly Rule[];
}

/** The reference page of a rule, in this package. */
export const rulePage = (id: string) => `docs/reference/rules/${id}.md`;

/** Evaluates all rules for a topology. The same topology, options and `now` give the same report. */
export function evaluate(topology: Topology, options: EvaluateOptions): PolicyReport {
  const context: RuleContext = {
    allowedDomains: (options.allowedDomains ?? []).map((domain) => domain.toLowerCase()),
    certificateDays: options.certificateDays,
    now: options.now,
  };
  const results = (options.rules ?? allRules).map((rule) => apply(rule, topology, context, options));
  return { results, findings: sortFindings(results.flatMap(({ findings }) => findings)) };
}

function apply(rule: Rule, topology: Topology, context: RuleContext, options: EvaluateOptions): RuleResult {
  let outcome: RuleOutcome;
  try {
    outcome = rule.check(topology, context);
  } catch (error) {
    return { rule, outcome: "fail", findings: [brokenRule(rule, error)] };
  }
  if (outcome.outcome !== "fail") return { rule, findings: [], ...outcome };
  const findings = outcome.violations.map(({ address, summary, fix }): Finding => {
    const accepted = acknowledgementOf(options.acknowledgements ?? [], rule.id, address);
    return {
      severity: options.severities?.[rule.id] ?? rule.severity,
      id: rule.id,
      path: options.pathOf?.(address) ?? address,
      summary,
      why: rule.why,
      fix: fix ?? rule.fix,
      docs: rulePage(rule.id),
      ...(accepted === undefined ? {} : { acknowledged: { reason: accepted.reason } }),
    };
  });
  return { rule, outcome: "fail", findings };
}

/** The finding for a rule that threw: it must not look as if it held, and nobody can acknowledge what is unknown. */
function brokenRule(rule: Rule, error: unknown): Finding {
  // Only the first line: it is written for the review's reader, and further lines may quote what the rule examined.
  const words = messageOf(error).split("\n", 1)[0]!;
  return {
    severity: "error",
    id: rule.id,
    path: "",
    summary: `The rule itself failed, so it is not known whether it holds: ${words}`,
    why: "What a rule cannot judge may be fine or broken; a review that says nothing of it would be trusted wrongly.",
    fix: "Report this with the plan's addresses (not its values) to the maintainers; until then look at what the rule is about yourself.",
    docs: rulePage(rule.id),
  };
}
