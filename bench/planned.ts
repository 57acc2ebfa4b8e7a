import { terraformVersion } from "./machine";
import { dataConfiguration, dataState, flowConfiguration, flowState, seededServices } from "./flows";
import { inTurns } from "./measure";
import { startSandboxProcess, type SandboxProcess } from "./sandbox-process";
import { stateFile } from "./state-file";
import type { Subject } from "./subject";
import { Workspace, type Measured } from "./workspace";

/** So many flows that exist and are in states: one workspace for each subject, and one of as many `terraform_data`. */
export interface PlannedStacks {
  readonly sandbox: SandboxProcess;
  readonly flows: ReadonlyMap<Subject, Workspace>;
  readonly data: Workspace;
}

/** The states are written, not applied. */
export async function withPlannedStacks<T>(
  count: number,
  subjects: readonly Subject[],
  use: (stacks: PlannedStacks) => Promise<T>,
): Promise<T> {
  const sandbox = await startSandboxProcess("ovh", { options: seededServices(count) });
  const version = terraformVersion();
  const data = new Workspace({
    files: { "main.tf": dataConfiguration(count), "terraform.tfstate": stateFile([dataState(count)], version) },
  });
  const files = {
    "main.tf": flowConfiguration(count),
    "terraform.tfstate": stateFile([flowState(sandbox.ids)], version),
  };
  const { environment } = sandbox;
  const flows = new Map(
    subjects.map((subject): [Subject, Workspace] => [subject, new Workspace({ files, environment, subject })]),
  );
  try {
    return await use({ sandbox, flows, data });
  } finally {
    for (const workspace of [data, ...flows.values()]) workspace.remove();
    await sandbox.stop();
  }
}

/** Plans of the baseline, where it takes part, and of each subject, in turns: the n-th of one was made beside the n-th of the others. */
export async function plansInTurns(
  turns: number,
  { data, flows }: Pick<PlannedStacks, "flows"> & Partial<PlannedStacks>,
) {
  const actions = new Map(data === undefined ? [] : [["", () => data.plan()]]);
  for (const [{ label }, workspace] of flows) actions.set(label, () => workspace.plan());
  const plans = await inTurns<Measured>(turns, actions);
  return {
    data: plans.get("") ?? [],
    of: ({ label }: Subject): readonly Measured[] => plans.get(label)!,
  };
}

export const secondsIn = (all: readonly Measured[]): number[] => all.map(({ seconds }) => seconds);
