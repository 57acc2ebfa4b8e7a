import { median, type Measured } from "./measure";
import type { Row } from "./report";
import { startSandboxProcess, type SandboxProcess } from "./sandbox-process";
import { ADDRESS, bareTerraformData, REQUIREMENT, SERVICE, terraformData, Workspace } from "./workspace";

const PLANS = 5;
const CREATES = 3;

/** A thousand flows, against as many of Terraform's own in-process resources. */
export async function manyFlows(count = 1000): Promise<Row[]> {
  const bare = new Workspace(bareTerraformData(count), {});
  const bareCreate = await bare.apply();
  const creates: { readonly data: Measured; readonly flows: Measured }[] = [];
  // The first pairs are for their times only; the last is planned below.
  for (let turn = 1; turn < CREATES; turn += 1) {
    const pair = await createdPair(count);
    creates.push(pair.create);
    await pair.remove();
  }
  const { data, flows, sandbox, create, createRequests, remove } = await createdPair(count);
  creates.push(create);

  const fast = await inTurns({ flows, data, bare });
  const planRequests = (await sandbox.takeRequestCount()) / PLANS;
  await sandbox.setLatency(50);
  const slow = await inTurns({ flows, data });
  bare.remove();
  await remove();

  const peak = Math.max(
    ...creates.map((one) => one.flows.providerPeakMiB),
    ...fast.flows.map((one) => one.providerPeakMiB),
  );
  const data_ = `${count} \`terraform_data\``;
  return [
    {
      what: `no-op plan of ${count} flows, API at 0 ms`,
      ...compared(fast.flows, fast.data, data_),
      limit: 2,
    },
    {
      what: `no-op plan of ${count} flows, API at 50 ms`,
      ...compared(slow.flows, slow.data, data_),
      limit: 2,
    },
    {
      what: `create ${count} flows, API at 0 ms`,
      ...compared(
        creates.map((one) => one.flows),
        creates.map((one) => one.data),
        data_,
      ),
      limit: 1.2,
    },
    { what: `API requests, create of ${count} flows`, ours: String(createRequests), baseline: "" },
    { what: `API requests, no-op plan of ${count} flows`, ours: String(planRequests), baseline: "" },
    {
      what: `no-op plan of ${count} flows, API at 0 ms`,
      ...compared(fast.flows, fast.bare, `${data_} with one short text`),
    },
    {
      what: `create ${count} flows, API at 0 ms`,
      ours: seconds(create.flows.seconds),
      baseline: `${data_} with one short text: ${seconds(bareCreate.seconds)}`,
      ratio: create.flows.seconds / bareCreate.seconds,
    },
    { what: "provider peak memory", ours: `${peak.toFixed(0)} MiB`, baseline: "", value: peak, limit: 150 },
  ];
}

/** The baseline is created, and right after it the flows. */
async function createdPair(count: number) {
  const data = new Workspace(terraformData(count), {});
  const dataCreate = await data.apply();
  const sandbox = await startSandboxProcess("ovh");
  const flows = new Workspace(flowConfiguration(count), sandbox.environment);
  const flowsCreate = await flows.apply();
  const createRequests = await sandbox.takeRequestCount();
  const remove = async () => {
    data.remove();
    flows.remove();
    await sandbox.stop();
  };
  return { data, flows, sandbox, create: { data: dataCreate, flows: flowsCreate }, createRequests, remove };
}

/** Plans one workspace after the other, again and again: the machine's speed changes within a minute. */
async function inTurns<Name extends string>(workspaces: Readonly<Record<Name, Workspace>>) {
  const plans = Object.fromEntries(Object.keys(workspaces).map((name) => [name, []])) as unknown as Record<
    Name,
    Measured[]
  >;
  for (let turn = 0; turn < PLANS; turn += 1) {
    for (const name of Object.keys(workspaces) as Name[]) plans[name].push(await workspaces[name].plan());
  }
  return plans;
}

/** The ratio is the median of those of the turns. */
function compared(ours: readonly Measured[], theirs: readonly Measured[], name: string) {
  const middle = (all: readonly Measured[]) => seconds(median(all.map((one) => one.seconds)));
  return {
    ours: middle(ours),
    baseline: `${name}: ${middle(theirs)}`,
    ratio: median(ours.map((one, turn) => one.seconds / theirs[turn]!.seconds)),
  };
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
