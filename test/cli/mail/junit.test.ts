import { outcomesToJUnit } from "../../../lib/cli/mail/junit";
import { outcomeOf } from "../../../lib/cli/mail/outcome";
import type { MailTest } from "../../../lib/cli/mail/mail-test";
import type { Stage } from "../../../lib/mail";

const test: MailTest = { title: 'outbound_test_email.test["a&b"]', kind: "send", directory: "/", values: {} };
const stages: Stage[] = [
  { name: "TCP", status: "passed", durationMs: 1_234, detail: "connected" },
  { name: "TLS", status: "warning", durationMs: 5, detail: "soon", remedy: "Renew it." },
  {
    name: "AUTH",
    status: "failed",
    durationMs: 7,
    detail: 'refused: 535 <"no">',
    remedy: "Check it.",
    problem: { code: "mail/credentials-refused", severity: "error", summary: "refused", fix: "Check it." },
  },
  { name: "MAIL", status: "skipped", durationMs: 0, detail: "not reached: AUTH failed" },
  { name: "vrops test 1", status: "unavailable", durationMs: 2, detail: "no test call" },
];

it("has a suite for each target and a case for each stage, escaped", () => {
  const outcome = outcomeOf(
    { ...test, declared: true },
    { ok: false, verdict: "failed at AUTH", stages, receivers: [] },
    [],
    false,
  );
  const title = "outbound_test_email.test[&quot;a&amp;b&quot;]";
  const counts = (tests: number, failures: number, skipped: number, time: string) =>
    `tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}" time="${time}"`;
  expect(outcomesToJUnit([outcome, outcome]).split("\n").slice(0, 10)).toEqual([
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="outbound" ${counts(10, 2, 4, "2.496")}>`,
    `  <testsuite name="outbound send ${title}" ${counts(5, 1, 2, "1.248")}>`,
    `    <testcase classname="${title}" name="TCP" time="1.234"><system-out>connected</system-out></testcase>`,
    `    <testcase classname="${title}" name="TLS" time="0.005"><system-out>Warning: soon`,
    "What to do: Renew it.</system-out></testcase>",
    `    <testcase classname="${title}" name="AUTH" time="0.007"><failure type="mail/credentials-refused" message="refused">refused: 535 &lt;&quot;no&quot;&gt;`,
    "What to do: Check it.</failure></testcase>",
    `    <testcase classname="${title}" name="MAIL" time="0.000"><skipped message="not reached: AUTH failed"/></testcase>`,
    `    <testcase classname="${title}" name="vrops test 1" time="0.002"><skipped message="no test call"/></testcase>`,
  ]);
});
