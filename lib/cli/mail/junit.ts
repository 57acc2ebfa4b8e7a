import { xml } from "../../findings/junit";
import type { Stage } from "../../mail";
import type { MailTestOutcome } from "./outcome";

/**
 * JUnit XML: a suite for each target, a case for each stage; skipped stages are skipped, and warnings pass with a note.
 */
export function outcomesToJUnit(outcomes: readonly MailTestOutcome[]): string {
  const all = outcomes.flatMap(({ result }) => result.stages);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="outbound" ${counts(all)}>`,
    ...outcomes.flatMap(suite),
    "</testsuites>",
    "",
  ].join("\n");
}

function suite({ test, result }: MailTestOutcome): string[] {
  const { stages, verdict, testedAt } = result;
  const timestamp = testedAt === undefined ? "" : ` timestamp="${xml(testedAt)}"`;
  return [
    `  <testsuite name="${xml(`outbound ${test.kind} ${test.title}`)}" ${counts(stages)}${timestamp}>`,
    ...stages.map((stage) => testCase(stage, test.title)),
    `    <system-out>${xml(verdict)}</system-out>`,
    "  </testsuite>",
  ];
}

function testCase({ name, status, durationMs, detail, remedy, problem }: Stage, title: string): string {
  const open = `    <testcase classname="${xml(title)}" name="${xml(name)}" time="${seconds(durationMs)}"`;
  const text = [detail, ...(remedy === undefined ? [] : [`What to do: ${remedy}`])].map(xml).join("\n");
  switch (status) {
    case "failed": {
      const { code = "mail/failed", summary = detail } = problem ?? {};
      return `${open}><failure type="${xml(code)}" message="${xml(summary)}">${text}</failure></testcase>`;
    }
    case "skipped":
    case "unavailable":
      return `${open}><skipped message="${xml(detail)}"/></testcase>`;
    case "warning":
      return `${open}><system-out>Warning: ${text}</system-out></testcase>`;
    case "passed":
      return `${open}><system-out>${text}</system-out></testcase>`;
  }
}

function counts(stages: readonly Stage[]): string {
  const failures = stages.filter(({ status }) => status === "failed").length;
  const skipped = stages.filter(({ status }) => status === "skipped" || status === "unavailable").length;
  const time = seconds(stages.reduce((sum, { durationMs }) => sum + durationMs, 0));
  return `tests="${stages.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${time}"`;
}

const seconds = (ms: number) => (ms / 1_000).toFixed(3);
