import { TerraformVariable, type TerraformStack } from "cdktf";
import { AlertMail, AlertOps, AlertOpsInboundUrl, Receiver, Secret, SmtpServer, Uptrends } from "../../../lib";
import { errorOf, only, synth } from "../../constructs/helper";

const OPTIONS = { integration: "AlertOps - prod", alertDefinition: "Prod - on-call" };

function declare(stack: TerraformStack, inbound = {}, options = {}): void {
  const server = SmtpServer.startTls("smtp.example.com", { port: 587, sender: { address: "alerts@example.com" } });
  const alerts = new AlertMail(stack, "alerts", { server, receivers: [Receiver.email("oncall@example.com")] });
  alerts.into(
    Uptrends.through(AlertOps.inboundIntegration({ name: "Uptrends prod", escalationPolicy: "Standard", ...inbound }), {
      ...OPTIONS,
      ...options,
    }),
  );
  alerts.testAfterDeploy();
}

describe("Uptrends through AlertOps", () => {
  it("hands the URL over by an ephemeral block, and keeps the old integration until it has the new one", () => {
    const stack = synth((one) => declare(one));
    const attachment = only(stack, "outbound_uptrends_integration_attachment");
    const values = attachment["variable_values_wo"] as Record<string, string>;
    expect(values["ApiUrl"]).toMatch(/^\$\{ephemeral\.outbound_alertops_inbound_integration\.[\w-]+\.api_url\}$/);
    const block = Object.values(
      (stack.json["ephemeral"] as Record<string, object>)["outbound_alertops_inbound_integration"]!,
    );
    expect(block).toEqual([{ id: expect.stringMatching(/^\$\{outbound_alertops_inbound_integration\.[\w-]+\.id\}$/) }]);
    const inbound = only(stack, "outbound_alertops_inbound_integration");
    expect(inbound["lifecycle"]).toEqual({ create_before_destroy: true });
    expect(attachment["depends_on"]).toEqual([expect.stringMatching(/^outbound_alertops_inbound_integration\./)]);
  });

  it("is tested through AlertOps, after the attachment", () => {
    const stack = synth((one) => declare(one));
    const test = only(stack, "outbound_test_email");
    expect(test["via"]).toEqual([{ system: "alertops", id: expect.stringContaining("inbound_integration") }]);
    expect(test["depends_on"]).toContainEqual(expect.stringMatching(/^outbound_uptrends_integration_attachment\./));
    expect(stack.text).toContain("level 1 through AlertOps - prod, Uptrends prod tells Standard");
  });

  it("manages the level only when its settings are given, and variables by any name", () => {
    expect(synth((one) => declare(one)).json.resource["outbound_uptrends_escalation_level"]).toBeUndefined();
    const stack = synth((one) =>
      declare(one, {}, { levelSettings: { thresholdErrorCount: 2 }, urlVariable: "Url", level: 2 }),
    );
    expect(only(stack, "outbound_uptrends_escalation_level")).toMatchObject({ level: 2, threshold_error_count: 2 });
    const attachment = only(stack, "outbound_uptrends_integration_attachment");
    expect(Object.keys(attachment["variable_values_wo"] as object)).toEqual(["Url"]);
  });

  it("takes a URL that only people can copy from a variable, never from a literal", () => {
    const stack = synth((one) => {
      const apiUrl = Secret.variable(new TerraformVariable(one, "alertops_url", { type: "string" }));
      declare(one, { apiUrl });
    });
    expect(stack.text).toContain('"api_url": "${var.alertops_url}"');
    const literal = () =>
      synth((one) => void new AlertOpsInboundUrl(one, "url", { id: "4711", apiUrl: "https://x.example.com" as never }));
    expect(errorOf(literal)).toContain("constructs/literal-secret");
  });

  it("adds members by name or by GUID, to the definition after the way is whole, to the level at once", () => {
    const guid = "3f1c0c1e-6a8e-4d0a-9a55-0f5f7f0a1b2c";
    const stack = synth((one) => {
      const operator = new TerraformVariable(one, "operator", { type: "string" });
      declare(
        one,
        {},
        {
          monitors: ["Shop"],
          monitorGroups: [guid],
          operators: [operator.stringValue],
          operatorGroups: ["NOC"],
          level: 2,
        },
      );
    });
    const members = (type: string) =>
      Object.values(stack.json.resource[type] as Record<string, Record<string, unknown>>);
    const data = stack.json["data"] as Record<string, Record<string, object>>;
    expect(Object.values(data["outbound_uptrends_monitor"]!)).toMatchObject([{ name: "Shop" }]);
    expect(Object.values(data["outbound_uptrends_operator_group"]!)).toMatchObject([{ name: "NOC" }]);
    expect(data["outbound_uptrends_monitor_group"]).toBeUndefined();
    const watched = members("outbound_uptrends_alert_definition_member");
    expect(watched.map((one) => one["monitor_id"] ?? one["monitor_group_id"]).sort()).toEqual([
      expect.stringMatching(/^\$\{data\.outbound_uptrends_monitor\.[\w-]+\.id\}$/),
      guid,
    ]);
    for (const one of watched) {
      expect(one["depends_on"]).toEqual([expect.stringMatching(/^outbound_uptrends_integration_attachment\./)]);
    }
    const told = members("outbound_uptrends_escalation_level_member");
    expect(told.map((one) => [one["level"], one["operator_id"] ?? one["operator_group_id"]]).sort()).toEqual([
      [2, expect.stringContaining("data.outbound_uptrends_operator_group.")],
      [2, "${var.operator}"],
    ]);
    expect(told.map((one) => one["depends_on"])).toEqual([undefined, undefined]);
  });

  it("finds a definition that exists, and makes none", () => {
    const stack = synth((one) => declare(one, {}, { alertDefinition: Uptrends.existing("Prod - on-call") }));
    expect(stack.json.resource["outbound_uptrends_alert_definition"]).toBeUndefined();
    const attachment = only(stack, "outbound_uptrends_integration_attachment");
    expect(attachment["alert_definition_id"]).toMatch(/^\$\{data\.outbound_uptrends_alert_definition\.[\w-]+\.id\}$/);
    expect(errorOf(() => Uptrends.existing(42 as never))).toContain("constructs/wrong-type");
  });

  it("warns of a definition that is made to alert for nothing", () => {
    const warningsOf = (options: object) => {
      let stack: TerraformStack | undefined;
      synth((one) => declare((stack = one), {}, options));
      return stack!.node
        .findAll()
        .flatMap(({ node }) =>
          node.metadata.filter(({ type }) => type.includes("warn")).map(({ data }) => String(data)),
        );
    };
    expect(warningsOf({})).toEqual([expect.stringContaining('"Prod - on-call" is given no monitors')]);
    expect(warningsOf({ monitorGroups: ["Production"] })).toEqual([]);
    expect(warningsOf({ alertDefinition: Uptrends.existing("Prod - on-call") })).toEqual([]);
    expect(warningsOf({ adoptExisting: true })).toEqual([]);
  });
});
