import { median, repeat } from "./measure";
import type { Row } from "./report";
import { startSandboxProcess, type SandboxProcess } from "./sandbox-process";
import { ADDRESS, bareTerraformData, REQUIREMENT, SERVICE, terraformData, Workspace } from "./workspace";

const PLANS = 3;

/** A thousand flows, against as many of Terraform's own in-process resources. */
export async function manyFlows(count = 1000): Promise<Row[]> {
  const data = new Workspace(terraformData(count), {});
  const dataCreate = await data.apply();
  const dataPlan = median((await repeat(PLANS, () => data.plan())).map((one) => one.seconds));
  data.remove();
  const bare = new Workspace(bareTerraformData(count), {});
  const bareCreate = await bare.apply();
  const barePlan = median((await repeat(PLANS, () => bare.plan())).map((one) => one.seconds));
  bare.remove();

  const sandbox = await startSandboxProcess("ovh");
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
    {
      what: `no-op plan of ${count} flows, API at 0 ms`,
      ours: seconds(plan),
      baseline: `${data_} with one short text: ${seconds(barePlan)}`,
      ratio: plan / barePlan,
    },
    {
      what: `create ${count} flows, API at 0 ms`,
      ours: seconds(create.seconds),
      baseline: `${data_} with one short text: ${seconds(bareCreate.seconds)}`,
      ratio: create.seconds / bareCreate.seconds,
    },
    { what: "provider peak memory", ours: `${peak.toFixed(0)} MiB`, baseline: "", value: peak, limit: 150 },
  ];
}

/** What people do today: a script per flow, with no plan, no drift, no wait. */
export async function againstLocalExec(count = 100): Promise<Row[]> {
  const scripted = await startSandboxProcess("ovh");
  const script = new Workspace(localExec(count, scripted), scripted.environment);
  const today = await script.apply();
  script.remove();
  await scripted.stop();

  const sandbox = await startSandboxProcess("ovh");
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

const flowConfiguration = (count: number): string => `${REQUIREMENT}
resource "outbound_ovh_vrops_flow" "flow" {
  count        = ${count}
  service_name = "${SERVICE}"
  ip           = "${ADDRESS}"
  port         = 587
}`;

const localExec = (count: number, sandbox: SandboxProcess): string => `resource "terraform_data" "flow" {
  count = ${count}
  provisioner "local-exec" {
    command = <<-EOT
      curl -sf -X POST -H 'Authorization: Bearer ${sandbox.accessToken}' -H 'Content-Type: application/json' \\
        -d '{"ip":"10.0.0.\${count.index}","servicePort":587}' \\
        ${sandbox.url}/1.0/dedicatedCloud/${SERVICE}/vrops/outgoingFlow >/dev/null
    EOT
  }
}`;

const seconds = (value: number): string => `${value.toFixed(2)} s`;
