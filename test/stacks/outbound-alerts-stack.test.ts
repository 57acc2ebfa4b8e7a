import { App } from "cdktf";
import { Receiver, Secret, SmtpServer } from "../../lib";
import production from "../../stacks/environments/production.example";
import type { AlertPlatform, OutboundEnvironment } from "../../stacks/environment";
import { environmentNames, loadEnvironment } from "../../stacks/environments";
import { OutboundAlertsStack } from "../../stacks/outbound-alerts-stack";
import { errorOf, read, temporaryDirectory } from "../constructs/helper";

jest.mock("../../lib/package/install/package-files", () => ({ executable: () => __filename }));

const PASSWORD = "correct-horse-battery";
const sandbox = {
  SMTP_PASSWORD: PASSWORD,
  OUTBOUND_SANDBOX_SMTP_HOST: "127.99.1.1",
  OUTBOUND_SANDBOX_SMTP_PORT: "2525",
  OUTBOUND_SANDBOX_SMTP_USER: "alerts",
  OUTBOUND_SANDBOX_SMTP_CA: "-----BEGIN CERTIFICATE-----",
  OUTBOUND_SANDBOX_SMTP_THUMBPRINT: "AA:BB:CC:DD:EE:FF:00:11:22:33",
};

function deploy(environment: OutboundEnvironment) {
  const app = new App({ outdir: temporaryDirectory() });
  const stack = new OutboundAlertsStack(app, "outbound-test", environment);
  app.synth();
  return read(app, stack);
}

/** Every Terraform address of a configuration. */
function addresses({ json }: ReturnType<typeof read>): string[] {
  return Object.entries(json.resource)
    .flatMap(([type, resources]) => Object.keys(resources).map((name) => `${type}.${name}`))
    .sort();
}

describe("an environment", () => {
  it("that does not exist is answered with those that do, and how to add one", () => {
    const message = errorOf(() => loadEnvironment("sandbax", {}));
    expect(message).toContain("stacks/unknown-environment");
    expect(message).toMatch(/one of .*sandbox/);
    expect(message).toContain("stacks/environments/sandbax.ts");
  });

  it("cannot be chosen by a path", () => {
    expect(() => loadEnvironment("../required", {})).toThrow("stacks/unknown-environment");
  });

  it("is listed by its file's name, examples left out", () => {
    expect(environmentNames()).toContain("sandbox");
    expect(environmentNames().join()).not.toContain("example");
  });

  it("that needs a variable says which one and where it comes from", () => {
    const message = errorOf(() => loadEnvironment("sandbox", { ...sandbox, OUTBOUND_SANDBOX_SMTP_HOST: undefined }));
    expect(message).toContain("OUTBOUND_SANDBOX_SMTP_HOST");
    expect(message).toContain("npx outbound sandbox");
  });
});

describe("the sandbox environment", () => {
  it("is a whole chain without registry and without secret", () => {
    const { json, text } = deploy(loadEnvironment("sandbox", sandbox));
    expect(Object.keys(json.resource).sort()).toEqual([
      "null_resource",
      "outbound_ovh_vrops_flow",
      "outbound_test_email",
      "outbound_vrops_email_plugin",
      "outbound_vrops_notification_rule",
    ]);
    expect(text).not.toContain(PASSWORD);
    expect(json["terraform"]).toMatchObject({
      required_providers: { null: { source: "registry.terraform.io/cdktf-outbound/null" } },
    });
  });

  it("warns of nothing, and shows what it accepts", () => {
    expect(deploy(loadEnvironment("sandbox", sandbox)).warnings).toEqual([
      "The flow leads to 127.99.1.1, which is the machine itself (loopback) (flow-to-public-address), acknowledged: The sandbox's SMTP server is on this machine",
    ]);
  });
});

describe("a fleet", () => {
  const server = SmtpServer.startTls("smtp.example.com", {
    ip: "203.0.113.25",
    login: { user: "alerts", password: Secret.environment("SMTP_PASSWORD") },
    sender: { address: "alerts@example.com" },
  });
  const platform = (site: string, octet: number): AlertPlatform => ({
    service: `pcc-192-0-2-${octet}`,
    server,
    plugin: "Alert relay",
    receivers: [Receiver.email("oncall@example.com")],
    alerts: { criticalities: ["CRITICAL"] },
    vrops: { url: `https://vrops-${site}.example.com` },
  });
  const [paris, lyon, lille] = [platform("paris", 10), platform("lyon", 20), platform("lille", 30)];

  it("has a provider configuration for each vROps, and each platform uses its own", () => {
    const { json } = deploy({ platforms: { paris, lyon }, provider: { ovh: { endpoint: "ovh-eu" } } });
    expect(json["provider"]).toMatchObject({
      outbound: [
        { ovh: { endpoint: "ovh-eu" } },
        { alias: "paris", vrops: { url: "https://vrops-paris.example.com" }, ovh: { endpoint: "ovh-eu" } },
        { alias: "lyon", vrops: { url: "https://vrops-lyon.example.com" } },
      ],
    });
    for (const [type, resources] of Object.entries(json.resource)) {
      if (type === "null_resource") continue;
      for (const [name, { provider }] of Object.entries(resources))
        expect(provider).toBe(`outbound.${name.split("_")[0]}`);
    }
  });

  it("keeps its addresses when the order changes and when a platform is added", () => {
    const one = addresses(deploy({ platforms: { paris, lyon } }));
    const two = addresses(deploy({ platforms: { lyon, paris } }));
    const three = addresses(deploy({ platforms: { lille, lyon, paris } }));
    expect(two).toEqual(one);
    expect(three).toEqual(expect.arrayContaining(one));
    expect(three).toHaveLength((one.length / 2) * 3);
  });

  it("may leave out flow and test", () => {
    const { json } = deploy({ platforms: { paris: { ...paris, service: undefined, test: false } } });
    expect(Object.keys(json.resource).sort()).toEqual([
      "outbound_vrops_email_plugin",
      "outbound_vrops_notification_rule",
    ]);
  });
});

it("the production example is a fleet with its state in a bucket, and is sound", () => {
  const { json, warnings } = deploy(production({}));
  expect(json["terraform"]).toMatchObject({ backend: { s3: { bucket: "example-terraform-state" } } });
  expect(Object.keys(json.resource["outbound_vrops_notification_rule"]!)).toHaveLength(4);
  // Its address is from the documentation: whoever copies it has to put in their own.
  expect(warnings).toHaveLength(2);
  expect(warnings.every((text) => text.includes("203.0.113.25, which is reserved for documentation"))).toBe(true);
});
