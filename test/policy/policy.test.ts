import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack, Testing } from "cdktf";
import { AlertMail, OvhVrops, Policy, Receiver, Secret, SmtpServer, Vrops } from "../../lib";
import { readPolicy } from "../../lib/policy/read-policy";
import { errorOf, read, synth, temporaryDirectory } from "../constructs/helper";

jest.mock("../../lib/package/install/package-files", () => ({ executable: () => __filename }));

const sender = { address: "alerts@example.com" };
const login = { user: "alerts", password: Secret.environment("SMTP_PASSWORD") };
const secure = () => SmtpServer.startTls("smtp.example.com", { ip: "198.100.1.25", login, sender });
const plain = () => SmtpServer.plain("smtp.example.com", { ip: "198.100.1.25", login, sender });

function chain(stack: TerraformStack, server: SmtpServer): AlertMail {
  const alerts = new AlertMail(stack, "alerts", { server, receivers: [Receiver.email("oncall@example.com")] });
  alerts.through(OvhVrops.service("pcc-192-0-2-10"));
  alerts.into(Vrops.standardEmail({ name: "Prod" }), { alerts: { criticalities: ["CRITICAL"] } });
  alerts.testAfterDeploy();
  return alerts;
}

describe("a policy of a stack", () => {
  it("stops the synth with what is wrong, where, why and what to do", () => {
    const message = errorOf(() =>
      synth((stack) => {
        Policy.attach(stack);
        chain(stack, plain());
      }),
    );
    expect(message).toContain(
      "test/alerts/plugin-vrops/Default: Mail to smtp.example.com:25 is sent without encryption",
    );
    expect(message).toContain("What to do: Submit on port 587");
    expect(message).toContain("plaintext-port-25, docs/reference/rules/plaintext-port-25.md");
  });

  it("has looked at every construct", () => {
    let policy: Policy | undefined;
    const { stack } = synth((one) => {
      policy = Policy.attach(one);
      chain(one, secure());
    });
    expect(policy!.visitedNodes).toBe(stack.node.findAll().length);
    const passed = policy!.report!.results.filter(({ outcome }) => outcome === "pass").map(({ rule }) => rule.id);
    expect(passed).toEqual([
      "tls-required",
      "authentication-required",
      "retired-authentication",
      "flow-has-user",
      "flow-to-public-address",
      "route-has-filter",
      "receivers-once",
      "test-email-present",
    ]);
    expect(policy!.report!.findings).toEqual([]);
  });

  it("fails when it has looked at nothing, instead of praising it", () => {
    const stack = new TerraformStack(new App({ outdir: temporaryDirectory() }), "test");
    const policy = Policy.attach(stack);
    chain(stack, plain());
    // What happens when nothing runs the aspects: validations alone.
    expect(policy.node.validate().join()).toContain("policy/nothing-visited");
    expect(policy.report).toBeUndefined();
  });

  it("judges what Terraform will get: overrides count, references are not guessed", () => {
    const message = errorOf(() =>
      synth((stack) => {
        Policy.attach(stack, { severities: { "tls-required": "error" } });
        const { plugins } = chain(stack, secure());
        plugins[0]!.resource.addOverride("security", "none");
      }),
    );
    expect(message).toContain("tls-required");
    expect(message).not.toContain("flow-has-user");
  });

  it("follows references: two routes of one plugin are told apart from routes of two", () => {
    const { warnings } = synth((stack) => {
      Policy.attach(stack);
      const receivers = [Receiver.email("oncall@example.com")];
      const alerts = new AlertMail(stack, "alerts", { server: secure(), receivers });
      const routes = {
        urgent: { receivers, alerts: { criticalities: ["CRITICAL" as const] } },
        later: { receivers, alerts: { criticalities: ["CRITICAL" as const, "WARNING" as const] } },
      };
      alerts.into(Vrops.standardEmail({ name: "A" }), { routes });
      alerts.into(Vrops.standardEmail({ name: "B" }), { id: "B", alerts: { criticalities: ["CRITICAL"] } });
    });
    const twice = warnings.filter((text) => text.includes("receivers-once"));
    expect(twice).toHaveLength(1);
    expect(twice[0]).toContain(
      "oncall@example.com gets these alerts already by outbound_vrops_notification_rule.alerts_route-vrops-later",
    );
  });

  it("shows warnings once, however often it is synthesised", () => {
    const app = new App({ outdir: temporaryDirectory() });
    const stack = new TerraformStack(app, "test");
    Policy.attach(stack);
    new AlertMail(stack, "alerts", { server: secure(), receivers: [Receiver.email("a@example.com")] }).into(
      Vrops.standardEmail({ name: "Prod" }),
    );
    app.synth();
    app.synth();
    const texts = read(app, stack).warnings.filter((text) => /route-has-filter|test-email-present/.test(text));
    expect(texts).toHaveLength(2);
  });

  it("is found to be different for each stack of an app", () => {
    const app = new App({ outdir: temporaryDirectory() });
    const stacks = ["one", "two"].map((id) => new TerraformStack(app, id));
    chain(stacks[0]!, secure());
    chain(stacks[1]!, plain());
    const policies = Policy.attachToAll(app);
    const message = errorOf(() => app.synth());
    expect(policies).toHaveLength(2);
    expect(message).toContain("two/alerts");
    expect(message).not.toContain("one/alerts");
  });

  it("cannot be attached to an App, where CDKTF would never run it, nor twice", () => {
    expect(() => Policy.attach(new App({ outdir: temporaryDirectory() }))).toThrow("policy/not-a-stack");
    const stack = new TerraformStack(Testing.app(), "test");
    Policy.attach(stack);
    expect(() => Policy.attach(stack)).toThrow("policy/attached-twice");
  });
});

describe("an acknowledgement", () => {
  it.each(["", "  ", undefined])("without a reason (%j) is refused", (reason) => {
    const stack = new TerraformStack(Testing.app(), "test");
    expect(() => Policy.acknowledge(stack, "tls-required", reason as string)).toThrow("policy/reason-missing");
  });

  it("of a rule that does not exist is refused", () => {
    const stack = new TerraformStack(Testing.app(), "test");
    expect(() => Policy.acknowledge(stack, "tls", "MAIL-42")).toThrow("policy/unknown-rule");
  });

  it("in a stack without a policy is refused, because nobody would read it", () => {
    const message = errorOf(() => synth((stack) => Policy.acknowledge(stack, "tls-required", "MAIL-42")));
    expect(message).toContain("policy/acknowledged-without-policy");
  });

  it("lets the synth pass, stays visible, and stands beside the stack for the review", () => {
    const { directory, warnings } = synth((stack) => {
      Policy.attach(stack, { allowedDomains: ["example.com"] });
      const alerts = chain(stack, plain());
      Policy.acknowledge(alerts.plugins[0]!, "plaintext-port-25", " Relay in the same rack, MAIL-42 ");
    });
    expect(warnings).toContain(
      "Mail to smtp.example.com:25 is sent without encryption (plaintext-port-25), acknowledged: Relay in the same rack, MAIL-42",
    );
    expect(readPolicy(directory)).toEqual({
      version: 1,
      options: { allowedDomains: ["example.com"] },
      acknowledgements: [
        {
          rule: "plaintext-port-25",
          reason: "Relay in the same rack, MAIL-42",
          path: "test/alerts/plugin-vrops",
          addresses: [expect.stringMatching(/^outbound_vrops_email_plugin\.alerts_plugin-vrops/)],
        },
      ],
    });
  });

  it("holds for its construct only", () => {
    const message = errorOf(() =>
      synth((stack) => {
        Policy.attach(stack);
        const alerts = chain(stack, plain());
        Policy.acknowledge(alerts.flows[0]!, "plaintext-port-25", "MAIL-42");
      }),
    );
    expect(message).toContain("plaintext-port-25");
  });
});

describe("the file beside the stack", () => {
  it("is absent when no policy was attached", () => {
    expect(readPolicy(synth((stack) => void chain(stack, secure())).directory)).toBeUndefined();
  });

  it.each(["{", "[]", '{"version": 2}'])("that is damaged (%s) is an error, not an empty policy", (text) => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "outbound-policy.json"), text);
    expect(() => readPolicy(directory)).toThrow("policy/not-a-policy-file");
  });
});
