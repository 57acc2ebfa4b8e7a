import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PROVIDER_SOURCE, PROVIDER_VERSION } from "../lib/provider/identity";
import { median, repeat, run, type Measured } from "./measure";
import type { Row } from "./report";
import { startSandboxProcess, type SandboxProcess } from "./sandbox-process";

const SERVICE = "pcc-192-0-2-10";
const PLANS = 3;

/** A thousand flows, against as many of Terraform's own in-process resources. */
export async function manyFlows(count = 1000): Promise<Row[]> {
  const data = new Workspace(terraformData(count), {});
  const dataCreate = await data.apply();
  const dataPlan = median((await repeat(PLANS, () => data.plan())).map((one) => one.seconds));
  data.remove();

  const sandbox = await startSandboxProcess(0);
  const flows = new Workspace(flowConfiguration(count), sandbox.environment);
  const create = await flows.apply();
  const createRequests = await sandbox.takeRequestCount();
  const plans = await repeat(PLANS, () => flows.plan());
  const planRequests = (await sandbox.takeRequestCount()) / PLANS;

  await sandbox.setLatency(50);
  const slowPlan = median((await repeat(PLANS, () => flows.plan())).map((one) => one.seconds));
  flows.remove();
  await sandbox.stop();

  const plan = median(plans.map((one) => one.seconds));
  const peak = Math.max(create.providerPeakMiB, ...plans.map((one) => one.providerPeakMiB));
  const data_ = `${count} \`terraform_data\``;
  return [
    {
      what: `no-op plan of ${count} flows, API at 0 ms`,
      ours: seconds(plan),
      baseline: `${data_}: ${seconds(dataPlan)}`,
      ratio: plan / dataPlan,
      limit: 2,
    },
    {
      what: `no-op plan of ${count} flows, API at 50 ms`,
      ours: seconds(slowPlan),
      baseline: `${data_}: ${seconds(dataPlan)}`,
      ratio: slowPlan / dataPlan,
      limit: 2,
    },
    {
      what: `create ${count} flows, API at 0 ms`,
      ours: seconds(create.seconds),
      baseline: `${data_}: ${seconds(dataCreate.seconds)}`,
      ratio: create.seconds / dataCreate.seconds,
      limit: 1.2,
    },
    { what: `API requests, create of ${count} flows`, ours: String(createRequests), baseline: "" },
    { what: `API requests, no-op plan of ${count} flows`, ours: String(planRequests), baseline: "" },
    { what: "provider peak memory", ours: `${peak.toFixed(0)} MiB`, baseline: "", value: peak, limit: 150 },
  ];
}

/** What people do today: a script per flow, with no plan, no drift, no wait. */
export async function againstLocalExec(count = 100): Promise<Row[]> {
  const scripted = await startSandboxProcess(0);
  const script = new Workspace(localExec(count, scripted), scripted.environment);
  const today = await script.apply();
  script.remove();
  await scripted.stop();

  const sandbox = await startSandboxProcess(0);
  const flows = new Workspace(flowConfiguration(count), sandbox.environment);
  const ours = await flows.apply();
  flows.remove();
  await sandbox.stop();
  return [
    {
      what: `create ${count} flows`,
      ours: seconds(ours.seconds),
      baseline: `\`terraform_data\` + \`local-exec\` + curl: ${seconds(today.seconds)}`,
      ratio: ours.seconds / today.seconds,
    },
  ];
}

class Workspace {
  private readonly directory = mkdtempSync(join(tmpdir(), "outbound-bench-"));
  private ready: Promise<Measured> | undefined;

  constructor(
    configuration: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {
    const mirror = join(this.directory, "terraform.d/plugins", PROVIDER_SOURCE, PROVIDER_VERSION, platform());
    mkdirSync(mirror, { recursive: true });
    cpSync(
      resolve(__dirname, "../dist/provider/terraform-provider-outbound"),
      join(mirror, `terraform-provider-outbound_v${PROVIDER_VERSION}`),
    );
    writeFileSync(join(this.directory, "main.tf"), configuration);
  }

  async apply(): Promise<Measured> {
    await this.init();
    return this.terraform("apply", "-auto-approve");
  }

  async plan(): Promise<Measured> {
    await this.init();
    return this.terraform("plan", "-detailed-exitcode");
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private init(): Promise<Measured> {
    this.ready ??= this.terraform("init");
    return this.ready;
  }

  private terraform(command: string, ...args: string[]): Promise<Measured> {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(TF_|OVH_|VROPS_)/.test(name));
    return run("terraform", [command, "-no-color", "-input=false", ...args], {
      cwd: this.directory,
      env: { ...Object.fromEntries(inherited), CHECKPOINT_DISABLE: "1", ...this.environment },
    });
  }
}

const terraformData = (count: number): string => `resource "terraform_data" "flow" {
  count = ${count}
  input = "203.0.113.\${count.index}"
}`;

const flowConfiguration = (count: number): string => `terraform {
  required_providers {
    outbound = { source = "${PROVIDER_SOURCE}", version = "${PROVIDER_VERSION}" }
  }
}
resource "outbound_ovh_vrops_flow" "flow" {
  count        = ${count}
  service_name = "${SERVICE}"
  ip           = "10.0.\${floor(count.index / 250)}.\${count.index % 250}"
  port         = 587
}`;

const localExec = (count: number, sandbox: SandboxProcess): string => `resource "terraform_data" "flow" {
  count = ${count}
  provisioner "local-exec" {
    command = <<-EOT
      curl -sf -X POST -H 'Authorization: Bearer ${sandbox.accessToken}' -H 'Content-Type: application/json' \\
        -d '{"ip":"10.0.0.\${count.index}","servicePort":587}' \\
        ${sandbox.ovhUrl}/dedicatedCloud/${SERVICE}/vrops/outgoingFlow >/dev/null
    EOT
  }
}`;

const seconds = (value: number): string => `${value.toFixed(2)} s`;

function platform(): string {
  const os = process.platform === "win32" ? "windows" : process.platform;
  return `${os}_${process.arch === "x64" ? "amd64" : process.arch}`;
}
