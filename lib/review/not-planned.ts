import { cutShort } from "../core/cut-short";
import type { Finding } from "../core/finding";
import { jsonText, type JsonDocument } from "../core/json-document";
import type { Problem } from "../core/problem";
import type { Redactor } from "../core/redaction";
import { cell, code } from "../findings/markdown";
import { xml } from "../findings/junit";
import { renderHeader } from "./header";
import { fenced } from "./fenced";

/**
 * Stands in place of a review when there is none: a reader must not take the review of an earlier commit for that of
 * the last one.
 */
export interface NotPlanned {
  readonly stack: string;
  /** The commit of the code that could not be planned; null when it is not known. */
  readonly commit: string | null;
  /** The time of the attempt, RFC 3339. */
  readonly time: string;
  /** The reasons. */
  readonly problems: readonly Reason[];
}

/** A problem that may be shown: secrets are masked. */
export interface Reason {
  /** "plan/terraform-failed" */
  readonly code: string;
  readonly summary: string;
  readonly fix: string;
  /** Terraform's own words; empty when it printed none. */
  readonly evidence: string;
}

export const NOT_PLANNED_FORMAT = "outbound-not-planned/1";

/** Stands in place of a review that could not be made; `apply-reviewed` refuses it. */
export interface NotPlannedDocument extends JsonDocument<typeof NOT_PLANNED_FORMAT>, NotPlanned {}

export interface NotPlannedOptions {
  readonly stack: string;
  readonly commit: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly redactor: Redactor;
}

export function notPlannedReview(
  problems: readonly Problem[],
  { stack, commit, now, redactor }: NotPlannedOptions,
): NotPlanned {
  return {
    stack,
    commit: commit ?? null,
    time: new Date(now).toISOString(),
    problems: problems.map(({ code, summary, fix, evidence = "" }) =>
      // Redacted first, then cut, then redacted again: a cut may leave half of a secret.
      redactedReason({ code, summary, fix, evidence: cutShort(redactor.redact(evidence), MOST_EVIDENCE) }, redactor),
    ),
  };
}

const redactedReason = ({ code, summary, fix, evidence }: Reason, redactor: Redactor): Reason => ({
  code,
  summary: redactor.redact(summary),
  fix: redactor.redact(fix),
  evidence: redactor.redact(evidence),
});

/** A copy without what another stack keeps secret. */
export const redactedNotPlanned = (one: NotPlanned, redactor: Redactor): NotPlanned => ({
  ...one,
  problems: one.problems.map((reason) => redactedReason(reason, redactor)),
});

const MOST_EVIDENCE = 4_000;

const title = ({ stack, problems }: NotPlanned) => `${stack}: could not plan: ${problems[0]?.summary ?? "no reason"}`;

export function notPlannedToMarkdown(review: NotPlanned): string {
  const { stack, commit } = review;
  const header = { stack, hash: "", truncated: false, status: "not-planned", commit, uncommitted: false } as const;
  return [
    renderHeader({ ...header, boundTo: "stack" }),
    notPlannedSection(review, "This comment is updated when the code changes."),
  ]
    .join("\n\n")
    .concat("\n");
}

/** @param remark is appended */
export function notPlannedSection(review: NotPlanned, remark = ""): string {
  const { commit, time, problems } = review;
  const of = commit === null ? "" : ` the commit ${code(commit)}`;
  return [
    `## ❌ ${cell(title(review))}`,
    `There is no review of${of === "" ? " the last commit" : of}; that of an earlier one no longer counts.`,
    ...problems.flatMap(({ code: id, summary, fix, evidence }) => [
      `**${cell(summary)}.** ${cell(fix)} (${code(id)})`,
      ...(evidence === "" ? [] : [fenced(evidence.split("\n"), "text")]),
    ]),
    `<sub>Tried at ${time}${of === "" ? "" : ` with${of}`}.${remark === "" ? "" : ` ${remark}`}</sub>`,
  ].join("\n\n");
}

export function notPlannedToHtml(review: NotPlanned): string {
  return [
    "<!doctype html>",
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`,
    `<title>${xml(title(review))}</title></head><body><main><h1>${xml(title(review))}</h1>`,
    ...notPlannedBody(review),
    "</main></body></html>",
    "",
  ].join("\n");
}

export function notPlannedBody({ commit, time, problems }: NotPlanned): string[] {
  return [
    ...problems.map(
      ({ code: id, summary, fix, evidence }) =>
        `<h2>${xml(summary)}</h2><p>${xml(fix)} <code>${xml(id)}</code></p>${evidence === "" ? "" : `<pre>${evidence.split("\n").map(xml).join("\n")}</pre>`}`,
    ),
    `<footer>Tried at ${time}${commit === null ? "" : ` with the commit <code>${xml(commit)}</code>`}</footer>`,
  ];
}

export const notPlannedToJson = (review: NotPlanned): string => jsonText(notPlannedDocument(review));

export const notPlannedDocument = (review: NotPlanned): NotPlannedDocument => ({
  format: NOT_PLANNED_FORMAT,
  ...review,
});

/** Findings for code scanning and test reports: what could not be planned has not passed. */
export function notPlannedFindings({ problems }: NotPlanned): Finding[] {
  return problems.map(({ code: id, summary, fix }) => ({
    severity: "error",
    id,
    path: "",
    summary,
    why: "What could not be planned was not reviewed.",
    fix,
  }));
}
