import { webhookResource as resource } from "../../../lib/systems/uipath/webhook.resource";
import { webhookSchema, type WebhookState } from "../../../lib/systems/uipath/webhook.schema";
import { validateConfig } from "../../../lib/terraform-plugin/validate";
import { ignoring, lagging, nextRun, openRoom, ownedAs, problemOf, request, type Room, type RoomOptions } from "./room";

let room: Room;
afterEach(() => room?.close());
const open = async (options?: RoomOptions) => (room = await openRoom(options));

const webhook = (changes: Partial<WebhookState> = {}): WebhookState => ({
  id: null,
  name: "Faults",
  description: null,
  url: "https://alerts.example.com/uipath",
  enabled: true,
  events: ["job.faulted"],
  allow_insecure_ssl: false,
  secret_wo: null,
  secret_wo_version: 1,
  timeouts: null,
  ...changes,
});
const SECRET = { secret_wo: "a signing key" };
const create = (changes: Partial<WebhookState> = {}) =>
  resource.create(request(webhook(changes), SECRET), room.context);
const stored = () => (room.simulated.simulator.snapshot() as { webhooks: Record<string, unknown>[] }).webhooks;

it("refuses a webhook of the same name with other settings, and names the import", async () => {
  await open();
  const { id } = await create();
  const problem = await problemOf(create({ url: "https://other.example.com/" }));
  expect(problem.code).toBe("uipath/already-exists");
  expect(problem.fix).toContain(`terraform import outbound_uipath_webhook.NAME ${id}`);
});

it("finds the webhook after a lost reply, and makes no second one", async () => {
  let lost = false;
  await open({
    prepare: (app) =>
      app.addHook("onSend", async (incoming) => {
        if (lost || incoming.method !== "POST" || !incoming.url.endsWith("/odata/Webhooks")) return;
        lost = true;
        incoming.raw.socket.destroy();
      }),
  });
  const { id } = await create();
  expect(stored()).toMatchObject([{ Id: Number(id), hasSecret: true }]);
});

it("takes over an equal one with a warning, and sends the secret, which cannot be compared", async () => {
  await open();
  await create();
  room.writes.length = 0;
  await resource.create(request(webhook(), SECRET), { ...room.context, client: await nextRun(room) });
  expect(room.codes()).toEqual(["uipath/adopted"]);
  expect(room.writes).toMatchObject([{ body: { Secret: SECRET.secret_wo } }]);
  expect(stored()).toHaveLength(1);
});

it("keeps the stored secret when an update does not know it", async () => {
  await open();
  const state = await create();
  const planned = { ...state, enabled: false };
  await resource.update!({ ...request(planned), prior: state }, room.context);
  expect(stored()).toMatchObject([{ Enabled: false, hasSecret: true }]);
});

it("reads what was written, and null when it is gone; deleting it then is fine", async () => {
  await open();
  const state = await create({ events: null });
  const read = async () =>
    resource.read({ prior: state, private: {}, imported: false }, { ...room.context, client: await nextRun(room) });
  expect(await read()).toEqual({ ...state, secret_wo: null });
  room.intervene("delete-webhook", { id: state.id });
  expect(await read()).toBeNull();
  await resource.delete({ prior: state, private: {} }, room.context);
  const problem = await problemOf(resource.update!({ ...request(state), prior: state }, room.context));
  expect(problem.code).toBe("uipath/vanished");
});

it("refuses addresses that cannot be called, and ids that are none", async () => {
  await open();
  for (const url of ["alerts.example.com", "ftp://a.example.com", "https://me:pw@a.example.com/"]) {
    const [problem] = validateConfig(webhookSchema, { name: "x", url });
    expect(problem?.code).toBe("uipath/bad-webhook-url");
    expect(problem?.got).not.toContain("pw");
  }
  expect(() => resource.import!("Faults", room.context)).toThrow("uipath/bad-import-id");
});

const requests = () => room.simulated.requests.filter((one) => one.includes("Webhooks"));

it("costs a list, the creation, a look at the webhook and one for others of its name", async () => {
  await open();
  await create();
  expect(requests().map((one) => one.replace(/\?.*/, ""))).toEqual([
    expect.stringMatching(/^GET .*\/Webhooks$/),
    expect.stringMatching(/^POST .*\/Webhooks$/),
    expect.stringMatching(/^GET .*\/Webhooks\(41\)$/),
    expect.stringMatching(/^GET .*\/Webhooks$/),
  ]);
});

it("is asked for by its id before it counts as gone", async () => {
  let empty = false;
  await open({
    prepare: (app) =>
      app.addHook("onRequest", async (incoming, reply) => {
        if (empty && /Webhooks\?/.test(incoming.url)) return reply.send({ "@odata.count": 0, value: [] });
      }),
  });
  const state = await create();
  empty = true;
  const client = await nextRun(room);
  expect(await resource.read({ prior: state, private: {}, imported: false }, { ...room.context, client })).toEqual(
    state,
  );
});

it.each(["nothing", "page"] as const)("is not believed to be changed by %s", async (answer) => {
  await open({ prepare: ignoring("PATCH", /Webhooks\(\d+\)$/, answer) });
  const state = await create();
  const planned = { ...state, enabled: false };
  const problem = await problemOf(resource.update!({ ...request(planned), prior: state }, room.context));
  expect(problem).toMatchObject({ code: "uipath/not-kept", got: "enabled is true, declared false" });
});

it("does not count a page as the change of a secret, which cannot be seen", async () => {
  await open({ prepare: ignoring("PATCH", /Webhooks\(\d+\)$/, "page") });
  const state = await create();
  const planned = { ...state, secret_wo_version: 2 };
  const problem = await problemOf(resource.update!({ ...request(planned, SECRET), prior: state }, room.context));
  expect(problem.code).toBe("uipath/unexpected-answer");
});

it.each(["nothing", "page"] as const)("is not believed to be deleted by %s", async (answer) => {
  await open({ prepare: ignoring("DELETE", /Webhooks\(\d+\)$/, answer) });
  const state = await create();
  const problem = await problemOf(resource.delete({ prior: state, private: {} }, room.context));
  expect(problem.code).toBe("uipath/not-gone");
  expect(problem.summary).toContain(`the webhook "Faults" (id ${state.id})`);
});

it.each(["nothing", "page"] as const)("is not believed to be created by %s", async (answer) => {
  await open({ prepare: ignoring("POST", /Webhooks$/, answer) });
  expect((await problemOf(create())).code).toBe("uipath/not-shown");
});

it("waits until a change shows", async () => {
  await open({ prepare: lagging(3) });
  const state = await create();
  const planned = { ...state, enabled: false };
  expect(await resource.update!({ ...request(planned), prior: state }, room.context)).toEqual(planned);
});

it("tells that somebody else has made one of the same name meanwhile", async () => {
  let made = false;
  await open({
    prepare: (app) =>
      app.addHook("preHandler", async (incoming) => {
        if (made || incoming.method !== "POST" || !incoming.url.endsWith("/Webhooks")) return;
        made = true;
        room.intervene("add-webhook", incoming.body);
      }),
  });
  const { id } = await create();
  expect(id).toBe("42");
  expect(room.reports).toMatchObject([{ code: "uipath/appeared-meanwhile", got: "ids 42, 41" }]);
});

it("is made a second time beside one that another address keeps, and taken from one that goes away", async () => {
  await open();
  const first = await create();
  const second = await resource.create(
    { ...request(webhook(), SECRET), ownership: ownedAs({ kind: "kept" }, {}, true) },
    room.context,
  );
  expect(second.id).not.toBe(first.id);
  room.intervene("delete-webhook", { id: second.id });
  const passing = ownedAs({ kind: "passing", notes: {} }, {}, true);
  const planned = webhook({ enabled: false });
  const taken = await resource.create({ ...request(planned, SECRET), ownership: passing }, room.context);
  expect(taken).toEqual({ ...planned, id: first.id });
  expect(stored()).toMatchObject([{ Id: Number(first.id), Enabled: false }]);
});
