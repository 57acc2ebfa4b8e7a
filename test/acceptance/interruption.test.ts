import { readdirSync, readFileSync } from "node:fs";
import { startSandbox, type Sandbox } from "../../lib/sandbox";
import { Terraform, words } from "./support/terraform";

/**
 * Whatever breaks in the middle: after the next apply there is exactly one flow, and the plan is
 * empty. Neither a duplicate nor a lost one.
 */
const SERVICE = "pcc-192-0-2-10";
const FLOWS = `/1.0/dedicatedCloud/${SERVICE}/vrops/outgoingFlow`;
const CONFIG = `
resource "outbound_ovh_vrops_flow" "this" {
  service_name = "${SERVICE}"
  ip           = "203.0.113.25"
  port         = 587
}`;

describe("an interrupted apply", () => {
  let sandbox: Sandbox;
  let terraform: Terraform;

  async function begin(options: Record<string, unknown> = {}): Promise<void> {
    sandbox = await startSandbox({ options: { ovh: options } });
    terraform = new Terraform(sandbox.environment(), "started");
    terraform.write(CONFIG);
    await terraform.init();
  }
  async function expectOneFlowAfterTheNextApply(): Promise<void> {
    await terraform.applied();
    expect(sandbox.network.list()).toEqual([{ platform: SERVICE, ip: "203.0.113.25", port: 587 }]);
    expect(flowCount(sandbox)).toBe(1);
    expect((await terraform.plan()).actions).toEqual([]);
  }
  afterEach(async () => {
    terraform?.remove();
    await sandbox?.close();
  });

  it("by a lost reply ends with one flow", async () => {
    await begin();
    sandbox.faults.add({ system: "ovh", method: "POST", path: FLOWS, effect: { kind: "reset-after" } });
    await terraform.apply();
    await expectOneFlowAfterTheNextApply();
    expect(created(sandbox)).toBe(1);
  }, 90_000);

  it("by a connection that broke before the effect ends with one flow", async () => {
    await begin();
    sandbox.faults.add({ system: "ovh", method: "POST", path: FLOWS, effect: { kind: "reset-before" } });
    await terraform.apply();
    await expectOneFlowAfterTheNextApply();
  }, 90_000);

  it("by a task in error says so in the vendor's words and ends with one flow", async () => {
    await begin();
    await sandbox.intervene("ovh", "fail-next-task", {});
    const run = await terraform.apply();
    expect(run.code).toBe(1);
    expect(words(run.output)).toMatch(/task .*error/i);
    await expectOneFlowAfterTheNextApply();
  }, 90_000);

  it.each([{ "retry-after": "1" }, undefined])(
    "by throttling (%j) just takes longer",
    async (headers) => {
      await begin();
      const effect = { kind: "status", status: 429, body: { message: "Too many requests" }, headers } as const;
      sandbox.faults.add({ system: "ovh", method: "POST", path: FLOWS, effect });
      sandbox.faults.add({ system: "ovh", method: "GET", path: FLOWS, effect });
      await expectOneFlowAfterTheNextApply();
    },
    90_000,
  );

  it("by a killed provider ends with one flow", async () => {
    await begin({ taskMilliseconds: 3_000 });
    const child = terraform.start("apply", "-auto-approve", "-no-color");
    const ended = new Promise((resolve) => child.once("close", resolve));
    await until(() => created(sandbox) === 1);
    for (const pid of providersBelow(child.pid!)) process.kill(pid, "SIGKILL");
    await ended;
    await expectOneFlowAfterTheNextApply();
  }, 90_000);

  it("by a killed terraform ends with one flow, and the provider goes too", async () => {
    await begin({ taskMilliseconds: 3_000 });
    const child = terraform.start("apply", "-auto-approve", "-no-color");
    const ended = new Promise((resolve) => child.once("exit", resolve));
    await until(() => created(sandbox) === 1);
    const providers = providersBelow(child.pid!);
    expect(providers.length).toBeGreaterThan(0);
    child.kill("SIGKILL");
    await ended;
    await until(() => providers.every((pid) => !isAlive(pid)));
    await expectOneFlowAfterTheNextApply();
  }, 90_000);

  it("by Ctrl-C stops soon, says so, and ends with one flow", async () => {
    await begin({ taskMilliseconds: 10_000 });
    const child = terraform.start("apply", "-auto-approve", "-no-color");
    let output = "";
    child.stdout!.on("data", (chunk) => (output += chunk));
    child.stderr!.on("data", (chunk) => (output += chunk));
    const ended = new Promise((resolve) => child.once("close", resolve));
    await until(() => created(sandbox) === 1);
    // A terminal sends it to the whole process group: terraform and the provider.
    process.kill(-child.pid!, "SIGINT");
    await ended;
    // Terraform says that it was interrupted; the provider says what it was doing, and what to do.
    expect(words(output)).toMatch(/What to do: Run the same command again/);
    await expectOneFlowAfterTheNextApply();
  }, 120_000);
});

const flowCount = (sandbox: Sandbox): number => {
  const { services } = sandbox.state().systems["ovh"] as { services: Record<string, { flows: unknown[] }> };
  return Object.values(services).flatMap((service) => service.flows).length;
};

/** Creations that the API has heard of, whether or not its answer arrived. */
const created = (sandbox: Sandbox): number =>
  sandbox.requests
    .list()
    .filter((one) => one.method === "POST" && one.path.endsWith("/outgoingFlow") && one.status < 300).length;

/** Waits for a condition that another process brings about; the test's own time-out ends it. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

function providersBelow(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => new RegExp(`^PPid:\\s+${parent}$`, "m").test(proc(pid, "status")))
    .filter((pid) => proc(pid, "cmdline").includes("terraform-provider"));
}

const isAlive = (pid: number): boolean => /^State:\s+[^Z]/m.test(proc(pid, "status"));

function proc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return ""; // It has ended.
  }
}
