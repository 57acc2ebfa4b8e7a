import { flowResource } from "../../../lib/systems/ovh-vrops/flow.resource";
import type { FlowState } from "../../../lib/systems/ovh-vrops/flow.schema";
import type { WebApp } from "../../../lib/systems/kit/simulator/web-app";
import { planning } from "../../support/planning";
import { closeWorlds, created, planned, SERVICE, startWorld, type World } from "./support";

afterEach(closeWorlds);

const FLOWS = `/dedicatedCloud/${SERVICE}/vrops/outgoingFlow`;
const DAY = 86_400;
const READ_ONLY = ["GET /dedicatedCloud/*", "GET /auth/currentCredential"];

/** What the plan of a change tells; `after` null: a destroy. */
async function told(world: World, prior: FlowState | null, after: FlowState | null): Promise<string[]> {
  world.reports.splice(0);
  const request = { prior, planned: after && { ...after }, config: after, private: {}, replace: new Set() };
  await flowResource.plan!(request as never, planning(world.context()));
  return world.reports.map(({ code, severity, got, expected }) => `${severity} ${code}: ${got}, ${expected}`);
}
const asked = (world: World) => world.requests.filter((line) => line.endsWith("/auth/currentCredential")).length;
const missing = (call: string) => `warning ovh/right-missing: no access rule for it, ${call}`;

describe("a plan that the consumer key does not allow", () => {
  it("says which right is missing for what it is going to do, before anything is applied", async () => {
    const world = await startWorld({ ovh: { access_rules: READ_ONLY } });
    expect(await told(world, null, planned())).toEqual([missing(`POST ${FLOWS}`)]);
    const flow = planned({ flow_id: 41, id: `${SERVICE}/41`, state: "delivered" });
    expect(await told(world, flow, { ...flow, description: "other" })).toEqual([
      missing(`POST ${FLOWS}/41/changeProperties`),
    ]);
    expect(await told(world, flow, null)).toEqual([missing(`DELETE ${FLOWS}/41`)]);
    expect(world.reports[0]!.fix).toContain("POST /dedicatedCloud/*/vrops/outgoingFlow");
    expect(asked(world)).toBe(1);
  });

  it("names both calls of a replacement, each once in a run", async () => {
    const world = await startWorld({ ovh: { access_rules: READ_ONLY } });
    const flow = planned({ flow_id: 41, id: `${SERVICE}/41`, state: "delivered" });
    const both = [missing(`DELETE ${FLOWS}/41`), missing(`POST ${FLOWS}`)];
    expect(await told(world, flow, { ...flow, port: 465 })).toEqual(both);
    expect(await told(world, flow, { ...flow, port: 465 })).toEqual([]);
    const broken = { ...flow, flow_id: 42, state: "error" };
    expect(await told(world, broken, broken)).toEqual([missing(`DELETE ${FLOWS}/42`)]);
  });

  it("is silent where rules allow it, in whatever spelling", async () => {
    const world = await startWorld({ ovh: { access_rules: ["GET /*", "POST /dedicatedCloud/*", "DELETE *"] } });
    const flow = await created(world);
    expect(await told(world, null, planned({ port: 465 }))).toEqual([]);
    expect(await told(world, flow, null)).toEqual([]);
  });

  it("asks nothing where nothing is going to be done", async () => {
    const world = await startWorld({ ovh: { access_rules: READ_ONLY } });
    const flow = planned({ flow_id: 41, id: `${SERVICE}/41`, state: "delivered" });
    expect(await told(world, flow, flow)).toEqual([]);
    expect(asked(world)).toBe(0);
  });
});

describe("a consumer key that ends", () => {
  it.each([
    [5 * DAY + 60, "in 5 days"],
    [1 * DAY + 60, "in one day"],
    [60, "within a day"],
  ])("after %d seconds is warned of once: %s", async (seconds, says) => {
    const world = await startWorld({ ovh: { consumerKeySeconds: seconds } });
    expect(await told(world, null, planned())).toEqual([expect.stringMatching(/^warning ovh\/login-expires: 20/)]);
    expect(world.reports[0]!.summary).toContain(says);
    expect(world.reports[0]!.fix).toContain("/auth/credential");
    expect(await told(world, null, planned({ port: 465 }))).toEqual([]);
  });

  it.each([undefined, 15 * DAY])("after %s seconds is no news", async (consumerKeySeconds) => {
    const world = await startWorld({ ovh: { consumerKeySeconds } });
    expect(await told(world, null, planned())).toEqual([]);
    expect(asked(world)).toBe(1);
  });
});

describe("what is not told is not claimed", () => {
  const answering = (body: unknown, status = 200) => ({
    prepare: (app: WebApp) =>
      app.addHook("onRequest", (request, reply) => {
        if (request.url.endsWith("/auth/currentCredential")) reply.code(status).send(body);
      }),
  });

  it.each([
    ["no fields at all", {}, 200],
    ["nulls", { rules: null, expiration: null, status: null }, 200],
    ["no rules", { rules: [], expiration: "soon" }, 200],
    ["rules of another form", { rules: "GET /*" }, 200],
    ["a refusal", { errorCode: "NOT_GRANTED_CALL", message: "This call has not been granted" }, 403],
    ["no such route", { class: "Client::NotFound", message: "Got an invalid (or empty) URL" }, 404],
    ["a page", "<html>", 200],
  ])("%s", async (_, body, status) => {
    const world = await startWorld({ ovh: { access_rules: READ_ONLY }, ...answering(body, status) });
    expect(await told(world, null, planned())).toEqual([]);
  });

  it("is not asked of a service account or a ready-made token, which have no such rights", async () => {
    const world = await startWorld();
    const client = world.reconnect({ endpoint: `${world.url}/1.0`, access_token: "sandbox-access-token" });
    expect(await client.preflight([{ method: "POST", path: FLOWS }], new AbortController().signal)).toEqual([]);
    expect(asked(world)).toBe(0);
  });
});

test.each([
  ["a port that is allowed, and not recommended", { port: 25 }, ["ovh/port-not-recommended"]],
  ["the recommended port", { port: 587 }, []],
  ["a port that is known later", { port: undefined }, []],
  ["the sandbox's own mail server", { port: 2525, ip: "127.0.0.8" }, []],
])("a note on %s, when the flow is new", (_, changes, codes) => {
  const values = { ...planned(), ...changes } as never;
  const said = flowResource.schema.creationChecks!.flatMap(({ check }) => check(values));
  expect(said.map(({ code, severity }) => [code, severity])).toEqual(codes.map((code) => [code, "warning"]));
});
