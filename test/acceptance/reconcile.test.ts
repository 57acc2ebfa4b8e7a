import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  OutboundProvider,
  OvhVropsFlow,
  Secret,
  UiPathSystemMail,
  UiPathTenantMail,
  UiPathWebhook,
  UptrendsAlertDefinition,
  VropsEmailPlugin,
  VropsNotificationRule,
} from "../../lib";
import { runCommandLine } from "../../lib/cli/program";
import { App, LocalBackend, TerraformOutput, TerraformStack, TerraformVariable } from "../../lib/constructs/cdktf";
import type { Detection } from "../../lib/reconcile/detection";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { asPublished } from "../schemas/support/document";
import { runTerraform } from "./support/run-terraform";
import { Terraform } from "./support/terraform";

const SERVICE = "pcc-192-0-2-10";
const STACK = "alerts";

interface Code {
  readonly output?: string;
  readonly description?: string;
}

/** Mail settings whose ids and computed values are made of words: `organization/<id>`, `origin = { password = "organization" }`. */
function synthesiseUiPath(project: string): void {
  const app = new App({ outdir: join(project, "cdktf.out") });
  const stack = new TerraformStack(app, STACK);
  new LocalBackend(stack, { path: join(project, "terraform.tfstate") });
  new OutboundProvider(stack, "outbound");
  const password = new TerraformVariable(stack, "smtp_password", { type: "string", sensitive: true });
  // Not ephemeral as the password is: it stands in the plan, and is learnt there.
  const word = new TerraformVariable(stack, "word", { type: "string", sensitive: true });
  new TerraformOutput(stack, "note", { value: word.stringValue, sensitive: true });
  const mail = {
    smtpHost: "smtp.example.com",
    smtpPort: 587,
    username: "alerts",
    passwordWo: Secret.variable(password),
    senderAddress: "alerts@example.com",
  };
  new UiPathSystemMail(stack, "organization", { scope: "organization", ...mail });
  new UiPathTenantMail(stack, "tenant", { mode: "custom", ...mail });
  new UiPathWebhook(stack, "webhook", {
    name: "alerts",
    url: "https://alerts.example.com/uipath",
    events: ["job.faulted"],
    secretWo: Secret.variable(password),
  });
  app.synth();
}

/** What a user's app would synthesise. */
function synthesise(project: string, { output = "one", description = "SMTP relay" }: Code = {}): void {
  const app = new App({ outdir: join(project, "cdktf.out") });
  const stack = new TerraformStack(app, STACK);
  new LocalBackend(stack, { path: join(project, "terraform.tfstate") });
  const url = new TerraformVariable(stack, "vrops_url", { type: "string" });
  new OutboundProvider(stack, "outbound", { vrops: { url: url.stringValue } });
  new OvhVropsFlow(stack, "flow", { serviceName: SERVICE, ip: "203.0.113.25", port: 587, description });
  const password = new TerraformVariable(stack, "smtp_password", { type: "string" });
  const plugin = new VropsEmailPlugin(stack, "plugin", {
    name: "Prod SMTP",
    smtpHost: "smtp.example.com",
    smtpPort: 587,
    username: "alerts",
    passwordWo: Secret.variable(password),
    senderAddress: "alerts@example.com",
    enabled: false,
  });
  new VropsNotificationRule(stack, "rule", {
    name: "On call",
    pluginId: plugin.id,
    receivers: ["oncall@example.com"],
  });
  new TerraformOutput(stack, "note", { value: output });
  app.synth();
}

describe("outbound reconcile", () => {
  let sandbox: Sandbox;
  let project: string;

  const environment = () => {
    const { VROPS_URL, ...others } = sandbox.environment();
    return {
      PATH: process.env["PATH"] ?? "",
      ...others,
      // Reached through a variable of the stack: what Terraform knows, the inventory must know too.
      TF_VAR_vrops_url: VROPS_URL!,
      TF_VAR_smtp_password: "correct horse",
    };
  };

  const outbound = async (...args: string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const code = await runCommandLine(["reconcile", ...args], {
      out: (line) => out.push(line),
      err: (line) => err.push(line),
      environment: environment(),
      homeDirectory: project,
      workingDirectory: project,
      nodeVersion: process.versions.node,
      platform: process.platform,
      interrupted: new AbortController().signal,
    });
    return { code, out: out.join("\n"), err: err.join("\n") };
  };
  const detect = async (...args: string[]) => {
    const { code, out, err } = await outbound("--format", "json", ...args);
    if (!out.startsWith("{")) throw new Error(err);
    // The published schema is made of this type.
    return { code, ...(asPublished("detection", out) as unknown as Detection) };
  };
  const found = ({ entries }: Detection) =>
    entries
      .filter(({ bucket }) => bucket !== "in-sync")
      .map(({ bucket, cause, address, name, reason }) => [bucket, cause, address ?? name, reason]);
  const terraform = (...args: string[]) => runTerraform(args, join(project, "cdktf.out/stacks", STACK), environment());

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

  it("finds everything in sync after a deployment, and says how much is under code", async () => {
    const { code, out } = await outbound();
    expect(code).toBe(0);
    expect(out).toContain("alerts: in sync (3 in sync)");
    expect(out).toContain(
      `Under code: 1 of 1 flows of ${SERVICE}, 1 of 1 e-mail plugins, 1 of 1 notification rules, 1 of 1 receivers.`,
    );
  }, 60_000);

  it("does not call a changed output drift", async () => {
    synthesise(project, { output: "two" });
    try {
      expect(await detect()).toMatchObject({ code: 0, verdict: "in-sync", summary: "3 in sync" });
    } finally {
      synthesise(project);
    }
  }, 60_000);

  it("only reads: no request but reads and logins, no file changed", async () => {
    await sandbox.intervene("ovh", "edit-flow", {
      service: SERVICE,
      ip: "203.0.113.25",
      port: 587,
      description: "mine",
    });
    const before = files(project);
    sandbox.requests.clear();
    expect((await detect()).code).toBe(2);
    const requests = sandbox.requests.list();
    expect(requests.length).toBeGreaterThan(5);
    const writes = requests.filter(({ method, path }) => method !== "GET" && !path.endsWith("/api/auth/token/acquire"));
    expect(writes).toEqual([]);
    expect(files(project)).toEqual(before);
    const again = await detect();
    expect(found(again)).toEqual([["drifted", "outside", "outbound_ovh_vrops_flow.flow", undefined]]);
    expect(again.entries.find(({ bucket }) => bucket === "drifted")?.differences).toEqual([
      { attribute: "description", was: '"SMTP relay"', is: '"mine"' },
    ]);
  }, 60_000);

  it("works without an initialised directory, and leaves it so", async () => {
    rmSync(join(project, "cdktf.out/stacks", STACK, ".terraform"), { recursive: true });
    const before = files(project);
    expect((await detect()).code).toBe(2);
    expect(files(project)).toEqual(before);
    await terraform("init", "-input=false");
  }, 60_000);

  it("previews a repair, refuses one without a detection, and one after a change of the code", async () => {
    const preview = await outbound("repair");
    expect(preview).toMatchObject({
      code: 2,
      out: expect.stringContaining("update outbound_ovh_vrops_flow.flow") as string,
    });
    expect(await outbound("repair", "--yes")).toMatchObject({
      code: 1,
      err: expect.stringContaining("reconcile/no-detection") as string,
    });

    expect((await outbound("--json", "detection.json")).code).toBe(2);
    synthesise(project, { description: "another" });
    sandbox.requests.clear();
    const refused = await outbound("repair", "--detection", "detection.json", "--yes");
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("reconcile/code-changed") as string });
    expect(sandbox.requests.list()).toEqual([]);
    synthesise(project);
  }, 90_000);

  it("refuses when the systems have changed since the detection", async () => {
    await sandbox.intervene("ovh", "edit-flow", {
      service: SERVICE,
      ip: "203.0.113.25",
      port: 587,
      description: "theirs",
    });
    const refused = await outbound("repair", "--detection", "detection.json", "--yes");
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("reconcile/world-changed") as string });
  }, 60_000);

  it("repairs what was detected: drifted and missing", async () => {
    await sandbox.intervene("ovh", "close-flow", { service: SERVICE, ip: "203.0.113.25", port: 587 });
    const detection = await detect("--json", "detection.json");
    expect(found(detection)).toEqual([
      ["missing", "outside", "outbound_ovh_vrops_flow.flow", "it no longer exists in the system"],
    ]);
    const repaired = await outbound("repair", "--detection", "detection.json", "--yes");
    expect(repaired).toMatchObject({ code: 0, out: expect.stringContaining("alerts: repaired (1)") as string });
    expect(sandbox.network.list()).toHaveLength(1);
    expect(await detect()).toMatchObject({ code: 0, verdict: "in-sync" });
  }, 90_000);

  it("could not tell when one place is refused, though all that the code declares is in sync", async () => {
    const detection = await detect("--ovh-service", "pcc-203-0-113-1");
    expect(detection).toMatchObject({ code: 1, verdict: "unknown", summary: "1 unknown, 3 in sync" });
    expect(found(detection)).toEqual([["unknown", undefined, "flows of pcc-203-0-113-1", expect.any(String)]]);
    // Accepted by name, it no longer decides.
    expect((await detect("--ovh-service", "pcc-203-0-113-1", "--accept-unknown", "ovh")).code).toBe(0);
  }, 60_000);

  it("lists what no code declares, and counts it", async () => {
    await byHand(sandbox);
    const detection = await detect("--markdown", "drift.md", "--junit", "drift.xml");
    expect(detection).toMatchObject({ code: 2, verdict: "drift", receivers: { managed: 1, total: 2 } });
    expect(found(detection)).toEqual([
      ["unmanaged", "outside", "by hand", undefined],
      ["unmanaged", "outside", "by hand", undefined],
      ["unmanaged", "outside", "by hand", undefined],
    ]);
    expect(detection.coverage).toContainEqual({ title: `flows of ${SERVICE}`, managed: 1, total: 2 });
    expect((await detect("--allow-unmanaged")).code).toBe(0);
    expect(readFileSync(join(project, "drift.md"), "utf8")).toContain("### alerts: drift");
    expect(readFileSync(join(project, "drift.xml"), "utf8")).toContain('tests="6" failures="3" errors="0" skipped="0"');
  }, 90_000);

  it("calls a refused listing unknown, never absent: exit code 1", async () => {
    sandbox.faults.add({
      system: "vrops",
      method: "GET",
      path: "/**/alertplugins",
      times: "always",
      effect: { kind: "status", status: 403 },
    });
    const detection = await detect("--allow-unmanaged");
    expect(detection).toMatchObject({ code: 1, verdict: "unknown", planHash: null });
    expect(found(detection).map(([bucket, , subject]) => [bucket, subject])).toEqual([
      ["unknown", "outbound_vrops_email_plugin.plugin"],
      ["unknown", "outbound_vrops_notification_rule.rule"],
      ["unmanaged", "by hand"],
    ]);
  }, 60_000);

  it("says what the code has that is not deployed, and what is not in the code any more", async () => {
    synthesise(project, { description: "SMTP relay of production" });
    try {
      expect(found(await detect("--allow-unmanaged")).filter(([bucket]) => bucket !== "unmanaged")).toEqual([
        [
          "drifted",
          "code",
          "outbound_ovh_vrops_flow.flow",
          expect.stringContaining("not deployed: description") as string,
        ],
      ]);
    } finally {
      synthesise(project);
    }
  }, 60_000);

  it.each([
    [["--bogus"], "unknown option"],
    [["nonesuch"], "plan/no-such-stack"],
    [["--format", "yaml"], "Allowed choices"],
    [["--accept-unknown", "vrop"], "cli/bad-option"],
    [["repair", "--detection", "terraform.tfstate"], "reconcile/bad-detection"],
    [["repair", "--detection", "nowhere.json"], "there is no such file"],
  ])("never answers a mistake (%j) with the exit code of drift", async (args, expected) => {
    const { code, err } = await outbound(...args);
    expect(code).toBe(1);
    expect(err).toContain(expected);
  });
});

describe.each([
  ["a secret like any other", "correct horse"],
  ["a secret that is a word in an id", "organization"],
])("UiPath's organization mail, with %s", (_, secret) => {
  it("is in sync after a deployment", async () => {
    const sandbox = await startSandbox({ seed: 7 });
    const project = mkdtempSync(join(tmpdir(), "outbound-reconcile-"));
    const environment = {
      PATH: process.env["PATH"] ?? "",
      ...sandbox.environment(),
      TF_VAR_smtp_password: "correct horse",
      TF_VAR_word: secret,
    };
    try {
      synthesiseUiPath(project);
      const terraform = (...args: string[]) =>
        runTerraform(args, join(project, "cdktf.out/stacks", STACK), environment);
      await terraform("init", "-input=false");
      await terraform("apply", "-auto-approve", "-input=false");
      const out: string[] = [];
      const code = await runCommandLine(["reconcile", "--format", "json"], {
        out: (line) => out.push(line),
        err: (line) => out.push(line),
        environment,
        homeDirectory: project,
        workingDirectory: project,
        nodeVersion: process.versions.node,
        platform: process.platform,
        interrupted: new AbortController().signal,
      });
      const detection = JSON.parse(out.join("\n")) as Detection;
      // Unknown is what the login was never meant to see: the host's settings.
      expect({ code, ...detection }).toMatchObject({ code: 0, verdict: "in-sync", summary: "1 unknown, 3 in sync" });
      expect(detection.coverage.map(({ managed, total }) => managed === total)).toEqual([true, true, true]);
      const shown = detection.entries.map(({ id }) => id).filter((id) => id?.includes(secret));
      expect(shown).toEqual([]);
    } finally {
      rmSync(project, { recursive: true, force: true });
      await sandbox.close();
    }
  }, 120_000);
});

it("warns of what is in sync and will never be heard of, and of nothing that has members by hand", async () => {
  const sandbox = await startSandbox();
  const project = mkdtempSync(join(tmpdir(), "outbound-reconcile-"));
  const app = new App({ outdir: join(project, "cdktf.out") });
  const stack = new TerraformStack(app, STACK);
  new LocalBackend(stack, { path: join(project, "terraform.tfstate") });
  new OutboundProvider(stack, "outbound");
  for (const name of ["Silent", "Watching"]) new UptrendsAlertDefinition(stack, name, { name });
  app.synth();
  try {
    const environment = { PATH: process.env["PATH"] ?? "", ...sandbox.environment() };
    const terraform = (...args: string[]) => runTerraform(args, join(project, "cdktf.out/stacks", STACK), environment);
    await terraform("init", "-input=false");
    await terraform("apply", "-auto-approve", "-input=false");
    const watching = sandbox.objects().find(({ name }) => name === "Watching")!;
    await sandbox.intervene("uptrends", "add-member", { id: watching.id, kind: "monitor", name: "Shop" });
    const out: string[] = [];
    const code = await runCommandLine(["reconcile", "--format", "json", "--allow-unmanaged"], {
      out: (line) => out.push(line),
      err: (line) => out.push(line),
      environment,
      homeDirectory: project,
      workingDirectory: project,
      nodeVersion: process.versions.node,
      platform: process.platform,
      interrupted: new AbortController().signal,
    });
    const { entries } = asPublished("detection", out.join("\n")) as unknown as Detection;
    expect(code).toBe(0);
    const managed = entries.filter(({ bucket }) => bucket === "in-sync");
    expect(managed.map(({ name, warning }) => [name, warning])).toEqual([
      ["Silent", 'The alert definition "Silent" has no monitors: it never alerts'],
      ["Watching", undefined],
    ]);
  } finally {
    rmSync(project, { recursive: true, force: true });
    await sandbox.close();
  }
}, 120_000);

async function byHand(sandbox: Sandbox): Promise<void> {
  const terraform = new Terraform(sandbox.environment());
  terraform.write(`
resource "outbound_ovh_vrops_flow" "x" {
  service_name = "${SERVICE}"
  ip           = "203.0.113.99"
  port         = 25
  description  = "by hand"
}
resource "outbound_vrops_email_plugin" "x" {
  name           = "by hand"
  smtp_host      = "smtp.example.com"
  smtp_port      = 587
  sender_address = "alerts@example.com"
  enabled        = false
}
resource "outbound_vrops_notification_rule" "x" {
  name      = "by hand"
  plugin_id = outbound_vrops_email_plugin.x.id
  receivers = ["OnCall@example.com", "someone@example.com"]
}`);
  try {
    await terraform.init();
    await terraform.applied();
  } finally {
    terraform.remove();
  }
}

/** Every file with when it was written and how long it is. */
function files(directory: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      // Terraform's own folder: each of its runs leaves its record there, as plans do.
      .filter((path) => !path.includes("outbound-runs"))
      .map((path) => [path, statSync(path)] as const)
      .map(([path, { mtimeMs, size }]) => [path, `${mtimeMs} ${size}`]),
  );
}
