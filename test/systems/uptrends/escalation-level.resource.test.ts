import { escalationLevelResource as resource } from "../../../lib/systems/uptrends/escalation-level.resource";
import { applyRequest, maintenance, problemsOf } from "../../support/system-room";
import { freeForAll } from "../../../lib/terraform-plugin/ownership/free-for-all";
import { addDefinition, held, level, openRoom, type Room } from "./room";

let room: Room;
afterEach(() => room?.close());

const create = (changes = {}, notes = {}) => resource.create(applyRequest(level(changes), {}, notes), room.context);
const levelOf = (number: number) => held(room).definitions[0]!.levels[number - 1]!;

describe("an escalation level", () => {
  it("is given back what it held, and only where it was managed", async () => {
    room = await openRoom();
    const alert_definition_id = addDefinition(room);
    const notes = {};
    const state = await create({ alert_definition_id, threshold_error_count: 3, message: "Call NOC" }, notes);
    expect(state).toMatchObject({ id: `${alert_definition_id}/1`, reminder_delay_minutes: 10, enabled: true });
    // A level is always there: that nobody has made this one is nothing to warn of.
    expect(room.codes()).toEqual([]);
    room.intervene("edit-level", { id: state.id, set: { ReminderDelay: 30 } });
    await resource.delete({ prior: state, private: notes }, await room.nextRun());
    expect(levelOf(1)).toMatchObject({ ThresholdErrorCount: 1, Message: "", ReminderDelay: 30 });
  });

  it("writes only what differs", async () => {
    room = await openRoom();
    const alert_definition_id = addDefinition(room);
    await create({ alert_definition_id, threshold_error_count: 1, enabled: true });
    expect(room.requests("PATCH")).toEqual([]);
  });

  it("that does not exist is refused, naming those that do", async () => {
    room = await openRoom({ options: { levels: 4 } });
    const [problem] = await problemsOf(create({ alert_definition_id: addDefinition(room), level: 5 }));
    expect(problem).toMatchObject({ code: "uptrends/no-such-level", expected: "one of 1, 2, 3, 4" });
  });

  it.each([400, 403, 404])("of a definition that is gone (%s) is gone too", async (goneStatus) => {
    room = await openRoom({ options: { goneStatus } });
    const alert_definition_id = addDefinition(room);
    const state = await create({ alert_definition_id });
    room.intervene("delete-definition", { id: alert_definition_id });
    const next = await room.nextRun();
    expect(await resource.read({ prior: state, private: {}, imported: false }, next)).toBeNull();
    await expect(resource.delete({ prior: state, private: {} }, next)).resolves.toBeUndefined();
    expect((await problemsOf(resource.create(applyRequest(level({ alert_definition_id })), next)))[0]!.code).toBe(
      "uptrends/no-such-definition",
    );
  });

  it("says what Uptrends says when a 403 is about a value", async () => {
    room = await openRoom();
    const [problem] = await problemsOf(create({ alert_definition_id: addDefinition(room), threshold_error_count: 0 }));
    expect(problem).toMatchObject({ code: "uptrends/refused" });
    expect(problem!.evidence).toContain("ThresholdErrorCount: at least 1");
    expect(problem!.fix).toContain("both for values that it does not accept and for missing rights");
  });

  it("is not believed changed when a page says yes", async () => {
    room = await openRoom({ prepare: (app) => maintenance(app, "PATCH") });
    const [problem] = await problemsOf(create({ alert_definition_id: addDefinition(room), threshold_error_count: 3 }));
    expect(problem).toMatchObject({ code: "uptrends/not-kept", got: "ThresholdErrorCount is 1" });
  });

  it("is not believed given back when a page says yes", async () => {
    let down = false;
    room = await openRoom({
      prepare: (app) =>
        app.addHook("onRequest", async ({ method }, reply) => {
          if (down && method === "PATCH") await reply.type("text/html").send("<html>Maintenance</html>");
        }),
    });
    const notes = {};
    const prior = await create({ alert_definition_id: addDefinition(room), threshold_error_count: 3 }, notes);
    down = true;
    const [problem] = await problemsOf(resource.delete({ prior, private: notes }, await room.nextRun()));
    expect(problem).toMatchObject({ code: "uptrends/not-kept" });
  });

  it("that passes from another address keeps what it was found with, and gives back what is no longer declared", async () => {
    room = await openRoom();
    const alert_definition_id = addDefinition(room);
    const notes = {};
    await create({ alert_definition_id, threshold_error_count: 3, message: "Call NOC" }, notes);
    const ownership = { ...freeForAll, standing: async () => ({ kind: "passing", notes }) as const };
    const planned = level({ alert_definition_id: alert_definition_id.toUpperCase(), threshold_error_count: 4 });
    const state = await resource.create({ ...applyRequest(planned, {}, notes), ownership }, await room.nextRun());
    expect(state).toMatchObject({ id: `${alert_definition_id}/1`, threshold_error_count: 4, message: "" });
    await resource.delete({ prior: state, private: notes }, await room.nextRun());
    expect(levelOf(1)).toMatchObject({ ThresholdErrorCount: 1, Message: "" });
  });

  it.each(["x", "e06bcd76-b20f-42de-a2d4-5b2a4daad902", "e06bcd76-b20f-42de-a2d4-5b2a4daad902/0"])(
    "is not imported by %s",
    async (id) => {
      room = await openRoom();
      expect(() => resource.import!(id, room.context)).toThrow("<alert definition>/<level>");
    },
  );
});
