import { sortFindings, type Finding } from "../core/finding";
import { printableJson } from "../core/printable";

/** Findings as JSON, each with its fields in the same order, so that the same findings are the same bytes. */
export function findingsToJson(findings: readonly Finding[]): string {
  return `${printableJson({ findings: sortFindings(findings).map(inOrder) }, 2)}\n`;
}

export function inOrder({ severity, id, path, summary, why, fix, docs, acknowledged }: Finding): Finding {
  return {
    severity,
    id,
    path,
    summary,
    why,
    fix,
    ...(docs === undefined ? {} : { docs }),
    ...(acknowledged === undefined ? {} : { acknowledged: { reason: acknowledged.reason } }),
  };
}
