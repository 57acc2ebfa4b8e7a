import { compare, sortFindings, type Finding } from "../core/finding";
import { documentationUrl } from "../core/documentation";
import { printableJson } from "../core/printable";
import { fingerprint } from "./fingerprint";

export interface SarifOptions {
  /** The version of this package. */
  readonly version: string;
  /** The file that findings are shown at, relative to the repository: code hosts want one. @default "cdk.tf.json" */
  readonly artifact?: string;
}

/**
 * Findings as SARIF 2.1.0, for code scanning of GitHub, GitLab and Azure DevOps. Acknowledged ones are suppressed results
 * with their reason.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function findingsToSarif(
  findings: readonly Finding[],
  { version, artifact = "cdk.tf.json" }: SarifOptions,
): string {
  return findingsOfFilesToSarif([{ findings, artifact }], version);
}

/** The findings that are shown at one file. */
export interface FindingsOfFile {
  readonly findings: readonly Finding[];
  /** The file's path, relative to the repository. */
  readonly artifact: string;
}

/** Writes the findings of several files as one run. */
export function findingsOfFilesToSarif(files: readonly FindingsOfFile[], version: string): string {
  const artifacts = new Map(files.flatMap(({ findings, artifact }) => findings.map((one) => [one, artifact] as const)));
  const sorted = sortFindings([...artifacts.keys()]);
  const rules = [...new Map(sorted.map((finding) => [finding.id, finding])).values()].sort((a, b) =>
    compare(a.id, b.id),
  );
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "outbound", semanticVersion: version, rules: rules.map(rule) } },
        columnKind: "utf16CodeUnits",
        results: sorted.map((finding) =>
          result(
            finding,
            rules.findIndex(({ id }) => id === finding.id),
            artifacts.get(finding)!,
          ),
        ),
      },
    ],
  };
  return `${printableJson(log, 2)}\n`;
}

function rule({ id, severity, why, fix, docs }: Finding) {
  return {
    id,
    shortDescription: { text: why },
    help: { text: fix },
    ...(docs === undefined ? {} : { helpUri: documentationUrl(docs) }),
    defaultConfiguration: { level: severity },
  };
}

function result({ id, severity, path, summary, why, fix, acknowledged }: Finding, ruleIndex: number, artifact: string) {
  return {
    ruleId: id,
    ruleIndex,
    level: severity,
    message: { text: `${summary}. ${why} ${fix}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: encodeURI(artifact) }, region: { startLine: 1 } },
        ...(path === "" ? {} : { logicalLocations: [{ fullyQualifiedName: path, kind: "resource" }] }),
      },
    ],
    // Code hosts recognise an earlier finding by its fingerprint, although lines have moved.
    partialFingerprints: {
      "outboundFinding/v1": fingerprint(id, path),
    },
    ...(acknowledged === undefined ? {} : { suppressions: [{ kind: "external", justification: acknowledged.reason }] }),
  };
}
