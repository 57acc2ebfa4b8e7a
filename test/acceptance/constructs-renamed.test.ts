import type { Construct } from "constructs";
import { Construct as Group } from "constructs";
import type { TerraformStack } from "cdktf";
import { AlertMail, OutboundProvider, OvhVrops, Receiver, Secret, SmtpServer, Vrops } from "../../lib";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { deployable, relayOf, synthesised } from "./support/synthesised";
import { Terraform } from "./support/terraform";

// What people do to a program: afterwards everything exists exactly once, and the next plan is empty.

let sandbox: Sandbox;
let terraform: Terraform;

beforeEach(async () => {
  sandbox = await startSandbox();
  terraform = new Terraform(sandbox.environment());
  deploy((stack) => mail(stack, "alerts"));
  await terraform.init();
  await terraform.applied();
}, 120_000);

afterEach(async () => {
  terraform?.remove();
  await sandbox?.close();
});

interface Names {
  readonly plugin?: string;
}

function mail(scope: Construct, id: string, { plugin = "Prod SMTP" }: Names = {}): AlertMail {
  const { host, ...trust } = relayOf(sandbox);
  const server = SmtpServer.startTls(host, {
    ip: host,
    port: 2525,
    login: { user: "alerts", password: Secret.environment("SMTP_PASSWORD") },
    sender: { address: "alerts@example.com" },
    ...trust,
  });
  const alerts = new AlertMail(scope, id, { server, receivers: [Receiver.email("oncall@example.com")] });
  alerts.through(OvhVrops.service("pcc-192-0-2-10"));
  alerts.into(Vrops.standardEmail({ name: plugin }));
  return alerts;
}

function deploy(build: (stack: TerraformStack) => unknown): void {
  const program = (stack: TerraformStack) => {
    new OutboundProvider(stack, "outbound", { embedNullProvider: true });
    build(stack);
  };
  deployable(terraform, synthesised(program));
}

/** What there is, by name. */
function outside() {
  const { systems, network } = sandbox.state();
  const { plugins, rules } = systems["vrops"] as Record<"plugins" | "rules", { readonly name: string }[]>;
  return { flows: network.length, plugins: plugins.map(({ name }) => name), rules: rules.map(({ name }) => name) };
}
const ONCE = { flows: 1, plugins: ["Prod SMTP"], rules: ["Alerts via Prod SMTP"] };

/** Applies, again where the first apply says so. */
async function applied(): Promise<void> {
  const first = await terraform.apply();
  if (first.code !== 0) {
    expect(first.output.replace(/\s+/g, " ")).toMatch(/apply again/i);
    await terraform.applied();
  }
}

it("another name of the plugin is an update of plugin and rule", async () => {
  deploy((stack) => mail(stack, "alerts", { plugin: "Other SMTP" }));
  const { actions } = await terraform.plan();
  expect(actions.map((action) => action.replace(/\.\S+$/, "")).sort()).toEqual([
    "update outbound_vrops_email_plugin",
    "update outbound_vrops_notification_rule",
  ]);
  await terraform.applied();
  expect(outside()).toEqual({ flows: 1, plugins: ["Other SMTP"], rules: ["Alerts via Other SMTP"] });
  expect((await terraform.plan()).actions).toEqual([]);
}, 120_000);

it.each<[string, (stack: TerraformStack) => unknown]>([
  ["the construct is called otherwise", (stack) => mail(stack, "alertmail")],
  ["it moves into another construct", (stack) => mail(new Group(stack, "team"), "alerts")],
])(
  "%s",
  async (_title, build) => {
    deploy(build);
    await applied();
    expect(outside()).toEqual(ONCE);
    expect((await terraform.plan()).actions).toEqual([]);
  },
  180_000,
);

it("a program that says where its resources were moves them, and plans nothing else", async () => {
  const before = (type: string) =>
    [...terraform.stateText().matchAll(new RegExp(`"type": "${type}",\\s+"name": "([^"]+)"`, "g"))].map(
      ([, name]) => name,
    )[0]!;
  deploy((stack) => {
    const alerts = mail(stack, "alertmail");
    for (const { resource } of [...alerts.flows, ...alerts.plugins, ...alerts.routes]) {
      resource.moveFromId(`${resource.terraformResourceType}.${before(resource.terraformResourceType)}`);
    }
  });
  expect((await terraform.plan()).actions).toEqual([]);
  await terraform.applied();
}, 120_000);

it("two stacks that want the same plugin: the second takes an equal one over with a warning, and nothing is doubled", async () => {
  const second = new Terraform(sandbox.environment());
  try {
    const first = terraform;
    terraform = second;
    deploy((stack) => mail(stack, "other"));
    await second.init();
    const { output } = await second.apply();
    terraform = first;
    expect(output).toMatch(/Warning|Error/);
    expect(outside()).toEqual(ONCE);
  } finally {
    second.remove();
  }
}, 180_000);
