import { alertDefinitionMemberResource } from "../../../lib/systems/uptrends/alert-definition-member.resource";
import type { AlertDefinitionMemberState } from "../../../lib/systems/uptrends/alert-definition-member.schema";
import { escalationLevelMemberResource } from "../../../lib/systems/uptrends/escalation-level-member.resource";
import type { EscalationLevelMemberState } from "../../../lib/systems/uptrends/escalation-level-member.schema";
import type { ObjectOwnership } from "../../../lib/terraform-plugin/ownership/address";
import { freeForAll } from "../../../lib/terraform-plugin/ownership/free-for-all";
import { validateConfig } from "../../../lib/terraform-plugin/validate";
import { applyRequest, loseReply, maintenance, problemsOf } from "../../support/system-room";
import { addDefinition, candidateId, held, openRoom, type Room } from "./room";

let room: Room;
afterEach(() => room?.close());

const watched = (changes: Partial<AlertDefinitionMemberState> = {}): AlertDefinitionMemberState => ({
  id: null,
  alert_definition_id: "unset",
  monitor_id: null,
  monitor_group_id: null,
  timeouts: null,
  ...changes,
});

const told = (changes: Partial<EscalationLevelMemberState> = {}): EscalationLevelMemberState => ({
  id: null,
  alert_definition_id: "unset",
  level: 1,
  operator_id: null,
  operator_group_id: null,
  timeouts: null,
  ...changes,
});

const create = (changes = {}, notes = {}) =>
  alertDefinitionMemberResource.create(applyRequest(watched(changes), {}, notes), room.context);
const createTold = (changes = {}) => escalationLevelMemberResource.create(applyRequest(told(changes)), room.context);
const members = () => held(room).definitions[0]!.members;
const UNKNOWN = "00000000-1111-4222-8333-444444444444";

describe("a member of an alert definition", () => {
  it("is one monitor, added without touching the others, and taken away again", async () => {
    room = await openRoom();
    const alert_definition_id = addDefinition(room);
    room.intervene("add-member", { id: alert_definition_id, kind: "monitor_group", name: "Production" });
    const monitor_id = candidateId(room, "monitors", "Intranet");
    const state = await create({ alert_definition_id, monitor_id });
    expect(state.id).toBe(`${alert_definition_id}/monitor/${monitor_id}`);
    expect(members().map(({ name }) => name)).toEqual(["Production", "Intranet"]);
    await alertDefinitionMemberResource.delete({ prior: state, private: {} }, await room.nextRun());
    expect(members().map(({ name }) => name)).toEqual(["Production"]);
  });

  it("that was there by hand is taken over with a warning, and stays when it is destroyed", async () => {
    room = await openRoom();
    const alert_definition_id = addDefinition(room);
    room.intervene("add-member", { id: alert_definition_id, kind: "monitor", name: "Shop" });
    const notes = {};
    const state = await create({ alert_definition_id, monitor_id: candidateId(room, "monitors", "Shop") }, notes);
    expect(room.codes()).toEqual(["uptrends/adopted"]);
    await alertDefinitionMemberResource.delete({ prior: state, private: notes }, await room.nextRun());
    expect(members()).toHaveLength(1);
  });

  it.each(["refused", "accepted"])(
    "that somebody adds at the same moment is there once (a second one is %s)",
    async (memberTwice) => {
      let raced = false;
      room = await openRoom({
        options: { memberTwice },
        prepare: (app) =>
          app.addHook("preHandler", async ({ method, url }) => {
            if (method !== "POST" || raced || !url.includes("/Member/")) return;
            raced = true;
            room.intervene("add-member", { id: url.split("/")[3], kind: "monitor", name: "Shop" });
          }),
      });
      await create({ alert_definition_id: addDefinition(room), monitor_id: candidateId(room, "monitors", "Shop") });
      expect(members()).toHaveLength(1);
      expect(room.codes()).toEqual(memberTwice === "refused" ? ["uptrends/adopted"] : []);
    },
  );

  it("is there though the reply was lost", async () => {
    room = await openRoom({ prepare: (app) => loseReply(app, "POST", /\/Member\//) });
    await create({ alert_definition_id: addDefinition(room), monitor_id: candidateId(room, "monitors", "Shop") });
    expect(room.requests("POST")).toHaveLength(1);
    expect(members()).toHaveLength(1);
  });

  it("is not believed when a page says yes, neither added nor taken away", async () => {
    room = await openRoom({ prepare: (app) => maintenance(app, "POST") });
    const place = { alert_definition_id: addDefinition(room), monitor_id: candidateId(room, "monitors", "Shop") };
    expect((await problemsOf(create(place)))[0]!.code).toBe("uptrends/unexpected-answer");
    await room.close();
    room = await openRoom({ prepare: (app) => maintenance(app, "DELETE") });
    const state = await create({
      alert_definition_id: addDefinition(room),
      monitor_id: candidateId(room, "monitors", "Shop"),
    });
    const removed = alertDefinitionMemberResource.delete({ prior: state, private: {} }, room.context);
    expect((await problemsOf(removed))[0]!.code).toBe("uptrends/not-gone");
  });

  it.each([0, 1])("that passes from another address is ours, also in a list that is behind (by %i)", async (behind) => {
    let left = behind;
    const isOld = (method: string, url: string) => method === "GET" && /\/Member$/.test(url) && left-- > 0;
    room = await openRoom({
      prepare: (app) =>
        app.addHook("onSend", async ({ method, url }, _reply, payload) => (isOld(method, url) ? "[]" : payload)),
    });
    const alert_definition_id = addDefinition(room);
    const monitor_id = candidateId(room, "monitors", "Shop");
    room.intervene("add-member", { id: alert_definition_id, kind: "monitor", name: "Shop" });
    const passing = { kind: "passing", notes: {} } as const;
    const ownership: ObjectOwnership = {
      ...freeForAll,
      standing: async () => passing,
      take: async () => passing,
      passing: () => [{ id: `${alert_definition_id}/monitor/${monitor_id}`, notes: {} }],
    };
    const notes = {};
    const request = { ...applyRequest(watched({ alert_definition_id, monitor_id }), {}, notes), ownership };
    const state = await alertDefinitionMemberResource.create(request, await room.nextRun());
    expect(room.requests("POST")).toEqual([]);
    expect(notes).toEqual({});
    await alertDefinitionMemberResource.delete({ prior: state, private: notes }, await room.nextRun());
    expect(members()).toEqual([]);
  });

  it("of a list that is behind is looked for twice before it counts as gone", async () => {
    room = await openRoom({ options: { staleReads: 1 } });
    const alert_definition_id = addDefinition(room);
    const state = await create({ alert_definition_id, monitor_id: candidateId(room, "monitors", "Shop") });
    const read = async () =>
      alertDefinitionMemberResource.read({ prior: state, private: {}, imported: false }, await room.nextRun());
    expect(await read()).toEqual(state);
    room.intervene("remove-member", { id: state.id });
    expect(await read()).toBeNull();
  });

  it.each([400, 403, 404])("of a definition that is gone (%s) is gone too", async (goneStatus) => {
    room = await openRoom({ options: { goneStatus } });
    const alert_definition_id = addDefinition(room);
    const monitor_id = candidateId(room, "monitors", "Shop");
    const state = await create({ alert_definition_id, monitor_id });
    room.intervene("delete-definition", { id: alert_definition_id });
    const next = await room.nextRun();
    expect(await alertDefinitionMemberResource.read({ prior: state, private: {}, imported: false }, next)).toBeNull();
    await expect(alertDefinitionMemberResource.delete({ prior: state, private: {} }, next)).resolves.toBeUndefined();
    const [problem] = await problemsOf(create({ alert_definition_id, monitor_id }));
    expect(problem!.code).toBe("uptrends/no-such-definition");
  });

  it("that does not exist is refused in Uptrends' words", async () => {
    room = await openRoom();
    const [problem] = await problemsOf(create({ alert_definition_id: addDefinition(room), monitor_id: UNKNOWN }));
    expect(problem!.summary).toContain("could not create the member of an alert definition");
    expect(problem!.evidence).toContain("The monitor could not be found.");
  });

  it.each([
    [null, null, "neither"],
    [UNKNOWN, UNKNOWN, "both"],
  ])("is a monitor or a group, not %s and %s", (monitor_id, monitor_group_id, got) => {
    const values = watched({ alert_definition_id: UNKNOWN, monitor_id, monitor_group_id });
    expect(validateConfig(alertDefinitionMemberResource.schema, values as never)).toEqual([
      expect.objectContaining({ code: "uptrends/not-exactly-one", got }),
    ]);
  });

  it("is imported by an id that says what it is", async () => {
    room = await openRoom();
    const told = (id: string) => alertDefinitionMemberResource.import!(id, room.context);
    expect(told(`${UNKNOWN}/monitor_group/${UNKNOWN}`)).toEqual({
      id: `${UNKNOWN}/monitor_group/${UNKNOWN}`,
      alert_definition_id: UNKNOWN,
      monitor_group_id: UNKNOWN,
    });
    for (const wrong of [`${UNKNOWN}/${UNKNOWN}`, `${UNKNOWN}/operator/${UNKNOWN}`, `x/monitor/${UNKNOWN}`]) {
      expect((await problemsOf((async () => told(wrong))()))[0]!.code).toBe("uptrends/bad-import-id");
    }
  });
});

describe("a member of an escalation level", () => {
  it("is an operator or a group of one level", async () => {
    room = await openRoom();
    const alert_definition_id = addDefinition(room);
    const operator_group_id = candidateId(room, "operatorGroups", "NOC");
    const state = await createTold({ alert_definition_id, level: 2, operator_group_id });
    expect(state.id).toBe(`${alert_definition_id}/2/operator_group/${operator_group_id}`);
    expect(held(room).definitions[0]!.levels.map((one) => one.members)).toEqual([
      [],
      [{ kind: "operator_group", id: operator_group_id, name: "NOC" }],
      [],
    ]);
    await escalationLevelMemberResource.delete({ prior: state, private: {} }, room.context);
    expect(held(room).definitions[0]!.levels[1]!.members).toEqual([]);
  });

  it("of a level that does not exist is refused, naming those that do", async () => {
    room = await openRoom();
    const place = { alert_definition_id: addDefinition(room), level: 5, operator_id: UNKNOWN };
    expect((await problemsOf(createTold(place)))[0]).toMatchObject({
      code: "uptrends/no-such-level",
      expected: "one of 1, 2, 3",
    });
  });
});
