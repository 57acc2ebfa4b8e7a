import { alertDefinitionResource as resource } from "../../../lib/systems/uptrends/alert-definition.resource";
import { applyRequest, loseReply, maintenance, problemsOf } from "../../support/system-room";
import type { ObjectOwnership } from "../../../lib/terraform-plugin/ownership/address";
import { withoutOwnership } from "../../../lib/terraform-plugin/ownership/without-ownership";
import { addDefinition, definition, emptyLists, held, openRoom, type Room } from "./room";

let room: Room;
afterEach(() => room?.close());

const create = (changes = {}, notes = {}) =>
  resource.create(applyRequest(definition(changes), {}, notes), room.context);

describe("an alert definition", () => {
  it("that was there before, equal, is taken over and given back on destroy", async () => {
    room = await openRoom();
    const id = addDefinition(room, { AlertName: "Prod - on-call", IsActive: true });
    const notes = {};
    const state = await create({}, notes);
    expect(state.id).toBe(id);
    expect(room.codes()).toEqual(["uptrends/adopted"]);
    const renamed = { ...state, name: "Renamed", enabled: false };
    await resource.update!({ ...applyRequest(renamed, {}, notes), prior: state }, room.context);
    await resource.delete({ prior: renamed, private: notes }, await room.nextRun());
    expect(held(room).definitions).toMatchObject([{ AlertName: "Prod - on-call", IsActive: true }]);
  });

  it("that was there before, different, is refused with the import command, or changed when that is wanted", async () => {
    room = await openRoom();
    const id = addDefinition(room, { AlertName: "Prod - on-call", IsActive: false });
    const [problem] = await problemsOf(create());
    expect(problem).toMatchObject({ code: "uptrends/already-exists", got: "enabled is false" });
    expect(problem!.fix).toContain(`terraform import outbound_uptrends_alert_definition.NAME ${id}`);
    const notes = {};
    await create({ adopt_existing: true }, notes);
    expect(held(room).definitions).toMatchObject([{ IsActive: true }]);
    await resource.delete({ prior: definition({ id }), private: notes }, await room.nextRun());
    expect(held(room).definitions).toMatchObject([{ IsActive: false }]);
  });

  it("that was made or imported is deleted on destroy", async () => {
    room = await openRoom();
    const state = await create();
    await resource.delete({ prior: state, private: {} }, await room.nextRun());
    expect(held(room).definitions).toEqual([]);
  });

  it("of which the creation's reply was lost is found, not made twice", async () => {
    room = await openRoom({ prepare: (app) => loseReply(app, "POST", /AlertDefinition$/) });
    const notes = {};
    const state = await create({}, notes);
    expect(held(room).definitions).toHaveLength(1);
    // It is ours: nothing to give back.
    await resource.delete({ prior: state, private: notes }, await room.nextRun());
    expect(held(room).definitions).toEqual([]);
  });

  it("of which there are two of one name is refused when none is as declared", async () => {
    room = await openRoom();
    const ids = [1, 2].map(() => addDefinition(room, { AlertName: "Prod - on-call", IsActive: false }));
    expect((await problemsOf(create()))[0]).toMatchObject({ code: "uptrends/ambiguous", got: `ids ${ids.join(", ")}` });
  });

  it.each([400, 403, 404])("that is gone (%s) reads as gone and is nothing to delete", async (goneStatus) => {
    room = await openRoom({ options: { goneStatus } });
    const state = await create();
    room.intervene("delete-definition", { id: state.id });
    const next = await room.nextRun();
    expect(await resource.read({ prior: state, private: {}, imported: false }, next)).toBeNull();
    await expect(resource.delete({ prior: state, private: {} }, next)).resolves.toBeUndefined();
  });

  it("is read together with all others in one call, and each one's members in another", async () => {
    room = await openRoom();
    const states = await Promise.all(["a", "b", "c"].map((name) => create({ name })));
    const next = await room.nextRun();
    const before = room.requests("GET").length;
    await Promise.all(states.map((prior) => resource.read({ prior, private: {}, imported: false }, next)));
    expect(room.requests("GET").slice(before)).toEqual([
      "GET /v4/AlertDefinition",
      ...states.map(() => "GET /v4/AlertDefinition/GUID/Member"),
    ]);
  });

  it("is believed changed only when that shows: 204 says nothing", async () => {
    room = await openRoom({ options: { staleReads: 2 } });
    const state = await create();
    const off = { ...state, enabled: false };
    expect(await resource.update!({ ...applyRequest(off), prior: state }, room.context)).toMatchObject({
      enabled: false,
    });
  });

  it("is not believed changed when the old values stay", async () => {
    room = await openRoom({ options: { staleReads: 99 } });
    const prior = definition({ id: addDefinition(room, { AlertName: "Prod - on-call", IsActive: true }) });
    // What nobody has asked for yet lies in no cache.
    await room.client.definitions.get(prior.id!, room.context.signal);
    const [problem] = await problemsOf(
      resource.update!({ ...applyRequest({ ...prior, enabled: false }), prior }, room.context),
    );
    expect(problem).toMatchObject({ code: "uptrends/not-kept", got: "enabled is true" });
  });

  it.each(["POST", "PATCH", "DELETE"])("is not believed when a page says yes to %s", async (method) => {
    room = await openRoom({ prepare: (app) => maintenance(app, method) });
    const prior = definition({ id: addDefinition(room, { AlertName: "Prod - on-call" }) });
    const calls = {
      POST: () => create({ name: "Another" }),
      PATCH: () => resource.update!({ ...applyRequest({ ...prior, enabled: false }), prior }, room.context),
      DELETE: () => resource.delete({ prior, private: {} }, room.context),
    };
    const codes = { POST: "uptrends/not-shown", PATCH: "uptrends/not-kept", DELETE: "uptrends/not-gone" };
    const name = method as keyof typeof calls;
    expect((await problemsOf(calls[name]() as Promise<unknown>))[0]!.code).toBe(codes[name]);
    expect(held(room).definitions).toHaveLength(1);
  });

  it("that a stale list lacks is asked for by its id before it counts as gone", async () => {
    room = await openRoom({ prepare: (app) => emptyLists(app) });
    const prior = definition({ id: addDefinition(room, { AlertName: "Prod - on-call" }) });
    expect(await resource.read({ prior, private: {}, imported: false }, room.context)).toMatchObject({ id: prior.id });
  });

  it("that passes from another address is taken although a stale list lacks it, and keeps what it was found with", async () => {
    room = await openRoom({ prepare: (app) => emptyLists(app) });
    const id = addDefinition(room, { AlertName: "Prod - on-call", IsActive: false });
    const found = { AlertName: "Before", IsActive: false };
    const notes = { found };
    const ownership: ObjectOwnership = {
      ...withoutOwnership,
      passing: () => [{ id, notes }],
      standing: async () => ({ kind: "passing", notes }),
    };
    const state = await resource.create({ ...applyRequest(definition(), {}, notes), ownership }, room.context);
    expect(state).toMatchObject({ id, enabled: true });
    expect(notes).toEqual({ found });
    expect(held(room).definitions).toMatchObject([{ IsActive: true }]);
  });

  it("that was given back by the deletion before is taken again, not made a second time", async () => {
    room = await openRoom();
    const id = addDefinition(room, { AlertName: "Prod - on-call", IsActive: true });
    const notes = {};
    const prior = await create({}, notes);
    await resource.delete({ prior, private: notes }, room.context);
    const gone: ObjectOwnership = { ...withoutOwnership, standing: async () => ({ kind: "gone" }) };
    const again = {};
    const state = await resource.create({ ...applyRequest(definition(), {}, again), ownership: gone }, room.context);
    expect(state.id).toBe(id);
    expect(again).toMatchObject({ found: { AlertName: "Prod - on-call" } });
    expect(held(room).definitions).toHaveLength(1);
  });

  it("that somebody else makes at the same moment is told, with both ids", async () => {
    let second = "";
    room = await openRoom({
      prepare: (app) =>
        app.addHook("preHandler", async ({ method }) => {
          if (method === "POST" && second === "") second = addDefinition(room, { AlertName: "Prod - on-call" });
        }),
    });
    const { id } = await create();
    expect(room.reports).toMatchObject([{ code: "uptrends/appeared-meanwhile", got: `ids ${id}, ${second}` }]);
  });

  it("is created with two readings after it", async () => {
    room = await openRoom();
    await create();
    expect(room.requests()).toEqual([
      "GET /v4/AlertDefinition",
      "POST /v4/AlertDefinition",
      "GET /v4/AlertDefinition/GUID",
      "GET /v4/AlertDefinition",
    ]);
  });

  it("survives throttling, with and without a time to come back", async () => {
    for (const retryAfter of [true, false]) {
      room = await openRoom({ options: { throttleEvery: 2, retryAfter } });
      await create();
      expect(held(room).definitions).toHaveLength(1);
      expect(room.slept.length).toBeGreaterThan(0);
      await room.close();
    }
  });
});

describe("a refused login", () => {
  it("says which account is meant, and never the password", async () => {
    room = await openRoom({ environment: { UPTRENDS_PASSWORD: "not-this-one" } });
    const [problem] = await problemsOf(create());
    expect(problem).toMatchObject({ code: "uptrends/login-refused", path: ["uptrends", "username"] });
    expect(problem!.fix).toContain("API account");
    expect(JSON.stringify(problem)).not.toContain("not-this-one");
  });

  it("is not asked for when it is not there", async () => {
    await expect(openRoom({ environment: { UPTRENDS_PASSWORD: "" } })).rejects.toThrow("UPTRENDS_PASSWORD");
  });
});
