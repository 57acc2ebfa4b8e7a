import { ProblemError } from "../core/problem";
import type { FindingSeverity } from "../core/finding";

import { badDomain, unknownRule, unknownSeverity } from "./errors";
import { rules } from "./rules";
import { SEVERITIES } from "./severities";

/** What a team decides about the rules. */
export interface PolicyOptions {
  /**
   * The mail domains that alerts may be sent to, `["example.com"]`; their subdomains are not included.
   *
   * @default any domain: the rule `receivers-in-allowed-domains` is not applicable
   */
  readonly allowedDomains?: readonly string[];
  /**
   * How many days before its expiry a certificate becomes a finding.
   *
   * @default by its own life: once less than a third of it is left, at most 30 days
   */
  readonly certificateDays?: number;
  /**
   * Severities that differ from the rules' own, by rule: `{ "authentication-required": "error" }`. A rule cannot be
   * switched off: an accepted finding is acknowledged with its reason, and stays visible.
   *
   * @default each rule's own
   */
  readonly severities?: Readonly<Record<string, FindingSeverity>>;
}

/**
 * Checks the options of a policy: a misspelt setting would otherwise silently change nothing.
 *
 * @throws `policy/unknown-rule`, `policy/unknown-severity`, `policy/bad-domain`
 */
export function checkOptions(options: PolicyOptions): PolicyOptions {
  const problems = [
    ...Object.entries(options.severities ?? {}).flatMap(([id, severity]) => [
      ...(isRule(id) ? [] : [unknownRule(id)]),
      ...(SEVERITIES.includes(severity) ? [] : [unknownSeverity(id, severity)]),
    ]),
    ...(options.allowedDomains ?? []).filter((domain) => !DOMAIN.test(domain)).map(badDomain),
  ];
  if (problems.length > 0) throw new ProblemError(...problems);
  return options;
}

export const isRule = (id: string): boolean => rules.some((rule) => rule.id === id);

const DOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i;
