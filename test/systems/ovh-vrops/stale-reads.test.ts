import type { Payload } from "../../../lib/systems/kit/simulator/web";
import type { WebApp } from "../../../lib/systems/kit/simulator/web-app";
import { closeWorlds, created, planned, read, remove, SERVICE, startWorld, update } from "./support";

afterEach(closeWorlds);

const place = { ip: "203.0.113.25", port: 587 };
const services = [{ name: SERVICE, flows: [{ ...place, description: "SMTP relay" }] }];
const opened = planned({ id: `${SERVICE}/41`, flow_id: 41, state: "delivered" });
const LIST = /\/outgoingFlow$/;
const ONE = /\/outgoingFlow\/41$/;

/** After a write, so many readings of what `path` matches show what the last one before it did. */
const stale = (path: RegExp, readings: number) => (app: WebApp) => {
  const before = new Map<string, Payload>();
  let left = 0;
  app.addHook("onSend", async (request, reply, payload) => {
    if (request.method !== "GET") {
      left = readings;
      return payload;
    }
    if (!path.test(request.url)) return payload;
    const old = before.get(request.url);
    if (old !== undefined && left-- > 0) {
      void reply.code(200);
      return old;
    }
    before.set(request.url, payload);
    return payload;
  });
};

test("a new flow that lists show late is waited for, not opened twice", async () => {
  const world = await startWorld({ patienceMs: 20_000, prepare: stale(LIST, 5) });
  expect(await created(world)).toMatchObject({ flow_id: 41, state: "delivered" });
  expect(world.count("POST")).toBe(1);
});

test("a change is believed when the flow shows it, not before", async () => {
  const world = await startWorld({ patienceMs: 20_000, ovh: { services }, prepare: stale(ONE, 4) });
  const state = await read(world, opened);
  expect(await update(world, state!, { description: "mine" })).toMatchObject({ description: "mine" });
});

test("a flow that a list still has, and nobody finds by its number, is gone", async () => {
  const world = await startWorld({ patienceMs: 20_000, ovh: { services }, prepare: stale(LIST, 1_000) });
  await remove(world, (await read(world, opened))!);
  expect(world.flows()).toEqual([]);
});

test("a flow that is shown as before, while it is being closed, is not closed a second time", async () => {
  const world = await startWorld({
    patienceMs: 20_000,
    ovh: { services, taskMilliseconds: 60 },
    prepare: stale(ONE, 3),
  });
  const state = (await read(world, opened))!;
  const clients = [world.client, world.reconnect()];
  await Promise.all(
    clients.map((client) => remove({ ...world, context: () => ({ ...world.context(), client }) }, state)),
  );
  expect(world.flows()).toEqual([]);
});
