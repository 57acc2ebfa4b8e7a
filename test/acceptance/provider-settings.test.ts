import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform, words } from "./support/terraform";

/** What a user meets before the first apply: settings that are missing, wrong, or made by another resource of the same run. */

/** One resource of every system that is logged in to; those of vROps, AlertOps and UiPath ask their system while planning. */
const EVERY_SYSTEM = `
resource "outbound_ovh_vrops_flow" "this" {
  service_name = "pcc-192-0-2-10"
  ip           = "203.0.113.25"
  port         = 587
}
resource "outbound_vrops_plugin" "this" {
  plugin_type_id = "Log File"
  name           = "Alert log"
  config_values  = { output_folder = "/var/log/alerts" }
}
resource "outbound_uipath_webhook" "this" {
  name = "Faults to on-call"
  url  = "https://alerts.example.com/uipath"
}
resource "outbound_uipath_system_mail" "this" {
  smtp_host      = "203.0.113.25"
  smtp_port      = 587
  sender_address = "alerts@example.com"
}
resource "outbound_alertops_inbound_integration" "this" {
  name             = "Uptrends prod"
  recipient_groups = ["NOC"]
}
resource "outbound_uptrends_alert_definition" "this" {
  name = "Prod"
}`;

const SYSTEMS = ["ovh", "vrops", "uipath", "alertops", "uptrends"] as const;

let sandbox: Sandbox;
let terraform: Terraform;

afterEach(async () => {
  terraform?.remove();
  await sandbox?.close();
});

async function open(config: string, environment: Record<string, string>): Promise<void> {
  terraform = new Terraform(environment, "started");
  terraform.write(config);
  await terraform.init();
}

/** Requests that change nothing and ask nothing but who we are are not counted. */
const writes = () => sandbox.requests.list().filter(({ method, path }) => method !== "GET" && !/auth|token/.test(path));

describe("a plan for somebody who has set nothing at all", () => {
  it("names, for each system, the attributes and the variables, and sends nothing", async () => {
    sandbox = await startSandbox();
    await open(EVERY_SYSTEM, {});
    const run = await terraform.tryPlan();
    expect(run.code).toBe(1);
    const told = words(run.output);
    for (const [attribute, variable] of [
      ["application_key", "OVH_APPLICATION_KEY"],
      ["vrops.url", "VROPS_URL"],
      ["vrops.password", "VROPS_PASSWORD"],
      ["uipath.url", "UIPATH_URL"],
      ["client_id", "UIPATH_CLIENT_ID"],
      ["alertops.api_key", "ALERTOPS_API_KEY"],
      ["uptrends.username", "UPTRENDS_USERNAME"],
    ] as const) {
      expect(told).toContain(attribute);
      expect(told).toContain(variable);
    }
    expect(told).not.toMatch(/defect/);
    expect(sandbox.requests.list()).toEqual([]);
  }, 60_000);
});

describe("a plan with a login that is refused", () => {
  it.each([
    ["ovh", { OVH_APPLICATION_SECRET: "not-the-secret" }, /signature/],
    ["ovh", { OVH_CONSUMER_KEY: "not-the-key" }, /consumer key/],
    ["vrops", { VROPS_PASSWORD: "not-the-password" }, /the user name or the password/],
    ["uipath", { UIPATH_CLIENT_SECRET: "not-the-secret" }, /UiPath refused the login/],
    ["alertops", { ALERTOPS_API_KEY: "not-the-key" }, /API key/],
    ["uptrends", { UPTRENDS_PASSWORD: "not-the-password" }, /user name or the password/],
  ] as const)(
    "of %s (%j) fails, and tries it once",
    async (system, wrong, said) => {
      sandbox = await startSandbox();
      await open(EVERY_SYSTEM, { ...sandbox.environment(), ...wrong });
      const run = await terraform.tryPlan();
      expect(run.code).toBe(1);
      expect(words(run.output)).toMatch(said);
      expect(run.output).not.toContain("not-the-");
      const refused = sandbox.requests
        .list()
        .filter((one) => one.system === system && one.status >= 400 && one.status !== 404);
      expect(refused.length).toBeLessThanOrEqual(2);
      expect(writes()).toEqual([]);
    },
    60_000,
  );

  it("is no concern of what is not used", async () => {
    sandbox = await startSandbox();
    await open(EVERY_SYSTEM.slice(0, EVERY_SYSTEM.indexOf('resource "outbound_vrops_plugin"')), {
      ...sandbox.environment(),
      VROPS_PASSWORD: "not-the-password",
    });
    expect((await terraform.plan()).actions).toEqual(["create outbound_ovh_vrops_flow.this"]);
  }, 60_000);
});

describe("settings that another resource makes in the same run", () => {
  let other: Sandbox;
  afterEach(() => other?.close());

  /** The fields of a system's block from the sandbox's variables, `unknown` through a resource. */
  const blockOf = (system: string, unknown: (field: string) => boolean): string => {
    const prefix = `${system.toUpperCase()}_`;
    const fields = Object.entries(sandbox.environment())
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length).toLowerCase(), value] as const)
      .filter(([field]) => field !== "test_alerts");
    const known = fields.map(
      ([field, value]) =>
        `${field} = ${unknown(field) ? `terraform_data.made.output.${system}_${field}` : JSON.stringify(value)}`,
    );
    return `${system} = {\n${known.join("\n")}\n}`;
  };
  const made = (): string =>
    Object.entries(sandbox.environment())
      .map(([name, value]) => `${name.toLowerCase()} = ${JSON.stringify(value)}`)
      .join("\n");

  it.each([
    ["an address", (field: string) => /url|endpoint/.test(field)],
    ["a secret", (field: string) => /secret|password|api_key|consumer_key/.test(field)],
    ["everything", () => true],
  ])(
    "%s: the first plan succeeds, and the apply reaches what was made, not what the environment says",
    async (_, unknown) => {
      sandbox = await startSandbox({ options: { alertops: { groups: ["NOC"] } } });
      other = await startSandbox();
      const config = `
resource "terraform_data" "made" {
  input = {
    ${made()}
  }
}
provider "outbound" {
  ${SYSTEMS.map((system) => blockOf(system, unknown)).join("\n")}
}
${EVERY_SYSTEM}`;
      await open(config, other.environment());
      expect((await terraform.plan()).actions).toHaveLength(7);
      expect(sandbox.requests.list()).toEqual([]);
      await terraform.applied();
      expect((await terraform.plan()).actions).toEqual([]);
      expect(other.requests.list()).toEqual([]);
      expect(sandbox.network.list()).toHaveLength(1);
    },
    120_000,
  );

  it("a whole block: what exists is left as it is, with a warning, until it is known", async () => {
    sandbox = await startSandbox();
    other = await startSandbox();
    const { VROPS_URL, VROPS_USERNAME, VROPS_PASSWORD } = sandbox.environment();
    const config = (version: number) => `
resource "terraform_data" "made" {
  input            = { url = "${VROPS_URL}", username = "${VROPS_USERNAME}", password = "${VROPS_PASSWORD}" }
  triggers_replace = ${version}
}
provider "outbound" {
  vrops = terraform_data.made.output
}
resource "outbound_vrops_plugin" "this" {
  plugin_type_id = "Log File"
  name           = "Alert log"
  config_values  = { output_folder = "/var/log/alerts" }
}`;
    await open(config(1), other.environment());
    await terraform.applied();
    sandbox.requests.clear();
    terraform.write(config(2));
    const { actions, text } = await terraform.plan();
    expect(actions).toEqual(["delete+create terraform_data.made"]);
    expect(words(text)).toMatch(/vROps\) was not looked at/);
    expect(sandbox.requests.list()).toEqual([]);
    await terraform.applied();
    expect((await terraform.plan()).actions).toEqual([]);
    expect(other.requests.list().filter(({ system }) => system === "vrops")).toEqual([]);
  }, 120_000);
});
