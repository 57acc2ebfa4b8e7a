import { open, sortFindings, type Finding, type FindingSeverity } from "../core/finding";
import { fingerprint } from "./fingerprint";

/** GitLab knows info, minor, major, critical and blocker. */
const SEVERITY: Readonly<Record<FindingSeverity, "critical" | "major" | "info">> = {
  error: "critical",
  warning: "major",
  note: "info",
};

/**
 * Findings as a code quality report of GitLab, which merge requests show beside the change. Acknowledged ones are left out:
 * the format has no word for what somebody has accepted.
 *
 * @param artifact the file that findings are shown at, relative to the repository
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function findingsToCodeQuality(findings: readonly Finding[], artifact = "cdk.tf.json"): string {
  const taken = new Map<string, number>();
  const report = open(sortFindings(findings)).map(({ id, severity, path, summary, why, fix }) => {
    const place = fingerprint(id, path);
    // Of several with one fingerprint GitLab shows the first only.
    const nth = (taken.get(place) ?? 0) + 1;
    taken.set(place, nth);
    return {
      description: `${path === "" ? "" : `${path}: `}${summary}. ${why} ${fix}`,
      check_name: id,
      fingerprint: nth === 1 ? place : fingerprint(id, path, String(nth)),
      severity: SEVERITY[severity],
      location: { path: artifact.replace(/^(?:\.\/)+/, ""), lines: { begin: 1 } },
    };
  });
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
