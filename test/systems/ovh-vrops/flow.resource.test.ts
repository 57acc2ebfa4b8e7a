import { withoutOwnership } from "../../../lib/terraform-plugin/ownership/without-ownership";
import type { WebApp } from "../../../lib/systems/kit/simulator/web-app";
import { systemClock } from "../../../lib/core/clock";
import type { ProblemError } from "../../../lib/core/problem";
import type { ObjectOwnership } from "../../../lib/terraform-plugin/ownership/address";
import { flowResource } from "../../../lib/systems/ovh-vrops/flow.resource";
import { isUnknown } from "../../../lib/terraform-plugin/values";
import {
  closeWorlds,
  create,
  created,
  planned,
  read,
  refusal,
  remove,
  SERVICE,
  startWorld,
  update,
  type World,
} from "./support";
import { planning } from "../../support/planning";

afterEach(closeWorlds);

const place = { ip: "203.0.113.25", port: 587 };
const isOpen = (world: World) => world.network.allows(SERVICE, place.ip, place.port);

/** Breaks the connection of the n-th POST of a flow, before or after the API has acted. */
function loseReply(when: "before" | "after", times = 1) {
  return (app: WebApp) => {
    let left = times;
    const isIt = (request: { method: string; url: string }) =>
      request.method === "POST" && request.url.endsWith("/outgoingFlow") && left > 0 && left-- > 0;
    if (when === "before") {
      app.addHook("onRequest", async (request, reply) => {
        if (!isIt(request)) return;
        reply.hijack();
        request.raw.socket.destroy();
      });
    } else {
      app.addHook("onSend", async (request, reply) => {
        if (isIt(request)) reply.raw.socket?.destroy();
      });
    }
  };
}

/** A flow that no list has; by its number it is there. */
async function startUnlisted() {
  const world = await startWorld({
    ovh: { services: [{ name: SERVICE, flows: [{ ...place, description: "SMTP relay" }] }] },
    prepare: (app) =>
      app.addHook("onSend", async (request, _, payload) =>
        request.method === "GET" && request.url.endsWith("/outgoingFlow") ? "[]" : payload,
      ),
  });
  return { world, state: planned({ id: `${SERVICE}/41`, flow_id: 41, state: "delivered" }) };
}

/** Until so many requests more have arrived. */
async function looks(world: World, count: number): Promise<void> {
  const enough = world.requests.length + count;
  while (world.requests.length < enough) await new Promise(setImmediate);
}

/** Answers in place of the API, which never hears of the request. */
const answering = (method: string, kind: "maintenance" | "fake-success") => (app: WebApp) =>
  app.addHook("onRequest", async (request, reply) => {
    if (request.method !== method) return;
    if (kind === "fake-success") return reply.code(204).send();
    return reply.type("text/html").send("<html><body>We are working on it</body></html>");
  });

describe("create", () => {
  test("opens the flow, waits for it, and knows its number", async () => {
    const world = await startWorld();

    const { state, saved } = await create(world);

    expect(state).toEqual(planned({ id: `${SERVICE}/41`, flow_id: 41, state: "delivered" }));
    expect(isOpen(world)).toBe(true);
    expect(saved[0]).toMatchObject({ flow_id: 41, id: `${SERVICE}/41` });
    expect(world.reports).toEqual([]);
  });

  test.each([
    ["flows are listed only when their task is done", { listed: "when-done" }],
    ["finished tasks cannot be read", { forgetTasks: true }],
    ["many cannot be read at once", { batch: false }],
    ["OVHcloud has to repair the task", { outcomes: ["fixing"] }],
  ])("also when %s", async (_, ovh) => {
    const world = await startWorld({ ovh });
    const states = await Promise.all([25, 465, 587, 2525].map((port) => created(world, { port })));
    expect(states.map(({ state }) => state)).toEqual(Array(4).fill("delivered"));
    expect(world.flows()).toHaveLength(4);
  });

  test("many at once never claim each other's flow, and share their requests", async () => {
    const world = await startWorld();
    const ips = Array.from({ length: 60 }, (_, index) => `203.0.113.${index + 1}`);

    const states = await Promise.all(ips.map((ip) => created(world, { ip })));

    const flows = new Map(world.flows().map((flow) => [flow.outgoingFlowId, flow.ip]));
    expect(states.map(({ flow_id }) => flows.get(flow_id!))).toEqual(ips);
    expect(flows.size).toBe(60);
    expect(world.requests.length).toBeLessThan(60 * 3);
  });

  test("an equal flow is taken over with a warning, not doubled", async () => {
    const world = await startWorld({
      ovh: { services: [{ name: SERVICE, flows: [{ ...place, description: "SMTP relay" }] }] },
    });
    const state = await created(world);
    expect(state).toMatchObject({ flow_id: 41, state: "delivered" });
    expect(world.reports).toMatchObject([{ code: "ovh/adopted", severity: "warning" }]);
    expect(world.count("POST")).toBe(0);
  });

  test("the flow of a run that was killed is taken over while it is still being opened", async () => {
    const world = await startWorld({ ovh: { taskMilliseconds: 60 } });
    const stop = new AbortController();
    const killed = create(world, {}, world.context(stop.signal)).catch((error: unknown) => error);
    while (world.flows().length === 0) await new Promise(setImmediate);
    stop.abort(new Error("killed"));
    expect(await killed).toMatchObject({ message: expect.stringContaining("") });

    const next = { ...world, context: () => ({ ...world.context(), client: world.reconnect() }) };
    expect(await created(next)).toMatchObject({ flow_id: 41, state: "delivered" });
    expect(world.flows()).toHaveLength(1);
  });

  test("one with another description is left alone, and the import command is printed", async () => {
    const world = await startWorld({
      ovh: { services: [{ name: SERVICE, flows: [{ ...place, description: "somebody's" }] }] },
    });
    const { problem } = await create(world);
    expect(problem).toMatchObject({
      code: "ovh/already-exists",
      got: `description is "somebody's", declared "SMTP relay"`,
    });
    expect(problem?.fix).toContain(`terraform import outbound_ovh_vrops_flow.NAME ${SERVICE}/41`);
    expect(world.flows()).toMatchObject([{ description: "somebody's" }]);
  });

  test("adopt_existing takes it over and changes the description", async () => {
    const world = await startWorld({
      ovh: { services: [{ name: SERVICE, flows: [{ ...place, description: "somebody's" }] }] },
    });
    const state = await created(world, { adopt_existing: true });
    expect(state).toMatchObject({ flow_id: 41, description: "SMTP relay", state: "delivered" });
    expect(world.flows()).toMatchObject([{ outgoingFlowId: 41, description: "SMTP relay" }]);
  });

  test("an equal flow in error makes room for a new one", async () => {
    const world = await startWorld({
      ovh: { services: [{ name: SERVICE, flows: [{ ...place, description: "SMTP relay" }] }] },
    });
    world.intervene("break-flow", place);
    expect(await created(world)).toMatchObject({ flow_id: 42, state: "delivered" });
    expect(world.flows()).toHaveLength(1);
  });

  test.each(["maintenance", "fake-success"] as const)(
    "answered by a %s is not believed, and says of what",
    async (kind) => {
      const world = await startWorld({ prepare: answering("POST", kind) });
      const { problem } = await create(world);
      expect(problem).toMatchObject({
        code: "ovh/unexpected-answer",
        summary: expect.stringContaining("could not open the flow to 203.0.113.25:587"),
      });
      expect(world.count("POST")).toBe(1);
    },
  );

  test("an answer lost after the effect: the flow is found, not doubled", async () => {
    const world = await startWorld({ prepare: loseReply("after") });
    expect(await created(world)).toMatchObject({ flow_id: 41, state: "delivered" });
    expect(world.count("POST")).toBe(1);
    expect(world.flows()).toHaveLength(1);
  });

  test("a request lost before the effect is sent again only after looking", async () => {
    const world = await startWorld({ prepare: loseReply("before") });
    expect(await created(world)).toMatchObject({ state: "delivered" });
    expect(world.flows()).toHaveLength(1);
    const posts = world.requests.flatMap((line, at) => (line.startsWith("POST") ? [at] : []));
    const between = world.requests.slice(posts[0]! + 1, posts[1]);
    expect(between).toContain(`GET /1.0/dedicatedCloud/${SERVICE}/vrops/outgoingFlow`);
    expect(between).toContain(`GET /1.0/dedicatedCloud/${SERVICE}/task?state=doing`);
  });

  test("of two flows appearing at once, the one with our description is ours", async () => {
    const world = await startWorld();
    world.app.server.prependListener("request", (request: { method?: string }) => {
      if (request.method === "POST") world.intervene("add-flow", { ...place, description: "a colleague's" });
    });
    expect(await created(world)).toMatchObject({ flow_id: 42, description: "SMTP relay" });
    // The colleague's stays, and both are told.
    expect(world.flows()).toHaveLength(2);
    expect(world.reports).toMatchObject([
      { code: "ovh/flow-opened-twice", severity: "warning", got: `${SERVICE}/42, ${SERVICE}/41` },
    ]);
  });

  test("two equal flows appearing at once, of one task, are not guessed between", async () => {
    const world = await startWorld();
    // As if a colleague had pressed the button in the same second.
    world.app.server.prependListener("request", (request: { method?: string; url?: string }) => {
      if (request.method === "POST") world.intervene("add-flow", { ...place, description: "SMTP relay" });
    });
    const { problem, saved } = await create(world);
    expect(problem).toMatchObject({ code: "ovh/flow-opened-twice", got: `${SERVICE}/41, ${SERVICE}/42` });
    expect(problem?.fix).toContain(`terraform import outbound_ovh_vrops_flow.NAME ${SERVICE}/41`);
    expect(saved).toEqual([]);
  });

  describe.each(["at-once", "when-done"])("where flows are listed %s", (listed) => {
    test("two states that open the same flow at the same moment have one each, and one is told", async () => {
      const world = await startWorld({ ovh: { listed, taskMilliseconds: 30 } });
      const other = world.reconnect();
      const runs = [world.client, other].map((client) => ({
        ...world,
        context: () => ({ ...world.context(), client }),
      }));
      const signal = world.context().signal;
      // Both have looked before either has asked.
      for (const { context } of runs) {
        await context().client.on(SERVICE, context(), (flows) => flows.table.get(signal));
      }
      const states = await Promise.all(runs.map((run) => created(run)));
      expect(states.map(({ flow_id }) => flow_id).sort()).toEqual([41, 42]);
      expect(world.flows()).toHaveLength(2);
      expect(world.reports).toEqual(
        expect.arrayContaining([expect.objectContaining({ code: "ovh/flow-opened-twice", severity: "warning" })]),
      );
    });
  });

  test("a lost answer whose task is under way, but shows no flow, is not repeated", async () => {
    const world = await startWorld({
      prepare: loseReply("after"),
      ovh: { listed: "when-done", taskMilliseconds: 60_000 },
    });
    const { problem } = await create(world);
    expect(problem).toMatchObject({ code: "ovh/reply-lost" });
    expect(world.count("POST")).toBe(1);
  });

  test.each([
    ["error", "ovh/task-failed", "The firewall did not answer"],
    ["canceled", "ovh/task-canceled", "canceled, 40 %"],
  ])("a task that ends in %s fails with its words, and the flow is not lost", async (outcome, code, words) => {
    const world = await startWorld({ ovh: { outcomes: [outcome] } });
    const { problem, saved } = await create(world);
    expect(problem).toMatchObject({ code, evidence: expect.stringContaining(words) });
    expect(saved.at(-1)).toMatchObject({ flow_id: 41 });
  });

  test("being told to stop ends the wait, and what exists is known", async () => {
    const world = await startWorld({ ovh: { taskMilliseconds: 60_000 } });
    const stop = new AbortController();
    const saved: unknown[] = [];
    const plan = planned();
    const save = (state: unknown) => {
      saved.push(state);
      stop.abort(new Error("told to stop"));
    };
    const request = { planned: plan, config: plan, private: {}, ownership: withoutOwnership, save };
    await expect(flowResource.create(request, world.context(stop.signal))).rejects.toThrow("told to stop");
    expect(saved).toMatchObject([{ flow_id: 41, state: "toCreate" }]);
  });
});

describe("what a failed task has left", () => {
  type Held = Awaited<ReturnType<ObjectOwnership["standing"]>>;
  async function createOver(standing: Held, description = "SMTP relay") {
    const world = await startWorld({ ovh: { services: [{ name: SERVICE, flows: [{ ...place, description }] }] } });
    world.intervene("break-flow", place);
    const ownership = { ...withoutOwnership, standing: async () => standing, take: async () => standing };
    const plan = planned();
    const request = { planned: plan, config: plan, private: {}, ownership, save: () => undefined };
    const outcome = await Promise.resolve(flowResource.create(request, world.context())).then(
      ({ flow_id }) => flow_id,
      (error: unknown) => (error as ProblemError).problems[0]!.code,
    );
    const left = world.flows().map(({ outgoingFlowId: id }) => id);
    return { outcome, closed: world.count("DELETE /41"), left, told: world.reports.map(({ code }) => code) };
  }

  test.each<Held>([{ kind: "kept" }, { kind: "taken" }, { kind: "unknowable" }])(
    "and is somebody's is neither closed nor replaced: %j",
    async (standing) => {
      const { outcome, ...rest } = await createOver(standing);
      expect(outcome).toMatch(/^terraform\//);
      expect(rest).toEqual({ closed: 0, left: [41], told: [] });
    },
  );

  test("and is nobody's, but declared otherwise, is refused like any other", async () => {
    expect(await createOver({ kind: "free" }, "of others")).toEqual({
      outcome: "ovh/already-exists",
      closed: 0,
      left: [41],
      told: [],
    });
  });

  test("and is nobody's, as declared, makes place for one that works: nothing of it is taken over", async () => {
    expect(await createOver({ kind: "free" })).toEqual({ outcome: 42, closed: 1, left: [42], told: [] });
  });

  test.each<Held>([
    { kind: "passing", notes: {} },
    { kind: "own", notes: {}, forgotten: false },
  ])("and is ours is replaced by one that works: %j", async (standing) => {
    expect(await createOver(standing)).toMatchObject({ outcome: 42, closed: 1, left: [42] });
  });
});

describe("what stands in the way as a whole", () => {
  test("vROps that is switched off is named as the reason", async () => {
    const world = await startWorld();
    world.intervene("disable-vrops");
    expect((await create(world)).problem).toMatchObject({ code: "ovh/vrops-not-enabled", got: "disabled" });
  });

  test("an expired service is", async () => {
    const world = await startWorld();
    world.intervene("expire-service");
    expect((await create(world)).problem).toMatchObject({ code: "ovh/service-expired", got: SERVICE });
  });

  test("a service that does not exist is not an empty one", async () => {
    const world = await startWorld();
    const prior = planned({ service_name: "pcc-192-0-2-99", flow_id: 41 });
    expect(await refusal(read(world, prior))).toMatchObject({ code: "ovh/service-not-found" });
  });

  test("a value that the API refuses is shown at its attribute", async () => {
    const world = await startWorld();
    expect((await create(world, { port: 26 })).problem).toMatchObject({
      code: "ovh/value-refused",
      path: ["port"],
      summary:
        "OVHcloud refuses a value: [servicePort] Given data (26) is not valid for type long; could not open the flow to 203.0.113.25:26",
    });
  });
});

describe("read", () => {
  const many = (count: number) => ({
    services: [
      {
        name: SERVICE,
        flows: Array.from({ length: count }, (_, i) => ({ ip: `198.51.100.${i + 1}`, port: 25, description: `${i}` })),
      },
    ],
  });

  /** No list takes so long that something is requested beside it. */
  const listedAtOnce = {
    ...systemClock,
    sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms + 10_000, signal),
  };

  test("a hundred flows cost one list and one batch, however many ask", async () => {
    const world = await startWorld({ ovh: many(100) });
    const states = await Promise.all(
      Array.from({ length: 100 }, (_, i) => read(world, planned({ flow_id: 41 + i, id: `${SERVICE}/${41 + i}` }))),
    );
    expect(states[99]).toMatchObject({ ip: "198.51.100.100", port: 25, description: "99", state: "delivered" });
    expect(world.requests.filter((line) => !line.endsWith("/auth/time"))).toHaveLength(2);
  });

  test("where large batches are refused, smaller ones are asked for, and each flow is read once", async () => {
    const world = await startWorld({ ovh: { ...many(150), largestBatch: 40 }, clock: listedAtOnce });
    expect(await read(world, planned({ flow_id: 190 }))).toMatchObject({ description: "149" });
    const batches = world.requests.filter((line) => line.includes(","));
    // Two that are refused, and then forty at a time, at the most.
    expect(batches.map((line) => line.split(",").length).slice(0, 2)).toEqual([100, 50]);
    expect(
      batches
        .map((line) => line.split(",").length)
        .slice(2)
        .sort(),
    ).toEqual([10, 20, 40, 40, 40]);
    expect(world.requests.filter((line) => /outgoingFlow\/\d+$/.test(line))).toEqual([]);
  });

  test("where batches do not work, each flow is read by itself", async () => {
    const world = await startWorld({ ovh: { ...many(90), batch: false }, clock: listedAtOnce });
    expect(await read(world, planned({ flow_id: 130 }))).toMatchObject({ description: "89" });
    // As many as there are, then forty; after that it is known.
    expect(world.requests.filter((line) => line.includes(",")).map((line) => line.split(",").length)).toEqual([90, 40]);
  });

  describe("the flows that are looked for are requested beside a list that takes its time:", () => {
    const LIST = /outgoingFlow$/;
    const DETAILS = /outgoingFlow\/41,42$/;
    const flowOf = (id: number) => planned({ flow_id: id, id: `${SERVICE}/${id}` });
    const readTwo = (world: World) => Promise.all([read(world, flowOf(41)), read(world, flowOf(42))]);

    /** A service whose list is answered only after the details have been requested. */
    function startSlowList(refused?: RegExp): Promise<World> {
      let requested = () => undefined as void;
      const details = new Promise<void>((resolve) => (requested = resolve));
      const prepare = (app: WebApp) =>
        app.addHook("onSend", async (request, reply, payload) => {
          if (DETAILS.test(request.url)) requested();
          if (LIST.test(request.url)) await details;
          if (!refused?.test(request.url)) return payload;
          void reply.code(401);
          return JSON.stringify({ message: "refused" });
        });
      return startWorld({ ovh: many(3), prepare });
    }

    test("each flow is requested once", async () => {
      const world = await startSlowList();
      expect(await readTwo(world)).toMatchObject([{ description: "0" }, { description: "1" }]);
      expect(await read(world, flowOf(43))).toMatchObject({ description: "2" });
      expect([world.count("GET "), world.count("GET /41,42"), world.count("GET /43")]).toEqual([1, 1, 1]);
    });

    test("if both are refused, the list says why", async () => {
      const world = await startSlowList(/outgoingFlow/);
      expect((await refusal(readTwo(world))).summary).toContain("could not list the flows");
    });

    test("if they alone are refused, they say why, and are not requested again", async () => {
      const world = await startSlowList(DETAILS);
      expect((await refusal(readTwo(world))).summary).toContain("could not read flows");
      expect(world.count("GET /41,42")).toBe(1);
    });
  });

  test("what a colleague has changed is seen by the next run", async () => {
    const world = await startWorld();
    const state = await created(world);
    world.intervene("edit-flow", { ...place, description: "by hand" });
    const next = { ...world, context: () => ({ ...world.context(), client: world.reconnect() }) };
    expect(await read(next, state)).toEqual({ ...state, description: "by hand" });
  });

  test("one that a list lacks is asked for by its number before it counts as gone", async () => {
    const { world, state } = await startUnlisted();
    expect(await read(world, state)).toEqual(state);
    world.intervene("close-flow", place);
    expect(await read(world, state)).toBeNull();
  });

  test("a flow that is gone reads as null", async () => {
    const world = await startWorld();
    const state = await created(world);
    world.intervene("close-flow", place);
    const next = { ...world, context: () => ({ ...world.context(), client: world.reconnect() }) };
    expect(await read(next, state)).toBeNull();
  });

  test("a flow in error is a warning, and is planned to be replaced", async () => {
    const world = await startWorld({ ovh: many(1) });
    world.intervene("break-flow", { ip: "198.51.100.1", port: 25 });
    const prior = await read(world, planned({ flow_id: 41 }));
    expect(world.reports).toMatchObject([{ code: "ovh/flow-in-error", severity: "warning" }]);

    const replace = new Set<never>();
    const request = { prior, planned: { ...prior! }, config: null, private: {}, replace };
    await flowResource.plan!(request as never, planning(world.context()));
    expect([...replace]).toEqual(["state"]);
    expect(isUnknown(request.planned.state)).toBe(true);
  });
});

describe("update", () => {
  test.each(["maintenance", "fake-success"] as const)(
    "answered by a %s is not believed, and says of what",
    async (kind) => {
      let posts = 0;
      const world = await startWorld({
        prepare: (app) =>
          app.addHook("onRequest", async (request, reply) => {
            if (request.method !== "POST" || ++posts === 1) return;
            if (kind === "fake-success") return reply.code(204).send();
            return reply.type("text/html").send("<html><body>We are working on it</body></html>");
          }),
      });
      const state = await created(world);
      expect(await refusal(Promise.resolve(update(world, state, { description: "x" })))).toMatchObject({
        code: "ovh/unexpected-answer",
        summary: expect.stringContaining(`could not change the flow to 203.0.113.25:587 (id ${SERVICE}/41)`),
      });
    },
  );

  test("changes the description in place", async () => {
    const world = await startWorld();
    const state = await created(world);
    const changed = await update(world, state, { description: "SMTP relay (prod)" });
    expect(changed).toEqual({ ...state, description: "SMTP relay (prod)" });
    expect(world.flows()).toMatchObject([{ outgoingFlowId: 41, description: "SMTP relay (prod)" }]);
    expect(await read(world, changed)).toEqual(changed);
  });

  test("of attributes that are only ours sends nothing", async () => {
    const world = await startWorld();
    const state = await created(world);
    const before = world.requests.filter((line) => line.startsWith("POST")).length;
    expect(await update(world, state, { adopt_existing: true })).toEqual({ ...state, adopt_existing: true });
    expect(world.requests.filter((line) => line.startsWith("POST"))).toHaveLength(before);
  });

  test("of a flow that vanished after the plan says so", async () => {
    const world = await startWorld();
    const state = await created(world);
    expect(
      await refusal(Promise.resolve(update(world, { ...state, flow_id: 99 }, { description: "x" }))),
    ).toMatchObject({
      code: "ovh/vanished",
    });
  });
});

describe("delete", () => {
  test("closes the flow and waits until it is gone", async () => {
    const world = await startWorld();
    const state = await created(world);
    await remove(world, state);
    expect(world.flows()).toEqual([]);
    expect(isOpen(world)).toBe(false);
    expect(await read(world, state)).toBeNull();
  });

  test("of a flow that is gone already succeeds", async () => {
    const world = await startWorld();
    const state = await created(world);
    world.intervene("close-flow", place);
    await remove(world, state);
    await remove(world, state);
    expect(world.flows()).toEqual([]);
  });

  test("whose answer is lost still ends with the flow gone", async () => {
    let lost = 0;
    const world = await startWorld({
      prepare: (app) =>
        app.addHook("onSend", async (request, reply) => {
          if (request.method === "DELETE" && lost++ === 0) reply.raw.socket?.destroy();
        }),
    });
    await remove(world, await created(world));
    expect(lost).toBe(2);
    expect(world.flows()).toEqual([]);
  });

  test("whose task fails says so", async () => {
    const world = await startWorld();
    const state = await created(world);
    world.intervene("fail-next-task");
    expect(await refusal(Promise.resolve(remove(world, state)))).toMatchObject({ code: "ovh/task-failed" });
  });

  test.each([
    ["a page with status 200", "maintenance"],
    ["an empty answer with status 204", "fake-success"],
  ] as const)("answered by %s is not believed, and says of what", async (_, kind) => {
    const world = await startWorld({ prepare: answering("DELETE", kind) });
    const state = await created(world);
    const problem = await refusal(Promise.resolve(remove(world, state)));
    expect(problem).toMatchObject({
      code: "ovh/unexpected-answer",
      summary: expect.stringContaining(`could not close the flow to 203.0.113.25:587 (id ${SERVICE}/41)`),
    });
    expect(world.flows()).toHaveLength(1);
  });

  test("is not done as long as the flow is there by its number, though no list has it", async () => {
    const { world, state } = await startUnlisted();
    world.intervene("fail-next-task", { outcome: "hanging" });
    const removed = remove(world, state).then(() => "gone");
    while (world.flows()[0]?.state === "delivered") await new Promise(setImmediate);
    await looks(world, 12);
    expect(await Promise.race([removed, Promise.resolve("waiting")])).toBe("waiting");
    world.intervene("end-task", { ...place, outcome: "done" });
    expect(await removed).toBe("gone");
  });

  describe("that was given up half-way", () => {
    const givenUp = async () => {
      const world = await startWorld();
      const state = await created(world);
      world.intervene("fail-next-task", { outcome: "hanging" });
      const stop = new AbortController();
      const first = remove({ ...world, context: () => world.context(stop.signal) }, state);
      while (world.flows()[0]?.state === "delivered") await new Promise(setImmediate);
      stop.abort(new Error("Ctrl-C"));
      await expect(first).rejects.toThrow();
      const client = world.reconnect();
      return { state, world: { ...world, context: () => ({ ...world.context(), client }) } };
    };

    test("is remembered: the flow is still owned, and told to be on its way out", async () => {
      const { world, state } = await givenUp();
      expect(await read(world, state)).toEqual({ ...state, state: "toDelete" });
      expect(world.reports).toMatchObject([{ code: "ovh/flow-is-closing", severity: "warning" }]);
    });

    test("is waited for by the next destroy, which does not ask again", async () => {
      const { world, state } = await givenUp();
      const removed = remove(world, state);
      await looks(world, 6);
      world.intervene("end-task", { ...place, outcome: "done" });
      await removed;
      expect(world.flows()).toEqual([]);
      expect(world.requests.filter((line) => line.startsWith("DELETE"))).toHaveLength(1);
    });

    test("is asked for again by the next destroy when OVHcloud gives the first up", async () => {
      const { world, state } = await givenUp();
      const removed = remove(world, state);
      await looks(world, 6);
      world.intervene("end-task", { ...place, outcome: "given-up" });
      await removed;
      expect(world.requests.filter((line) => line.startsWith("DELETE"))).toHaveLength(2);
      expect(world.flows()).toEqual([]);
      expect(isOpen(world)).toBe(false);
    });

    test("makes the next apply replace the flow", async () => {
      const { world, state } = await givenUp();
      const prior = await read(world, state);
      const replace = new Set<never>();
      const request = { prior, planned: { ...prior! }, config: null, private: {}, replace };
      await flowResource.plan!(request as never, planning(world.context()));
      expect([...replace]).toEqual(["state"]);
      expect(isUnknown(request.planned.state)).toBe(true);
    });

    test("leaves the flow owned and open when OVHcloud gives it up before the next plan", async () => {
      const { world, state } = await givenUp();
      world.intervene("end-task", { ...place, outcome: "given-up" });
      while (world.flows()[0]?.state !== "delivered") await new Promise(setImmediate);
      expect(await read(world, state)).toEqual(state);
      expect(world.reports).toEqual([]);
    });
  });

  test("and create of the same place in one run end with a flow", async () => {
    const world = await startWorld({ ovh: { taskMilliseconds: 30 } });
    const old = await created(world);
    const next = { ...world, context: () => ({ ...world.context(), client: other }) };
    const other = world.reconnect();
    const removed = remove(next, old);
    while (world.flows()[0]?.state === "delivered") await new Promise(setImmediate);
    await other.on(SERVICE, next.context(), (flows) => flows.table.refresh(next.context().signal));
    expect(await created(next, { description: "anew" })).toMatchObject({ flow_id: 42, state: "delivered" });
    await removed;
    expect(world.flows()).toMatchObject([{ outgoingFlowId: 42 }]);
    expect(isOpen(world)).toBe(true);
  });
});

describe("import", () => {
  const imported = (id: string) => flowResource.import!(id, {} as never);

  test("the id names service and flow, and read fills the rest", async () => {
    const world = await startWorld();
    const state = await created(world);
    const told = { ...planned({ ip: null as never, port: null as never }), ...(await imported(state.id!)) };
    expect(await read(world, told, true)).toEqual(state);
  });

  test.each([SERVICE, `${SERVICE}/`, "/42", `${SERVICE}/fortytwo`, `${SERVICE}/42/1`, "42", ""])(
    "%j is refused",
    (id) => {
      expect(() => imported(id)).toThrow(/<service_name>\/<flow_id>/);
    },
  );
});

describe("throttling", () => {
  test.each([true, false])("429 is waited out (Retry-After: %s)", async (retryAfter) => {
    let left = 3;
    const world = await startWorld({
      prepare: (app) =>
        app.addHook("onRequest", async (request, reply) => {
          if (request.url.endsWith("/auth/time") || left-- <= 0) return;
          if (retryAfter) reply.header("retry-after", "0");
          return reply.code(429).send({ message: "Too many requests" });
        }),
    });
    expect(await created(world)).toMatchObject({ state: "delivered" });
    expect(world.flows()).toHaveLength(1);
  });
});
