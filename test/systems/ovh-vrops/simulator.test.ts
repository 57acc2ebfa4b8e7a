import { createOvhSimulator } from "../../../lib/systems/ovh-vrops/simulator";
import { memoryNetwork, startSimulated, type Simulated } from "../../support/simulated";

const PLACE = { ip: "203.0.113.25", port: 587 };
const FLOWS = "/vrops/outgoingFlow";

interface Flow {
  readonly outgoingFlowId: number;
  readonly state: string;
}

/** The simulator by itself: what happens to a task after the caller has stopped looking. */
describe("the simulated OVHcloud", () => {
  let simulated: Simulated;
  afterEach(() => simulated?.close());

  const open = async (ovh: object = {}) => {
    const flows = [{ ...PLACE, description: "from before" }];
    const options = { ovh: { taskMilliseconds: 3, services: [{ name: "pcc-192-0-2-10", flows }], ...ovh } };
    simulated = await startSimulated(createOvhSimulator, { options, network: memoryNetwork() });
  };
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${simulated.url}/1.0/dedicatedCloud/pcc-192-0-2-10${path}`, {
      method,
      headers: { authorization: "Bearer sandbox-access-token" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as never };
  };
  const flow = async (): Promise<Flow | undefined> => {
    const [id] = (await call("GET", FLOWS)).body as number[];
    return id === undefined ? undefined : (await call("GET", `${FLOWS}/${id}`)).body;
  };
  const intervene = (name: string, argument: unknown) => simulated.simulator.interventions![name]!(argument);
  const ended = async (taskId: number) => {
    for (;;) {
      const task: { endDate: string | null; state: string } = (await call("GET", `/task/${taskId}`)).body;
      if (task.endDate !== null) return task.state;
    }
  };
  const remove = async (): Promise<{ taskId: number }> => {
    const { outgoingFlowId } = (await flow())!;
    return (await call("DELETE", `${FLOWS}/${outgoingFlowId}`)).body;
  };
  const allows = () => simulated.network.allows("pcc-192-0-2-10", PLACE.ip, PLACE.port);

  it("gives a deletion up: the flow is delivered again, its way open all the time", async () => {
    await open({ outcomes: ["given-up"] });
    expect(await ended((await remove()).taskId)).toBe("canceled");
    expect(await flow()).toMatchObject({ state: "delivered" });
    expect(allows()).toBe(true);
  });

  it.each([
    ["given-up", "canceled", { state: "delivered" }],
    ["error", "error", { state: "error" }],
    ["done", "done", undefined],
  ])("lets a deletion hang until somebody ends it: %s", async (outcome, state, left) => {
    await open();
    intervene("fail-next-task", { outcome: "hanging" });
    const { taskId } = await remove();
    const waiting = { state: "toDelete" };
    for (let look = 0; look < 20; look++) expect(await flow()).toMatchObject(waiting);
    intervene("end-task", { ...PLACE, outcome });
    expect(await ended(taskId)).toBe(state);
    if (left === undefined) expect(await flow()).toBeUndefined();
    else expect(await flow()).toMatchObject(left);
    expect(allows()).toBe(left !== undefined);
  });

  it("can be deleted again after a deletion that was given up", async () => {
    await open({ outcomes: ["given-up"] });
    await ended((await remove()).taskId);
    expect(await ended((await remove()).taskId)).toBe("done");
    expect(await flow()).toBeUndefined();
    expect(allows()).toBe(false);
  });

  it("leaves a new flow in error when its creation is given up", async () => {
    await open({ services: ["pcc-192-0-2-10"], outcomes: ["given-up"] });
    const { ip, port } = PLACE;
    const { taskId } = (await call("POST", FLOWS, { ip, servicePort: port, description: "" })).body as never;
    await ended(taskId);
    expect(await flow()).toMatchObject({ state: "error" });
    expect(allows()).toBe(false);
  });

  it("says when there is no task to end", async () => {
    await open();
    expect(() => intervene("end-task", PLACE)).toThrow("no task works on the flow to 203.0.113.25:587");
  });

  it("begins anew with what it began with, and forgets tasks under way", async () => {
    await open();
    intervene("fail-next-task", { outcome: "hanging" });
    await remove();
    intervene("fail-next-task", { outcome: "error" });
    simulated.simulator.tables.reset();
    expect(await flow()).toMatchObject({ outgoingFlowId: 41, state: "delivered" });
    expect((await call("GET", "/task")).body).toEqual([]);
    expect(await ended((await remove()).taskId)).toBe("done");
  });
});
