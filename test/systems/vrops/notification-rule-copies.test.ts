import { emailPluginResource } from "../../../lib/systems/vrops/email-plugin.resource";
import { notificationRuleResource as resource } from "../../../lib/systems/vrops/notification-rule.resource";
import type { NotificationRuleState } from "../../../lib/systems/vrops/notification-rule.schema";
import { meaningOf, rulePropertyNames } from "../../../lib/systems/vrops/rule-property-names";
import { topology } from "../../../lib/systems/vrops/topology";
import { UNKNOWN } from "../../../lib/terraform-plugin/values";
import { emailPlugin, forgetLists, nextRun, openRoom, PASSWORD, problemOf, problemsOf, request, rule } from "./room";
import type { Room } from "./room";

type State = NotificationRuleState;
const COPIES = {
  cc_receivers: ["boss@example.com", "audit@example.com"],
  bcc_receivers: ["archive@example.com"],
  description: "Attention, host team",
};

describe("Cc, Bcc and description of a rule", () => {
  let room: Room;
  let pluginId: string;
  afterEach(() => room?.close());

  const open = async (vrops: Record<string, unknown> = {}) => {
    room = await openRoom({ vrops });
    const plugin = await emailPluginResource.create(request(emailPlugin(), { password_wo: PASSWORD }), room.context);
    pluginId = plugin.id!;
  };
  const create = (changes: Partial<State> = {}) =>
    resource.create(request(rule({ plugin_id: pluginId, ...changes })), room.context);
  const update = (prior: State, changes: Partial<State>) =>
    resource.update!({ prior, ...request({ ...prior, ...changes }) }, room.context);
  const read = async (prior: State) => {
    await forgetLists(room);
    return resource.read({ prior, private: {}, imported: false }, room.context);
  };
  const imported = async ({ id }: State) => {
    await forgetLists(room);
    return resource.read({ prior: { id } as State, private: {}, imported: true }, room.context);
  };
  const properties = () =>
    new Map(
      (room.state().rules[0]!["properties"] as { name: string; value: string }[]).map((it) => [it.name, it.value]),
    );
  const enter = (more: Record<string, string>) =>
    room.intervene("edit-rule", {
      set: {
        properties: Object.entries({ ...Object.fromEntries(properties()), ...more }).map(([name, value]) => ({
          name,
          value,
        })),
      },
    });

  it.each([
    ["named", ["ccEmailaddr", "bccEmailaddr", "description"]],
    ["described", ["recipients2", "recipients3", "text1"]],
  ])("are written by the names that vROps itself has for them (%s)", async (ruleProperties, names) => {
    await open({ ruleProperties });
    const state = await create(COPIES);
    expect(names.map((name) => properties().get(name))).toEqual([
      "audit@example.com;boss@example.com",
      "archive@example.com",
      "Attention, host team",
    ]);
    const canonical = { ...state, cc_receivers: ["audit@example.com", "boss@example.com"] };
    expect(await read(state)).toEqual(canonical);
    expect(await imported(state)).toEqual(canonical);
  });

  it("are refused where vROps has no name for them, with those that it has", async () => {
    await open({ ruleProperties: "basic" });
    const problems = await problemsOf(create(COPIES));
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ["vrops/no-rule-property", ["cc_receivers"]],
      ["vrops/no-rule-property", ["bcc_receivers"]],
      ["vrops/no-rule-property", ["description"]],
    ]);
    expect(problems[0]!.got).toBe("rule properties of e-mail: emailaddr, resend, maxNotify, delay");
    expect(room.state().rules).toEqual([]);
  });

  it("survive an update where they are not declared, and are receivers all the same", async () => {
    await open();
    const state = await create();
    enter({ ccEmailaddr: "boss@example.com", description: "Attention@once", vendorText: "mail a@example.com" });
    const found = await read(state);
    expect(found).toEqual({ ...state, other_receivers: ["boss@example.com"] });
    const after = await update(found!, { criticalities: ["CRITICAL"] });
    expect(after.other_receivers).toEqual(["boss@example.com"]);
    expect(properties().get("ccEmailaddr")).toBe("boss@example.com");
    expect(receiversIn(found!)).toEqual([...state.receivers, "boss@example.com"]);
  });

  it("are seen by an import, and taken out when the configuration has none", async () => {
    await open();
    const state = await create();
    enter({ ccEmailaddr: "boss@example.com", bccEmailaddr: "archive@example.com", description: "old" });
    const found = await imported(state);
    expect(found).toMatchObject({
      cc_receivers: ["boss@example.com"],
      bcc_receivers: ["archive@example.com"],
      description: "old",
    });
    expect(found!.other_receivers).toBeNull();
    const after = await update(found!, { cc_receivers: null, bcc_receivers: [], description: "new" });
    expect([...properties().keys()]).not.toContain("ccEmailaddr");
    expect([...properties().keys()]).not.toContain("bccEmailaddr");
    expect(properties().get("description")).toBe("new");
    expect(await read(after)).toEqual(after);
  });

  it("that were hidden are no longer others once they are declared", async () => {
    await open();
    const state = await create();
    enter({ ccEmailaddr: "boss@example.com", bccEmailaddr: "archive@example.com" });
    const prior = (await read(state))!;
    expect(prior.other_receivers).toEqual(["archive@example.com", "boss@example.com"]);
    const planned = { ...prior, cc_receivers: ["boss@example.com"] };
    const asked = { prior, planned: { ...planned } as never, config: planned, private: {}, replace: new Set<never>() };
    const { client, ...rest } = room.context;
    await resource.plan!(asked, { ...rest, connect: async () => client });
    expect((asked.planned as State).other_receivers).toBe(UNKNOWN);
    const after = await update(prior, { cc_receivers: ["boss@example.com"], other_receivers: null });
    expect(after.other_receivers).toEqual(["archive@example.com"]);
    expect(await read(after)).toEqual(after);
  });

  it("that are changed by hand are drift", async () => {
    await open();
    const state = await create(COPIES);
    enter({ ccEmailaddr: "somebody@example.com", bccEmailaddr: "" });
    expect(await read(state)).toMatchObject({ cc_receivers: ["somebody@example.com"], bcc_receivers: null });
  });

  it("of a rule that is taken over are told", async () => {
    await open();
    await create();
    enter({ ccEmailaddr: "boss@example.com" });
    const again = { ...room.context, client: await nextRun(room) };
    const state = await resource.create(request(rule({ plugin_id: pluginId })), again);
    expect(room.codes()).toEqual(["vrops/adopted", "vrops/hidden-receivers"]);
    expect(state.other_receivers).toBeNull();
  });

  it("are asked about in a plan that adds them, and in no other", async () => {
    await open({ ruleProperties: "basic" });
    const { client, ...rest } = room.context;
    const plan = (prior: State | null, planned: State) =>
      resource.plan!(
        { prior, planned: { ...planned } as never, config: planned, private: {}, replace: new Set<never>() },
        { ...rest, connect: async () => client },
      );
    const before = room.simulated.requests.length;
    await plan(null, rule());
    await plan(rule(COPIES), rule(COPIES));
    expect(room.simulated.requests).toHaveLength(before);
    expect((await problemOf(plan(null, rule({ description: "x" })) as Promise<void>)).code).toBe(
      "vrops/no-rule-property",
    );
  });

  it("reach their receivers", async () => {
    await open();
    await create(COPIES);
    const [outcome] = (await room.intervene("raise-alert")) as { receivers: string[] }[];
    expect(outcome!.receivers).toEqual(expect.arrayContaining([...COPIES.cc_receivers, ...COPIES.bcc_receivers]));
  });
});

const receiversIn = (values: State): unknown => {
  const [node] = topology["outbound_vrops_notification_rule"]!(values as never);
  return (node as { receivers?: unknown }).receivers;
};

test("receivers of a route are open while some are not known yet", () => {
  expect(receiversIn({ ...rule(), cc_receivers: undefined } as never)).toBeUndefined();
  // At synth nothing computed is there at all.
  expect(receiversIn({ ...rule(), other_receivers: undefined } as never)).toEqual(rule().receivers);
  expect(receiversIn(rule({ cc_receivers: ["a@example.com"] }))).toEqual([...rule().receivers, "a@example.com"]);
});

describe("the name of a rule's property", () => {
  it.each([
    ["cc", "cc_receivers"],
    ["CC_RECIPIENTS", "cc_receivers"],
    ["emailaddrcc", "cc_receivers"],
    ["ccEmailAddr", "cc_receivers"],
    ["ccaddr", "cc_receivers"],
    ["bcc", "bcc_receivers"],
    ["emailBcc", "bcc_receivers"],
    ["bccemailaddr", "bcc_receivers"],
    ["description", "description"],
    ["emailaddr", undefined],
    ["accessToken", undefined],
    ["account", undefined],
    ["success", undefined],
    ["maxNotify", undefined],
  ])("%s means %p", (key, meaning) => expect(meaningOf(key)).toBe(meaning));

  it("is none where two could be meant", () => {
    const type = {
      "rule-properties": [{ key: "ccaddr" }, { key: "emailcc" }, { key: "x", description: "Bcc Recipients" }],
    };
    expect(rulePropertyNames(type, undefined)).toEqual({ bcc_receivers: "x" });
  });

  it("may be told by the rule itself", () => {
    expect(rulePropertyNames(undefined, { properties: [{ name: "bccaddr", value: "a@example.com" }] })).toEqual({
      bcc_receivers: "bccaddr",
    });
  });
});
