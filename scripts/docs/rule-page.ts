import type { Rule } from "../../lib/policy/rule";
import { table } from "./markdown";

/** The reference page of one policy rule. */
export function rulePage({ id, title, severity, why, fix, scope, see }: Rule): string {
  return [
    `# ${id}`,
    `**${title}.** Severity: ${severity}, unless the policy says otherwise.`,
    "## Why",
    why,
    "## What to do",
    fix,
    "## What it looks at",
    scope,
    "## Accepting it",
    `\`\`\`ts
Policy.acknowledge(construct, "${id}", "why this is accepted, and until when");
\`\`\``,
    "It holds for the construct and everything below it, and stays listed with its reason at synth and in every review. To weigh the rule differently everywhere:",
    `\`\`\`ts
Policy.attach(stack, { severities: { "${id}": "${severity === "error" ? "warning" : "error"}" } });
\`\`\``,
    ...(see === undefined ? [] : [`See <${see}>.`]),
  ].join("\n\n");
}

/** All rules in one table, and how they are put to work. */
export function ruleTable(rules: readonly Rule[]): string {
  return [
    "# Policy rules",
    "What alert mail should hold to. The same rules run at synth, on what the constructs declare, and in `outbound review`, on what a plan makes of it.",
    table(["rule", "holds when", "severity"], rules.map(row)),
    "Each rule ends in `pass`, `fail` with findings, or `not applicable`: nothing here to judge is not the same as in order. A rule that fails itself is a finding too. An `error` stops the synth and fails the review; a `warning` is to be looked at; a `note` is to be known.",
    "## Putting them to work",
    `\`\`\`ts
Policy.attach(stack, { allowedDomains: ["example.com"], severities: { "authentication-required": "error" } });
Policy.acknowledge(alerts, "plaintext-port-25", "Relay in the same rack, until MAIL-42 is done");
\`\`\``,
    "A policy is attached to a stack: CDKTF never runs what is attached to an App. `Policy.attachToAll(app)` does it for all stacks that are there by then. Beside the synthesised stack it writes `outbound-policy.json`, from which the review takes the options and what was acknowledged; without that file a review judges by the defaults.",
    "A rule cannot be switched off: what is known and accepted is acknowledged, with a reason, and stays visible.",
  ].join("\n\n");
}

const row = ({ id, title, severity }: Rule) => [`[${id}](${id}.md)`, title, severity];
