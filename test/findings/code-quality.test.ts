import Ajv from "ajv";
import type { Finding } from "../../lib/core/finding";
import { findingsToCodeQuality } from "../../lib/findings";

/**
 * What GitLab's documentation asks for: a JSON array of objects with these fields, and no byte order mark.
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
const GITLAB = {
  type: "array",
  items: {
    type: "object",
    required: ["description", "check_name", "fingerprint", "severity", "location"],
    properties: {
      description: { type: "string", minLength: 1 },
      check_name: { type: "string", minLength: 1 },
      fingerprint: { type: "string", pattern: "^[0-9a-f]{32,}$" },
      severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
      location: {
        type: "object",
        required: ["path", "lines"],
        properties: {
          path: { type: "string", pattern: "^(?!\\./|/)" },
          lines: { type: "object", required: ["begin"], properties: { begin: { type: "integer", minimum: 1 } } },
        },
      },
    },
  },
};

const tls: Finding = {
  severity: "error",
  id: "tls-required",
  path: 'outbound_vrops_email_plugin.smtp["a"]',
  summary: "Mail is sent without encryption",
  why: "Everybody on the way can read it.",
  fix: 'Set `security` to "starttls".',
};
const all: readonly Finding[] = [
  { ...tls, severity: "note", id: "z-note", path: "" },
  { ...tls, id: "accepted", acknowledged: { reason: "until MAIL-42" } },
  tls,
  { ...tls, severity: "warning", summary: "Mail may be sent without encryption" },
];

interface Entry {
  readonly check_name: string;
  readonly severity: string;
  readonly fingerprint: string;
  readonly location: { readonly path: string };
  readonly description: string;
}
const report = (findings: readonly Finding[], artifact?: string) =>
  JSON.parse(findingsToCodeQuality(findings, artifact)) as Entry[];

it("has GitLab's shape, also when there is nothing", () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  const validate = ajv.compile(GITLAB);
  for (const findings of [all, []]) {
    expect([validate(report(findings, "./cdktf.out/stacks/prod/cdk.tf.json")), validate.errors]).toEqual([true, null]);
  }
  expect(findingsToCodeQuality([])).toBe("[]\n");
});

it("weighs as findings do, and leaves out what is acknowledged", () => {
  expect(report(all).map(({ check_name: id, severity }) => [id, severity])).toEqual([
    ["tls-required", "critical"],
    ["tls-required", "major"],
    ["z-note", "info"],
  ]);
});

it("says what, where, why and what to do, for GitLab shows nothing else", () => {
  expect(report([tls])[0]!.description).toBe(
    'outbound_vrops_email_plugin.smtp["a"]: Mail is sent without encryption. Everybody on the way can read it. Set `security` to "starttls".',
  );
});

it("has a fingerprint for each, which GitLab shows only one of, and the same when the words have changed", () => {
  const prints = report(all).map(({ fingerprint }) => fingerprint);
  expect(new Set(prints).size).toBe(prints.length);
  const [reworded] = report([{ ...tls, summary: "Another wording" }]);
  expect(reworded!.fingerprint).toBe(report([tls])[0]!.fingerprint);
});
