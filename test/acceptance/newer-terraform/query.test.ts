import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { outboundProvider } from "../../../lib/provider/definition";
import { startSandbox, type Sandbox } from "../../../lib/sandbox";
import { describeWithNewerTerraform, newerTerraform, sayWhatIsSkipped } from "../../support/newer-terraform";
import { Terraform, words } from "../support/terraform";

sayWhatIsSkipped("the acceptance of resource identities and of terraform query");

const TIMEOUT = 180_000;

const DEPLOYED = `
resource "outbound_ovh_vrops_flow" "it" {
  service_name = "pcc-192-0-2-10"
  ip           = "203.0.113.25"
  port         = 587
  description  = "relay"
}
resource "outbound_vrops_email_plugin" "it" {
  name           = "Prod SMTP"
  smtp_host      = "smtp.example.com"
  smtp_port      = 587
  sender_address = "alerts@example.com"
}
resource "outbound_vrops_plugin" "it" {
  plugin_type_id = "Log File"
  name           = "Alert log"
  config_values  = { output_folder = "/var/log/alerts" }
}
resource "outbound_vrops_notification_rule" "it" {
  name      = "On call"
  plugin_id = outbound_vrops_email_plugin.it.id
  receivers = ["oncall@example.com"]
}
resource "outbound_uipath_tenant_mail" "it" {
  smtp_host      = "smtp.example.com"
  smtp_port      = 587
  sender_address = "alerts@example.com"
}
resource "outbound_uipath_system_mail" "it" {
  smtp_host      = "smtp.example.com"
  smtp_port      = 587
  sender_address = "alerts@example.com"
}
resource "outbound_uipath_webhook" "it" {
  name = "Failed jobs"
  url  = "https://hooks.example.com/orchestrator"
}
resource "outbound_uptrends_alert_definition" "it" {
  name = "Prod - on-call"
}
data "outbound_uptrends_monitor" "shop" {
  name = "Shop"
}
resource "outbound_uptrends_alert_definition_member" "it" {
  alert_definition_id = upper(outbound_uptrends_alert_definition.it.id)
  monitor_id          = data.outbound_uptrends_monitor.shop.id
}
data "outbound_uptrends_operator_group" "noc" {
  name = "NOC"
}
resource "outbound_uptrends_escalation_level_member" "it" {
  alert_definition_id = outbound_uptrends_alert_definition.it.id
  level               = 1
  operator_group_id   = data.outbound_uptrends_operator_group.noc.id
}
resource "outbound_uptrends_escalation_level" "it" {
  alert_definition_id = outbound_uptrends_alert_definition.it.id
  level               = 1
}
data "outbound_uptrends_integration" "mail" {
  name = "Email"
}
resource "outbound_uptrends_integration_attachment" "it" {
  alert_definition_id   = outbound_uptrends_alert_definition.it.id
  level                 = 1
  integration_id        = data.outbound_uptrends_integration.mail.id
  extra_email_addresses = ["oncall@example.com"]
}
resource "outbound_alertops_inbound_integration" "it" {
  name              = "Uptrends prod"
  escalation_policy = "Standard"
}`;

const TYPES = [...DEPLOYED.matchAll(/^resource "(\w+)"/gm)].map(([, type]) => type!);

type Identity = Readonly<Record<string, string | number | null>>;

describeWithNewerTerraform("objects that are found and imported by their identities", () => {
  let sandbox: Sandbox;
  let deployed: Terraform;
  const opened: Terraform[] = [];

  const open = async (blocks: string) => {
    const terraform = new Terraform(sandbox.environment(), "started", newerTerraform);
    opened.push(terraform);
    terraform.write(blocks);
    await terraform.init();
    return terraform;
  };

  beforeAll(async () => {
    sandbox = await startSandbox();
    deployed = await open(DEPLOYED);
    await deployed.applied();
  }, TIMEOUT);
  afterAll(async () => {
    for (const terraform of opened) terraform.remove();
    await sandbox?.close();
  });

  it("do not keep the plan of new ones from being read", async () => {
    const other = await open(DEPLOYED.replaceAll("Prod", "Other").replaceAll("relay", "other"));
    expect((await other.plan()).actions).toContain("create outbound_uptrends_alert_definition.it");
  });

  it("are of every type that has a list", () => {
    expect([...TYPES].sort()).toEqual(outboundProvider.listResources!.map(({ handler }) => handler.schema.type).sort());
  });

  it(
    "stand in the state with their identities, and a second plan is empty",
    async () => {
      for (const type of TYPES) expect([type, identityOf(deployed, `${type}.it`)]).toEqual([type, expect.anything()]);
      const flow = deployed.attributes("outbound_ovh_vrops_flow.it");
      expect(identityOf(deployed, "outbound_ovh_vrops_flow.it")).toEqual({
        service_name: "pcc-192-0-2-10",
        flow_id: flow["flow_id"],
      });
      expect((await deployed.plan()).actions).toEqual([]);
    },
    TIMEOUT,
  );

  it(
    "are imported by them, and nothing is left to change",
    async () => {
      const imports = TYPES.map((type) => {
        const given = Object.entries(identityOf(deployed, `${type}.it`)!).filter(([, value]) => value !== null);
        const parts = given.map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
        return `import {\n to = ${type}.it\n identity = {\n${parts.join("\n")}\n}\n}`;
      });
      const importing = await open(`${DEPLOYED}\n${imports.join("\n")}`);
      const plan = await importing.plan();
      expect([...plan.imports].sort()).toEqual(TYPES.map((type) => `${type}.it`).sort());
      expect(plan.actions).toEqual([]);
      await importing.applied();
      for (const type of TYPES) {
        expect([type, identityOf(importing, `${type}.it`)]).toEqual([type, identityOf(deployed, `${type}.it`)]);
      }
      expect((await importing.plan()).actions).toEqual([]);
    },
    TIMEOUT,
  );

  it(
    "refuse an identity that says not which one is meant",
    async () => {
      const importing = await open(
        `import {\n to = outbound_uptrends_alert_definition_member.it\n provider = outbound\n identity = {\n alert_definition_id = "e06bcd76-b20f-42de-a2d4-5b2a4daad902"\n}\n}`,
      );
      const { code, output } = await importing.tryPlan("-generate-config-out=generated.tf");
      expect(code).toBe(1);
      expect(words(output)).toContain("terraform/incomplete-identity");
    },
    TIMEOUT,
  );

  it(
    "are found by terraform query, and what it writes adopts them as they are",
    async () => {
      const asking = await open("");
      writeQuery(
        asking,
        TYPES.map((type) => listBlock(type, "include_resource = true")),
      );
      const { output } = await asking.succeed("query", "-no-color", "-generate-config-out=found.tf");
      expect(output).toContain("Prod SMTP");
      const found = readFileSync(join(asking.directory, "found.tf"), "utf8");
      for (const type of TYPES) expect(found).toContain(`resource "${type}" "all_0"`);
      // What is so anyway is not written. Terraform itself writes `null` for what nobody has said.
      expect(found).not.toMatch(/adopt_existing|password_wo_version|timeouts *= \{/);
      const plan = await asking.plan();
      expect(plan.actions).toEqual([]);
      expect(plan.imports.length).toBe([...found.matchAll(/^import \{/gm)].length);
      await asking.applied();
      expect((await asking.plan()).actions).toEqual([]);
    },
    TIMEOUT,
  );

  it(
    "are not said to be none where the list is refused",
    async () => {
      const asking = await open("");
      writeQuery(asking, [listBlock("outbound_ovh_vrops_flow", "", "pcc-9-9-9-9")]);
      const { code, output } = await asking.run("query", "-no-color");
      expect(code).not.toBe(0);
      expect(words(output)).toContain("pcc-9-9-9-9");
    },
    TIMEOUT,
  );
});

const writeQuery = ({ directory }: Terraform, blocks: readonly string[]) =>
  writeFileSync(join(directory, "all.tfquery.hcl"), `${blocks.join("\n")}\n`);

const listBlock = (type: string, more: string, service = "pcc-192-0-2-10") =>
  `list "${type}" "all" {
  provider = outbound
  ${more}
  ${type === "outbound_ovh_vrops_flow" ? `config {\n    service_name = "${service}"\n  }` : ""}
}`;

/** As the state keeps it. */
function identityOf(terraform: Terraform, address: string): Identity | undefined {
  const [type, name] = address.split(".");
  const { resources } = JSON.parse(terraform.stateText()) as {
    resources: { mode: string; type: string; name: string; instances: { identity?: Identity }[] }[];
  };
  return resources.find((one) => one.mode === "managed" && one.type === type && one.name === name)?.instances[0]
    ?.identity;
}
