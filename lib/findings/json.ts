import { sortFindings, type Finding } from "../core/finding";
import { jsonText, type JsonDocument } from "../core/json-document";

/** The findings of rules or of a review, as a document of their own. */
export interface FindingsDocument extends JsonDocument<"outbound-findings/1"> {
  /** Worst first, acknowledged last. */
  readonly findings: readonly Finding[];
}

/** Findings as JSON, each with its fields in the same order, so that the same findings are the same bytes. */
export function findingsToJson(findings: readonly Finding[]): string {
  const document: FindingsDocument = {
    format: "outbound-findings/1",
    findings: sortFindings(findings).map(inOrder),
  };
  return jsonText(document);
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
