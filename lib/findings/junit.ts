import { open, sortFindings, type Finding } from "../core/finding";
import { escapedAttribute } from "../core/markup";
import { printableLine } from "../core/printable";

export interface JUnitOptions {
  /** The name of the suite: "review of prod". */
  readonly suite: string;
  /** What was looked at and found in order, one passing case each. @default one case that says so */
  readonly passed?: readonly string[];
}

/**
 * Findings as JUnit XML, which every pipeline can show: errors and warnings fail, notes pass, acknowledged ones are skipped
 * with their reason.
 */
export function findingsToJUnit(findings: readonly Finding[], { suite, passed = [] }: JUnitOptions): string {
  const sorted = sortFindings(findings);
  const failures = open(sorted).filter(({ severity }) => severity !== "note").length;
  const skipped = sorted.length - open(sorted).length;
  const good = sorted.length === 0 && passed.length === 0 ? ["no findings"] : passed;
  const counts = `tests="${sorted.length + good.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="outbound" ${counts}>`,
    `  <testsuite name="${xml(suite)}" ${counts}>`,
    ...good.map((name) => `    <testcase classname="${xml(suite)}" name="${xml(name)}"/>`),
    ...sorted.map((finding) => testCase(finding)),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
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
