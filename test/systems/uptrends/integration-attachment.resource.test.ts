import { integrationAttachmentResource as resource } from "../../../lib/systems/uptrends/integration-attachment.resource";
import type { IntegrationAttachmentState } from "../../../lib/systems/uptrends/integration-attachment.schema";
import { applyRequest, loseReply, maintenance, problemsOf, type SystemRoomOptions } from "../../support/system-room";
import { addDefinition, attachment, held, integrationId, openRoom, type Room } from "./room";
import { planning } from "../../support/planning";

const URL = "https://notify.example.com/POSTAlert/3f1c3f1c/Uptrends";
const OTHER_URL = "https://notify.example.com/POSTAlert/77aa77aa/Uptrends";

let room: Room;
let place: Pick<IntegrationAttachmentState, "alert_definition_id" | "integration_id">;
let bodies: Record<string, unknown>[];
afterEach(() => room?.close());

async function open(options: SystemRoomOptions = {}, integration = "AlertOps - prod"): Promise<void> {
  bodies = [];
  room = await openRoom({
    ...options,
    prepare: (app) => {
      app.addHook("preHandler", async ({ body }) => void (body && bodies.push(body as Record<string, unknown>)));
      options.prepare?.(app);
    },
  });
  place = { alert_definition_id: addDefinition(room), integration_id: integrationId(room, integration) };
}

const create = (changes: Partial<IntegrationAttachmentState> = {}, url: string | null = URL, notes = {}) =>
  resource.create(
    applyRequest(
      attachment({ ...place, ...changes }),
      { variable_values_wo: url === null ? null : { ApiUrl: url } },
      notes,
    ),
    room.context,
  );
const read = async (prior: IntegrationAttachmentState, notes = {}, imported = false) =>
  resource.read({ prior, private: notes, imported }, await room.nextRun());
const attached = () => held(room).definitions[0]!.levels[0]!.integrations;

/** What the framework would plan, from a state and a configuration. */
function plan(prior: IntegrationAttachmentState, url: string | null, changes = {}) {
  const planned = { ...prior, ...changes };
  const config = { ...planned, variable_values_wo: url === null ? null : { ApiUrl: url } };
  void resource.plan!({ prior, planned, config, private: {}, replace: new Set() } as never, planning(room.context));
  return planned;
}

describe("an attachment", () => {
  it("sends all three switches, and flags only where they are meant", async () => {
    await open();
    await create();
    expect(bodies).toEqual([
      {
        IntegrationGuid: place.integration_id,
        IsActive: true,
        SendOkAlerts: false,
        SendReminderAlerts: false,
        VariableValues: { ApiUrl: URL },
      },
    ]);
  });

  it("writes addresses as a list and reads them as one text", async () => {
    await open({}, "Email");
    const addresses = { extra_email_addresses: ["b@example.com", "a@example.com"], send_ok_alerts: true };
    const state = await create(addresses, null);
    expect(bodies[0]).toMatchObject({ ExtraEmailAddressesSpecified: true, SendOkAlerts: true });
    expect((await read(state))!.extra_email_addresses).toEqual(["a@example.com", "b@example.com"]);
    const none = { ...state, extra_email_addresses: null };
    await resource.update!({ ...applyRequest(none), prior: state }, room.context);
    expect(attached()).toMatchObject([{ emails: [] }]);
  });

  it.each([
    ["send_ok_alerts", { send_ok_alerts: true }, "AlertOps - prod"],
    ["send_ok_alerts", { send_ok_alerts: true }, "Phone"],
    ["send_reminder_alerts", { send_reminder_alerts: true }, "AlertOps - prod"],
    ["extra_email_addresses", { extra_email_addresses: ["a@example.com"] }, "AlertOps - prod"],
  ])("refuses %s where the type does not have it, before anything is sent", async (name, changes, integration) => {
    await open({}, integration);
    expect((await problemsOf(create(changes, null)))[0]).toMatchObject({ code: "uptrends/not-for-type", path: [name] });
    expect(bodies).toEqual([]);
  });

  it("of a variable that the integration does not have says so in the vendor's words", async () => {
    await open();
    const request = applyRequest(attachment(place), { variable_values_wo: { WorkflowUrl: URL } });
    const [problem] = await problemsOf(resource.create(request, room.context));
    expect(problem!.evidence).toContain("no variable WorkflowUrl");
    expect(JSON.stringify(problem)).not.toContain("3f1c3f1c");
  });

  it("keeps digests of the values, never the values", async () => {
    await open();
    const notes = {};
    const request = applyRequest(attachment(place), { variable_values_wo: { ApiUrl: URL } }, notes);
    const state = await resource.create(request, room.context);
    expect(state.variable_fingerprints).toEqual({ ApiUrl: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(JSON.stringify([state, notes, request.saved, room.reports])).not.toContain("POSTAlert");
    expect(room.redactor.redact(URL)).not.toContain("3f1c3f1c");
  });

  it("shows a changed value in the plan, and nothing when it is the same", async () => {
    await open();
    const state = await create();
    expect(plan(state, URL)).toEqual(state);
    const changed = plan(state, OTHER_URL);
    expect(changed.variable_fingerprints).not.toEqual(state.variable_fingerprints);
    expect(changed.switches).toBe("as sent");
  });

  it("shows a value changed outside as another digest", async () => {
    await open();
    const state = await create();
    room.intervene("edit-attachment", { id: state.id, values: { ApiUrl: OTHER_URL } });
    expect((await read(state))!.variable_fingerprints).toEqual(plan(state, OTHER_URL).variable_fingerprints);
  });

  it.each(["masked", "omitted"])("takes values that are %s for those that were sent", async (variables) => {
    await open({ options: { variables } });
    const state = await create();
    expect((await read(state))!.variable_fingerprints).toEqual(state.variable_fingerprints);
  });

  it("sends its switches again after an edit that only the hash shows", async () => {
    await open();
    const notes = {};
    const state = await create({}, URL, notes);
    room.intervene("switch-off-attachment", { id: state.id });
    const suspect = (await read(state, notes))!;
    expect(suspect.switches).toBe("maybe changed outside");
    const planned = plan(suspect, URL);
    expect(planned.switches).toBe("as sent");
    const config = { variable_values_wo: { ApiUrl: URL } };
    await resource.update!({ ...applyRequest(planned, config, notes), prior: suspect }, room.context);
    expect(attached()).toMatchObject([{ active: true }]);
    expect((await read(planned, notes))!.switches).toBe("as sent");
  });

  it("does not see that edit where there is no such sign", async () => {
    await open({ options: { hashes: false } });
    const notes = {};
    const state = await create({}, URL, notes);
    room.intervene("switch-off-attachment", { id: state.id });
    expect(await read(state, notes)).toMatchObject({
      switches: "as sent",
      unverifiable: ["enabled", "send_ok_alerts", "send_reminder_alerts"],
    });
  });

  it("says after an import what it cannot know", async () => {
    await open();
    const { id } = await create();
    const state = await read({ ...attachment(place), id }, {}, true);
    expect(state).toMatchObject({ switches: "not sent yet" });
    expect(room.codes()).toContain("uptrends/switches-not-readable");
    expect(plan(state!, URL)).toEqual(state);
  });

  it("that is there already with another value is refused, without showing either", async () => {
    await open();
    await create();
    const request = applyRequest(attachment(place), { variable_values_wo: { ApiUrl: OTHER_URL } });
    const [problem] = await problemsOf(resource.create(request, await room.nextRun()));
    expect(problem).toMatchObject({
      code: "uptrends/already-exists",
      got: expect.stringContaining("the variable ApiUrl has another value"),
    });
    expect(JSON.stringify(problem)).not.toContain("POSTAlert");
  });

  it("that is there already, equal, is taken over, and its switches are sent", async () => {
    await open();
    const { id } = await create();
    room.intervene("switch-off-attachment", { id });
    const request = applyRequest(attachment(place), { variable_values_wo: { ApiUrl: URL } });
    await resource.create(request, await room.nextRun());
    expect(room.codes()).toContain("uptrends/adopted");
    expect(attached()).toMatchObject([{ active: true }]);
  });

  it("of which the reply was lost is there once, switched on", async () => {
    await open({ prepare: (app) => loseReply(app, "POST", /Integration$/) });
    await create();
    expect(attached()).toMatchObject([{ active: true, variables: ["ApiUrl"] }]);
    expect(room.codes()).toEqual([]);
  });

  it("is believed only when it shows", async () => {
    await open({ options: { staleReads: 2 } });
    await expect(create()).resolves.toMatchObject({ switches: "as sent" });
  });

  it("is not believed attached when a page says yes", async () => {
    await open({ prepare: (app) => maintenance(app, "POST") });
    expect((await problemsOf(create()))[0]!.code).toBe("uptrends/not-shown");
    expect(attached()).toEqual([]);
  });

  it("is not believed detached when a page says yes", async () => {
    await open({ prepare: (app) => maintenance(app, "DELETE") });
    const prior = await create();
    const [problem] = await problemsOf(resource.delete({ prior, private: {} }, await room.nextRun()));
    expect(problem).toMatchObject({ code: "uptrends/not-gone" });
    expect(problem!.summary).toContain(`the integration attachment "${prior.id}"`);
  });

  it.each([
    ["a value", { url: OTHER_URL, enabled: true }, "uptrends/not-kept"],
    ["a switch, which cannot be seen,", { url: URL, enabled: false }, "uptrends/unexpected-answer"],
  ])("is not believed changed when a page says yes to %s", async (_what, { url, enabled }, code) => {
    await open({ prepare: (app) => maintenance(app, "PATCH") });
    const notes = {};
    const prior = await create({}, URL, notes);
    const request = applyRequest({ ...prior, enabled }, { variable_values_wo: { ApiUrl: url } }, notes);
    expect((await problemsOf(resource.update!({ ...request, prior }, room.context)))[0]!.code).toBe(code);
  });

  it("of which only a switch changes, without a sign that it did, says so", async () => {
    let idle = false;
    await open({
      prepare: (app) =>
        app.addHook("onRequest", async ({ method }, reply) => {
          if (idle && method === "PATCH") await reply.code(204).send();
        }),
    });
    const notes = {};
    const prior = await create({}, URL, notes);
    const change = (enabled: boolean) => {
      const request = applyRequest({ ...prior, enabled }, { variable_values_wo: { ApiUrl: URL } }, notes);
      return resource.update!({ ...request, prior: { ...prior, enabled: !enabled } }, room.context);
    };
    await change(false);
    expect(room.codes()).toEqual([]);
    idle = true;
    await change(true);
    expect(room.reports).toMatchObject([{ code: "uptrends/switches-not-proved", path: ["enabled"] }]);
  });

  it("that a stale list lacks is asked for by its id before it counts as gone, or as not there", async () => {
    let behind = false;
    await open({
      prepare: (app) =>
        app.addHook("onRequest", async ({ method, url }, reply) => {
          if (behind && method === "GET" && url.endsWith("/EscalationLevel/1/Integration")) await reply.send([]);
        }),
    });
    const state = await create();
    behind = true;
    expect(await read(state)).toMatchObject({ id: state.id });
    const request = applyRequest(attachment(place), { variable_values_wo: { ApiUrl: URL } });
    await resource.create(request, await room.nextRun());
    expect(room.requests("POST")).toHaveLength(1);
    expect(room.codes()).toEqual(["uptrends/adopted"]);
  });

  it("is detached on destroy; detached already is fine, and so is a definition that is gone", async () => {
    await open();
    const state = await create();
    await resource.delete({ prior: state, private: {} }, await room.nextRun());
    expect(attached()).toEqual([]);
    await resource.delete({ prior: state, private: {} }, await room.nextRun());
    room.intervene("delete-definition", { id: place.alert_definition_id });
    await resource.delete({ prior: state, private: {} }, await room.nextRun());
    expect(await read(state)).toBeNull();
  });

  it("is read together with the others of its level in one call", async () => {
    await open();
    const states = [await create(), await create({ integration_id: integrationId(room, "Phone") }, null)];
    const next = await room.nextRun();
    const before = room.requests("GET").length;
    await Promise.all(states.map((prior) => resource.read({ prior, private: {}, imported: false }, next)));
    expect(room.requests("GET").slice(before)).toEqual(["GET /v4/AlertDefinition/GUID/EscalationLevel/1/Integration"]);
  });
});
