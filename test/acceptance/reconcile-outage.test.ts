import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OutboundProvider, OvhVropsFlow, UiPathWebhook, VropsEmailPlugin, VropsNotificationRule } from "../../lib";
import { runCommandLine } from "../../lib/cli/program";
import { App, LocalBackend, TerraformStack } from "../../lib/constructs/cdktf";
import type { Detection } from "../../lib/reconcile/detection";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { runChild } from "../../lib/cli/demo/child";
import { terraformBinary } from "../support/terraform-binary";

const SERVICE = "pcc-192-0-2-10";
const FLOW = { service: SERVICE, ip: "203.0.113.25", port: 587 };

/** One after the other, as `AlertMail` orders them: the flow, what sends through it, and what comes after that. */
function synthesise(project: string): void {
  const app = new App({ outdir: join(project, "cdktf.out") });
  const stack = new TerraformStack(app, "alerts");
  new LocalBackend(stack, { path: join(project, "terraform.tfstate") });
  new OutboundProvider(stack, "outbound");
  const flow = new OvhVropsFlow(stack, "flow", {
    serviceName: SERVICE,
    ip: FLOW.ip,
    port: FLOW.port,
    description: "a",
  });
  const plugin = (name: string) =>
    new VropsEmailPlugin(stack, name, {
      name,
      smtpHost: "smtp.example.com",
      smtpPort: 587,
      senderAddress: "alerts@example.com",
      enabled: false,
      dependsOn: [flow],
    });
  plugin("second");
  const first = plugin("first");
  new VropsNotificationRule(stack, "rule", { name: "On call", pluginId: first.id, receivers: ["oncall@example.com"] });
  new UiPathWebhook(stack, "webhook", {
    name: "alerts",
    url: "https://alerts.example.com/uipath",
    events: ["job.faulted"],
    dependsOn: [first],
  });
  app.synth();
}

describe("outbound reconcile, when a system is down", () => {
  let sandbox: Sandbox;
  let project: string;
  const interrupted = new AbortController().signal;
  const environment = () => ({ PATH: process.env["PATH"] ?? "", CHECKPOINT_DISABLE: "1", ...sandbox.environment() });

  const outbound = async (...args: string[]) => {
    const lines: string[] = [];
    const write = (line: string) => void lines.push(line);
    const code = await runCommandLine(["reconcile", ...args], {
      out: write,
      err: write,
      environment: environment(),
      homeDirectory: project,
      workingDirectory: project,
      nodeVersion: process.versions.node,
      platform: process.platform,
      interrupted,
    });
    return { code, text: lines.join("\n") };
  };
  const detect = async (...args: string[]) => {
    const { code, text } = await outbound("--format", "json", ...args);
    if (!text.startsWith("{")) throw new Error(text);
    const { entries, ...about } = JSON.parse(text) as Detection;
    return { code, ...about, entries, buckets: entries.map((one) => `${one.bucket} ${one.address ?? one.name}`) };
  };
  const terraform = async (...args: string[]) => {
    const cwd = join(project, "cdktf.out/stacks/alerts");
    const options = { cwd, environment: environment(), signal: interrupted, timeoutMs: 100_000 };
    const { exitCode, output } = await runChild([terraformBinary, ...args], options);
    if (exitCode !== 0) throw new Error(output);
  };
  const down = (system: string) =>
    sandbox.faults.add({ system, path: "/**", times: "always", effect: { kind: "status", status: 503 } });
  const edited = (name: string) => {
    const [webhook] = sandbox.objects().filter(({ type }) => type === "outbound_uipath_webhook");
    return sandbox.intervene("uipath", "edit-webhook", { id: webhook!.id, set: { Name: name } });
  };

  beforeAll(async () => {
    sandbox = await startSandbox({ seed: 7 });
    project = mkdtempSync(join(tmpdir(), "outbound-reconcile-"));
    synthesise(project);
    await terraform("init", "-input=false");
    await terraform("apply", "-auto-approve", "-input=false");
  }, 120_000);

  afterAll(async () => {
    rmSync(project, { recursive: true, force: true });
    await sandbox?.close();
  });

  afterEach(() => void sandbox.faults.clear());

  it("compares the others, also those that come after what it has, and says its reason once", async () => {
    down("vrops");
    const detection = await detect();
    expect(detection.buckets).toEqual([
      "in-sync outbound_ovh_vrops_flow.flow",
      "in-sync outbound_uipath_webhook.webhook",
      "unknown outbound_vrops_email_plugin.first",
      "unknown outbound_vrops_email_plugin.second",
      "unknown outbound_vrops_notification_rule.rule",
      // What this login was never meant to see.
      "unknown mail settings of the host",
    ]);
    expect(detection).toMatchObject({ code: 1, verdict: "unknown", planHash: null, summary: "4 unknown, 2 in sync" });
    const [, , first, second, rule] = detection.entries;
    expect(first).toMatchObject({ id: expect.any(String) as string });
    expect(first!.reason).toContain("vROps answered 503");
    expect([second, rule].map((entry) => entry!.reason)).toEqual(
      Array(2).fill("for the same reason as outbound_vrops_email_plugin.first"),
    );
    const covered = detection.coverage.map(({ title }) => title);
    expect(covered).toEqual(expect.arrayContaining([`flows of ${SERVICE}`, "webhooks of the tenant"]));
    expect(covered.filter((title) => /plugin|rule/.test(title))).toEqual([]);
    expect((await detect("--accept-unknown", "vrops")).code).toBe(0);
    expect((await detect("--accept-unknown", "ovh")).code).toBe(1);
  }, 120_000);

  it("compares what only has to wait for what it has", async () => {
    down("ovh");
    const detection = await detect("--accept-unknown", "ovh");
    expect(detection).toMatchObject({ code: 0, verdict: "in-sync", summary: "2 unknown, 4 in sync" });
  }, 120_000);

  it("finds what has drifted elsewhere, and repairs nothing by halves", async () => {
    await edited("renamed");
    down("vrops");
    const detection = await detect("--accept-unknown", "vrops", "--json", "detection.json");
    expect(detection).toMatchObject({ code: 2, verdict: "drift", summary: "1 drifted, 4 unknown, 1 in sync" });
    expect(detection.entries.find(({ bucket }) => bucket === "drifted")).toMatchObject({
      address: "outbound_uipath_webhook.webhook",
      cause: "outside",
      differences: [{ attribute: "name", was: '"alerts"', is: '"renamed"' }],
    });
    expect(await outbound("repair", "--detection", "detection.json", "--yes")).toMatchObject({
      code: 1,
      text: expect.stringContaining("reconcile/undetermined") as string,
    });
  }, 120_000);

  it("does not blame the code for a repair that did not end", async () => {
    expect((await detect("--json", "detection.json")).code).toBe(2);
    for (const method of ["PUT", "PATCH"]) {
      const effect = { kind: "status", status: 403 } as const;
      sandbox.faults.add({ system: "uipath", method, path: "/**", times: "always", effect });
    }
    expect((await outbound("repair", "--detection", "detection.json", "--yes")).code).toBe(1);
    sandbox.faults.clear();
    const detection = await detect("--json", "detection.json");
    const drifted = detection.entries.find(({ bucket }) => bucket === "drifted");
    expect(drifted?.reason ?? "").not.toMatch(/code has changed/);
    expect(drifted).toMatchObject({ address: "outbound_uipath_webhook.webhook" });
    expect((await outbound("repair", "--detection", "detection.json", "--yes")).code).toBe(0);
    expect((await detect()).code).toBe(0);
  }, 120_000);
});
