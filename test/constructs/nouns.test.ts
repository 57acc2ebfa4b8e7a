import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { Resource as NullResource } from "@cdktf/provider-null/lib/resource";
import { App, TerraformStack, TerraformVariable, Testing } from "cdktf";
import {
  AlertMail,
  AlertRoute,
  Destination,
  OutboundFlow,
  OutboundProvider,
  OvhVrops,
  OvhVropsFlow,
  Port,
  PostDeployTest,
  Receiver,
  Secret,
  SmtpPlugin,
  SmtpServer,
  Vrops,
  type PluginTarget,
} from "../../lib";
import { errorOf, only, read, synth, temporaryDirectory } from "./helper";

jest.mock("../../lib/package/install/package-files", () => ({ executable: () => __filename }));

const relay = SmtpServer.startTls("smtp.example.com", {
  ip: "203.0.113.25",
  port: 587,
  login: { user: "alerts", password: Secret.environment("SMTP_PASSWORD", { version: 2 }) },
  sender: { address: "alerts@example.com", name: "Alerting" },
});
const oncall = Receiver.email("oncall@example.com");
const cloud = OvhVrops.service("pcc-192-0-2-10");
const urgent = { criticalities: ["CRITICAL", "IMMEDIATE"] as const };

/** The one resource of a type, by its name in Terraform. */
const address = (result: ReturnType<typeof synth>, type: string) => {
  const names = Object.keys(result.json.resource[type]!);
  expect(names).toHaveLength(1);
  return `${type}.${names[0]}`;
};

describe("AlertMail refuses", () => {
  const mail = (stack: TerraformStack) => new AlertMail(stack, "alerts", { server: relay, receivers: [oncall] });

  it("to have no receivers", () => {
    const act = () => synth((stack) => new AlertMail(stack, "alerts", { server: relay, receivers: [] }));
    expect(act).toThrow("constructs/no-receivers");
  });

  it("a flow to a server whose address it does not know", () => {
    const server = SmtpServer.startTls("smtp.example.com", { sender: { address: "a@example.com" } });
    const act = () => synth((stack) => new AlertMail(stack, "a", { server, receivers: [oncall] }).through(cloud));
    expect(errorOf(act)).toContain("The firewall flow to smtp.example.com needs the server's IPv4 address");
  });

  it("the same platform or plugin twice, and a second test", () => {
    expect(() => synth((stack) => [cloud, cloud].forEach((target) => mail(stack).through(target)))).toThrow();
    const twice = (act: (alerts: AlertMail) => void) => () =>
      synth((stack) => {
        const alerts = mail(stack);
        act(alerts);
        act(alerts);
      });
    expect(twice((alerts) => alerts.through(cloud))).toThrow("constructs/declared-twice");
    expect(twice((alerts) => alerts.into(Vrops.standardEmail({ name: "Prod SMTP" })))).toThrow(
      "constructs/declared-twice",
    );
    expect(twice((alerts) => alerts.testAfterDeploy())).toThrow("constructs/declared-twice");
  });

  it("a name that only Terraform knows as part of an address", () => {
    const act = () =>
      synth((stack) => mail(stack).through(OvhVrops.service(new TerraformVariable(stack, "pcc", {}).stringValue)));
    expect(act).toThrow("constructs/needs-an-id");
  });

  it("a test through plugins of two providers", () => {
    const act = () =>
      synth((stack) => {
        const alerts = mail(stack);
        const provider = new OutboundProvider(stack, "second", { alias: "second" });
        alerts.into(Vrops.standardEmail({ name: "one" }));
        alerts.into(Vrops.standardEmail({ name: "two", provider }), { id: "two" });
        alerts.testAfterDeploy();
      });
    expect(act).toThrow("constructs/plugins-of-two-providers");
  });

  it("to be depended on while it is empty", () => {
    expect(() => synth((stack) => void mail(stack).fqn)).toThrow("constructs/nothing-declared");
  });

  it("an unknown criticality, at compile time and at synth", () => {
    const act = () =>
      synth((stack) =>
        mail(stack).into(Vrops.standardEmail({ name: "Prod SMTP" }), {
          // @ts-expect-error -- not one of vROps' criticalities
          alerts: { criticalities: ["CRITCAL"] },
        }),
      );
    expect(errorOf(act)).toContain('Did you mean "CRITICAL"?');
  });
});

describe("AlertMail", () => {
  const build = (stack: TerraformStack) => {
    const alerts = new AlertMail(stack, "alerts", { server: relay, receivers: [oncall] });
    alerts.through(cloud);
    alerts.into(Vrops.standardEmail({ name: "Prod SMTP" }), { alerts: urgent });
    alerts.testAfterDeploy();
    return alerts;
  };

  it("makes flow, plugin, route and test out of four lines", () => {
    const result = synth(build);
    expect(only(result, "outbound_ovh_vrops_flow")).toMatchObject({
      service_name: "pcc-192-0-2-10",
      ip: "203.0.113.25",
      port: 587,
    });
    expect(only(result, "outbound_vrops_email_plugin")).toMatchObject({
      name: "Prod SMTP",
      smtp_host: "smtp.example.com",
      smtp_port: 587,
      security: "starttls",
      username: "alerts",
      password_wo: "${ephemeral.outbound_environment.SMTP_PASSWORD.value}",
      password_wo_version: 2,
      sender_address: "alerts@example.com",
      sender_name: "Alerting",
    });
    expect(only(result, "outbound_vrops_notification_rule")).toMatchObject({
      name: "Alerts via Prod SMTP",
      plugin_id: `\${${address(result, "outbound_vrops_email_plugin")}.id}`,
      receivers: ["oncall@example.com"],
      criticalities: ["CRITICAL", "IMMEDIATE"],
    });
    expect(only(result, "outbound_test_email")).toMatchObject({
      smtp_host: "smtp.example.com",
      from_address: "alerts@example.com",
      to: ["oncall@example.com"],
      declared_flows: ["203.0.113.25:587"],
      via: [{ system: "vrops", id: `\${${address(result, "outbound_vrops_email_plugin")}.id}` }],
    });
  });

  it("orders flow, plugin, route and test by real dependencies", () => {
    const result = synth(build);
    const flow = address(result, "outbound_ovh_vrops_flow");
    const plugin = address(result, "outbound_vrops_email_plugin");
    const route = address(result, "outbound_vrops_notification_rule");
    expect(only(result, "outbound_vrops_email_plugin")["depends_on"]).toEqual([flow]);
    expect(only(result, "outbound_vrops_notification_rule")["depends_on"]).toEqual([plugin]);
    expect(only(result, "outbound_test_email")["depends_on"]).toEqual([flow, plugin, route]);
  });

  it("comes to the same whatever the order of the calls", () => {
    const result = synth((stack) => {
      const alerts = new AlertMail(stack, "alerts", { server: relay, receivers: [oncall] });
      alerts.testAfterDeploy();
      alerts.into(Vrops.standardEmail({ name: "Prod SMTP" }), { alerts: urgent });
      alerts.through(cloud);
    });
    const expected = synth(build);
    const test = only(result, "outbound_test_email");
    expect(new Set(test["depends_on"] as string[])).toEqual(
      new Set(only(expected, "outbound_test_email")["depends_on"] as string[]),
    );
    expect(only(result, "null_resource")["triggers"]).toEqual(only(expected, "null_resource")["triggers"]);
    expect(only(result, "outbound_vrops_email_plugin")["depends_on"]).toEqual([
      address(result, "outbound_ovh_vrops_flow"),
    ]);
  });

  it("says in the triggers why a test will run", () => {
    const result = synth(build);
    expect(only(result, "null_resource")["triggers"]).toEqual({
      server: "smtp.example.com:587 with STARTTLS as alerts, from alerts@example.com",
      password: "SMTP_PASSWORD, version 2",
      receivers: "oncall@example.com",
      "flow pcc-192-0-2-10 203.0.113.25:587": `\${${address(result, "outbound_ovh_vrops_flow")}.id}`,
      "plugin Prod SMTP": `\${${address(result, "outbound_vrops_email_plugin")}.id}: Prod SMTP, enabled`,
      "route alerts/route-Prod SMTP": "alerts CRITICAL or IMMEDIATE to oncall@example.com",
    });
  });

  it("replaces the test with its triggers, by the bare address that Terraform accepts", () => {
    const result = synth(build);
    expect(only(result, "outbound_test_email")["lifecycle"]).toEqual({
      replace_triggered_by: [address(result, "null_resource")],
    });
  });

  it("tests with the provider that the plugins belong to", () => {
    const result = synth((stack) => {
      const provider = new OutboundProvider(stack, "lyon", {
        alias: "lyon",
        vrops: { url: "https://lyon.example.com" },
      });
      const alerts = new AlertMail(stack, "alerts", { server: relay, receivers: [oncall] });
      alerts.into(Vrops.standardEmail({ name: "p", provider }));
      alerts.testAfterDeploy();
    });
    for (const type of ["outbound_vrops_email_plugin", "outbound_vrops_notification_rule", "outbound_test_email"]) {
      expect(only(result, type)["provider"]).toBe("outbound.lyon");
    }
    expect(result.json["provider"]).toMatchObject({ outbound: [{ alias: "lyon" }] });
  });

  it("has several routes, each with an address of its own", () => {
    const daily = Receiver.email("daily@example.com");
    const result = synth((stack) => {
      const alerts = new AlertMail(stack, "alerts", { server: relay, receivers: [oncall] });
      alerts.into(Vrops.standardEmail({ name: "p" }), {
        routes: {
          urgent: { receivers: [oncall], alerts: urgent },
          daily: { receivers: [daily], alerts: { criticalities: ["WARNING"] } },
        },
      });
      alerts.testAfterDeploy();
    });
    expect(Object.values(result.json.resource["outbound_vrops_notification_rule"]!)).toMatchObject([
      { name: "daily via p", receivers: ["daily@example.com"] },
      { name: "urgent via p", receivers: ["oncall@example.com"] },
    ]);
    expect(only(result, "outbound_test_email")["to"]).toEqual(["oncall@example.com", "daily@example.com"]);
  });

  it("can be waited for: others depend on the test", () => {
    const result = synth((stack) => {
      const alerts = build(stack);
      new OvhVropsFlow(stack, "late", { serviceName: "pcc-1", ip: "203.0.113.9", port: 25, dependsOn: [alerts] });
    });
    expect(result.json.resource["outbound_ovh_vrops_flow"]!["late"]!["depends_on"]).toEqual([
      address(result, "outbound_test_email"),
    ]);
  });

  it("is written as HCL with references that Terraform accepts", () => {
    const app = new App({ outdir: temporaryDirectory() });
    const stack = new TerraformStack(app, "test");
    const password = Secret.variable(new TerraformVariable(stack, "smtp_password", {}));
    const server = SmtpServer.startTls("smtp.example.com", {
      ip: "203.0.113.25",
      login: { user: "alerts", password },
      sender: { address: "alerts@example.com" },
    });
    const alerts = new AlertMail(stack, "alerts", { server, receivers: [oncall] });
    const { resource } = alerts.through(cloud);
    alerts.into(Vrops.standardEmail({ name: "Prod SMTP" }));
    const { changes } = alerts.testAfterDeploy();
    const hcl = Testing.synthHcl(stack);
    expect(hcl).toContain(`replace_triggered_by = [null_resource.${changes.friendlyUniqueId}]`);
    expect(hcl).toContain(`depends_on = [outbound_ovh_vrops_flow.${resource.friendlyUniqueId}]`);
    expect(hcl).toContain('password_wo = "${var.smtp_password}"');
  });

  it("has a secret of the environment beside its HCL, and no second notation of itself", () => {
    const outdir = temporaryDirectory();
    const files = (hclOutput: boolean) => {
      const app = new App({ outdir, hclOutput });
      build(new TerraformStack(app, "test"));
      app.synth();
      const directory = join(outdir, "stacks", "test");
      return { directory, names: readdirSync(directory).filter((name) => /\.tf(\.json)?$/.test(name)) };
    };
    expect(files(false).names).toEqual(["cdk.tf.json"]);
    const { directory, names } = files(true);
    expect(names).toEqual(["cdk.tf", "outbound-environment-SMTP_PASSWORD.tf.json"]);
    expect(JSON.parse(readFileSync(join(directory, names[1]!), "utf8"))).toEqual({
      ephemeral: { outbound_environment: { SMTP_PASSWORD: { name: "SMTP_PASSWORD" } } },
    });
    expect(readFileSync(join(directory, "cdk.tf"), "utf8")).toContain(
      '"${ephemeral.outbound_environment.SMTP_PASSWORD.value}"',
    );
    expect(files(false).names).toEqual(["cdk.tf.json"]);
  });

  it("is synthesised to the same again", () => {
    expect(synth(build).text).toBe(synth(build).text);
    const app = new App({ outdir: temporaryDirectory() });
    const stack = new TerraformStack(app, "test");
    build(stack);
    app.synth();
    const first = read(app, stack).text;
    app.synth();
    expect(read(app, stack).text).toBe(first);
  });
});

describe("the nouns one by one", () => {
  it("a flow to any destination, whose address is its construct's", () => {
    const result = synth((stack) => {
      const to = { destination: Destination.ipv4("203.0.113.7"), port: Port.smtp(25) };
      new OutboundFlow(stack, "relay", { through: cloud, to, description: "old relay" });
    });
    expect(result.json.resource["outbound_ovh_vrops_flow"]!["relay"]).toMatchObject({
      ip: "203.0.113.7",
      port: 25,
      description: "old relay",
    });
  });

  it("plugin, route and test, each after what it is told", () => {
    const result = synth((stack) => {
      const flow = new OutboundFlow(stack, "flow", { through: cloud, to: relay });
      const into = Vrops.standardEmail({ name: "p" });
      const plugin = new SmtpPlugin(stack, "plugin", { into, server: relay, dependsOn: [flow] });
      const route = new AlertRoute(stack, "route", { plugin, receivers: [oncall], alerts: urgent });
      new PostDeployTest(stack, "test", {
        server: relay,
        receivers: [oncall],
        flows: [flow],
        plugins: [plugin],
        routes: [route],
        rerun: "2026-11-21",
        onFailure: "warn",
      });
    });
    expect(only(result, "outbound_test_email")).toMatchObject({
      on_failure: "warn",
      depends_on: [
        "outbound_ovh_vrops_flow.flow",
        "outbound_vrops_email_plugin.plugin",
        "outbound_vrops_notification_rule.route",
      ],
    });
    expect(only(result, "null_resource")["triggers"]).toMatchObject({ rerun: "2026-11-21" });
  });

  it("a route through a platform without routes is refused, and AlertMail makes none", () => {
    const one: PluginTarget = {
      name: "mail",
      kind: "mail",
      bindPlugin: (scope, id) => {
        const resource = new NullResource(scope, id);
        return { resource, system: "other", id: resource.id, fingerprint: "on" };
      },
    };
    const act = () =>
      synth((stack) => {
        const plugin = new SmtpPlugin(stack, "plugin", { into: one, server: relay });
        new AlertRoute(stack, "route", { plugin, receivers: [oncall] });
      });
    expect(act).toThrow("constructs/no-routes");
    const mail = synth((stack) => {
      new NullProvider(stack, "null");
      new AlertMail(stack, "alerts", { server: relay, receivers: [oncall] }).into(one);
    });
    expect(Object.keys(mail.json.resource)).toEqual(["null_resource"]);
  });
});
