import { cpus } from "node:os";
import { inParallel } from "../lib/core/in-parallel";
import { flowConfiguration, flowState, seededServices, upTo } from "./flows";
import { terraformVersion } from "./machine";
import { inMiB, inSeconds, secondsOf } from "./measure";
import { plansInTurns, secondsIn, withPlannedStacks } from "./planned";
import type { Row } from "./row";
import { startSandboxProcess } from "./sandbox-process";
import { stateFile } from "./state-file";
import type { Subject } from "./subject";
import { Workspace, type Measured } from "./workspace";

interface Fleet {
  readonly stacks: number;
  /** Flows in each. */
  readonly each: number;
}

const FLEET: Fleet = { stacks: 100, each: 100 };

/** The same number of flows as many small stacks, and as one. */
export async function fleet(subjects: readonly Subject[]): Promise<Row[]> {
  const { stacks, each } = FLEET;
  const subject = subjects[0]!;
  const limit = cpus().length;
  const { seconds, plans } = await fleetPlans(subject, FLEET, limit);
  const one = await withPlannedStacks(stacks * each, [subject], async ({ flows }) => {
    return (await plansInTurns(1, { flows })).of(subject)[0]!;
  });
  const what = `no-op plans of ${stacks} stacks of ${each} flows, ${limit} at a time`;
  const single = `one stack of ${stacks * each}`;
  const peak = Math.max(...plans.map(({ peakMiB }) => peakMiB));
  return [
    {
      what,
      node: subject.label,
      ours: inSeconds(seconds),
      baseline: `${single}: ${inSeconds(one.seconds)}`,
      ratio: seconds / one.seconds,
    },
    {
      what: `${what}: the longest of them`,
      node: subject.label,
      ours: inSeconds(Math.max(...secondsIn(plans))),
      baseline: "",
    },
    {
      what: `${what}: provider peak memory of each`,
      node: subject.label,
      ours: inMiB(peak),
      baseline: `${single}: ${inMiB(one.peakMiB)}`,
      ratio: peak / one.peakMiB,
    },
  ];
}

async function fleetPlans(subject: Subject, { stacks, each }: Fleet, limit: number) {
  // Each stack has a platform of its own, as fleets have.
  const services = upTo(stacks).map((index) => `pcc-198-51-100-${index}`);
  const sandbox = await startSandboxProcess("ovh", { options: seededServices(each, services) });
  const version = terraformVersion();
  const { environment, ids } = sandbox;
  const workspaces = services.map((service) => {
    const own = ids.filter((id) => id.startsWith(`${service}/`));
    const files = {
      "main.tf": flowConfiguration(each, service),
      "terraform.tfstate": stateFile([flowState(own)], version),
    };
    return new Workspace({ files, environment, subject });
  });
  try {
    await inParallel(workspaces, limit, (workspace) => workspace.init());
    let plans: Measured[] = [];
    const seconds = await secondsOf(async () => {
      plans = await inParallel(workspaces, limit, (workspace) => workspace.plan());
    });
    return { seconds, plans };
  } finally {
    for (const workspace of workspaces) workspace.remove();
    await sandbox.stop();
  }
}
