import { ProblemError } from "../../../../lib/core/problem";
import { createAlertOpsSimulator } from "../../../../lib/systems/alertops/simulator";
import { createOvhSimulator } from "../../../../lib/systems/ovh-vrops/simulator";
import type { CreateSimulator, SimulatorWorld } from "../../../../lib/systems/kit/simulator/simulation";
import { createUiPathSimulator } from "../../../../lib/systems/uipath/simulator";
import { createUptrendsSimulator } from "../../../../lib/systems/uptrends/simulator";
import { createVropsSimulator } from "../../../../lib/systems/vrops/simulator";
import { memoryNetwork } from "../../../support/simulated";

const SIMULATORS: readonly (readonly [string, CreateSimulator, string, string])[] = [
  ["ovh", createOvhSimulator, "uniqueFlow", "uniqueFlows"],
  ["vrops", createVropsSimulator, "secretReadback", "secretReadBack"],
  ["uipath", createUiPathSimulator, "hostMails", "hostMail"],
  ["uptrends", createUptrendsSimulator, "stalereads", "staleReads"],
  ["alertops", createAlertOpsSimulator, "unique_names", "uniqueNames"],
];

function problemsOf(create: CreateSimulator, options: Record<string, unknown>) {
  const clock = { now: () => 0, sleep: async () => undefined };
  const world: SimulatorWorld = { clock, network: memoryNetwork(), random: () => 0.5, options };
  try {
    create(world);
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
  return [];
}

describe.each(SIMULATORS)("the options of the simulator of %s", (system, create, wrong, right) => {
  it("are refused when misspelt, with the word that was meant", () => {
    expect(problemsOf(create, { [system]: { [wrong]: true } })).toMatchObject([
      { code: "sandbox/option-invalid", path: [system, wrong], fix: `Did you mean ${right}?` },
    ]);
  });

  it("are refused when they are of the wrong kind", () => {
    expect(problemsOf(create, { [system]: { [right]: Symbol("x") } })).toMatchObject([
      { code: "sandbox/option-invalid", path: [system, right], got: expect.any(String) },
    ]);
  });

  it("may be left out, but for the service that all are told", () => {
    expect(problemsOf(create, { [system]: { service: "pcc-192-0-2-10" } })).toEqual([]);
    expect(problemsOf(create, {})).toEqual([]);
  });
});
