import { dirname, resolve } from "node:path";
import { makeFolder } from "../../core/make-folder";
import { findingsToCodeQuality, findingsToJson, findingsToJUnit, findingsToSarif } from "../../findings";
import { PROVIDER_VERSION } from "../../package/identity";
import {
  findingsOf,
  findingsOfFleet,
  fleetToCodeQuality,
  fleetToHtml,
  fleetToJson,
  fleetToJUnit,
  fleetToMarkdown,
  fleetToSarif,
  notPlannedFindings,
  notPlannedToHtml,
  notPlannedToJson,
  notPlannedToMarkdown,
  toCodeQuality,
  toHtml,
  toJson,
  toJUnit,
  toMarkdown,
  toSarif,
  type FleetReview,
  type NotPlanned,
  type Review,
} from "../../review";
import { writeOutput } from "../output-file";
import type { Surroundings } from "../surroundings";

const FILES = ["md", "json", "html", "sarif", "junit", "codeQuality", "findings"] as const;

/** The files that a review is written to. */
export type FileOptions = { readonly [File in (typeof FILES)[number]]?: string } & { readonly output: string };

export const wantedFiles = (options: FileOptions): string[] => FILES.flatMap((file) => options[file] ?? []);

/** The text of each file; `artifact` is the file at which a stack's findings are shown. */
export type Documents = Readonly<Record<(typeof FILES)[number], (artifact: (stack: string) => string) => string>>;

export function documentsOf(review: Review): Documents {
  return {
    md: () => toMarkdown(review),
    json: () => toJson(review),
    html: () => toHtml(review),
    sarif: (artifact) => toSarif(review, { version: PROVIDER_VERSION, artifact: artifact(review.stack) }),
    junit: () => toJUnit(review),
    codeQuality: (artifact) => toCodeQuality(review, artifact(review.stack)),
    findings: () => findingsToJson(findingsOf(review)),
  };
}

export function documentsOfNotPlanned(review: NotPlanned): Documents {
  const findings = notPlannedFindings(review);
  return {
    md: () => notPlannedToMarkdown(review),
    json: () => notPlannedToJson(review),
    html: () => notPlannedToHtml(review),
    sarif: (artifact) => findingsToSarif(findings, { version: PROVIDER_VERSION, artifact: artifact(review.stack) }),
    junit: () => findingsToJUnit(findings, { suite: `review of ${review.stack}` }),
    codeQuality: (artifact) => findingsToCodeQuality(findings, artifact(review.stack)),
    findings: () => findingsToJson(findings),
  };
}

export function documentsOfFleet(fleet: FleetReview): Documents {
  return {
    md: () => fleetToMarkdown(fleet),
    json: () => fleetToJson(fleet),
    html: () => fleetToHtml(fleet),
    sarif: (artifact) => fleetToSarif(fleet, PROVIDER_VERSION, artifact),
    junit: () => fleetToJUnit(fleet),
    codeQuality: (artifact) => fleetToCodeQuality(fleet, artifact),
    findings: () => findingsToJson(findingsOfFleet(fleet)),
  };
}

/** Writes the requested files. Returns whether there were any; otherwise the review is printed. */
export function writeDocuments(
  documents: Documents,
  options: FileOptions,
  { workingDirectory, out, err }: Surroundings,
): boolean {
  const artifact = (stack: string) => `${options.output}/stacks/${stack}/cdk.tf.json`;
  if (wantedFiles(options).length === 0) {
    out(documents.md(artifact).trimEnd());
    return false;
  }
  for (const file of FILES) {
    const wanted = options[file];
    if (wanted === undefined) continue;
    const path = resolve(workingDirectory, wanted);
    makeFolder(dirname(path));
    writeOutput(path, documents[file](artifact));
    err(`Wrote ${wanted}`);
  }
  return true;
}
