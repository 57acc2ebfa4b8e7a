import { alertDefinitionResource } from "../../../lib/systems/uptrends/alert-definition.resource";
import { existingDefinitionData } from "../../../lib/systems/uptrends/alert-definition.data";
import { escalationLevelResource } from "../../../lib/systems/uptrends/escalation-level.resource";
import type { WebApp } from "../../../lib/systems/kit/simulator/web-app";
import { inventory } from "../../../lib/systems/uptrends/inventory";
import { problemsOf } from "../../support/system-room";
import { addDefinition, definition, integrationId, level, openRoom, type Room } from "./room";

let room: Room;
afterEach(() => room?.close());

const readDefinition = async (id: string, enabled = true) =>
  alertDefinitionResource.read(
    { prior: definition({ id, enabled }), private: {}, imported: false },
    await room.nextRun(),
  );
const readLevel = async (id: string) =>
  escalationLevelResource.read(
    { prior: level({ id: `${id}/1`, alert_definition_id: id }), private: {}, imported: false },
    await room.nextRun(),
  );
const noMembers = (app: WebApp) =>
  app.addHook("onRequest", async ({ url }, reply) => {
    if (url.endsWith("/Member")) await reply.code(403).send({ Messages: [{ Message: "You may not see it." }] });
  });

describe("a definition that alerts for nothing", () => {
  it("is warned of when it is read, until it has a monitor or a group of them", async () => {
    room = await openRoom();
    const id = addDefinition(room);
    await readDefinition(id);
    expect(room.codes()).toEqual(["uptrends/alerts-for-nothing"]);
    room.intervene("add-member", { id, kind: "monitor_group", name: "Production" });
    await readDefinition(id);
    expect(room.codes()).toHaveLength(1);
  });

  it("is none where it is switched off", async () => {
    room = await openRoom();
    await readDefinition(addDefinition(room, { AlertName: "Off", IsActive: false }), false);
    expect(room.codes()).toEqual([]);
  });

  it("may be one where its members cannot be read: that is said", async () => {
    room = await openRoom({ prepare: noMembers });
    await readDefinition(addDefinition(room));
    expect(room.codes()).toEqual(["uptrends/members-unknown"]);
    expect(room.reports[0]!.evidence).toContain("You may not see it.");
  });
});

describe("a level that tells nobody", () => {
  it("is warned of when it is read, until it has an operator", async () => {
    room = await openRoom();
    const id = addDefinition(room);
    await readLevel(id);
    expect(room.codes()).toEqual(["uptrends/tells-nobody"]);
    room.intervene("add-member", { id: `${id}/1`, kind: "operator", name: "Jane Doe" });
    await readLevel(id);
    expect(room.codes()).toHaveLength(1);
  });

  it("is none with an integration", async () => {
    room = await openRoom();
    const id = addDefinition(room);
    await room.client.attachments(id, 1).create(
      "x",
      {
        body: {
          IntegrationGuid: integrationId(room, "Phone"),
          IsActive: true,
          SendOkAlerts: false,
          SendReminderAlerts: false,
        },
      },
      () => true,
      room.context.signal,
    );
    await readLevel(id);
    expect(room.codes()).toEqual([]);
  });
});

it("is told by the inventory of what exists, with the members of everything", async () => {
  room = await openRoom();
  const silent = addDefinition(room, { AlertName: "Silent" });
  const watching = addDefinition(room, { AlertName: "Watching" });
  room.intervene("add-member", { id: watching, kind: "monitor", name: "Shop" });
  room.intervene("add-member", { id: `${watching}/1`, kind: "operator_group", name: "NOC" });
  const collections = await inventory.list(room.client, [], room.context);
  const items = collections.flatMap((one) => ("items" in one ? one.items : []));
  const ofType = (type: string) => items.filter((one) => one.type === `outbound_uptrends_${type}`);
  expect(ofType("alert_definition").map(({ importId, warning }) => [importId, warning])).toEqual([
    [silent, 'The alert definition "Silent" has no monitors: it never alerts'],
    [watching, undefined],
  ]);
  expect(ofType("escalation_level").map(({ name, warning }) => [name, warning])).toEqual([
    ["Silent level 1", "The escalation level is on, and tells nobody"],
    ["Watching level 1", undefined],
  ]);
  expect(ofType("alert_definition_member")).toMatchObject([
    { name: "Watching Shop", attributes: { alert_definition_id: watching } },
  ]);
  expect(ofType("escalation_level_member")).toMatchObject([{ name: "Watching level 1 NOC", attributes: { level: 1 } }]);
});

describe("an existing alert definition", () => {
  const find = (name: string) =>
    existingDefinitionData.read({ name, id: null, enabled: null, timeouts: null }, room.context);

  it("is found by its exact name", async () => {
    room = await openRoom();
    const id = addDefinition(room, { AlertName: "Prod - on-call" });
    room.intervene("add-member", { id, kind: "monitor", name: "Shop" });
    expect(await find("Prod - on-call")).toEqual({ name: "Prod - on-call", id, enabled: true, timeouts: null });
    expect(room.codes()).toEqual([]);
  });

  it("is neither guessed from a near name nor made", async () => {
    room = await openRoom();
    addDefinition(room, { AlertName: "Prod - on-call" });
    const [problem] = await problemsOf(find("Prod - oncall"));
    expect(problem).toMatchObject({ code: "uptrends/no-such-alert-definition", path: ["name"] });
    expect(problem!.fix).toContain('Did you mean "Prod - on-call"?');
    expect(room.requests("POST")).toEqual([]);
  });

  it("of a name that two have is not guessed either", async () => {
    room = await openRoom();
    const ids = [addDefinition(room, { AlertName: "Prod" }), addDefinition(room, { AlertName: "Prod" })];
    expect((await problemsOf(find("Prod")))[0]).toMatchObject({
      code: "uptrends/ambiguous-alert-definition",
      got: ids.join(", "),
    });
  });
});
