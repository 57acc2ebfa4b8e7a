import { open, sortFindings, type Finding } from "../core/finding";
import { escapedAttribute } from "../core/markup";
import { printableLine } from "../core/printable";

export interface JUnitOptions {
  /** The name of the suite: "review of prod". */
  readonly suite: string;
  /** What was examined without a finding, one passing case each. @default one case that says so */
  readonly passed?: readonly string[];
}

/**
 * Findings as JUnit XML, which every pipeline can show: errors and warnings fail, notes pass, acknowledged ones are
 * skipped with their reason.
 */
export function findingsToJUnit(findings: readonly Finding[], options: JUnitOptions): string {
  return suitesToJUnit([{ ...options, findings }]);
}

/** The findings of one of several suites. */
export interface JUnitSuite extends JUnitOptions {
  readonly findings: readonly Finding[];
}

/** Writes several suites as one document. */
export function suitesToJUnit(suites: readonly JUnitSuite[]): string {
  const made = suites.map(suiteOf);
  const sum = (of: keyof Counts) => made.reduce((total, { counts }) => total + counts[of], 0);
  const all = { tests: sum("tests"), failures: sum("failures"), skipped: sum("skipped") };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="outbound" ${attributes(all)}>`,
    ...made.flatMap(({ lines }) => lines),
    "</testsuites>",
    "",
  ].join("\n");
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly skipped: number;
}

const attributes = ({ tests, failures, skipped }: Counts) =>
  `tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}"`;

function suiteOf({ findings, suite, passed = [] }: JUnitSuite) {
  const sorted = sortFindings(findings);
  const good = sorted.length === 0 && passed.length === 0 ? ["no findings"] : passed;
  const counts: Counts = {
    tests: sorted.length + good.length,
    failures: open(sorted).filter(({ severity }) => severity !== "note").length,
    skipped: sorted.length - open(sorted).length,
  };
  const lines = [
    `  <testsuite name="${xml(suite)}" ${attributes(counts)}>`,
    ...good.map((name) => `    <testcase classname="${xml(suite)}" name="${xml(name)}"/>`),
    ...sorted.map((finding) => testCase(finding)),
    "  </testsuite>",
  ];
  return { counts, lines };
}

function testCase({ severity, id, path, summary, why, fix, docs, acknowledged }: Finding): string {
  const open = `    <testcase classname="${xml(id)}" name="${xml(path === "" ? summary : path)}">`;
  if (acknowledged !== undefined) return `${open}<skipped message="${xml(acknowledged.reason)}"/></testcase>`;
  const text = [why, `What to do: ${fix}`, ...(docs === undefined ? [] : [`See: ${docs}`])].map(xml).join("\n");
  const body =
    severity === "note"
      ? `<system-out>${xml(summary)}\n${text}</system-out>`
      : `<failure type="${severity}" message="${xml(summary)}">${text}</failure>`;
  return `${open}${body}</testcase>`;
}

/** Text in XML or HTML, on one line: cleaned, which also takes the control characters that neither can hold. */
export function xml(text: string): string {
  return escapedAttribute(printableLine(text));
}
