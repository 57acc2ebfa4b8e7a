/**
 * Something that a rule or a review found, as data. Writers (`lib/findings/`) turn it into a table, SARIF or JUnit; nothing
 * else decides how it looks.
 */
export interface Finding {
  readonly severity: FindingSeverity;
  /** The rule, stable and kebab-case: `tls-required`. */
  readonly id: string;
  /** The subject: a Terraform address, or a construct path at synth. Empty for the whole stack. */
  readonly path: string;
  /** The observation, one line without a full stop. Never a secret. */
  readonly summary: string;
  /** Why it matters: one sentence. */
  readonly why: string;
  /** What to do: one or two sentences. */
  readonly fix: string;
  /** Where to read more: a URL or a page of this package's docs. */
  readonly docs?: string;
  /** Set when somebody has accepted the finding and said why: it stays visible but no longer counts. */
  readonly acknowledged?: { readonly reason: string };
}

/** `error` fails a review or a synth, `warning` asks for attention, `note` is information. */
export type FindingSeverity = "error" | "warning" | "note";

const RANK: Readonly<Record<FindingSeverity, number>> = { error: 0, warning: 1, note: 2 };

/**
 * Sorts the worst first and acknowledged ones last, then by rule and place, and drops duplicates: the same findings always
 * come out in the same order.
 */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const distinct = new Map(
    findings.map((finding) => [JSON.stringify([finding.id, finding.path, finding.summary]), finding]),
  );
  return [...distinct.values()].sort(
    (a, b) =>
      Number(a.acknowledged !== undefined) - Number(b.acknowledged !== undefined) ||
      RANK[a.severity] - RANK[b.severity] ||
      compare(a.id, b.id) ||
      compare(a.path, b.path) ||
      compare(a.summary, b.summary),
  );
}

/** The findings that count, without the acknowledged ones. */
export function open(findings: readonly Finding[], severity?: FindingSeverity): Finding[] {
  return findings.filter(
    (one) => one.acknowledged === undefined && (severity === undefined || one.severity === severity),
  );
}

/** Compares by code points, so that the order is the same on every machine, whatever its language. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
