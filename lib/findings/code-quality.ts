import { open, sortFindings, type Finding, type FindingSeverity } from "../core/finding";
import { fingerprint } from "./fingerprint";
import type { FindingsOfFile } from "./sarif";

/** The severities of GitLab's format are info, minor, major, critical and blocker. */
const SEVERITY: Readonly<Record<FindingSeverity, "critical" | "major" | "info">> = {
  error: "critical",
  warning: "major",
  note: "info",
};

/**
 * Writes findings as a code quality report of GitLab, which merge requests show beside the change. Acknowledged ones
 * are left out: the format cannot say that somebody has accepted a finding.
 *
 * @param artifact the file that findings are shown at, relative to the repository
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function findingsToCodeQuality(findings: readonly Finding[], artifact = "cdk.tf.json"): string {
  return findingsOfFilesToCodeQuality([{ findings, artifact }]);
}

/** Writes the findings of several files as one report. */
export function findingsOfFilesToCodeQuality(files: readonly FindingsOfFile[]): string {
  const artifacts = new Map(files.flatMap(({ findings, artifact }) => findings.map((one) => [one, artifact] as const)));
  const taken = new Map<string, number>();
  const report = open(sortFindings([...artifacts.keys()])).map((finding) => {
    const { id, severity, path, summary, why, fix } = finding;
    const place = fingerprint(id, path);
    // GitLab shows only the first of several findings with the same fingerprint.
    const nth = (taken.get(place) ?? 0) + 1;
    taken.set(place, nth);
    return {
      description: `${path === "" ? "" : `${path}: `}${summary}. ${why} ${fix}`,
      check_name: id,
      fingerprint: nth === 1 ? place : fingerprint(id, path, String(nth)),
      severity: SEVERITY[severity],
      location: { path: artifacts.get(finding)!.replace(/^(?:\.\/)+/, ""), lines: { begin: 1 } },
    };
  });
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
