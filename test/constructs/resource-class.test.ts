import { App, TerraformOutput, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import {
  DataOvhVrops,
  OutboundProvider,
  OvhVropsFlow,
  Secret,
  TestEmail,
  VropsEmailPlugin,
  VropsNotificationRule,
} from "../../lib";
import { errorOf, only, synth, temporaryDirectory } from "./helper";

jest.mock("../../lib/package/install/package-files", () => ({ executable: () => __filename }));

const flow = { serviceName: "pcc-192-0-2-10", ip: "203.0.113.25", port: 587 };
const plugin = { name: "p", smtpHost: "smtp.example.com", smtpPort: 587, senderAddress: "a@example.com" };

const mail = { smtpHost: "smtp.example.com", smtpPort: 587, fromAddress: "a@example.com", to: ["b@example.com"] };

describe("mistakes are found at synth, by the provider's own validators", () => {
  it("all of a stack at once, with the construct's path and the property as the user spelt it", () => {
    const message = errorOf(() =>
      synth((stack) => {
        new OvhVropsFlow(stack, "flow", { ...flow, ip: "999.1.1.1", port: 26 });
        new VropsNotificationRule(stack, "rule", { name: "r", pluginId: "x", receivers: [] });
        new VropsEmailPlugin(stack, "plugin", { ...plugin, senderAddress: "alerts" });
      }),
    );
    expect(message).toContain("[test/flow]");
    expect(message).toContain("(ip)");
    expect(message).toContain("999");
    expect(message).toContain("(port)");
    expect(message).toContain("Did you mean 587?");
    expect(message).toContain("[test/rule]");
    expect(message).toContain("(receivers)");
    expect(message).toContain("[test/plugin]");
    expect(message).toContain("(senderAddress)");
    expect(message).not.toContain("sender_address");
  });

  it("an unknown criticality, with the nearest one", () => {
    const message = errorOf(() =>
      synth((stack) => {
        const receivers = ["oncall@example.com"];
        new VropsNotificationRule(stack, "r", { name: "r", pluginId: "x", receivers, criticalities: ["CRITCAL"] });
      }),
    );
    expect(message).toContain('Did you mean "CRITICAL"?');
  });

  it("a password without user, naming the property in camelCase", () => {
    const passwordWo = Secret.environment("SMTP_PASSWORD");
    const message = errorOf(() => synth((stack) => new VropsEmailPlugin(stack, "p", { ...plugin, passwordWo })));
    expect(message).toContain("passwordWo");
    expect(message).not.toContain("password_wo");
  });

  it.each([
    ["mail", (stack: TerraformStack, passwordWo: Secret) => new TestEmail(stack, "t", { ...mail, passwordWo })],
    [
      "vROps",
      (stack: TerraformStack, passwordWo: Secret) => new VropsEmailPlugin(stack, "p", { ...plugin, passwordWo }),
    ],
  ])("a password without user (%s)", (_, build) => {
    const message = errorOf(() => synth((stack) => build(stack, Secret.environment("SMTP_PASSWORD"))));
    expect(message).toMatch(/password/i);
    expect(message).toContain("password-without-user");
  });

  it("in nested objects too", () => {
    const message = errorOf(() =>
      synth((stack) => new OvhVropsFlow(stack, "f", { ...flow, timeouts: { create: "soon" } })),
    );
    expect(message).toContain("(timeouts.create)");
  });

  it("what TypeScript would have refused: missing, misspelt and mistyped properties", () => {
    const props = { serviceName: "pcc-192-0-2-10", adress: "203.0.113.25", port: "587" } as never;
    const message = errorOf(() => synth((stack) => new OvhVropsFlow(stack, "f", props)));
    expect(message).toContain("`ip` is missing");
    expect(message).toContain("`adress` is not a property");
    expect(message).toContain("(port)");
    expect(message).toContain("constructs/wrong-type");
  });
});

it("warns once about what is unlikely, however often it is synthesised", () => {
  const app = new App({ outdir: temporaryDirectory() });
  const stack = new TerraformStack(app, "test");
  new VropsEmailPlugin(stack, "p", { ...plugin, security: "tls" });
  app.synth();
  app.synth();
  const warnings = stack.node
    .findAll()
    .flatMap((node) => node.node.metadata)
    .filter(({ type, data }) => type === "@cdktf/warn" && String(data).includes("587"));
  expect(warnings).toHaveLength(1);
});

it("skips what is known only later", () => {
  const act = () =>
    synth((stack) => {
      const variable = new TerraformVariable(stack, "v", {});
      new OvhVropsFlow(stack, "a", { ...flow, ip: variable.stringValue, port: variable.numberValue });
      new OvhVropsFlow(stack, "b", { ...flow, ip: "${var.v}" });
      new VropsNotificationRule(stack, "r", {
        name: `rule ${variable.stringValue}`,
        pluginId: variable.stringValue,
        receivers: Token.asList(variable.value),
        enabled: variable.booleanValue,
      });
    });
  expect(act).not.toThrow();
});

it("writes snake_case attributes, nested ones too, and nothing for what is not given", () => {
  const result = synth((stack) => {
    new OvhVropsFlow(stack, "flow", {
      ...flow,
      adoptExisting: true,
      timeouts: { create: "40m" },
      description: undefined,
    });
    new VropsNotificationRule(stack, "rule", {
      name: "r",
      pluginId: "x",
      receivers: ["oncall@example.com"],
      resourceKinds: [{ adapterKind: "VMWARE", resourceKind: "Datastore" }],
    });
  });
  expect(only(result, "outbound_ovh_vrops_flow")).toEqual({
    "//": expect.anything(),
    service_name: "pcc-192-0-2-10",
    ip: "203.0.113.25",
    port: 587,
    adopt_existing: true,
    timeouts: { create: "40m" },
  });
  expect(only(result, "outbound_vrops_notification_rule")).toMatchObject({
    resource_kinds: [{ adapter_kind: "VMWARE", resource_kind: "Datastore" }],
  });
});

it("offers every attribute as a token of its own type", () => {
  const result = synth((stack) => {
    const one = new OvhVropsFlow(stack, "one", flow);
    const data = new DataOvhVrops(stack, "vrops", { serviceName: one.serviceName });
    new TerraformOutput(stack, "flow", { value: one.flowId });
    new TerraformOutput(stack, "state", { value: one.attribute("state") });
    new TerraformOutput(stack, "url", { value: `url: ${data.url}` });
    new TerraformOutput(stack, "upgrades", { value: data.upgrades });
  });
  expect(result.json["output"]).toMatchObject({
    flow: { value: "${outbound_ovh_vrops_flow.one.flow_id}" },
    state: { value: "${outbound_ovh_vrops_flow.one.state}" },
    url: { value: "url: ${data.outbound_ovh_vrops.vrops.url}" },
    upgrades: { value: "${data.outbound_ovh_vrops.vrops.upgrades}" },
  });
  expect(result.json["data"]).toMatchObject({
    outbound_ovh_vrops: { vrops: { service_name: "${outbound_ovh_vrops_flow.one.service_name}" } },
  });
});

it("has CDKTF's meta-arguments, import and move", () => {
  const result = synth((stack) => {
    const second = new OutboundProvider(stack, "second", { alias: "second" });
    new OutboundProvider(stack, "first");
    const one = new OvhVropsFlow(stack, "one", flow);
    const two = new OvhVropsFlow(stack, "two", {
      ...flow,
      port: 465,
      provider: second,
      dependsOn: [one],
      lifecycle: { preventDestroy: true },
    });
    two.importFrom("pcc-192-0-2-10/7");
    two.moveFromId("outbound_ovh_vrops_flow.old");
  });
  expect(result.json.resource["outbound_ovh_vrops_flow"]!["two"]).toMatchObject({
    provider: "outbound.second",
    depends_on: ["outbound_ovh_vrops_flow.one"],
    lifecycle: { prevent_destroy: true },
  });
  expect(result.json["import"]).toEqual([{ id: "pcc-192-0-2-10/7", to: "outbound_ovh_vrops_flow.two" }]);
  expect(result.json["moved"]).toEqual([{ from: "outbound_ovh_vrops_flow.old", to: "outbound_ovh_vrops_flow.two" }]);
});

it("can be changed until it is synthesised", () => {
  const result = synth((stack) => new OvhVropsFlow(stack, "f", flow).set({ description: "relay" }));
  expect(only(result, "outbound_ovh_vrops_flow")).toMatchObject({ description: "relay", port: 587 });
});

it("knows its Terraform type", () => {
  expect(OvhVropsFlow.tfResourceType).toBe("outbound_ovh_vrops_flow");
});

it("is written as HCL as well", () => {
  const app = new App({ outdir: temporaryDirectory(), hclOutput: true });
  const stack = new TerraformStack(app, "test");
  const receivers = ["oncall@example.com"];
  new VropsNotificationRule(stack, "rule", {
    name: "r",
    pluginId: "x",
    receivers,
    delayMinutes: 5,
    enabled: false,
    resourceKinds: [{ adapterKind: "VMWARE", resourceKind: "Datastore" }],
  });
  expect(Testing.synthHcl(stack).replace(/\s+/g, " ")).toContain(
    'name = "r" plugin_id = "x" receivers = [ "oncall@example.com" ] enabled = false resource_kinds = [ { adapter_kind = "VMWARE" resource_kind = "Datastore" }, ] delay_minutes = 5',
  );
});
