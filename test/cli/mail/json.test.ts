import { outcomesToJson } from "../../../lib/cli/mail/json";
import { outcomeOf } from "../../../lib/cli/mail/outcome";
import type { MailTest } from "../../../lib/cli/mail/mail-test";

const test: MailTest = {
  title: "smtp.example.com:587",
  kind: "send",
  directory: "/",
  values: { smtp_host: "smtp.example.com", username: "alerts", imap: null },
  password: { variable: "SMTP_PASSWORD" },
};
const stage = { name: "DATA", status: "passed" as const, durationMs: 3, detail: "250 Ok" };
const result = { ok: true, verdict: "accepted", stages: [stage], receivers: [] };

it("has the same fields whatever came of it, so that scripts need not ask whether they are there", () => {
  const json = JSON.parse(outcomesToJson([outcomeOf(test, result, [], false)], false, false)) as Record<
    string,
    unknown
  >;
  expect(json).toMatchObject({ certificateExpiresAt: null, arrival: null, id: null, messageId: null, testedAt: null });
  expect(json["stages"]).toEqual([{ ...stage, kind: "DATA", remedy: null, code: null }]);
});

it("tells where the password comes from, and nothing else of it", () => {
  const literal: MailTest = { ...test, password: { literal: "hunter2-hunter2" } };
  const text = outcomesToJson([outcomeOf(literal, result, [], false)], false, false);
  expect(text).not.toContain("hunter2");
  expect(JSON.parse(text)).toMatchObject({ target: { password_environment: null } });
});

it("is a failure with 130 when it was stopped, whatever had passed until then", () => {
  const json = outcomesToJson([outcomeOf(test, result, [], true)], true, false);
  expect(JSON.parse(json)).toMatchObject({ ok: false, exitCode: 130, targets: [{ exitCode: 130 }] });
});
