import { plural } from "../core/plural";
import { open, sortFindings, type Finding } from "../core/finding";
import { printableLine } from "../core/printable";

/** Findings for a terminal or a log: one paragraph each, worst first, then a count. */
export function findingsToConsole(findings: readonly Finding[]): string {
  const paragraphs = sortFindings(findings).map(paragraph);
  return [...paragraphs, countOf(findings)].join("\n\n");
}

function paragraph({ severity, id, path, summary, why, fix, docs, acknowledged }: Finding): string {
  const head = acknowledged === undefined ? severity : `acknowledged ${severity}`;
  return [
    `${head} ${id}: ${summary}${path === "" ? "" : ` (${path})`}`,
    acknowledged === undefined ? `  Why: ${why}` : `  Reason: ${acknowledged.reason}`,
    ...(acknowledged === undefined ? [`  What to do: ${fix}`] : []),
    ...(docs === undefined ? [] : [`  See: ${docs}`]),
  ]
    .map(printableLine)
    .join("\n");
}

/** "2 errors, 1 warning, 1 acknowledged"; "no findings". */
export function countOf(findings: readonly Finding[]): string {
  const distinct = sortFindings(findings);
  const acknowledged = distinct.length - open(distinct).length;
  const parts = (["error", "warning", "note"] as const)
    .map((severity) => [severity, open(distinct, severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => plural(count, severity))
    .concat(acknowledged === 0 ? [] : [`${acknowledged} acknowledged`]);
  return parts.length === 0 ? "no findings" : parts.join(", ");
}
