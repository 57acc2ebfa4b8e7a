import { evaluate } from "../../lib/policy/evaluate";
import { checkOptions } from "../../lib/policy/options";
import type { Rule } from "../../lib/policy/rule";
import { mailer, smtp, topology } from "./topology";

const plain = topology({ mailers: [mailer({ smtp: smtp({ security: "none" }) })] });
const ids = (findings: readonly { id: string }[]) => findings.map(({ id }) => id);

describe("evaluating a policy", () => {
  it("reports a rule that throws as an error, and goes on with the others", () => {
    const broken: Rule = {
      id: "broken",
      title: "Broken",
      severity: "note",
      why: "-",
      fix: "-",
      scope: "-",
      check: () => {
        throw new Error("no such thing\nat /somewhere/else");
      },
    };
    const fine: Rule = { ...broken, id: "fine", check: () => ({ outcome: "pass" }) };
    const acknowledged = { rule: "broken", reason: "never mind", path: "", addresses: [""] };
    const { results, findings } = evaluate(plain, { now: 0, rules: [broken, fine], acknowledgements: [acknowledged] });
    expect(results.map(({ outcome }) => outcome)).toEqual(["fail", "pass"]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ id: "broken", severity: "error" });
    expect(findings[0]!.summary).toContain("no such thing");
    expect(findings[0]!.summary).not.toContain("/somewhere");
    expect(findings[0]!.acknowledged).toBeUndefined();
  });

  it("raises and lowers severities by rule", () => {
    const severities = { "tls-required": "note", "test-email-present": "error" } as const;
    const { findings } = evaluate(plain, { now: 0, severities });
    expect(findings.map(({ id, severity }) => [id, severity])).toEqual([
      ["test-email-present", "error"],
      ["tls-required", "note"],
    ]);
  });

  it("acknowledges what a construct declares, its instances included, and nothing else", () => {
    const address = "outbound_vrops_email_plugin.plugin";
    const two = topology({
      mailers: [`${address}[0]`, `${address}["a"]`, "outbound_vrops_email_plugin.plugin2"].map((one) =>
        mailer({ address: one, smtp: smtp({ security: "none" }) }),
      ),
    });
    const acknowledgements = [{ rule: "tls-required", reason: "lab", path: "stack/lab", addresses: [address] }];
    const tls = evaluate(two, { now: 0, acknowledgements }).findings.filter(({ id }) => id === "tls-required");
    expect(tls.map(({ path, acknowledged }) => [path, acknowledged?.reason])).toEqual([
      ["outbound_vrops_email_plugin.plugin2", undefined],
      [`${address}["a"]`, "lab"],
      [`${address}[0]`, "lab"],
    ]);
  });

  it("quotes the reason that was given nearest", () => {
    const given = (path: string, reason: string) => ({
      rule: "tls-required",
      reason,
      path,
      addresses: ["outbound_vrops_email_plugin.plugin"],
    });
    const acknowledgements = [given("stack/a/b", "near"), given("stack", "far")];
    const { findings } = evaluate(plain, { now: 0, acknowledgements });
    expect(findings.find(({ id }) => id === "tls-required")!.acknowledged).toEqual({ reason: "near" });
  });

  it("says the same of the same, byte by byte", () => {
    const report = () => JSON.stringify(evaluate(plain, { now: 0 }).findings);
    expect(report()).toBe(report());
    expect(ids(evaluate(plain, { now: 0 }).findings)).toEqual(["tls-required", "test-email-present"]);
  });
});

describe("the options of a policy", () => {
  it.each([
    ["a rule that does not exist", { severities: { "tls-requird": "note" } }, 'Did you mean "tls-required"?'],
    ["a severity that does not exist", { severities: { "tls-required": "off" } }, "acknowledge"],
    ["a wildcard as a domain", { allowedDomains: ["*.example.com"] }, "policy/bad-domain"],
    ["an address as a domain", { allowedDomains: ["a@example.com"] }, "policy/bad-domain"],
  ])("refuse %s", (_, options, says) => {
    expect(() => checkOptions(options as never)).toThrow(says);
  });
});
