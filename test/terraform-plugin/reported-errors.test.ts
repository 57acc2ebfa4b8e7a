import type { Problem } from "../../lib/core/problem";
import { string } from "../../lib/terraform-plugin/schema";
import { ReportedErrors } from "../../lib/terraform-plugin/reported-errors";

const attributes = { name: string("required", { description: "…" }) };
const refused = (doing: string, more: Partial<Problem> = {}): Problem => ({
  code: "http/refused",
  severity: "error",
  summary: `vROps could not be reached; could not ${doing}`,
  evidence: "connect ECONNREFUSED 127.0.0.1:1",
  fix: "Check the address.",
  ...more,
});

it("explains a cause once, and says of each other object what could not be done", () => {
  const told = new ReportedErrors();
  expect(told.once(refused("list the plugins"), attributes)).toEqual(refused("list the plugins"));
  expect(told.once(refused("list the rules"), attributes)).toEqual({
    code: "http/refused",
    severity: "error",
    summary: "vROps could not be reached; could not list the rules",
    fix: "The cause is that of another error of this run, which says what to do.",
  });
});

it.each<[what: string, other: Problem]>([
  ["another answer", refused("list", { evidence: "connect ETIMEDOUT" })],
  ["another code", refused("list", { code: "http/timeout" })],
  ["another remedy", refused("list", { fix: "Wait." })],
  ["something else that was got", refused("list", { got: "https://other.example.com" })],
  ["no answer and another summary", refused("read", { evidence: undefined })],
  ["a warning", refused("list", { severity: "warning" })],
  ["the resource's own attribute", refused("list", { path: ["name"] })],
])("%s is a cause of its own", (_, other) => {
  const told = new ReportedErrors();
  told.once(refused("list"), attributes);
  told.once(refused("list", { evidence: undefined }), attributes);
  expect(told.once(other, attributes)).toBe(other);
  if (other.severity === "warning" || other.path !== undefined) expect(told.once(other, attributes)).toBe(other);
});

it("keeps the place in the provider's block", () => {
  const told = new ReportedErrors();
  const missing = refused("list", { path: ["vrops", "url"] });
  told.once(missing, attributes);
  expect(told.once(missing, attributes).path).toEqual(["vrops", "url"]);
});
