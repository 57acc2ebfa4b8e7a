import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { deployable, relayOf, synthesised } from "./support/synthesised";
import { Terraform } from "./support/terraform";
import { program, VERSION_0_1_0, type Deployment } from "./support/upgrade/program";

// A stack that version 0.1.0 has deployed, under the package of today: nothing outside is destroyed or made anew.

let sandbox: Sandbox;
let terraform: Terraform;
let deployment: Deployment;

beforeAll(async () => {
  sandbox = await startSandbox();
  terraform = new Terraform(sandbox.environment(), "started");
  deployment = { ...VERSION_0_1_0, ...relayOf(sandbox) };
  const before = readFileSync(join(__dirname, "support/upgrade/version-0.1.0.tf.json"), "utf8");
  const replaced = (["host", "caCertificate", "certificateThumbprint"] as const).reduce(
    (text, key) => text.replaceAll(VERSION_0_1_0[key], deployment[key]),
    before,
  );
  deployable(terraform, replaced);
  await terraform.init();
  await terraform.applied();
}, 120_000);

afterAll(async () => {
  terraform?.remove();
  await sandbox?.close();
});

/** What the plan does, the tests and their triggers left out: these are nothing outside. */
const outside = (actions: readonly string[]) =>
  actions.filter((one) => !/(null_resource|outbound_test_email)\./.test(one));
const today = (changes: Partial<Deployment> = {}) =>
  deployable(
    terraform,
    synthesised((stack) => program(stack, { ...deployment, ...changes }), "upgraded"),
  );

it("changes what flows and rules are called, and tests nothing again", async () => {
  today();
  const { actions } = await terraform.plan();
  expect(actions.map((action) => action.replace(/\.\S+$/, "")).sort()).toEqual([
    "update outbound_ovh_vrops_flow",
    "update outbound_ovh_vrops_flow",
    "update outbound_vrops_notification_rule",
    "update outbound_vrops_notification_rule",
    "update outbound_vrops_notification_rule",
    "update outbound_vrops_notification_rule",
  ]);
  await terraform.applied();
  expect((await terraform.plan()).actions).toEqual([]);
}, 120_000);

it("changes names in place, where the systems can", async () => {
  today({ pluginName: "Other SMTP", connectionName: "Autres" });
  const { actions } = await terraform.plan();
  expect(outside(actions).filter((action) => !action.startsWith("update "))).toEqual([]);
  expect(outside(actions).join()).toContain("update outbound_vrops_email_plugin.alerts_plugin-vrops");
  await terraform.applied();
  expect((await terraform.plan()).actions).toEqual([]);
}, 120_000);

it("leaves nothing after destroy", async () => {
  await terraform.destroyed();
  expect(sandbox.state().network).toEqual([]);
}, 120_000);
