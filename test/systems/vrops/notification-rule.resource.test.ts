import { emailPluginResource } from "../../../lib/systems/vrops/email-plugin.resource";
import { notificationRuleResource as resource } from "../../../lib/systems/vrops/notification-rule.resource";
import type { NotificationRuleState } from "../../../lib/systems/vrops/notification-rule.schema";
import { emailPlugin, emptyLists, forgetLists, loseReply, nextRun, openRoom, passing, PASSWORD } from "./room";
import { problemOf, request, rule } from "./room";
import type { Room, RoomOptions } from "./room";

describe("outbound_vrops_notification_rule", () => {
  let room: Room;
  let pluginId: string;
  afterEach(() => room?.close());

  const open = async (options?: RoomOptions) => {
    room = await openRoom(options);
    const plugin = await emailPluginResource.create(request(emailPlugin(), { password_wo: PASSWORD }), room.context);
    pluginId = plugin.id!;
  };
  const create = (changes: Partial<NotificationRuleState> = {}, context = room.context) =>
    resource.create(request(rule({ plugin_id: pluginId, ...changes })), context);
  const update = (prior: NotificationRuleState, changes: Partial<NotificationRuleState>) =>
    resource.update!({ prior, ...request({ ...prior, ...changes }) }, room.context);
  const read = (prior: NotificationRuleState) => resource.read({ prior, private: {}, imported: false }, room.context);
  const property = (name: string) =>
    (room.state().rules[0]!["properties"] as { name: string; value: string }[]).find((it) => it.name === name)?.value;

  const everything: Partial<NotificationRuleState> = {
    alert_statuses: ["NEW"],
    alert_control_states: ["OPEN"],
    resource_kinds: [{ adapter_kind: "VMWARE", resource_kind: "Datastore" }],
    alert_definition_ids: ["VMWARE-Datastore-NotEnoughIOPS"],
    delay_minutes: 5,
    resend_minutes: 15,
    max_notifications: 3,
  };

  it("reads back as declared, with the template that vROps chose", async () => {
    await open();
    const state = await create(everything);
    expect(state.template_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await read(state)).toEqual(state);
    expect(property("emailaddr")).toBe("noc@example.com;oncall@example.com");
  });

  it("that passes from another address is taken although a list that is behind lacks it", async () => {
    const lists = emptyLists("/notifications/rules");
    await open({ prepare: lists.prepare });
    const { id } = await create();
    lists.from();
    await forgetLists(room);
    const ownership = passing(id!);
    const state = await resource.create({ ...request(rule({ plugin_id: pluginId })), ownership }, room.context);
    expect(state.id).toBe(id);
    expect(room.state().rules).toHaveLength(1);
  });

  it("reads the same after an import", async () => {
    await open();
    const state = await create(everything);
    const imported = await resource.read(
      { prior: { id: state.id } as NotificationRuleState, private: {}, imported: true },
      room.context,
    );
    expect(imported).toEqual(state);
  });

  it("does not mind in which order vROps answers receivers and filters", async () => {
    await open();
    const state = await create();
    room.intervene("edit-rule", {
      set: {
        criticalities: ["IMMEDIATE", "CRITICAL"],
        properties: [{ name: "emailaddr", value: "oncall@example.com; noc@example.com" }],
      },
    });
    await forgetLists(room);
    expect(await read(state)).toEqual(state);
  });

  it("names the alert definitions that vROps does not know", async () => {
    await open();
    const problem = await problemOf(create({ alert_definition_ids: ["VMWARE-Datastore-NoSuchThing"] }));
    expect(problem).toMatchObject({
      code: "vrops/unknown-alert-definition",
      path: ["alert_definition_ids"],
      got: "VMWARE-Datastore-NoSuchThing",
    });
    expect(problem.evidence).toContain("404");
  });

  it("quotes the failing field of a rule that vROps refuses", async () => {
    await open();
    const problem = await problemOf(create({ plugin_id: "11111111-1111-4111-8111-111111111111" }));
    expect(problem.code).toBe("vrops/status-422");
    expect(problem.evidence).toContain("pluginId: Unknown plugin");
  });

  it("makes no second rule when the reply to the creation is lost", async () => {
    await open({ prepare: (app) => loseReply(app, "POST", /\/rules$/) });
    const state = await create();
    expect(room.state().rules).toMatchObject([{ id: state.id }]);
  });

  it("does not take the cause of a refused creation for a lost reply", async () => {
    await open();
    const problem = await problemOf(create({ receivers: [] }));
    expect(problem.evidence).toContain("property key is required: emailaddr");
    expect(room.state().rules).toEqual([]);
  });

  it("takes over an equal rule with a warning, but not a different one", async () => {
    await open();
    const first = await create();
    const again = { ...room.context, client: await nextRun(room) };
    expect((await create({}, again)).id).toBe(first.id);
    expect(room.codes()).toEqual(["vrops/adopted"]);
    const problem = await problemOf(create({ criticalities: ["WARNING"] }, again));
    expect(problem.code).toBe("vrops/already-exists");
    expect(problem.got).toContain('criticalities is ["CRITICAL","IMMEDIATE"], declared ["WARNING"]');
    expect(problem.fix).toContain(`terraform import outbound_vrops_notification_rule.NAME ${first.id}`);
    expect(room.state().rules).toHaveLength(1);
  });

  it("changes a different one when adopt_existing says so", async () => {
    await open();
    const first = await create();
    const again = { ...room.context, client: await nextRun(room) };
    const state = await create({ criticalities: ["WARNING"], adopt_existing: true }, again);
    expect(state.id).toBe(first.id);
    expect(room.state().rules).toMatchObject([{ criticalities: ["WARNING"] }]);
  });

  it("keeps what it does not manage: resource filters, properties, fields added by vROps", async () => {
    await open();
    const state = await create();
    const resourceFilters = [{ resourceId: "22222222-2222-4222-8222-222222222222", relationship: "CHILDREN" }];
    const held = room.state().rules[0]!["properties"] as object[];
    room.intervene("edit-rule", {
      set: {
        resourceFilters,
        sendHeartbeat: true,
        properties: [...held, { name: "ccaddr", value: "boss@example.com" }],
      },
    });
    const after = await update(state, { criticalities: ["CRITICAL"], delay_minutes: 5 });
    expect(room.state().rules).toMatchObject([{ resourceFilters, sendHeartbeat: true, criticalities: ["CRITICAL"] }]);
    expect(property("ccaddr")).toBe("boss@example.com");
    expect(property("delay")).toBe("5");
    expect(await read(after)).toEqual({ ...after, other_receivers: ["boss@example.com"] });
  });

  it("takes out what is no longer declared, and keeps the template", async () => {
    await open();
    const state = await create(everything);
    const template = "33333333-3333-4333-8333-333333333333";
    room.intervene("edit-rule", { set: { templateId: template } });
    await update(state, { delay_minutes: null, resource_kinds: null, template_id: template });
    expect(property("delay")).toBeUndefined();
    expect(property("resend")).toBe("15");
    expect(room.state().rules).toMatchObject([{ resourceKindFilters: [], templateId: template }]);
  });

  it("says in 8.10 that a rule cannot be switched off, and does not see that as drift", async () => {
    await open({ vrops: { version: "8.10" } });
    const state = await create({ enabled: false });
    expect(room.reports).toMatchObject([
      { code: "vrops/rule-switch-unknown", got: "VMware vRealize Operations 8.10.0" },
    ]);
    expect(await read(state)).toEqual(state);
  });

  it("sees that a rule is gone, and deletes what is gone without complaint", async () => {
    await open();
    const state = await create();
    room.intervene("delete-rule");
    await forgetLists(room);
    expect(await read(state)).toBeNull();
    await resource.delete({ prior: state, private: {} }, room.context);
    expect((await problemOf(update(state, {}))).code).toBe("vrops/vanished");
  });

  it("deletes", async () => {
    await open();
    const state = await create();
    await resource.delete({ prior: state, private: {} }, room.context);
    expect(room.state().rules).toEqual([]);
  });

  it("reads a list of several pages whole, and once for all who ask", async () => {
    let pages = 0;
    await open({
      prepare: (app) =>
        void app.addHook("preHandler", async (incoming, reply) => {
          if (incoming.method !== "GET" || !incoming.url.includes("/notifications/rules?")) return;
          pages++;
          const page = Number((incoming.query as Record<string, string>)["page"]);
          const rules = Array.from({ length: page < 2 ? 1000 : 7 }, (_, index) => ({
            id: `rule-${page}-${index}`,
            name: "many",
            pluginId: "p",
          }));
          // Some releases leave the count out.
          return reply.send({ rules });
        }),
    });
    const { signal } = room.context;
    const [first, second] = await Promise.all([
      room.client.rules.objects.list(signal),
      room.client.rules.objects.list(signal),
    ]);
    expect(first).toHaveLength(2007);
    expect(second).toBe(first);
    expect(pages).toBe(3);
  });
});
