import { asPlainText, planErrors } from "../../lib/plan/plan-errors";

const line = (diagnostic: unknown) => JSON.stringify({ type: "diagnostic", diagnostic });
const output = [
  "Warning of a wrapper",
  JSON.stringify({ type: "version", terraform: "1.11.4" }),
  line({ severity: "warning", summary: "mind", detail: "" }),
  line({ severity: "error", summary: "503", detail: "later\n(http/status-503)", address: "acme_rule.a" }),
  line({ severity: "error", summary: "No configuration", detail: "Run terraform init." }),
  '{"cut',
].join("\n");

it("finds errors, and the objects that they are about", () =>
  expect(planErrors(output)).toEqual([
    { summary: "503", detail: "later\n(http/status-503)", address: "acme_rule.a" },
    { summary: "No configuration", detail: "Run terraform init." },
  ]));

it("is readable where nothing was planned at all", () => {
  const text = asPlainText(output);
  expect(text).toContain("Warning of a wrapper");
  expect(text).toContain("Error: 503\n  with acme_rule.a\nlater\n(http/status-503)");
  expect(text).toContain("Error: No configuration\nRun terraform init.");
  expect(text).not.toMatch(/[{}]|mind/);
});
