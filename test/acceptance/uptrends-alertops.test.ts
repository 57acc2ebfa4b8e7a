import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform } from "./support/terraform";
import { definitionsIn } from "./support/uptrends-state";

const EXAMPLES = resolve(__dirname, "../../examples");

interface AlertOpsState {
  integrations: { inbound_integration_id: number; inbound_integration_name: string }[];
  alerts: { status: string; told: string[]; source_id: string }[];
}
/** Without the integration that was made by hand, whose template the example takes. */
const alertOps = (sandbox: Sandbox): AlertOpsState => {
  const { integrations, ...rest } = sandbox.state().systems["alertops"] as AlertOpsState;
  return { ...rest, integrations: integrations.filter(({ inbound_integration_name: name }) => name !== "Uptrends") };
};

/** What was changed in either system, in order: `alertops POST …`. */
const writes = (sandbox: Sandbox) =>
  sandbox.requests
    .list()
    .filter(({ method, system }) => method !== "GET" && (system === "alertops" || system === "uptrends"))
    .map(({ method, system, path }) => `${system} ${method} ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "GUID")}`);

const ATTACHED = "/v4/AlertDefinition/GUID/EscalationLevel/1/Integration";

describe("the example uptrends-alertops-hcl", () => {
  let sandbox: Sandbox;
  let terraform: Terraform;
  let output = "";

  beforeAll(async () => {
    sandbox = await startSandbox({ options: { alertops: { tellsUrl: true } } });
    terraform = new Terraform({ ...sandbox.environment(), TF_LOG: "trace" });
    terraform.copy(join(EXAMPLES, "uptrends-alertops-hcl"));
    await terraform.init();
    output += (await terraform.applied()).output;
  }, 90_000);
  afterAll(async () => {
    terraform?.remove();
    await sandbox?.close();
  });

  const raise = (type: string) =>
    sandbox.intervene("uptrends", "raise-alert", {
      id: definitionsIn(sandbox)[0]!.AlertDefinitionGuid,
      incident: "incident-1",
      type,
    });

  it("brings an alert from Uptrends to the people in AlertOps, and its end too", async () => {
    await raise("Alert");
    expect(alertOps(sandbox).alerts).toMatchObject([{ status: "Open", told: ["Standard", "NOC"] }]);
    await raise("Ok");
    expect(alertOps(sandbox).alerts).toMatchObject([{ status: "Closed" }]);
  });

  it("has nothing more to do", async () => {
    const plan = await terraform.plan();
    output += plan.text;
    expect(plan.actions).toEqual([]);
  }, 60_000);

  it("puts a new URL in place before the old integration goes", async () => {
    const before = alertOps(sandbox).integrations[0]!.inbound_integration_id;
    sandbox.requests.clear();
    const main = join(terraform.directory, "main.tf");
    writeFileSync(main, readFileSync(main, "utf8").replace("Uptrends prod", "Uptrends prod 2"));
    output += (await terraform.applied()).output;
    expect(writes(sandbox)).toEqual([
      "alertops POST /api/v2/integrations/inbound",
      `uptrends PATCH ${ATTACHED}/GUID`,
      `alertops DELETE /api/v2/integrations/inbound/${before}`,
    ]);
    await sandbox.intervene("uptrends", "raise-alert", {
      id: definitionsIn(sandbox)[0]!.AlertDefinitionGuid,
      incident: "incident-2",
    });
    expect(alertOps(sandbox).alerts.at(-1)).toMatchObject({ source_id: "incident-2", status: "Open" });
    expect((await terraform.plan()).actions).toEqual([]);
  }, 90_000);

  it("rotates the URL under the same name, too", async () => {
    const [before] = alertOps(sandbox).integrations;
    output += (await terraform.applied("-replace=outbound_alertops_inbound_integration.uptrends")).output;
    const { integrations } = alertOps(sandbox);
    expect(integrations).toHaveLength(1);
    expect(integrations[0]!.inbound_integration_id).not.toBe(before!.inbound_integration_id);
    expect((await terraform.plan()).actions).toEqual([]);
  }, 90_000);

  it("leaves the URL in no state, plan or log", () => {
    const written = [output, ...filesBelow(terraform.directory)].join("\n");
    expect(written).toContain("variable_fingerprints");
    // What stands in the URL between the address and the name: the key.
    expect(written).not.toMatch(/POSTAlert\/[0-9a-f]{8}/);
  });

  it("is detached before the other side goes", async () => {
    sandbox.requests.clear();
    await terraform.destroyed();
    const done = writes(sandbox);
    const detached = done.findIndex((one) => one === `uptrends DELETE ${ATTACHED}/GUID`);
    const gone = done.findIndex((one) => one.startsWith("alertops DELETE"));
    expect(detached).toBeGreaterThanOrEqual(0);
    expect(gone).toBeGreaterThan(detached);
    expect(alertOps(sandbox).integrations).toEqual([]);
    expect(definitionsIn(sandbox)).toEqual([]);
  }, 60_000);
});

describe("the example uptrends-alertops", () => {
  let sandbox: Sandbox;
  let terraform: Terraform;
  let outdir: string;

  beforeAll(async () => {
    sandbox = await startSandbox();
    const environment = { ...sandbox.environment(), ALERTOPS_TEST_ALERTS: "true" };
    outdir = mkdtempSync(join(tmpdir(), "outbound-example-"));
    const folder = join(EXAMPLES, "uptrends-alertops");
    const synth = spawnSync(process.execPath, ["--import", "tsx", "main.ts"], {
      cwd: folder,
      env: { ...process.env, ...environment, CDKTF_OUTDIR: outdir },
      encoding: "utf8",
    });
    if (synth.status !== 0) throw new Error(synth.stderr);
    terraform = new Terraform(environment);
    terraform.copy(join(outdir, "stacks/uptrends-alertops"));
    await terraform.init();
  }, 90_000);
  afterAll(async () => {
    terraform?.remove();
    if (outdir) rmSync(outdir, { recursive: true, force: true });
    await sandbox?.close();
  });

  it("is deployed, and its test opens, finds and closes an alert because it was asked to", async () => {
    const run = await terraform.applied();
    expect(run.output).toContain("worked out from `alertops.notifyUrl`");
    expect(alertOps(sandbox).alerts).toMatchObject([{ status: "Closed", told: ["Standard", "NOC"] }]);
    expect(definitionsIn(sandbox)[0]!.levels[0]).toMatchObject({ ThresholdErrorCount: 2 });
    expect((await terraform.plan()).actions).toEqual([]);
    expect(filesBelow(terraform.directory).join("\n")).not.toContain(sandbox.environment()["ALERTOPS_API_KEY"]);
  }, 90_000);

  it("leaves nothing after destroy", async () => {
    await terraform.destroyed();
    expect(alertOps(sandbox).integrations).toEqual([]);
    expect(definitionsIn(sandbox)).toEqual([]);
  }, 60_000);
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("terraform-provider"))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
}
